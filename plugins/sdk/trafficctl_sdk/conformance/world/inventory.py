"""What runs in the world, as a driver that explains calls is told of it."""

from trafficctl_sdk.conformance.world import places
from trafficctl_sdk.explain import (
    Inventory,
    InventoryCluster,
    InventoryPods,
    InventoryService,
    ServicePort,
)
from trafficctl_sdk.model.common import Protocol


def inventory(cluster: str, version: str, protocol: Protocol.Value, *, in_mesh: bool) -> Inventory:
    """Give one cluster with the service and two callers in it.

    :param version: of the mesh.
    :param protocol: what the service speaks on its port 80.
    """
    names = (places.SERVICE, "page", "audit")
    return Inventory(
        clusters=(
            InventoryCluster(
                id=cluster, mesh=places.mesh(version), locality=places.LOCALITIES[cluster]
            ),
        ),
        services=tuple(
            InventoryService(
                cluster=cluster,
                namespace=places.NAMESPACE,
                name=it,
                selector={"app": it},
                ports=(ServicePort(port=80, target=places.workload_port(80), protocol=protocol),),
            )
            for it in names
        ),
        pods=tuple(
            InventoryPods(
                cluster=cluster,
                namespace=places.NAMESPACE,
                labels={"app": it},
                service_account=it,
                workload=it,
                in_mesh=in_mesh,
            )
            for it in names
        ),
    )
