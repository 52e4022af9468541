"""What holds for a whole namespace."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from trafficctl_sdk.slices.calling import SlicePort
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
class DeclaredCall:
    """What some pods of a namespace may call, where no mesh knows names.

    :ivar caller_labels: empty: every pod of the namespace.
    :ivar namespace: of the pods that are called; empty: it is a host outside.
    :ivar pod_labels: of the pods that are called.
    :ivar networks: where a host outside is, in CIDR notation, sorted.
    :ivar ports: ``target`` or ``target_name`` is the port that packets go to.
    :ivar origins: names of the intents that declare it, sorted.
    """

    caller_labels: Mapping[str, str]
    ports: tuple[SlicePort, ...]
    namespace: str = ""
    pod_labels: Mapping[str, str] = field(default_factory=dict)
    networks: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NamespaceSlice:
    """What holds for a whole namespace.

    :ivar ours: the namespace is ours to create (never a user's).
    :ivar deny_all: whatever no intent and no spared caller admits is refused.
    :ivar callable_hosts: all that its pods may call, sorted; none: wherever the mesh lets them.
    :ivar declared_calls: in a cluster without a mesh, all that its pods may call; none: wherever
        they like.
    """

    namespace: str
    ours: bool = False
    deny_all: bool = False
    spared: tuple[SparedCaller, ...] = ()
    callable_hosts: tuple[CallableHost, ...] | None = None
    declared_calls: tuple[DeclaredCall, ...] | None = None
