"""What an intent touches, as the world found it last: what its indexes name the intent under."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection

    from trafficctl_sdk.slices import Scope

    from trafficctl_server.compile.names import WorkloadId
    from trafficctl_server.compile.openings import Door


@dataclass(frozen=True, slots=True)
class Footprint:
    """Of one intent; there are as many as intents, so it holds tuples and shares their parts.

    :ivar scopes: each once, in no order.
    :ivar outer: the name that its destination is called by, if it gives it one.
    :ivar doors: the ports of ingress gateways that it opens.
    :ivar keys: of the virtual addresses that it needs.
    :ivar lasting: it follows from the intent, the workloads that it names, all clusters and what
        drivers declare; else from what is in force, too.
    """

    scopes: tuple[Scope, ...] = ()
    outer: str = ""
    doors: tuple[Door, ...] = ()
    keys: tuple[str, ...] = ()
    lasting: bool = True


NOWHERE: Final = Footprint()
"""Of an intent that is not known."""


class References(NamedTuple):
    """What an intent names, see ``references``."""

    workloads: Collection[WorkloadId]
    clusters: Collection[str]
