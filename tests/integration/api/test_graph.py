"""The picture of who may call whom, as clients get it."""

from typing import Any

import pytest
from trafficctl.v2 import reachability_pb2
from trafficctl.v2.convergence_pb2 import Convergence

from tests.integration.api.site import BUNDLE, GROUP, Answer, Refused, Site

CART, WEB, APP = (f"{BUNDLE}/workloads/{it}" for it in ("cart", "web", "app"))


@pytest.fixture
async def shop(site: Site) -> Site:
    """Give a server where ``web`` and an account may call ``cart``, and ``app`` calls out."""
    await site.cluster("east")
    placed = [{"cluster": "clusters/east"}]
    for name in ("cart", "web", "app"):
        await site.workload(name, placements=placed, service_account=name)
    await site.group()
    east = {"names": {"clusters": ["clusters/east"]}}
    access = [{"action": "ALLOW", "all_requests": {}}]
    account = {"namespace": "away", "service_account": "job", "clusters": east}
    await site.intent(
        "cart",
        callers=[
            {"workload": {"workload": "web"}, "access": access},
            {"service_account": account, "access": access},
        ],
    )
    return site


async def fetch(site: Site, **fields: Any) -> Answer:
    request = reachability_pb2.FetchReachabilityGraphRequest(**({"parent": BUNDLE} | fields))
    return await site.call("ReachabilityService", "FetchReachabilityGraph", request)


async def test_nodes_and_edges_say_who_and_what_they_are(shop: Site) -> None:
    answer = (await fetch(shop)).message
    nodes = {it.id: it for it in answer.nodes}
    edges = {it.caller: it for it in answer.edges}
    account = next(it for it in answer.nodes if it.WhichOneof("kind") == "service_account")
    assert edges.keys() == {WEB, account.id}
    assert (account.service_account.namespace, account.text) == (
        "away",
        "service account away/job",
    )
    assert (nodes[WEB].workload, list(nodes[WEB].clusters)) == (WEB, ["clusters/east"])
    edge = edges[WEB]
    assert (edge.destination, list(edge.ports)) == (CART, [80])
    assert [it.WhichOneof("operation") for it in edge.operations] == ["all_requests"]
    assert [it.startswith(GROUP) for it in edge.intents] == [True]
    assert edge.state == Convergence.PROGRESSING
    assert answer.revision


async def test_pages_are_of_one_revision_or_refused(shop: Site) -> None:
    first = (await fetch(shop, page_size=1)).message
    assert (len(first.edges), len(first.nodes)) == (1, 2)
    second = (await fetch(shop, page_size=1, page_token=first.next_page_token)).message
    assert (second.revision, second.next_page_token) == (first.revision, "")
    assert first.edges[0].caller != second.edges[0].caller

    await shop.workload("late")
    with pytest.raises(Refused) as refused:
        await fetch(shop, page_size=1, page_token=first.next_page_token)
    assert (refused.value.reason, refused.value.fields) == ("VIOLATIONS", ["page_token"])


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"parent": ""}, "parent"),
        ({"parent": "clusters/east"}, "parent"),
        ({"parent": "projects/-"}, "parent"),
        ({"page_size": -1}, "page_size"),
        ({"page_token": "x"}, "page_token"),
        ({"basis": {"value": reachability_pb2.Basis.PLAN}}, "basis"),
    ],
)
async def test_what_is_wrong_with_a_question_is_said(
    shop: Site, fields: dict[str, Any], wrong: str
) -> None:
    with pytest.raises(Refused) as refused:
        await fetch(shop, **fields)
    assert (refused.value.reason, refused.value.fields) == ("VIOLATIONS", [wrong])


async def test_a_token_is_for_the_request_that_it_came_with(shop: Site) -> None:
    token = (await fetch(shop, page_size=1)).message.next_page_token
    with pytest.raises(Refused) as refused:
        await fetch(shop, page_size=1, page_token=token, parent="projects/acme")
    assert refused.value.fields == ["page_token"]
