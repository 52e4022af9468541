"""Wishes for tests: each is complete and accepted as it is; a test states what it is about."""

from collections.abc import Sequence
from typing import Any
from zlib import crc32

from trafficctl_sdk.model.access import (
    AccessRule,
    AnyClient,
    Caller,
    EgressPath,
    ServiceDestination,
    WorkloadRef,
)
from trafficctl_sdk.model.cluster import Cluster, Gateway, GatewayPort, GovernedNamespace
from trafficctl_sdk.model.common import ClusterSelector, IntentPort, Locality, Protocol
from trafficctl_sdk.model.inbound_intent import ExposedHost, InboundIntent, InboundListener
from trafficctl_sdk.model.intercluster_intent import InterclusterIntent
from trafficctl_sdk.model.intracluster_intent import IntraclusterIntent
from trafficctl_sdk.model.outbound_intent import ExternalHost, ExternalPort, OutboundIntent
from trafficctl_sdk.model.tls import MutualTls
from trafficctl_sdk.model.traffic_intent_group import TrafficIntentGroup
from trafficctl_sdk.model.workload import Placement, Workload, WorkloadPort

PROJECT = "p1"
HTTP = Protocol.Value.HTTP
STRICT = MutualTls(mode=MutualTls.Mode.STRICT)
PERMISSIVE = MutualTls(mode=MutualTls.Mode.PERMISSIVE)
DISABLED = MutualTls(mode=MutualTls.Mode.DISABLED)
ALLOW_ALL = AccessRule(action=AccessRule.Action.ALLOW, all_requests=AccessRule.AllRequests())
DENY_ALL = AccessRule(action=AccessRule.Action.DENY, all_requests=AccessRule.AllRequests())
PLAINTEXT = InboundListener.Plaintext()


def bundle(project: str = PROJECT, version: str = "v1") -> str:
    """Give the parent of workloads and groups."""
    return f"projects/{project}/resourceBundles/shop/versions/{version}"


def group_name(name: str = "main", project: str = PROJECT, version: str = "v1") -> str:
    return f"{bundle(project, version)}/trafficIntentGroups/{name}"


def group(name: str = "main", project: str = PROJECT, version: str = "v1") -> TrafficIntentGroup:
    return TrafficIntentGroup(name=group_name(name, project, version))


def governed(
    namespace: str = "shop", *, projects: Sequence[str] = (PROJECT,), deny: bool = True
) -> GovernedNamespace:
    access = GovernedNamespace.DefaultAccess
    return GovernedNamespace(
        namespace=namespace,
        projects=tuple(projects),
        default_access=access.DENY_ALL if deny else access.LEAVE,
    )


def east_west(*addresses: str, **fields: Any) -> Gateway:
    return Gateway(
        id="east-west",
        role=Gateway.Role.EAST_WEST,
        namespace="istio-system",
        selector={"istio": "eastwestgateway"},
        service="istio-eastwestgateway",
        addresses=addresses,
        **fields,
    )


def ingress(name: str = "ingress") -> Gateway:
    return Gateway(
        id=name,
        role=Gateway.Role.INGRESS,
        namespace="istio-ingress",
        selector={"istio": name},
        service=f"istio-{name}",
        addresses=("198.51.100.1",),
        ports=(GatewayPort(port=80, target_port=8080), GatewayPort(port=443, target_port=8443)),
    )


def cluster(name: str, *namespaces: str, **fields: Any) -> Cluster:
    """Give a cluster that governs some namespaces (one called ``shop``) for project ``p1``."""
    stated: dict[str, Any] = {
        "service_mesh": "istio",
        "directory": Cluster.Directory(),
        "locality": Locality(region=name),
        "gateways": (east_west(f"192.0.2.{crc32(name.encode()) % 250 + 1}"), ingress()),
        "governed_namespaces": tuple(governed(it) for it in namespaces or ("shop",)),
    }
    return Cluster(name=f"clusters/{name}", **{**stated, **fields})


def workload(
    name: str,
    *clusters: str,
    namespace: str = "shop",
    project: str = PROJECT,
    version: str = "v1",
    **fields: Any,
) -> Workload:
    """Give a workload that speaks HTTP on port 80 (8080 in its pods), placed in clusters."""
    stated: dict[str, Any] = {
        "service": name,
        "service_account": name,
        "pod_labels": {"app": name},
        "ports": (WorkloadPort(port=80, protocol=HTTP, target_number=8080),),
        "placements": tuple(Placement(cluster=f"clusters/{it}") for it in clusters),
    }
    return Workload(
        name=f"{bundle(project, version)}/workloads/{name}",
        namespace=namespace,
        **{**stated, **fields},
    )


def plain_port(number: int = 80) -> WorkloadPort:
    """Give a port of a workload that does not say what it speaks."""
    return WorkloadPort(port=number, target_number=8080)


def dedicated(min_replicas: int = 0, max_replicas: int = 0) -> EgressPath:
    return EgressPath(
        dedicated_gateway=EgressPath.DedicatedGateway(
            min_replicas=min_replicas, max_replicas=max_replicas
        )
    )


def caller(name: str, *access: AccessRule, egress: EgressPath | None = None, **ref: Any) -> Caller:
    """Give a workload of the same bundle as a caller that may do everything."""
    return Caller(
        workload=WorkloadRef(workload=name, **ref), access=access or (ALLOW_ALL,), egress=egress
    )


def anyone(identity: AnyClient.Identity = AnyClient.Identity.ANYONE) -> Caller:
    return Caller(any_client=AnyClient(identity=identity), access=(ALLOW_ALL,))


def everyone(clusters: ClusterSelector) -> Caller:
    """Give whoever has an identity, in some clusters."""
    identity = AnyClient.Identity.MESH_IDENTITY
    return Caller(any_client=AnyClient(identity=identity, clusters=clusters), access=(ALLOW_ALL,))


def by_labels(**labels: str) -> ClusterSelector:
    return ClusterSelector(labels=ClusterSelector.Labels(match_labels=labels))


def by_names(*clusters: str) -> ClusterSelector:
    names = tuple(f"clusters/{it}" for it in clusters)
    return ClusterSelector(names=ClusterSelector.Names(clusters=names))


def port(number: int = 80, protocol: Protocol.Value | None = None) -> IntentPort:
    return IntentPort(port=number, protocol=protocol)


def intercluster(
    name: str,
    served: str,
    *callers: Caller | str,
    of: str = "",
    ports: Sequence[IntentPort] = (port(),),
    **fields: Any,
) -> InterclusterIntent:
    return InterclusterIntent(
        name=f"{of or group_name()}/interclusterIntents/{name}",
        destination=ServiceDestination(workload=served),
        ports=tuple(ports),
        callers=_callers(callers),
        **fields,
    )


def intracluster(
    name: str,
    served: str,
    *callers: Caller | str,
    of: str = "",
    ports: Sequence[IntentPort] = (port(),),
    **fields: Any,
) -> IntraclusterIntent:
    return IntraclusterIntent(
        name=f"{of or group_name()}/intraclusterIntents/{name}",
        destination=ServiceDestination(workload=served),
        ports=tuple(ports),
        callers=_callers(callers),
        **fields,
    )


def host(name: str, *ports: ExternalPort) -> ExternalHost:
    return ExternalHost(host=name, ports=ports or (ExternalPort(port=80, protocol=HTTP),))


def outer(number: int = 0, protocol: Protocol.Value = Protocol.Value.MYSQL) -> ExternalPort:
    return ExternalPort(port=number, protocol=protocol)


def exposed_prefix(prefix: str) -> ExposedHost:
    return ExposedHost(prefix=prefix)


def outbound(
    name: str, hosts: ExternalHost | str, *callers: Caller | str, of: str = "", **fields: Any
) -> OutboundIntent:
    return OutboundIntent(
        name=f"{of or group_name()}/outboundIntents/{name}",
        hosts=(host(hosts) if isinstance(hosts, str) else hosts,),
        callers=_callers(callers),
        **fields,
    )


def listener(number: int = 80, service_port: int = 80, **fields: Any) -> InboundListener:
    stated: dict[str, Any] = {"protocol": HTTP, "plaintext": PLAINTEXT}
    return InboundListener(port=number, service_port=service_port, **{**stated, **fields})


def inbound(
    name: str, served: str, fqdn: str = "shop.example.com", *, of: str = "", **fields: Any
) -> InboundIntent:
    """Give an intent that opens port 80 of a host to anyone, in plaintext."""
    stated: dict[str, Any] = {
        "exposed_hosts": (ExposedHost(fqdn=fqdn),),
        "listeners": (listener(),),
        "callers": (anyone(),),
    }
    return InboundIntent(
        name=f"{of or group_name()}/inboundIntents/{name}",
        destination=ServiceDestination(workload=served),
        **{**stated, **fields},
    )


def _callers(callers: Sequence[Caller | str]) -> tuple[Caller, ...]:
    return tuple(caller(it) if isinstance(it, str) else it for it in callers)
