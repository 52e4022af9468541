"""A namespace whose pods may call what intents declare: one Sidecar, merged from all of them."""

from collections.abc import Sequence
from dataclasses import replace

from trafficctl_sdk.model.cluster import GovernedNamespace, MeshFacts
from trafficctl_sdk.model.common import Addressing
from trafficctl_sdk.model.convergence import Convergence
from trafficctl_sdk.model.outbound_intent import OutboundIntent
from trafficctl_sdk.model.traffic_policy import TrafficPolicy
from trafficctl_sdk.slices import ScopeKind

from tests.fakes import wishes
from tests.fakes.town import Town
from trafficctl_server.intents.kinds import INTRACLUSTER, Resource

OTHER = wishes.group_name("other")
DECLARED_ONLY = GovernedNamespace.OutboundScope.DECLARED_ONLY


def scoped(namespace: str = "shop", *, deny: bool = True) -> GovernedNamespace:
    return replace(wishes.governed(namespace, deny=deny), outbound_scope=DECLARED_ONLY)


EAST = wishes.cluster("east", governed_namespaces=(scoped(), wishes.governed("other")))
WORLD: tuple[Resource, ...] = (
    EAST,
    wishes.cluster("west"),
    wishes.workload("front", "east"),
    wishes.workload("back", "west", "east"),
    wishes.workload("far", "west"),
    wishes.workload("pods", "west", addressing=Addressing.Mode.HEADLESS),
    wishes.workload("cart", "east", "west"),
    wishes.group(),
    wishes.group("other"),
)
INTENTS: tuple[Resource, ...] = (
    wishes.intercluster("a", "back", "front", external_prefix="rear"),
    wishes.intercluster("b", "far", wishes.caller("front", egress=wishes.dedicated())),
    wishes.intercluster("c", "pods", "cart", of=OTHER),
    wishes.intracluster("d", "cart", "front"),
    wishes.outbound("e", "db.example.com", "front"),
)


async def world(it: Town, wanted: Sequence[Resource] = INTENTS) -> None:
    for wish in (*WORLD, *wanted):
        await it.create(wish)
    await it.quiet()


def sidecars(it: Town, cluster: str = "east") -> dict[str, list[str]]:
    """Give the hosts that each Sidecar of a cluster lets be called."""
    return {
        path: [host for egress in body["spec"]["egress"] for host in egress["hosts"]]
        for path, body in it.objects(cluster).items()
        if body["kind"] == "Sidecar"
    }


async def test_it_lists_what_all_intents_declare_and_nothing_else(it: Town) -> None:
    await world(it)
    ((path, hosts),) = sidecars(it).items()
    assert path.startswith("shop/sidecar.declared-only-")
    gateways = [host for host in hosts if host.startswith("egress-")]
    # The one that front has, and the one that cart would take if it changed to one.
    assert [name.rsplit("-", 1)[0] for name in gateways] == ["egress-cart", "egress-front"]
    assert all(name.endswith("/*") for name in gateways)
    assert [host for host in hosts if host not in gateways] == [
        "istio-system/*",
        "shop/back.shop.svc.cluster.local",
        "shop/cart.shop.svc.cluster.local",
        "shop/db.example.com",
        "trafficctl-mesh/*.pods.shop.global",
        "trafficctl-mesh/far.shop.global",
        "trafficctl-mesh/pods.shop.global",
        "trafficctl-mesh/rear.shop.global",
    ]
    assert sidecars(it, "west") == {}


async def test_what_is_called_by_anyone_can_be_called_from_it(it: Town) -> None:
    everyone = wishes.everyone(wishes.by_names("east"))
    await world(it, [wishes.intercluster("a", "far", everyone)])
    ((_, hosts),) = sidecars(it).items()
    assert hosts == ["istio-system/*", "trafficctl-mesh/far.shop.global"]


async def test_copies_that_another_intent_asks_for_can_be_sent(it: Town) -> None:
    copies = TrafficPolicy.Mirror(workload="cart", percent=10.0)
    policy = TrafficPolicy(mirrors=(copies,))
    asks = wishes.intercluster("b", "back", "far", of=OTHER, traffic_policy=policy)
    await world(it, [INTENTS[0], asks])
    ((_, hosts),) = sidecars(it).items()
    assert "shop/cart.shop.svc.cluster.local" in hosts


async def test_arrival_changes_nothing(it: Town) -> None:
    await world(it, INTENTS[::-1])
    ((_, backwards),) = sidecars(it).items()
    for intent in INTENTS:
        await it.update(replace(intent, description="again"))
    await it.quiet()
    ((_, after),) = sidecars(it).items()
    assert after == backwards == sorted(backwards)


async def test_what_no_intent_declares_any_more_is_not_called(it: Town) -> None:
    await world(it)
    await it.delete(INTRACLUSTER, INTENTS[3].name)
    await it.gone(INTENTS[3].name)
    ((_, hosts),) = sidecars(it).items()
    assert "shop/cart.shop.svc.cluster.local" not in hosts
    out = INTENTS[4]
    assert isinstance(out, OutboundIntent)
    await it.update(replace(out, hosts=(wishes.host("other.example.com"),)))
    await it.quiet()
    ((_, hosts),) = sidecars(it).items()
    assert "shop/other.example.com" in hosts
    assert "shop/db.example.com" not in hosts


async def test_it_goes_with_the_word_of_the_record(it: Town) -> None:
    await world(it)
    await it.update(wishes.cluster("east", "shop", "other"))
    await it.quiet()
    assert sidecars(it) == {}
    await it.update(EAST)
    await it.quiet()
    assert len(sidecars(it)) == 1


async def test_a_namespace_may_be_scoped_without_deny_all(it: Town) -> None:
    await world(it, [INTENTS[4]])
    await it.update(wishes.cluster("east", governed_namespaces=(scoped(deny=False),)))
    await it.quiet()
    assert len(sidecars(it)) == 1
    assert not any("deny-all" in path for path in it.objects("east"))


async def test_it_belongs_to_the_intents_and_deny_all_to_none_of_them(it: Town) -> None:
    await world(it)
    for intent in INTENTS:
        objects = (await it.realizations(intent.name))["east"].objects
        assert [one.kind for one in objects].count("Sidecar") == 1
    shared = {
        path: "outboundIntents" in str(body["metadata"]["annotations"])
        for path, body in it.objects("east").items()
        if path.startswith("shop/") and (body["kind"] == "Sidecar" or "deny-all" in path)
    }
    assert len(shared) == 2
    assert {path for path, named in shared.items() if named} == set(sidecars(it))


async def test_only_those_who_call_from_it_are_looked_at(it: Town) -> None:
    await world(it)
    it.drivers.rendered.clear()
    await it.create(wishes.intracluster("x", "far", "back", of=OTHER))
    await it.quiet()
    assert ScopeKind.NAMESPACE not in {one.scope.kind for one in it.drivers.rendered}
    await it.create(wishes.outbound("y", "api.example.com", "cart", of=OTHER))
    await it.quiet()
    namespaces = [
        (one.scope.key, one.cluster)
        for one in it.drivers.rendered
        if one.scope.kind is ScopeKind.NAMESPACE
    ]
    assert namespaces == [("shop", "east")]


async def test_a_caller_that_cannot_be_takes_nothing_from_the_others(it: Town) -> None:
    await world(it)
    before = sidecars(it)
    stated = MeshFacts(root_digest="another")
    await it.update(replace(EAST, mesh=stated))
    await it.update(wishes.cluster("west", mesh=MeshFacts(root_digest="one")))
    await it.quiet()
    found = (await it.realizations(INTENTS[0].name))["east"].convergence
    assert found is not None
    assert found.reason is Convergence.Reason.NO_COMMON_ROOT
    assert sidecars(it) == before
