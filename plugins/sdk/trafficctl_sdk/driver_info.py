"""What a driver says of itself before it is used."""

from dataclasses import dataclass, field
from enum import StrEnum

from trafficctl_sdk.slices import ScopeKind


class DriverKind(StrEnum):
    """What a driver is for: which clusters it serves follows from it and from their records."""

    SERVICE_MESH = "service_mesh"
    """Serves the clusters whose record names it as their mesh."""
    PACKET_FILTER = "packet_filter"
    """Serves the clusters whose record says that they have no mesh (``none``)."""


class Support(StrEnum):
    """How completely a field is enforced; PARTIAL needs a note that says what is missing."""

    FULL = "FULL"
    PARTIAL = "PARTIAL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Capability:
    """One field of one intent kind that the driver enforces.

    Paths name leaves, never whole messages, so that a driver that never heard of a new field
    cannot be taken to enforce it. An enum's value and an empty branch of a oneof are leaves:
    ``intercluster.ports.protocol.HTTP``, ``outbound.callers.egress.dedicated_gateway``.
    List indexes and map keys are left out.
    """

    path: str
    support: Support = Support.FULL
    since: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DriverInfo:
    """The answer of :func:`trafficctl_driver_info`.

    :ivar name: equals the entry point's name; of a mesh, the value of ``Cluster.service_mesh``.
    :ivar kind: what it is for; of several drivers that fit a cluster none is chosen.
    :ivar hook_api: ``HOOK_API`` of the SDK that the driver was written against.
    :ivar scope_kinds: the scopes that it renders; it is never called for others.
    :ivar facts_produced: kinds of facts that it publishes for other drivers.
    :ivar facts_consumed: kinds of facts that its slices must carry.
    """

    name: str
    hook_api: tuple[int, int]
    scope_kinds: tuple[ScopeKind, ...]
    kind: DriverKind = DriverKind.SERVICE_MESH
    capabilities: tuple[Capability, ...] = ()
    facts_produced: tuple[str, ...] = ()
    facts_consumed: tuple[str, ...] = ()
    settings_schema: dict[str, str] = field(default_factory=dict)
