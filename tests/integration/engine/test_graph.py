"""Who may call whom, as a picture: real office, real engine, real driver."""

import asyncio
from collections.abc import Iterable
from typing import Any

import pytest
from trafficctl_sdk.model.access import AccessRule, HttpOperation, PathMatch
from trafficctl_sdk.model.convergence import Convergence

from tests.fakes import wishes
from tests.fakes.town import Town
from trafficctl_server.intents.kinds import INTRACLUSTER
from trafficctl_server.reachability.drawing import Drawn, Moved, Page
from trafficctl_server.reachability.questions import Basis

SHOP = wishes.bundle()
FRONT, BACK, STOCK = (f"{SHOP}/workloads/{it}" for it in ("front", "back", "stock"))
READ = AccessRule(
    action=AccessRule.Action.ALLOW,
    http=HttpOperation(methods=("GET",), paths=(PathMatch(prefix="/items"),)),
)
NO_CARTS = AccessRule(
    action=AccessRule.Action.DENY,
    http=HttpOperation(methods=("*",), paths=(PathMatch(prefix="/items/carts"),)),
)


async def shop(it: Town) -> None:
    for wish in (
        wishes.cluster("east"),
        wishes.cluster("west"),
        wishes.workload("front", "east", service_account="front"),
        wishes.workload("stock", "east", service_account="stock"),
        wishes.workload("back", "east", "west", service_account="back"),
        wishes.group(),
        wishes.group("other"),
    ):
        await it.create(wish)


async def drawn(it: Town, parent: str = SHOP, **asked: Any) -> tuple[Drawn, ...]:
    return (await it.engine.drawing.draw(Basis(), parent, **asked)).edges


def ends(edges: Iterable[Drawn]) -> list[tuple[str, str]]:
    return [(it.edge.party.node.text, it.edge.destination.text) for it in edges]


async def test_an_edge_holds_all_that_intents_let_a_caller_do(it: Town) -> None:
    await shop(it)
    await it.create(wishes.intracluster("a", "back", wishes.caller("front", READ, NO_CARTS)))
    await it.create(
        wishes.intercluster("b", "back", "front", "stock", ports=[wishes.port(81)], of=OTHER)
    )
    await it.create(wishes.outbound("c", "db.example.com", "front"))
    await it.create(wishes.inbound("d", "front"))
    await it.quiet()
    found = {(one.edge.key): one for one in await drawn(it)}
    assert sorted(ends(found.values())) == [
        ("anybody", "front"),
        ("front", "back"),
        ("front", "db.example.com"),
        ("stock", "back"),
    ]
    both = found[FRONT, BACK].edge
    assert both.ports == (80, 81)
    assert set(both.party.rules) == {READ, NO_CARTS, wishes.ALLOW_ALL}
    assert len(both.party.intents) == 2
    assert (both.party.node.clusters, both.destination.clusters) == (("east",), ("east", "west"))
    assert found[FRONT, "hosts/db.example.com"].edge.ports == (80,)


OTHER = wishes.group_name("other")


async def test_a_picture_shows_what_is_below_its_parent(it: Town) -> None:
    await shop(it)
    await it.create(wishes.intracluster("a", "back", "front"))
    await it.create(wishes.intracluster("b", "stock", "front", of=OTHER))
    assert ends(await drawn(it, wishes.group_name())) == [("front", "back")]
    assert ends(await drawn(it, OTHER)) == [("front", "stock")]
    assert len(await drawn(it, f"projects/{wishes.PROJECT}")) == 2
    assert not await drawn(it, "projects/p")


async def test_a_picture_of_some_clusters_shows_what_runs_there(it: Town) -> None:
    await shop(it)
    await it.create(wishes.workload("far", "west", service_account="far"))
    await it.create(wishes.intercluster("a", "back", "front", "far"))
    assert ends(await drawn(it, clusters=wishes.by_names("west"))) == [("far", "back")]
    (edge,) = await drawn(it, clusters=wishes.by_names("west"))
    assert edge.edge.destination.clusters == ("west",)


async def test_what_is_held_up_is_in_the_picture_and_says_so(it: Town) -> None:
    await shop(it)
    await it.create(wishes.intracluster("a", "back", "later"))
    await it.create(wishes.intracluster("b", "back", "front"))
    refused = wishes.caller("stock", wishes.DENY_ALL)
    await it.create(wishes.intracluster("c", "front", refused))
    await it.quiet()
    states = {one.edge.party.node.text: one.state for one in await drawn(it)}
    assert states == {"later": Convergence.State.WAITING, "front": Convergence.State.SETTLED}


async def test_pages_put_together_are_the_whole_picture(it: Town) -> None:
    await shop(it)
    for number in range(3):
        name, served = f"i{number}", ("back", "stock", "front")[number]
        await it.create(wishes.intracluster(name, served, "back", "front", "stock"))
    whole = await drawn(it)
    assert len(whole) == 9
    for size in (1, 2, 4):
        taken: list[Drawn] = []
        page = await sheet(it, size)
        taken += page.edges
        while page.next is not None:
            page = await sheet(it, size, place=page.next)
            taken += page.edges
        assert taken == list(whole)


async def sheet(it: Town, size: int, **asked: Any) -> Page:
    """Give one page of so many edges at most."""
    room = iter(range(size))
    takes = lambda _: next(room, None) is not None  # noqa: E731 - shorter than a function
    return await it.engine.drawing.draw(Basis(), SHOP, takes=takes, **asked)


async def test_a_page_is_of_one_revision_while_the_world_moves_on(it: Town) -> None:
    """What changes under a page ends it: what it holds is so, and the next one is refused."""
    await shop(it)
    callers = [f"c{number:03}" for number in range(120)]
    for name in callers:
        await it.create(wishes.workload(name, "east", service_account=name))
    intent = wishes.intracluster("a", "back", *callers)
    await it.create(intent)
    await it.quiet()
    changes: list[asyncio.Task[object]] = []

    def takes(_: Drawn) -> bool:
        if not changes:
            changes.append(asyncio.create_task(it.create(wishes.outbound("b", "x.org", "front"))))
        return True

    page = await it.engine.drawing.draw(Basis(), SHOP, takes=takes)
    assert {one.edge.party.intents for one in page.edges} == {(intent.name,)}
    assert len(page.edges) == 120 if page.next is None else len(page.edges) % 50 == 0
    await asyncio.gather(*changes)
    await it.quiet()
    with pytest.raises(Moved):
        await it.engine.drawing.draw(Basis(), SHOP, place=page.edges[-1].place)


async def test_an_edge_goes_with_its_last_intent(it: Town) -> None:
    await shop(it)
    first, second = (wishes.intracluster(name, "back", "front") for name in ("a", "b"))
    await it.create(first)
    await it.create(second)
    (edge,) = await drawn(it)
    assert edge.edge.party.intents == (first.name, second.name)
    await it.delete(INTRACLUSTER, first.name)
    (edge,) = await drawn(it)
    assert edge.edge.party.intents == (second.name,)
    await it.delete(INTRACLUSTER, second.name)
    assert not await drawn(it)
