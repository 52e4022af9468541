"""One call, explained: what drivers are asked, and what clients are told."""

from typing import Any

import pytest
from trafficctl.v2 import reachability_pb2
from trafficctl_sdk.explain import (
    Claim,
    Decision,
    Hop,
    HopKind,
    HopTls,
    Landing,
    MissingFact,
    Verdict,
    VerdictKind,
)

from tests.integration.api.site import BUNDLE, Answer, Refused, Site

WEB = f"{BUNDLE}/workloads/web"
CART = f"{BUNDLE}/workloads/cart"
TO_CART = {"workload": CART}
INGRESS = {
    "id": "ingress",
    "role": "INGRESS",
    "namespace": "ingress",
    "selector": {"istio": "ingress"},
    "service": "ingress",
    "ports": [{"port": 80}],
}
JWT = {
    "id": "corp",
    "issuer": "https://id.example.com",
    "audiences": ["cart"],
    "jwks_uri": "https://id.example.com/keys",
}


@pytest.fixture
async def shop(site: Site) -> Site:
    """Give a server where ``web`` runs in two clusters and calls ``cart``, which runs in one."""
    for name in ("east", "west"):
        await site.cluster(name, gateways=[INGRESS])
    await site.workload("web", placements=placed("east", "west"), service_account="web")
    await site.workload("cart", placements=placed("west"))
    await site.group()
    await site.intent("cart", jwt_providers=[JWT])
    return site


def placed(*clusters: str) -> list[dict[str, str]]:
    return [{"cluster": f"clusters/{it}"} for it in clusters]


async def explain(site: Site, **fields: Any) -> Answer:
    request = reachability_pb2.ExplainReachabilityRequest(**({"port": 80} | fields))
    return await site.call("ReachabilityService", "ExplainReachability", request)


def asked(site: Site) -> list[Any]:
    return [request for _, request, _, _ in site.drivers.asked]


async def test_a_workload_calls_from_each_of_its_clusters_by_the_name_that_fits(
    shop: Site,
) -> None:
    answer = await explain(
        shop,
        caller={"workload": {"name": WEB}},
        destination=TO_CART,
        method="GET",
        path="/items",
        headers={"X-Tier": "gold"},
        claims=[{"jwt_provider": "corp", "path": ["groups"], "values": ["admin"]}],
    )
    east, west = asked(shop)
    assert (east.cluster, east.host) == ("east", "cart.shop.global")
    assert (west.cluster, west.host) == ("west", "cart.shop.svc.cluster.local")
    for one in (east, west):
        assert (one.namespace, one.service_account, one.in_mesh) == ("shop", "web", True)
        assert (one.port, one.method, one.path) == (80, "GET", "/items")
        assert dict(one.headers) == {"x-tier": "gold"}
        issuer = "https://id.example.com"
        assert one.claims == (Claim(issuer=issuer, path=("groups",), values=("admin",)),)
    told = answer.message.explanations
    assert [it.caller_cluster for it in told] == ["clusters/east", "clusters/west"]
    assert {it.revision for it in told} == {answer.revision} == {shop.store.revision}
    assert {it.basis.value for it in told} == {reachability_pb2.Basis.DESIRED}


async def test_drivers_learn_what_runs_in_the_clusters_concerned_and_no_more(shop: Site) -> None:
    await shop.cluster("north")
    await shop.workload("stock", placements=placed("north", "west"))
    await explain(
        shop, caller={"workload": {"name": WEB, "cluster": "clusters/east"}}, destination=TO_CART
    )
    ((name, request, objects, inventory),) = shop.drivers.asked
    assert (name, request.cluster, tuple(objects)) == ("mesh", "east", ())
    assert {it.id for it in inventory.clusters} == {"east", "west"}
    pods = {(it.workload, it.cluster) for it in inventory.pods}
    assert pods == {(WEB, "east"), (WEB, "west"), (CART, "west")}
    assert {(it.name, it.cluster) for it in inventory.services} >= {("cart", "west")}


async def test_the_verdict_is_told_station_by_station(shop: Site) -> None:
    shop.drivers.verdict = Verdict(
        kind=VerdictKind.DENIED,
        hops=(
            Hop(
                kind=HopKind.SIDECAR,
                cluster="east",
                party=WEB,
                address="240.96.0.1:80",
                tls=HopTls.PLAINTEXT,
                decision=Decision.PASSES,
            ),
            Hop(
                kind=HopKind.WORKLOAD,
                cluster="west",
                party=CART,
                address="192.0.2.1:15443",
                tls=HopTls.MUTUAL,
                decision=Decision.REFUSES,
                identity="spiffe://cluster.local/ns/shop/sa/web",
                intents=("projects/acme/x",),
            ),
        ),
        landings=(
            Landing(
                cluster="west",
                host="cart.shop.svc.cluster.local",
                port=80,
                decision=Decision.REFUSES,
                subset="v1",
            ),
        ),
        text="the server refuses it",
    )
    answer = await explain(
        shop,
        caller={
            "identity": {
                "cluster": "clusters/east",
                "namespace": "shop",
                "service_account": "web",
            }
        },
        destination={"host": "cart.shop.global"},
    )
    (told,) = answer.message.explanations
    assert told.verdict == reachability_pb2.Explanation.DENIED
    assert told.text == "the server refuses it"
    first, second = told.hops
    assert first.kind == reachability_pb2.Explanation.Hop.SIDECAR
    assert (second.cluster, second.party) == ("clusters/west", CART)
    assert second.tls == reachability_pb2.Explanation.Hop.MUTUAL
    assert second.decision == reachability_pb2.Explanation.Hop.REFUSES
    assert second.identity.endswith("/sa/web")
    (destination,) = told.destinations
    assert (destination.cluster, destination.subset, destination.weight) == (
        "clusters/west",
        "v1",
        100,
    )


async def test_what_cannot_be_known_is_unknown_and_says_what_is_missing(shop: Site) -> None:
    await shop.workload("later")
    answer = await explain(
        shop, caller={"workload": {"name": f"{BUNDLE}/workloads/later"}}, destination=TO_CART
    )
    (told,) = answer.message.explanations
    assert told.verdict == reachability_pb2.Explanation.UNKNOWN
    assert [it.kind for it in told.missing] == ["placement"]

    answer = await explain(shop, caller={"outside": {}}, destination=TO_CART)
    (told,) = answer.message.explanations
    assert [it.kind for it in told.missing] == ["exposed_host"]
    assert not told.caller_cluster
    assert not shop.drivers.asked

    fact = MissingFact(kind="gateway_address", cluster="west", text="state it on the cluster")
    shop.drivers.verdict = Verdict(kind=VerdictKind.UNKNOWN, missing=(fact,))
    answer = await explain(
        shop, caller={"outside": {"address": "192.0.2.7"}}, destination={"host": "shop.example.com"}
    )
    (told,) = answer.message.explanations
    assert [(it.kind, it.cluster) for it in told.missing] == [("gateway_address", "clusters/west")]
    assert asked(shop)[-1].source_address == "192.0.2.7"


@pytest.mark.parametrize(
    ("caller", "destination", "named"),
    [
        ({"workload": {"name": f"{BUNDLE}/workloads/nobody"}}, TO_CART, "workloads/nobody"),
        ({"workload": {"name": WEB}}, {"workload": f"{BUNDLE}/workloads/gone"}, "workloads/gone"),
        ({"workload": {"name": WEB, "cluster": "clusters/moon"}}, TO_CART, "clusters/moon"),
        (
            {"identity": {"cluster": "clusters/moon", "namespace": "a", "service_account": "b"}},
            TO_CART,
            "clusters/moon",
        ),
    ],
)
async def test_an_end_that_nobody_knows_is_named(
    shop: Site, caller: Any, destination: Any, named: str
) -> None:
    with pytest.raises(Refused) as refused:
        await explain(shop, caller=caller, destination=destination)
    assert refused.value.reason == "NOT_FOUND"
    assert refused.value.metadata["name"].endswith(named)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"caller": {"workload": {"name": "web"}}}, "caller.workload.name"),
        ({"destination": {"workload": "cart"}}, "destination.workload"),
        ({"port": 0}, "port"),
        ({"path": "items"}, "path"),
        (
            {"claims": [{"jwt_provider": "other", "path": ["a"], "values": ["b"]}]},
            "claims[0].jwt_provider",
        ),
    ],
)
async def test_what_is_wrong_with_a_question_is_said(
    shop: Site, fields: dict[str, Any], wrong: str
) -> None:
    question = {"caller": {"workload": {"name": WEB}}, "destination": TO_CART}
    with pytest.raises(Refused) as refused:
        await explain(shop, **(question | fields))
    assert refused.value.reason == "VIOLATIONS"
    assert refused.value.fields == [wrong]


@pytest.mark.parametrize("basis", ["DESIRED", "DELIVERED", "OBSERVED"])
async def test_an_answer_says_what_it_is_based_on(shop: Site, basis: str) -> None:
    answer = await explain(
        shop,
        caller={"workload": {"name": WEB, "cluster": "clusters/west"}},
        destination=TO_CART,
        basis={"value": basis},
    )
    (told,) = answer.message.explanations
    assert reachability_pb2.Basis.Value.Name(told.basis.value) == basis


async def test_a_plan_that_is_not_there_is_no_basis(shop: Site) -> None:
    plan = "projects/acme/plans/none"
    with pytest.raises(Refused) as refused:
        await explain(
            shop,
            caller={"workload": {"name": WEB}},
            destination=TO_CART,
            basis={"value": reachability_pb2.Basis.PLAN, "plan": plan},
        )
    assert (refused.value.reason, refused.value.metadata["name"]) == ("NOT_FOUND", plan)
