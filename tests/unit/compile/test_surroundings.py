"""What drivers are told of the inventory is what runs, as each cluster runs it."""

from dataclasses import replace
from itertools import permutations

from trafficctl_sdk.explain import InventoryPods, InventoryService, ServicePort
from trafficctl_sdk.model.cluster import Cluster
from trafficctl_sdk.model.common import Addressing, Locality, Protocol
from trafficctl_sdk.model.intracluster_intent import IntraclusterIntent
from trafficctl_sdk.model.workload import Placement, PortOverride, Subset, Workload, WorkloadPort

from tests.fakes import wishes
from trafficctl_server.compile.surroundings import inventory_of
from trafficctl_server.compile.world import World

HTTP, TCP = Protocol.Value.HTTP, Protocol.Value.TCP


def world_of(*resources: Cluster | Workload | IntraclusterIntent) -> World:
    world = World()
    for it in resources:
        if isinstance(it, Cluster):
            world.put_cluster(it)
        elif isinstance(it, Workload):
            world.put_workload(it)
        else:
            world.put_intent(it)
    return world


def test_each_placement_is_a_service_and_pods_with_its_own_exceptions() -> None:
    placements = (
        Placement(cluster="clusters/east", pods=("back-1", "back-0")),
        Placement(
            cluster="clusters/west",
            service_account="other",
            pod_labels={"app": "rear"},
            port_overrides=(PortOverride(port=80, service_port=81, target_number=9080),),
        ),
    )
    headless = Addressing.Mode.HEADLESS
    back = wishes.workload("back", placements=placements, addressing=headless)
    found = inventory_of(world_of(wishes.cluster("east"), wishes.cluster("west"), back))
    assert found.services == (
        InventoryService(
            cluster="east",
            namespace="shop",
            name="back",
            selector={"app": "back"},
            ports=(ServicePort(port=80, target=8080, protocol=HTTP),),
            headless=True,
        ),
        InventoryService(
            cluster="west",
            namespace="shop",
            name="back",
            selector={"app": "rear"},
            ports=(ServicePort(port=81, target=9080, protocol=HTTP),),
            headless=True,
        ),
    )
    assert [(it.cluster, it.service_account, it.names) for it in found.pods] == [
        ("east", "back", ("back-0", "back-1")),
        ("west", "other", ()),
    ]


def test_clusters_are_told_with_their_defaults_and_the_mesh_of_their_pods() -> None:
    east = wishes.cluster("east", gateways=(wishes.east_west("192.0.2.1"),), network="n1")
    west = wishes.cluster("west", service_mesh="none", gateways=())
    found = inventory_of(world_of(west, east, wishes.workload("back", "east", "west")))
    here, there = found.clusters
    assert (here.id, here.network, here.locality) == ("east", "n1", Locality(region="east"))
    assert here.mesh.trust_domain == "cluster.local"
    (gateway,) = here.gateways
    assert [it.external_port for it in gateway.ports] == [15443]
    assert (there.id, there.gateways) == ("west", ())
    assert {it.cluster: it.in_mesh for it in found.pods} == {"east": True, "west": False}


def test_versions_of_one_service_share_it_and_stay_apart_as_pods() -> None:
    old = wishes.workload(
        "back",
        "east",
        version="v0",
        pod_labels={"app": "back", "version": "v0"},
        ports=(WorkloadPort(port=9000, protocol=TCP),),
    )
    new = wishes.workload("back", "east", pod_labels={"app": "back", "version": "v1"})
    found = inventory_of(world_of(wishes.cluster("east"), new, old))
    (service,) = found.services
    assert service.selector == {"app": "back"}
    assert [(it.port, it.target) for it in service.ports] == [(80, 8080), (9000, 9000)]
    assert [it.labels["version"] for it in found.pods] == ["v0", "v1"]


def test_a_port_counts_once_protocol_and_number_are_known_from_whomever() -> None:
    ports = (
        wishes.plain_port(80),
        wishes.plain_port(81),
        WorkloadPort(port=82, protocol=TCP, target_name="stats"),
    )
    back = wishes.workload("back", "east", ports=ports)
    intent = wishes.intracluster("a", "back", "front", ports=(wishes.port(80, HTTP),))
    found = inventory_of(world_of(wishes.cluster("east"), back, intent))
    (service,) = found.services
    assert service.ports == (ServicePort(port=80, target=8080, protocol=HTTP),)


def test_who_only_calls_has_pods_and_no_service() -> None:
    front = wishes.workload("front", "east", ports=())
    found = inventory_of(world_of(wishes.cluster("east"), front))
    assert found.services == ()
    assert found.pods == (
        InventoryPods(
            cluster="east",
            namespace="shop",
            labels={"app": "front"},
            service_account="front",
            workload=front.name,
        ),
    )


def test_pods_of_a_subset_have_its_labels_too() -> None:
    subsets = (Subset(id="v2", labels={"version": "v2"}), Subset(id="v1", labels={"version": "v1"}))
    back = wishes.workload("back", "east", subsets=subsets)
    found = inventory_of(world_of(wishes.cluster("east"), back))
    assert [dict(it.labels) for it in found.pods] == [
        {"app": "back"},
        {"app": "back", "version": "v1"},
        {"app": "back", "version": "v2"},
    ]
    assert {(it.workload, it.service_account) for it in found.pods} == {(back.name, "back")}


def test_only_what_is_concerned_is_told_and_what_is_not_known_is_left_out() -> None:
    back, front = wishes.workload("back", "east", "west"), wishes.workload("front", "east", "away")
    world = world_of(wishes.cluster("east"), wishes.cluster("west"), back, front)
    everything = inventory_of(world)
    assert {it.cluster for it in everything.pods} == {"east", "west"}
    part = inventory_of(world, clusters=("east", "away"), workloads=(front.name, "none"))
    assert [it.id for it in part.clusters] == ["east"]
    assert [(it.cluster, it.workload) for it in part.pods] == [("east", front.name)]


def test_the_order_of_arrival_does_not_show() -> None:
    told: tuple[Cluster | Workload, ...] = (
        wishes.cluster("west"),
        wishes.workload("back", "west", "east"),
        replace(wishes.workload("back", "east", version="v0"), pod_labels={"app": "old"}),
        wishes.cluster("east"),
    )
    assert len({repr(inventory_of(world_of(*it))) for it in permutations(told)}) == 1
