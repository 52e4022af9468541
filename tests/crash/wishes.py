"""What clients of a crashing server wish, as resources and as requests that can be repeated."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import orjson
from trafficctl_sdk.codec import to_json
from trafficctl_sdk.model.access import (
    AccessRule,
    AnyClient,
    Caller,
    HttpOperation,
    PathMatch,
    ServiceDestination,
    WorkloadRef,
)
from trafficctl_sdk.model.cluster import Cluster, Gateway, GatewayPort, GovernedNamespace
from trafficctl_sdk.model.common import IntentPort, Locality, Protocol, SafetyBrake
from trafficctl_sdk.model.inbound_intent import ExposedHost, InboundIntent, InboundListener
from trafficctl_sdk.model.intercluster_intent import InterclusterIntent
from trafficctl_sdk.model.intracluster_intent import IntraclusterIntent
from trafficctl_sdk.model.outbound_intent import ExternalHost, ExternalPort, OutboundIntent
from trafficctl_sdk.model.workload import Placement, Workload, WorkloadPort

from trafficctl_server.intents.kinds import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from trafficctl_server.intents.kinds import Kind, Resource

BUNDLE: Final = "projects/shop/resourceBundles/web/versions/v1"
NAMESPACE: Final = "web"
_IDS: Final = uuid.UUID("4c9f3c4e-38f2-4d0c-8a7e-8f3d3c5b1f00")


class Act(StrEnum):
    """What is done with a resource."""

    CREATE = "Create"
    UPDATE = "Update"
    DELETE = "Delete"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """One request of a client; the same wish always has the same id.

    :ivar number: its place among all wishes of a client.
    :ivar later: sent once nothing is under way; but at once to a process that was started anew.
    """

    act: Act
    resource: Resource
    number: int = 0
    later: bool = False

    @property
    def kind(self) -> Kind:
        """The kind of its resource."""
        return kind_of(self.resource)

    @property
    def name(self) -> str:
        """The name of its resource."""
        return self.resource.name

    @property
    def request_id(self) -> str:
        """The id that makes a repetition known as one."""
        return str(uuid.uuid5(_IDS, f"{self.number} {self.act} {self.name}"))

    @property
    def body_digest(self) -> str:
        """Digest of all that the wish says."""
        said = [self.act, to_json(self.resource)]
        return hashlib.sha256(orjson.dumps(said)).hexdigest()

    def __str__(self) -> str:
        return f"{self.number} {self.act} {self.name}"


def create(resource: Resource) -> Wish:
    """Wish for a new resource."""
    return Wish(act=Act.CREATE, resource=resource)


def update(resource: Resource) -> Wish:
    """Wish for a resource to be so."""
    return Wish(act=Act.UPDATE, resource=resource)


def delete(resource: Resource) -> Wish:
    """Wish for a resource to be gone, a group with all that is in it."""
    return Wish(act=Act.DELETE, resource=resource)


def later(wish: Wish) -> Wish:
    """Wish for it only once nothing is under way."""
    return replace(wish, later=True)


def numbered(wishes: Iterable[Wish]) -> Iterator[Wish]:
    """Give wishes their places."""
    return (replace(it, number=number) for number, it in enumerate(wishes))


def cluster(name: str, address: str, drift: Cluster.DriftPolicy) -> Cluster:
    """Give a cluster with the gateways that intents of all kinds need."""
    return Cluster(
        name=f"clusters/{name}",
        service_mesh="istio",
        directory=Cluster.Directory(),
        locality=Locality(region=name),
        drift_policy=drift,
        brake=SafetyBrake(max_delete_percent=100),
        gateways=(
            Gateway(
                id="east-west",
                role=Gateway.Role.EAST_WEST,
                namespace="istio-system",
                selector={"istio": "eastwestgateway"},
                service="istio-eastwestgateway",
                addresses=(address,),
            ),
            Gateway(
                id="ingress",
                role=Gateway.Role.INGRESS,
                namespace="istio-ingress",
                selector={"istio": "ingressgateway"},
                service="istio-ingressgateway",
                addresses=(address,),
                ports=(GatewayPort(port=80, target_port=8080),),
            ),
        ),
        governed_namespaces=(
            GovernedNamespace(
                namespace=NAMESPACE,
                projects=("shop",),
                default_access=GovernedNamespace.DefaultAccess.DENY_ALL,
            ),
        ),
    )


def workload(name: str, *clusters: str) -> Workload:
    """Give a workload that serves HTTP and runs in these clusters."""
    return Workload(
        name=f"{BUNDLE}/workloads/{name}",
        namespace=NAMESPACE,
        service=name,
        service_account=name,
        pod_labels={"app": name},
        ports=(WorkloadPort(port=80, protocol=Protocol.Value.HTTP, target_number=8080),),
        placements=tuple(Placement(cluster=f"clusters/{it}") for it in clusters),
    )


def group_name(name: str) -> str:
    """Give the name of a group."""
    return f"{BUNDLE}/trafficIntentGroups/{name}"


def caller(name: str, path: str = "") -> Caller:
    """Give a calling workload that may request everything, or what is below a path."""
    allowed = (
        AccessRule(
            action=AccessRule.Action.ALLOW,
            http=HttpOperation(methods=("GET",), paths=(PathMatch(prefix=path),)),
        )
        if path
        else _everything()
    )
    return Caller(workload=WorkloadRef(workload=name), access=(allowed,))


def intercluster(group: str, name: str, serves: str, *callers: Caller) -> InterclusterIntent:
    """Give an intent between clusters."""
    return InterclusterIntent(
        name=f"{group_name(group)}/interclusterIntents/{name}",
        destination=ServiceDestination(workload=serves),
        ports=(IntentPort(port=80),),
        callers=callers,
    )


def intracluster(group: str, name: str, serves: str, *callers: Caller) -> IntraclusterIntent:
    """Give an intent within clusters."""
    return IntraclusterIntent(
        name=f"{group_name(group)}/intraclusterIntents/{name}",
        destination=ServiceDestination(workload=serves),
        ports=(IntentPort(port=80),),
        callers=callers,
    )


def outbound(group: str, name: str, host: str, *callers: Caller) -> OutboundIntent:
    """Give an intent to an outside host, which needs a virtual address: it speaks plain TCP."""
    return OutboundIntent(
        name=f"{group_name(group)}/outboundIntents/{name}",
        hosts=(
            ExternalHost(host=host, ports=(ExternalPort(port=27017, protocol=Protocol.Value.TCP),)),
        ),
        callers=callers,
    )


def inbound(group: str, name: str, serves: str, host: str) -> InboundIntent:
    """Give an intent that lets everybody in."""
    return InboundIntent(
        name=f"{group_name(group)}/inboundIntents/{name}",
        destination=ServiceDestination(workload=serves),
        exposed_hosts=(ExposedHost(fqdn=host),),
        listeners=(
            InboundListener(
                port=80,
                protocol=Protocol.Value.HTTP,
                service_port=80,
                plaintext=InboundListener.Plaintext(),
            ),
        ),
        callers=(
            Caller(
                any_client=AnyClient(identity=AnyClient.Identity.ANYONE), access=(_everything(),)
            ),
        ),
    )


def _everything() -> AccessRule:
    return AccessRule(action=AccessRule.Action.ALLOW, all_requests=AccessRule.AllRequests())
