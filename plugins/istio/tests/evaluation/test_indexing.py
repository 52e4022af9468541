"""What objects are read as rests on the facts of their cluster, whenever they were read before."""

from trafficctl_istio import evaluation
from trafficctl_sdk.explain import Inventory, InventoryCluster, PlacedObject
from trafficctl_sdk.slices.cluster_facts import MeshFacts

_SERVICE = PlacedObject(
    cluster="east",
    body={
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": {"namespace": "shop", "name": "server"},
        "spec": {"ports": [{"port": 80}]},
    },
)


def _inventory(domain: str) -> Inventory:
    facts = MeshFacts(
        mesh_id="mesh",
        trust_domain="cluster.local",
        root_namespace="istio-system",
        cluster_domain=domain,
        suffix="global",
        version="1.31",
        revision="",
    )
    return Inventory(clusters=(InventoryCluster(id="east", mesh=facts),))


def test_the_same_object_is_read_anew_where_facts_are_others() -> None:
    for domain in ("one.local", "two.local", "one.local"):
        mesh = evaluation.index((_SERVICE,), _inventory(domain))
        assert list(mesh.clusters["east"].services) == [f"server.shop.svc.{domain}"]
