"""What was said last, in few bytes: whether it differs, and what of it lasts."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trafficctl_server.reconcile.converging import Lasting

_UID: Final = 16
_DIGEST: Final = 16


@dataclass(frozen=True, slots=True)
class Told:
    """One record that says something.

    :ivar key: its uid and a digest of what it says, in one.
    """

    key: bytes

    @classmethod
    def of(cls, uid: str, said: bytes) -> Told:
        """Note what a record says."""
        return cls(uuid.UUID(uid).bytes + hashlib.blake2b(said, digest_size=_DIGEST).digest())

    @property
    def uid(self) -> str:
        """The record's uid."""
        return str(uuid.UUID(bytes=self.key[:_UID]))


@dataclass(frozen=True, slots=True)
class ToldRealization:
    """What was said of one intent in one cluster."""

    told: Told
    lasting: Lasting


@dataclass(slots=True)
class ToldIntent:
    """What was said of one intent.

    :ivar told: of the intent itself; none: nothing yet.
    :ivar generation: the one that its objects speak of, with ``uid``.
    :ivar clusters: what was said of it in each cluster.
    """

    uid: str = ""
    told: Told | None = None
    generation: int = 0
    clusters: dict[str, ToldRealization] = field(default_factory=dict)


class Counts:
    """Equal counts of states are one object, as most intents are counted alike."""

    def __init__(self) -> None:
        self._known: dict[tuple[tuple[str, int], ...], Mapping[str, int]] = {}

    def of(self, counted: Mapping[str, Any]) -> Mapping[str, int]:
        """Give the one object that is equal."""
        return self._known.setdefault(tuple(sorted(counted.items())), counted)
