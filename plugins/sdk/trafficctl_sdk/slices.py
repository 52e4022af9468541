"""What a driver renders: one scope as one cluster must see it.

A slice carries everything that its rendering may depend on, facts included, so equal slices
give equal bytes and the digest of a slice is the key of its rendering.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from trafficctl_sdk.model.access import AccessRule
from trafficctl_sdk.model.common import Locality, Protocol
from trafficctl_sdk.model.tls import MutualTls
from trafficctl_sdk.model.traffic_policy import TrafficPolicy


class ScopeKind(StrEnum):
    """What only one object may rule: the unit of compile, render, ledger and delivery."""

    DESTINATION = "destination"
    """A service of the mesh; key ``<namespace>/<service>``."""
    EXTERNAL = "external"
    """A host outside as one calling namespace sees it; key ``<namespace>/<host>``."""
    EXPOSED_HOST = "exposed-host"
    """A name that the outside calls; key ``<host>``."""
    WORKLOAD = "workload"
    """The policies and mutual TLS of one workload; key ``<namespace>/<service>``."""
    GATEWAY = "gateway"
    """A dedicated egress gateway; key ``<namespace>/<workload>/<service account>``."""
    NAMESPACE = "namespace"
    """What holds for a whole namespace; key ``<namespace>``."""


class Role(StrEnum):
    """The part that a cluster plays for a scope."""

    SERVING = "SERVING"
    CALLING = "CALLING"
    EGRESS = "EGRESS"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Scope:
    """One scope; ``str()`` gives ``<kind>:<key>``, its name in the ledger."""

    kind: ScopeKind
    key: str

    def __str__(self) -> str:
        return f"{self.kind.value}:{self.key}"

    @classmethod
    def parse(cls, text: str) -> "Scope":
        """Read what ``str()`` gave; ValueError for anything else."""
        kind, _, key = text.partition(":")
        return cls(kind=ScopeKind(kind), key=key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """One intent that a slice came from.

    :ivar intent: resource name.
    :ivar fields: the intent's fields that are in the slice, sorted, such as ``callers[1]``.
    """

    intent: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeshFacts:
    """What rendering may depend on of the cluster's mesh; defaults are filled in."""

    mesh_id: str
    trust_domain: str
    root_namespace: str
    cluster_domain: str
    suffix: str
    version: str
    revision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewayPort:
    """A port of a gateway: of its Service, of its pods, and as others dial it."""

    port: int
    target_port: int
    external_port: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewayFacts:
    """A gateway of the cluster, as its record states it.

    :ivar selector: labels of the gateway's pods.
    :ivar principal: SPIFFE id of its service account without the scheme.
    """

    id: str
    namespace: str
    selector: Mapping[str, str]
    service: str
    principal: str
    addresses: tuple[str, ...]
    ports: tuple[GatewayPort, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SlicePort:
    """A port of a Service in this cluster.

    :ivar target: number of the workload's port, or 0 on the calling side, where it means nothing.
    """

    port: int
    protocol: Protocol.Value
    target: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class EgressGateway:
    """The dedicated egress gateway of one caller: its namespace, and the name of its objects.

    Workload, Service, ServiceAccount and Gateway all have this name, and the Service listens on
    the ports that the slices of the gateway's scope name.
    """

    namespace: str
    name: str
    principal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallingWorkload:
    """Pods of this cluster that may call, and the way that they take.

    :ivar pod_labels: empty: every pod of the namespace.
    :ivar egress: none: straight from each pod's own proxy.
    """

    namespace: str
    pod_labels: Mapping[str, str]
    egress: EgressGateway | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One cluster that serves a destination, as this cluster reaches it.

    :ivar address: IP address or FQDN of its east-west gateway.
    :ivar port: that gateway's port as others dial it.
    :ivar host: name of the Service as the serving cluster knows it.
    """

    cluster: str
    address: str
    port: int
    host: str
    locality: Locality | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PortTreatment:
    """What the intents say of one port of a destination, merged, with this cluster's override."""

    port: int
    protocol: Protocol.Value
    traffic_policy: TrafficPolicy | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """What the serving side of a destination needs in this cluster.

    :ivar gateway: the east-west gateway that lets other callers in.
    :ivar host: name of the Service here.
    """

    gateway: GatewayFacts
    host: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Calling:
    """What the calling side of a destination needs in this cluster.

    :ivar host: the one name that callers use everywhere.
    :ivar address: its virtual address, the same everywhere.
    :ivar identities: SPIFFE ids, with scheme, that the server may have.
    :ivar open_to_all: callers are not known one by one; every namespace may see the host.
    """

    host: str
    address: str
    endpoints: tuple[Endpoint, ...]
    identities: tuple[str, ...]
    ports: tuple[PortTreatment, ...]
    callers: tuple[CallingWorkload, ...]
    open_to_all: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DestinationSlice:
    """A service that is called from other clusters, or from its own by its global name."""

    namespace: str
    service: str
    home_namespace: str
    """Our namespace for calling-side objects in every cluster."""
    serving: Serving | None = None
    calling: Calling | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExternalPortTreatment:
    """One port of an outside host, defaults filled in."""

    port: int
    protocol: Protocol.Value
    traffic_policy: TrafficPolicy | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExternalGrant:
    """Callers of an outside host and what they may do there.

    :ivar principal: SPIFFE id without the scheme; empty: whoever has an identity.
    :ivar access: ALLOW all on the sidecar path, which enforces nothing.
    :ivar origins: names of the intents that grant it, sorted.
    """

    caller: CallingWorkload
    principal: str
    ports: tuple[int, ...]
    access: tuple[AccessRule, ...]
    origins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExternalSlice:
    """A host outside the mesh as one calling namespace sees it."""

    namespace: str
    host: str
    ports: tuple[ExternalPortTreatment, ...]
    grants: tuple[ExternalGrant, ...]
    address: str = ""
    """Virtual address, where the ports need one to be told apart; else empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """Who may do what on one port of a workload.

    :ivar port: number of the workload's port, not of the Service.
    :ivar principals: SPIFFE ids without the scheme, of which the last segment may be ``*`` (every
        account of a namespace); ``*`` alone: whoever has an identity; empty: anyone, also
        without one.
    """

    port: int
    protocol: Protocol.Value
    access: tuple[AccessRule, ...]
    principals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PortMutualTls:
    """The mutual TLS mode of one port of a workload."""

    port: int
    mode: MutualTls.Mode


@dataclass(frozen=True, slots=True, kw_only=True)
class SparedCaller:
    """A caller that stays open under deny-all, such as a scraper of metrics.

    :ivar principal: empty: anybody, in plaintext too.
    :ivar ports: workload ports.
    :ivar paths: exact paths; empty: all.
    """

    principal: str
    ports: tuple[int, ...]
    paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkloadSlice:
    """The policies of one workload that serves in this cluster."""

    namespace: str
    service: str
    pod_labels: Mapping[str, str]
    grants: tuple[Grant, ...]
    mutual_tls: tuple[PortMutualTls, ...]
    spared: tuple[SparedCaller, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewayDestination:
    """A destination inside the mesh that an egress gateway passes on.

    :ivar host: the global name; ``server_host``: as the serving clusters know it.
    """

    host: str
    server_host: str
    home_namespace: str
    ports: tuple[SlicePort, ...]
    identities: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewayExternal:
    """An outside host that an egress gateway passes on, and what the caller may do there."""

    host: str
    ports: tuple[ExternalPortTreatment, ...]
    access: tuple[AccessRule, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewaySlice:
    """The dedicated egress gateway of one caller."""

    gateway: EgressGateway
    caller_namespace: str
    caller_principal: str
    destinations: tuple[GatewayDestination, ...]
    externals: tuple[GatewayExternal, ...]
    min_replicas: int
    max_replicas: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Listener:
    """One outer port of an exposed host.

    :ivar port: port of the gateway's Service; ``gateway_port``: of its pods.
    :ivar secret: name of the Secret with key and certificate in the gateway's namespace;
        empty: plaintext.
    """

    port: int
    gateway_port: int
    protocol: Protocol.Value
    secret: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExposedRoute:
    """Where requests below one path go; longest prefix first is the driver's duty.

    :ivar listener_port: the listener's outer port.
    :ivar service_host: name of the Service in this cluster.
    """

    listener_port: int
    path_prefix: str
    service_host: str
    service_port: int
    traffic_policy: TrafficPolicy | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExposedHostSlice:
    """A name that the outside calls, at one gateway of this cluster."""

    host: str
    gateway: GatewayFacts
    listeners: tuple[Listener, ...]
    routes: tuple[ExposedRoute, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NamespaceSlice:
    """What holds for a whole namespace.

    :ivar ours: the namespace is ours to create (never a user's).
    :ivar deny_all: whatever no intent and no spared caller admits is refused.
    """

    namespace: str
    ours: bool = False
    deny_all: bool = False
    spared: tuple[SparedCaller, ...] = ()


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
