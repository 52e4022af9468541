"""A verdict on one call rests on a handful of scopes: those, and what runs where it may land."""

from trafficctl_sdk.model.common import Addressing, Protocol
from trafficctl_sdk.model.workload import WorkloadPort

from tests.fakes import wishes
from trafficctl_server.compile.calls import CallerPods, Concern, concern
from trafficctl_server.compile.surroundings import inventory_of
from trafficctl_server.compile.world import World
from trafficctl_server.intents.kinds import Resource

FRONT = CallerPods(cluster="east", namespace="shop", account="front")


def told(*wishes_: Resource) -> World:
    world = World()
    for name in ("east", "west", "south"):
        world.put_cluster(wishes.cluster(name))
    world.put_workload(wishes.workload("front", "east", service_account="front"))
    world.put_workload(wishes.workload("back", "west", "south"))
    world.put_workload(wishes.workload("stock", "south"))
    for it in wishes_:
        world.put_intent(it)  # type: ignore[arg-type] # the tests give intents alone
    return world


def scopes(found: Concern) -> set[str]:
    return {str(it) for it in found.scopes}


def test_every_name_of_a_service_leads_to_the_same_destination() -> None:
    world = told(wishes.intercluster("a", "back", "front"))
    for host in ("back", "back.shop", "back.shop.svc.cluster.local", "back.shop.global"):
        found = concern(FRONT, host, world)
        assert {"destination:shop/back", "workload:shop/back"} <= scopes(found), host
        assert found.clusters == ("east", "south", "west")
        assert {it.rsplit("/", 1)[1] for it in found.workloads} == {"front", "back"}
    assert "workload:shop/stock" not in scopes(concern(FRONT, "back.shop", world))


def test_an_outer_name_and_the_name_of_one_pod_lead_there_too() -> None:
    world = told(wishes.intercluster("a", "back", "front", external_prefix="depot"))
    assert "workload:shop/back" in scopes(concern(FRONT, "depot.shop.global", world))
    assert "workload:shop/back" in scopes(concern(FRONT, "back-0.back.shop.global", world))


def test_the_callers_own_side_is_concerned_whatever_it_calls() -> None:
    world = told(
        wishes.outbound("a", "db.example.com", wishes.caller("front", egress=wishes.dedicated()))
    )
    found = scopes(concern(FRONT, "db.example.com", world))
    assert {
        "external:shop/db.example.com",
        "external:shop/*.example.com",
        "namespace:shop",
        "namespace:trafficctl-mesh",
        "gateway:projects/p1/resourceBundles/shop/workloads/front/shop/front",
    } <= found


def test_who_comes_from_outside_meets_what_is_exposed_under_the_host() -> None:
    world = told(wishes.inbound("a", "back"))
    (host,) = [
        it.key
        for it in world.scopes_of_intent(wishes.inbound("a", "back").name)
        if it.kind.value == "exposed-host"
    ]
    found = concern(CallerPods(), host, world)
    assert {f"exposed-host:{host}", "workload:shop/back"} <= scopes(found)
    assert found.clusters == ("south", "west")
    assert "namespace:trafficctl-mesh" not in scopes(found)


def test_a_host_that_nobody_exposes_concerns_every_way_in() -> None:
    world = told()
    world.put_cluster(wishes.cluster("north", gateways=()))
    assert concern(CallerPods(), "www.example.net", world).clusters == ("east", "south", "west")


def test_the_inventory_has_services_with_target_ports_and_pods_with_accounts() -> None:
    world = told()
    ports = (
        WorkloadPort(port=80, protocol=Protocol.Value.HTTP, target_number=8080, name="web"),
        WorkloadPort(port=81, protocol=Protocol.Value.TCP, target_name="named"),
    )
    for version, label in (("v1", "one"), ("v2", "two")):
        world.put_workload(
            wishes.workload(
                "shelf",
                "west",
                version=version,
                service_account=label,
                pod_labels={"app": "shelf", "version": label},
                ports=ports,
                addressing=Addressing.Mode.HEADLESS,
            )
        )
    found = inventory_of(world, ["west"])
    (shelf,) = [it for it in found.services if it.name == "shelf"]
    assert (shelf.cluster, shelf.namespace, shelf.headless) == ("west", "shop", True)
    assert dict(shelf.selector) == {"app": "shelf"}, "one Service, pods of both versions"
    assert [(it.port, it.target, it.name) for it in shelf.ports] == [(80, 8080, "web")]
    accounts = {it.service_account for it in found.pods if "shelf" in it.workload}
    assert accounts == {"one", "two"}
    assert [it.id for it in found.clusters] == ["west"]
    assert {it.cluster for it in found.pods} == {"west"}


def test_pods_of_a_cluster_without_a_mesh_have_no_proxy() -> None:
    world = told()
    world.put_cluster(wishes.cluster("west", service_mesh="none"))
    in_mesh = {it.cluster: it.in_mesh for it in inventory_of(world).pods}
    assert in_mesh == {"east": True, "west": False, "south": True}
