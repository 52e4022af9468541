"""The slice itself: one scope as one cluster must see it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from trafficctl_sdk.slices.cluster_facts import MeshFacts
from trafficctl_sdk.slices.destination import DestinationSlice
from trafficctl_sdk.slices.exposed_host import ExposedHostSlice
from trafficctl_sdk.slices.external import ExternalSlice
from trafficctl_sdk.slices.gateway import GatewaySlice
from trafficctl_sdk.slices.namespace import NamespaceSlice
from trafficctl_sdk.slices.scopes import Origin, Role, Scope
from trafficctl_sdk.slices.workload import WorkloadSlice


@dataclass(frozen=True, slots=True, kw_only=True)
class TrafficSlice:
    """One scope as one cluster must see it.

    Exactly one of the six bodies is set, the one of the scope's kind.

    :ivar cluster: id of the cluster.
    :ivar roles: sorted; empty for a namespace.
    :ivar origins: the intents that it came from, sorted by name; none: the cluster's record.
    """

    scope: Scope
    cluster: str
    mesh: MeshFacts
    roles: tuple[Role, ...] = ()
    origins: tuple[Origin, ...] = ()
    destination: DestinationSlice | None = None
    external: ExternalSlice | None = None
    exposed_host: ExposedHostSlice | None = None
    workload: WorkloadSlice | None = None
    gateway: GatewaySlice | None = None
    namespace: NamespaceSlice | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    """Published facts that the driver declared to consume."""
