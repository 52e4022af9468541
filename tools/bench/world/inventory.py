"""Clusters and workloads of the world, as the model has them."""

from collections.abc import Iterator

from trafficctl_sdk.model.cluster import Cluster, Gateway, GatewayPort, GovernedNamespace
from trafficctl_sdk.model.common import Locality, Protocol
from trafficctl_sdk.model.traffic_intent_group import TrafficIntentGroup
from trafficctl_sdk.model.workload import Placement, Workload, WorkloadPort

from tools.bench.world.size import WorldSize

HTTP_PORT = 80
GRPC_PORT = 9090
_NAMESPACES_OF_A_PROJECT = 10


def project_of(namespace: int) -> str:
    """Give the id of the project that a namespace belongs to."""
    return f"p{namespace // _NAMESPACES_OF_A_PROJECT}"


def bundle_of(namespace: int) -> str:
    """Give the bundle version whose workloads run in a namespace."""
    return f"projects/{project_of(namespace)}/resourceBundles/b{namespace}/versions/v1"


def group_of(namespace: int) -> str:
    """Give the group of the intents about a namespace."""
    return f"{bundle_of(namespace)}/trafficIntentGroups/main"


def clusters(size: WorldSize) -> Iterator[Cluster]:
    """Give every cluster: a mesh, its gateways, and the namespaces that it governs."""
    governed: dict[int, list[int]] = {index: [] for index in range(size.clusters)}
    for namespace in range(size.namespaces):
        for home in size.homes(namespace):
            governed[home].append(namespace)
    for index in range(size.clusters):
        yield Cluster(
            name=f"clusters/c{index}",
            service_mesh="istio",
            directory=Cluster.Directory(),
            locality=Locality(region=f"r{index % 5}", zone=f"r{index % 5}-z{index}"),
            gateways=(_gateway(index), _ingress(index)),
            governed_namespaces=tuple(
                GovernedNamespace(
                    namespace=f"ns{it}",
                    projects=(project_of(it),),
                    default_access=GovernedNamespace.DefaultAccess.DENY_ALL,
                )
                for it in governed[index]
            ),
        )


def groups(size: WorldSize) -> Iterator[TrafficIntentGroup]:
    """Give every group, one for each namespace."""
    for namespace in range(size.namespaces):
        yield TrafficIntentGroup(name=group_of(namespace))


def workloads(size: WorldSize) -> Iterator[Workload]:
    """Give every workload; even ones run in their namespace's first cluster, odd in its second."""
    for namespace in range(size.namespaces):
        homes = size.homes(namespace)
        for number in range(size.services):
            yield Workload(
                name=f"{bundle_of(namespace)}/workloads/s{number}",
                namespace=f"ns{namespace}",
                service=f"s{number}",
                service_account=f"s{number}",
                pod_labels={"app": f"s{number}"},
                ports=(
                    WorkloadPort(port=HTTP_PORT, protocol=Protocol.Value.HTTP, target_number=8080),
                    WorkloadPort(
                        port=GRPC_PORT, protocol=Protocol.Value.GRPC, target_number=GRPC_PORT
                    ),
                ),
                placements=(Placement(cluster=f"clusters/c{homes[number % 2]}"),),
            )


def _gateway(index: int) -> Gateway:
    return Gateway(
        id="east-west",
        role=Gateway.Role.EAST_WEST,
        namespace="istio-system",
        selector={"istio": "eastwestgateway"},
        service="istio-eastwestgateway",
        addresses=(f"192.0.2.{index + 1}",),
    )


def _ingress(index: int) -> Gateway:
    return Gateway(
        id="ingress",
        role=Gateway.Role.INGRESS,
        namespace="istio-ingress",
        selector={"istio": "ingress"},
        service="istio-ingress",
        addresses=(f"198.51.100.{index + 1}",),
        ports=(GatewayPort(port=80, target_port=8080), GatewayPort(port=443, target_port=8443)),
    )
