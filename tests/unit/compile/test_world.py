"""What the world says is touched is all that changes: nothing else need be compiled again."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from trafficctl_sdk.codec import digest
from trafficctl_sdk.model.cluster import Cluster, GovernedNamespace, MeshFacts
from trafficctl_sdk.model.common import Protocol
from trafficctl_sdk.model.workload import Placement, Workload, WorkloadPort
from trafficctl_sdk.slices import Scope, ScopeKind

from tests.fakes import wishes
from trafficctl_server.compile.branches import Trunk
from trafficctl_server.compile.compiler import Compiled, compile_scope
from trafficctl_server.compile.grounds import admit_all
from trafficctl_server.compile.names import last_id
from trafficctl_server.compile.resolve import resolve
from trafficctl_server.compile.world import World
from trafficctl_server.intents.kinds import Resource

OTHER = wishes.group_name("other")
OLD = wishes.group_name("old", version="v0")
P2 = wishes.group_name(project="p2")
HTTPS = Protocol.Value.HTTPS
CLUSTERS = ("east", "west", "south")

CLUSTER_VERSIONS: tuple[Callable[[str], Cluster], ...] = (
    wishes.cluster,
    lambda name: wishes.cluster(name, gateways=()),
    lambda name: wishes.cluster(name, gateways=(wishes.east_west("192.0.2.99"),)),
    lambda name: wishes.cluster(name, external_domain=f"{name}.example.net"),
    lambda name: wishes.cluster(name, mesh=MeshFacts(trust_domain="corp", suffix="mesh")),
    lambda name: wishes.cluster(name, mesh=MeshFacts(root_digest=name)),
    lambda name: wishes.cluster(name, service_mesh="none"),
    lambda name: wishes.cluster(name, labels={"tier": "gold"}),
    lambda name: wishes.cluster(
        name, governed_namespaces=(wishes.governed(deny=False), wishes.governed("legacy"))
    ),
    lambda name: replace(wishes.cluster(name), state=Cluster.State.DRAINING),
    lambda name: wishes.cluster(name, "legacy"),
    lambda name: wishes.cluster(name, mesh=MeshFacts(data_plane=MeshFacts.DataPlane.AMBIENT)),
    lambda name: wishes.cluster(
        name,
        governed_namespaces=(
            replace(
                wishes.governed(), outbound_scope=GovernedNamespace.OutboundScope.DECLARED_ONLY
            ),
        ),
    ),
)
WORKLOAD_VERSIONS: tuple[Callable[[str, tuple[str, ...]], Workload], ...] = (
    lambda name, to: wishes.workload(name, *to),
    lambda name, to: wishes.workload(name, *to, service_account="shared"),
    lambda name, to: wishes.workload(name, *to, namespace="legacy"),
    lambda name, to: wishes.workload(name, *to, service="front"),
    lambda name, to: wishes.workload(name, *to, project="p2"),
    lambda name, to: wishes.workload(name, *to, version="v0", service_account="old"),
    lambda name, to: wishes.workload(
        name,
        *to,
        ports=(WorkloadPort(port=80, protocol=Protocol.Value.TCP, target_name="web"),),
    ),
    lambda name, to: wishes.workload(
        name,
        placements=tuple(Placement(cluster=f"clusters/{it}", service_account=it) for it in to),
    ),
)
LABELLED = wishes.by_labels(tier="gold")
INTENTS: tuple[Resource, ...] = (
    wishes.intercluster("a", "back", wishes.caller("front", egress=wishes.dedicated()), "cart"),
    wishes.intercluster("a", "cart", wishes.caller("front", egress=wishes.dedicated(3))),
    wishes.intercluster("b", "back", "cart", of=OTHER, external_prefix="rear"),
    wishes.intercluster("b", "back", "back", of=OTHER, clusters=wishes.by_names("east")),
    wishes.intercluster("b", "front", wishes.everyone(LABELLED), of=OTHER),
    wishes.intracluster("c", "cart", "back", "front"),
    wishes.intracluster("c", "back", "front", mutual_tls=wishes.PERMISSIVE),
    wishes.intracluster("c", "back", "front", ports=(wishes.port(protocol=Protocol.Value.HTTP2),)),
    wishes.intracluster("d", "front", "cart", of=OLD),
    wishes.outbound("e", "db.example.com", wishes.caller("cart", egress=wishes.dedicated())),
    wishes.outbound("e", "db.example.com", "front"),
    wishes.outbound("f", wishes.host("db.example.com", wishes.outer(3306)), "front", of=OTHER),
    wishes.inbound("g", "front"),
    wishes.inbound("g", "front", exposed_hosts=(wishes.exposed_prefix("shop"),)),
    wishes.inbound("h", "back", of=OTHER, path_prefix="/rear"),
    wishes.inbound("h", "back", of=OTHER, gateway="second"),
    wishes.inbound("h", "back", "*.example.com", of=OTHER),
    wishes.inbound(
        "h", "back", "tls.example.com", of=OTHER, listeners=(wishes.listener(protocol=HTTPS),)
    ),
    wishes.inbound("i", "front", "*.shop.example.com", of=P2),
)

Step: TypeAlias = tuple[str, Resource]
clusters = st.builds(
    lambda make, name: ("put", make(name)),
    st.sampled_from(CLUSTER_VERSIONS),
    st.sampled_from(CLUSTERS),
)
workloads = st.builds(
    lambda make, name, to: ("put", make(name, tuple(sorted(to)))),
    st.sampled_from(WORKLOAD_VERSIONS),
    st.sampled_from(("front", "back", "cart")),
    st.sets(st.sampled_from(CLUSTERS)),
)
intents = st.builds(lambda wish: ("put", wish), st.sampled_from(INTENTS))
FIRST: tuple[Step, ...] = tuple(
    ("put", wish)
    for wish in (
        *map(wishes.cluster, CLUSTERS),
        wishes.workload("front", "east", "west"),
        wishes.workload("back", "west", "south"),
        wishes.workload("cart", "east", "south"),
        *(INTENTS[it] for it in (0, 2, 5, 9, 11, 12, 14)),
    )
)
steps = st.lists(
    st.one_of(clusters, workloads, intents, st.tuples(st.just("drop"), st.sampled_from(INTENTS))),
    max_size=12,
)
histories = st.builds(
    lambda before, rest, dropped: [
        *before,
        *rest,
        *(("drop", [*before, *rest][it % (len(before) + len(rest))][1]) for it in dropped),
    ],
    st.permutations(FIRST),
    steps,
    st.lists(st.integers(0, 100), max_size=2),
)


def tell(world: World, step: str, wish: Resource) -> set[Scope]:
    if isinstance(wish, Cluster):
        return world.put_cluster(wish) if step == "put" else world.drop_cluster(last_id(wish.name))
    if isinstance(wish, Workload):
        return world.put_workload(wish) if step == "put" else world.drop_workload(wish.name)
    return world.put_intent(wish) if step == "put" else world.drop_intent(wish.name)  # type: ignore[arg-type] # an intent


class Addresses(Trunk[str, str]):
    """Every key has an address."""

    def __missing__(self, key: str) -> str:
        return f"240.0.0.1 for {key}"


def addressed() -> World:
    world = World()
    world.addresses = Addresses()
    return world


def said(compiled: Compiled) -> tuple[object, ...]:
    return (
        tuple(digest(it) for it in compiled.slices),
        tuple(
            (it.first.about, it.first.intent, it.second.intent) for it in compiled.contradictions
        ),
    )


def everything(world: World) -> dict[Scope, tuple[object, ...]]:
    found = {scope: said(compile_scope(scope, world)) for scope in world.all_scopes()}
    return {scope: it for scope, it in found.items() if any(it)}


@settings(max_examples=30, deadline=None)
@given(history=histories)
def test_only_touched_scopes_change(history: list[Step]) -> None:
    world, kept = addressed(), dict[Scope, tuple[object, ...]]()
    for step, wish in history:
        for scope in tell(world, step, wish):
            kept[scope] = said(compile_scope(scope, world))
    assert {scope: it for scope, it in kept.items() if any(it)} == everything(world)


@settings(max_examples=30, deadline=None)
@given(history=histories)
def test_only_intents_named_change_their_standing(history: list[Step]) -> None:
    world, kept = addressed(), dict[str, object]()
    for step, wish in history:
        tell(world, step, wish)
        for name in (*world.restated, wish.name):
            if name in world.intents:
                kept[name] = resolve(world.intents[name], world)
        world.restated.clear()
    for name, intent in world.intents.items():
        assert kept[name] == resolve(intent, world)


@settings(max_examples=25, deadline=None)
@given(history=histories, data=st.data())
def test_the_order_of_what_is_told_changes_nothing(
    history: list[Step], data: st.DataObject
) -> None:
    told, last = addressed(), dict[str, Resource]()
    for step, wish in history:
        tell(told, step, wish)
        last.pop(wish.name, None)
        if step == "put":
            last[wish.name] = wish
    other = addressed()
    for wish in data.draw(st.permutations(list(last.values()))):
        tell(other, "put", wish)
    assert everything(other) == everything(told)
    for name in told.intents:
        assert resolve(told.intents[name], told) == resolve(other.intents[name], other)


@settings(max_examples=15, deadline=None)
@given(history=histories)
def test_what_was_worked_out_before_a_change_is_not_said_after_it(history: list[Step]) -> None:
    world = addressed()
    for step, wish in history:
        tell(world, step, wish)
        anew = world.fork(admit_all)  # knows no answers yet
        for intent in world.intents.values():
            assert resolve(intent, world) == resolve(intent, anew)
    anew.addresses = Addresses()
    assert everything(world) == everything(anew)


@settings(deadline=None)
@given(history=histories)
def test_a_world_that_everything_was_taken_from_is_empty(history: list[Step]) -> None:
    world = addressed()
    for step, wish in history:
        tell(world, step, wish)
    for wishes_of in (world.intents, world.workloads, world.clusters):
        for wish in list(wishes_of.values()):
            tell(world, "drop", wish)
    assert world.all_scopes() == set()
    indexes = (it for name, it in vars(world).items() if name.startswith("_"))
    assert not any(indexes)


def test_who_leaves_is_not_held_by_the_contradiction_of_others() -> None:
    world, leaving = addressed(), wishes.intercluster("b", "front", "cart")
    told: tuple[Resource, ...] = (
        *map(wishes.cluster, CLUSTERS),
        wishes.workload("front", "east"),
        wishes.workload("back", "east", service="front"),
        wishes.workload("cart", "east"),
        leaving,
        wishes.inbound("g", "front"),
        wishes.inbound("h", "back", "other.example.com", of=OTHER),
    )
    for wish in told:
        tell(world, "put", wish)
    scope = Scope(kind=ScopeKind.DESTINATION, key="shop/front")
    assert compile_scope(scope, world).contradictions
    assert scope in tell(world, "drop", leaving)
    assert compile_scope(scope, world) == Compiled(scope=scope)


def test_a_governed_namespace_is_a_scope_of_its_cluster() -> None:
    world = World()
    touched = world.put_cluster(wishes.cluster("east"))
    assert "namespace:shop" in map(str, touched)
    access = GovernedNamespace.DefaultAccess.LEAVE
    left = replace(wishes.governed(), default_access=access)
    assert "namespace:shop" in map(
        str, world.put_cluster(wishes.cluster("east", governed_namespaces=(left,)))
    )
    assert "namespace:shop" not in map(str, world.all_scopes())


@pytest.mark.parametrize("wish", INTENTS)
def test_an_intent_without_its_workloads_touches_nothing(wish: Resource) -> None:
    world = World()
    world.put_intent(wish)  # type: ignore[arg-type] # an intent
    assert world.scopes_of_intent(wish.name) == frozenset()


def test_to_try_an_intent_restates_no_other() -> None:
    world = World()
    world.put_cluster(wishes.cluster("east"))
    world.put_workload(wishes.workload("front", "east"))
    kept = wishes.intercluster("a", "front")
    world.put_intent(kept)
    world.restated.clear()
    for tried in (wishes.intercluster("b", "front"), replace(kept, generation=7)):
        with world.trying(tried):
            assert world.intents[tried.name] is tried
        assert list(world.intents.values()) == [kept]
        assert world.restated == set()


def test_an_intent_that_is_tried_elsewhere_is_not_where_it_was_meanwhile() -> None:
    world, told = addressed(), addressed()
    for it in (
        wishes.cluster("east"),
        wishes.workload("front", "east"),
        wishes.workload("back", "east"),
        wishes.workload("cart", "east"),
        wishes.intracluster("beside", "front", "cart"),
        wishes.intracluster("moving", "front", "back"),
    ):
        tell(world, "put", it)
        tell(told, "put", it)
    before = everything(world)
    moved = wishes.intracluster("moving", "back", "cart")
    told.put_intent(moved)
    with world.trying(moved):
        assert everything(world) == everything(told) != before
    assert everything(world) == before
