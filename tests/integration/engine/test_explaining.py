"""One call, explained over what is wanted now: real office, real engine, real driver."""

import dataclasses
from collections.abc import Mapping

from trafficctl_sdk.explain import (
    Decision,
    ExplainRequest,
    HopKind,
    PlacedObject,
    Verdict,
    VerdictKind,
)
from trafficctl_sdk.model.access import AccessRule, HttpOperation, PathMatch

from tests.fakes import wishes
from tests.fakes.town import Town
from trafficctl_server.compile.surroundings import inventory_of
from trafficctl_server.intents.kinds import INTRACLUSTER, WORKLOAD
from trafficctl_server.reachability.explainer import Explained
from trafficctl_server.reachability.questions import CallingIdentity, CallingWorkload, Question

FRONT = f"{wishes.bundle()}/workloads/front"
BACK = f"{wishes.bundle()}/workloads/back"
STOCK = f"{wishes.bundle()}/workloads/stock"
HOSTS = ("back.shop", "back.shop.global", "stock.shop", "db.example.com", "www.example.com")
READ = AccessRule(
    action=AccessRule.Action.ALLOW,
    http=HttpOperation(methods=("GET",), paths=(PathMatch(prefix="/items"),)),
)


async def shop(it: Town) -> None:
    for wish in (
        wishes.cluster("east"),
        wishes.cluster("west"),
        wishes.workload("front", "east", service_account="front"),
        wishes.workload("stock", "east", service_account="stock"),
        wishes.workload("back", "east", "west", service_account="back"),
        wishes.group(),
    ):
        await it.create(wish)


async def explain(it: Town, **question: object) -> Explained:
    asked: dict[str, object] = {
        "caller": CallingWorkload(name=FRONT),
        "workload": BACK,
        "port": 80,
        "method": "GET",
        "path": "/items/1",
    }
    asked |= question
    (found,) = await it.engine.explainer.explain(Question(**asked))  # type: ignore[arg-type] # as stated above
    return found


async def test_what_was_accepted_a_moment_ago_is_in_the_verdict(it: Town) -> None:
    """Nobody waits for delivery to ask: the answer is of what is wanted."""
    await shop(it)
    assert (await explain(it)).verdict.kind is VerdictKind.DENIED
    intent = wishes.intracluster("a", "back", wishes.caller("front", READ))
    await it.create(intent)
    found = await explain(it)
    assert found.verdict.kind is VerdictKind.ALLOWED
    assert (await explain(it, path="/itemsx")).verdict.kind is VerdictKind.DENIED
    assert (await explain(it, method="POST")).verdict.kind is VerdictKind.DENIED
    assert (
        await explain(it, caller=CallingWorkload(name=STOCK))
    ).verdict.kind is VerdictKind.DENIED
    await it.delete(INTRACLUSTER, intent.name)
    assert (await explain(it)).verdict.kind is VerdictKind.DENIED


async def test_the_verdict_names_the_objects_and_intents_that_decide(it: Town) -> None:
    await shop(it)
    intent = wishes.intracluster("a", "back", wishes.caller("front", READ))
    await it.create(intent)
    found = await explain(it)
    last = found.verdict.hops[-1]
    assert (last.kind, last.cluster, last.party) == (HopKind.WORKLOAD, "east", BACK)
    assert last.identity == "spiffe://cluster.local/ns/shop/sa/front"
    assert intent.name in last.intents
    assert any("/AuthorizationPolicy/shop/" in name for name in last.objects)
    await it.quiet()
    for name in last.objects:
        assert await it.store.get(found.names[name]) is not None, "objects that clients can read"


async def test_a_call_into_another_cluster_passes_every_gateway_on_its_way(it: Town) -> None:
    await shop(it)
    await it.delete(WORKLOAD, BACK)
    await it.gone(BACK)
    await it.create(wishes.workload("back", "west", service_account="back"))
    await it.create(
        wishes.intercluster("a", "back", wishes.caller("front", READ, egress=wishes.dedicated()))
    )
    found = (await explain(it)).verdict
    assert found.kind is VerdictKind.ALLOWED, found.text
    assert [hop.kind for hop in found.hops] == [
        HopKind.SIDECAR,
        HopKind.EGRESS_GATEWAY,
        HopKind.EAST_WEST_GATEWAY,
        HopKind.WORKLOAD,
    ]
    assert found.hops[-1].identity == "spiffe://cluster.local/ns/shop/sa/front"
    assert [(it.cluster, it.weight) for it in found.landings] == [("west", 100)]
    refused = (await explain(it, method="DELETE")).verdict
    assert (refused.kind, refused.hops[-1].decision) == (VerdictKind.DENIED, Decision.REFUSES)


async def test_an_account_that_no_intent_names_is_refused_by_the_namespace(it: Town) -> None:
    await shop(it)
    await it.create(wishes.intracluster("a", "back", "front"))
    stranger = CallingIdentity(cluster="clusters/east", namespace="away", service_account="other")
    found = (await explain(it, caller=stranger)).verdict
    assert found.kind is VerdictKind.DENIED
    assert found.hops[-1].identity == "spiffe://cluster.local/ns/away/sa/other"


async def test_the_scopes_concerned_say_as_much_as_the_whole_world(it: Town) -> None:
    """The verdict on each call is the one that all objects of all clusters give."""
    await shop(it)
    for wish in (
        wishes.intracluster("a", "back", wishes.caller("front", READ)),
        wishes.intercluster("b", "back", wishes.caller("stock", egress=wishes.dedicated())),
        wishes.intracluster("c", "stock", "front"),
        wishes.outbound("d", "db.example.com", wishes.caller("front", egress=wishes.dedicated())),
        wishes.outbound("e", "www.example.com", "stock"),
    ):
        await it.create(wish)
    await it.quiet()
    everything = [
        PlacedObject(cluster=cluster, body=body)
        for cluster in ("east", "west")
        for body in it.objects(cluster).values()
    ]
    inventory = inventory_of(it.engine.feed.world)
    seen: list[ExplainRequest] = []
    explained: dict[int, Verdict] = {}
    plain = it.drivers.explain

    async def watched(name: str, request: ExplainRequest, *rest: object) -> Verdict:
        seen.append(request)
        explained[len(seen)] = found = await plain(name, request, *rest)  # type: ignore[arg-type] # passed on
        return found

    it.drivers.explain = watched  # type: ignore[assignment,method-assign] # to see what the driver is asked
    kinds = set()
    for caller in (FRONT, STOCK, BACK):
        for host in (
            "back.shop",
            "back.shop.global",
            "stock.shop",
            "db.example.com",
            "www.example.com",
        ):
            for question in ({"path": "/items/1"}, {"path": "/other"}, {"port": 81}):
                await it.engine.explainer.explain(
                    Question(**_asked(caller, host, question))  # type: ignore[arg-type] # as stated
                )
    for number, request in enumerate(seen, 1):
        whole = await plain("istio", request, everything, inventory)
        found = explained[number]
        assert _judged(found) == _judged(whole), request
        kinds.add(found.kind)
    assert {VerdictKind.ALLOWED, VerdictKind.DENIED, VerdictKind.UNREACHABLE} <= kinds


def _asked(caller: str, host: str, more: Mapping[str, object]) -> dict[str, object]:
    return {
        "caller": CallingWorkload(name=caller),
        "host": host,
        "port": 80,
        "method": "GET",
        **more,
    }


def _judged(verdict: Verdict) -> object:
    hops = [dataclasses.replace(hop, intents=()) for hop in verdict.hops]
    return verdict.kind, hops, verdict.landings
