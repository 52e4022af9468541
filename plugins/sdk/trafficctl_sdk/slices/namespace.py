"""What holds for a whole namespace."""

from dataclasses import dataclass

from trafficctl_sdk.slices.workload import SparedCaller


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class CallableHost:
    """A host that pods of a namespace may call.

    :ivar namespace: where the Service or the calling side of the host is.
    :ivar host: may begin with ``*.``; ``*`` alone: every host of the namespace.
    """

    namespace: str
    host: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NamespaceSlice:
    """What holds for a whole namespace.

    :ivar ours: the namespace is ours to create (never a user's).
    :ivar deny_all: whatever no intent and no spared caller admits is refused.
    :ivar callable_hosts: all that its pods may call, sorted; none: wherever the mesh lets them.
    """

    namespace: str
    ours: bool = False
    deny_all: bool = False
    spared: tuple[SparedCaller, ...] = ()
    callable_hosts: tuple[CallableHost, ...] | None = None
