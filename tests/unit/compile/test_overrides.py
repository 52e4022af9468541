"""What an intent says for one cluster holds there alone, and takes nothing of what others say."""

from trafficctl_sdk.model.inbound_intent import InboundIntent
from trafficctl_sdk.model.outbound_intent import OutboundIntent
from trafficctl_sdk.model.traffic_policy import ClusterOverride, TrafficPolicy
from trafficctl_sdk.slices import Scope, ScopeKind

from tests.fakes import wishes
from trafficctl_server.compile.compiler import compile_scope
from trafficctl_server.compile.world import World

EXPOSED = Scope(kind=ScopeKind.EXPOSED_HOST, key="shop.example.com")
OUTSIDE = Scope(kind=ScopeKind.EXTERNAL, key="shop/api.example.com")
QUICK, PATIENT = TrafficPolicy(timeout=1_000_000_000), TrafficPolicy(timeout=9_000_000_000)
ONLY_EAST = ClusterOverride(clusters=("clusters/east",), traffic_policy=QUICK)


def told(*intents: InboundIntent | OutboundIntent) -> World:
    world = World()
    for cluster in ("east", "west"):
        world.put_cluster(wishes.cluster(cluster))
    world.put_workload(wishes.workload("front", "east", "west"))
    for it in intents:
        world.put_intent(it)
    return world


def test_a_path_may_end_like_a_cluster_is_called() -> None:
    world = told(
        wishes.inbound("a", "front", path_prefix="/shop", overrides=(ONLY_EAST,)),
        wishes.inbound("b", "front", path_prefix="/shop/east", traffic_policy=PATIENT),
    )
    found = {
        (it.cluster, route.path_prefix): route.traffic_policy
        for it in compile_scope(EXPOSED, world).slices
        for route in (it.exposed_host.routes if it.exposed_host else ())
    }
    assert found == {
        ("east", "/shop"): QUICK,
        ("west", "/shop"): None,
        ("east", "/shop/east"): PATIENT,
        ("west", "/shop/east"): PATIENT,
    }


def test_a_host_outside_is_treated_as_said_for_each_cluster() -> None:
    world = told(
        wishes.outbound(
            "a", OUTSIDE.key.split("/")[1], "front", traffic_policy=PATIENT, overrides=(ONLY_EAST,)
        )
    )
    found = {
        it.cluster: [port.traffic_policy for port in it.external.ports]
        for it in compile_scope(OUTSIDE, world).slices
        if it.external
    }
    assert found == {"east": [QUICK], "west": [PATIENT]}
