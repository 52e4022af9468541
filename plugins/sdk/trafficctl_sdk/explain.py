"""The question and the answer of an explanation.

A question is one call. It is asked together with the objects of the clusters concerned and an
inventory of what runs there; the answer rests on these alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from trafficctl_sdk.model.common import Locality, Protocol
from trafficctl_sdk.slices.cluster_facts import GatewayFacts, MeshFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One claim of a valid token.

    :ivar issuer: of the token.
    :ivar path: name of the claim, by segment.
    :ivar values: one for a plain claim, each member of a list claim.
    """

    issuer: str
    path: tuple[str, ...]
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainRequest:
    """One call: who, whom, how.

    :ivar cluster: id of the caller's cluster; empty: the caller is outside of all clusters.
    :ivar namespace: the caller's; empty outside, as is ``service_account``.
    :ivar pod_labels: of the caller's pods.
    :ivar in_mesh: the caller has a proxy and proves its identity.
    :ivar host: the name that the caller dials and writes into Host or SNI.
    :ivar port: the number that the caller dials.
    :ivar method: empty for protocols without methods; so is ``path``.
    :ivar headers: lower-case names.
    :ivar claims: of valid tokens that the request carries; none: it carries no token.
    :ivar entrance: ``<cluster>/<gateway id>`` of the ingress gateway that an outside caller
        comes to; empty: every one is tried that knows the host.
    :ivar source_address: IP address of an outside caller; empty: one that no rule names.
    :ivar certificate_name: in the client certificate of an outside caller; empty: it shows none.
    """

    cluster: str
    namespace: str
    service_account: str
    in_mesh: bool
    host: str
    port: int
    pod_labels: Mapping[str, str] = field(default_factory=dict)
    method: str = ""
    path: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    claims: tuple[Claim, ...] = ()
    entrance: str = ""
    source_address: str = ""
    certificate_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedObject:
    """One object in one cluster, rendered or observed.

    :ivar body: the object as JSON types.
    :ivar origins: names of the intents that it came from.
    """

    cluster: str
    body: Mapping[str, object]
    origins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicePort:
    """One port of a Service.

    :ivar target: number of the pods' port; 0: only its name is known.
    :ivar target_name: of the pods' port, where its number is not known.
    """

    port: int
    target: int
    protocol: Protocol.Value
    name: str = ""
    target_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InventoryService:
    """One Kubernetes Service.

    :ivar headless: it has no address of its own.
    """

    cluster: str
    namespace: str
    name: str
    selector: Mapping[str, str]
    ports: tuple[ServicePort, ...]
    headless: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class InventoryPods:
    """Pods that are alike.

    :ivar workload: what to call them in an answer, such as a workload's resource name.
    :ivar in_mesh: they have a proxy.
    :ivar names: of single pods, where they are known (headless sets).
    """

    cluster: str
    namespace: str
    labels: Mapping[str, str]
    service_account: str
    workload: str = ""
    in_mesh: bool = True
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InventoryCluster:
    """One cluster.

    :ivar id: the cluster's.
    :ivar gateways: as its record states them.
    """

    id: str
    mesh: MeshFacts
    gateways: tuple[GatewayFacts, ...] = ()
    locality: Locality | None = None
    network: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InventoryHost:
    """One host outside whose addresses intents state, for callers of one namespace.

    Told of clusters without a mesh only, where nothing but addresses is known of a host.

    :ivar ports: sorted by number; each is its own target.
    """

    cluster: str
    namespace: str
    host: str
    addresses: tuple[str, ...]
    ports: tuple[ServicePort, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Inventory:
    """What is there besides rendered objects; each tuple in any order."""

    clusters: tuple[InventoryCluster, ...] = ()
    services: tuple[InventoryService, ...] = ()
    pods: tuple[InventoryPods, ...] = ()
    hosts: tuple[InventoryHost, ...] = ()


class VerdictKind(StrEnum):
    """What a technology says of one call."""

    ALLOWED = "ALLOWED"
    DENIED = "DENIED"
    UNREACHABLE = "UNREACHABLE"
    UNKNOWN = "UNKNOWN"


class HopKind(StrEnum):
    """What a station on the way is."""

    SIDECAR = "SIDECAR"
    EGRESS_GATEWAY = "EGRESS_GATEWAY"
    EAST_WEST_GATEWAY = "EAST_WEST_GATEWAY"
    INGRESS_GATEWAY = "INGRESS_GATEWAY"
    WORKLOAD = "WORKLOAD"
    EXTERNAL = "EXTERNAL"


class HopTls(StrEnum):
    """How a station is spoken to."""

    PLAINTEXT = "PLAINTEXT"
    SIMPLE = "SIMPLE"
    MUTUAL = "MUTUAL"
    PASSED_THROUGH = "PASSED_THROUGH"


class Decision(StrEnum):
    """What a station does with the call."""

    PASSES = "PASSES"
    REFUSES = "REFUSES"
    NOT_DECIDED = "NOT_DECIDED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One station.

    :ivar party: name of the workload, gateway or outside host.
    :ivar address: address and port that the call is sent to.
    :ivar identity: SPIFFE id, with scheme, that the station sees calling; empty: nobody proves it.
    :ivar objects: those that decide there, as ``<cluster>/<kind>/<namespace>/<name>``, sorted.
    :ivar intents: names of the intents those objects come from, sorted.
    """

    kind: HopKind
    cluster: str
    party: str
    address: str
    tls: HopTls
    decision: Decision
    identity: str = ""
    objects: tuple[str, ...] = ()
    intents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Landing:
    """One place where the call may end up.

    :ivar cluster: empty for a host outside.
    :ivar host: name of the Service there, or of the host outside.
    :ivar port: of the pods, or of the host outside.
    :ivar subset: id of the workload's subset; empty: all its pods.
    :ivar weight: share of the calls, in percent; the shares of an answer sum to 100. 0: calls go
        there only after others failed.
    :ivar decision: whether calls that go there get through.
    """

    cluster: str
    host: str
    port: int
    decision: Decision
    subset: str = ""
    weight: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingFact:
    """A fact without which nothing can be said.

    :ivar kind: such as ``gateway_address``.
    """

    kind: str
    cluster: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The answer, with the way of the call and the objects that decide.

    :ivar kind: ALLOWED only if the call gets through wherever it may land.
    :ivar hops: from the caller to where the call ends; of the landing with the greatest share,
        or of one that refuses if any does.
    :ivar missing: UNKNOWN only.
    :ivar text: all of it in a few sentences, for people.
    """

    kind: VerdictKind
    hops: tuple[Hop, ...] = ()
    landings: tuple[Landing, ...] = ()
    missing: tuple[MissingFact, ...] = ()
    text: str = ""
