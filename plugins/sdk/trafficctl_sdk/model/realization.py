"""Messages of ``trafficctl/v2/realization.proto``.

Made by ``python -m tools.generate_stubs``: change the .proto file, not this one.
"""

from __future__ import annotations

import dataclasses
import enum

from trafficctl_sdk.model.convergence import Convergence, Notice, ObjectRef


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Realization:
    """One intent in one cluster: how far it got there, and which objects stand for it."""

    class Role(enum.StrEnum):
        """The part a cluster plays for an intent."""

        #: The destination runs there.
        SERVING = "SERVING"

        #: Callers run there.
        CALLING = "CALLING"

        #: A gateway there passes the calls on.
        EGRESS = "EGRESS"

    #: The resource name: the intent's, `/realizations/` and the id of the cluster, or `none` for
    #: what concerns no cluster.
    name: str = dataclasses.field(default="", metadata={"number": 1})

    #: The store-wide revision of the last change. A Watch started from here misses nothing.
    revision: int = dataclasses.field(default=0, metadata={"number": 7, "output_only": True})

    #: When it changed last.
    update_time: int | None = dataclasses.field(
        default=None, metadata={"number": 9, "output_only": True}
    )

    #: The cluster, as in `clusters/east`. Empty where the id is `none`.
    cluster: str = dataclasses.field(default="", metadata={"number": 20, "output_only": True})

    #: The parts the cluster plays for the intent.
    roles: tuple[Realization.Role, ...] = dataclasses.field(
        default=(), metadata={"number": 21, "output_only": True}
    )

    #: How far the intent got there, what goes on now, and why.
    convergence: Convergence | None = dataclasses.field(
        default=None, metadata={"number": 22, "output_only": True}
    )

    #: The `uid` of the intent, which tells it from a later one of the same name.
    intent_uid: str = dataclasses.field(default="", metadata={"number": 23, "output_only": True})

    #: The generation of the intent that `convergence` speaks about.
    generation: int = dataclasses.field(default=0, metadata={"number": 24, "output_only": True})

    #: The first 500 objects there that stand for the intent.
    objects: tuple[ObjectRef, ...] = dataclasses.field(
        default=(), metadata={"number": 25, "output_only": True}
    )

    #: How many objects stand for it in all.
    object_count: int = dataclasses.field(default=0, metadata={"number": 26, "output_only": True})

    #: Things that its author should know, without effect on the state.
    notices: tuple[Notice, ...] = dataclasses.field(
        default=(), metadata={"number": 27, "output_only": True}
    )

    #: The generation that is still in force there; 0 if none ever was.
    last_good_generation: int = dataclasses.field(
        default=0, metadata={"number": 28, "output_only": True}
    )

    #: The driver that renders it there, by its id, as in `istio`.
    driver: str = dataclasses.field(default="", metadata={"number": 29, "output_only": True})
