"""The order in which wishes arrive changes no byte of any tree."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import trafficctl_istio.plugin
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from trafficctl_sdk.model.cluster import Cluster, GovernedNamespace
from trafficctl_sdk.model.common import SafetyBrake
from trafficctl_sdk.model.workload import Workload

from tests.fakes import wishes
from tests.fakes.drivers import InProcessDrivers
from tests.fakes.instance import name_instance
from tests.fakes.town import POOL, Town, town
from trafficctl_server.intents.kinds import GROUP, INTENTS, Resource, kind_of
from trafficctl_server.store.memory import MemoryStore

UNBRAKED = SafetyBrake(max_delete_percent=100)
OTHER = wishes.group_name("other")
WORLD: tuple[Resource, ...] = (
    wishes.cluster("east", brake=UNBRAKED),
    wishes.cluster("west", brake=UNBRAKED, external_domain="west.example.net"),
    wishes.cluster("south", "shop", "legacy", brake=UNBRAKED),
    wishes.workload("front", "east", "west"),
    wishes.workload("back", "west", "south"),
    wishes.workload("cart", "east", "south"),
    wishes.workload("stock", "south", namespace="legacy"),
    wishes.group(),
    wishes.group("other"),
    wishes.intercluster("a", "back", wishes.caller("front", egress=wishes.dedicated()), "cart"),
    wishes.intercluster("b", "back", "stock", of=OTHER, external_prefix="rear"),
    wishes.intercluster("c", "stock", "front", wishes.caller("cart", egress=wishes.dedicated())),
    wishes.intracluster("d", "cart", "back", "front"),
    wishes.intracluster("e", "cart", "back", of=OTHER, mutual_tls=wishes.STRICT),
    wishes.outbound("f", "db.example.com", wishes.caller("cart", egress=wishes.dedicated())),
    wishes.outbound("g", "db.example.com", "front", of=OTHER),
    wishes.inbound("h", "front"),
    wishes.inbound("i", "back", of=OTHER, path_prefix="/rear"),
)


def draft(wish: Resource) -> Resource:
    """Give an earlier version of a wish, in which something else was wanted."""
    if isinstance(wish, Cluster):
        left = GovernedNamespace.DefaultAccess.LEAVE
        ungoverned = (replace(it, default_access=left) for it in wish.governed_namespaces)
        return replace(wish, gateways=(), governed_namespaces=tuple(ungoverned))
    if isinstance(wish, Workload):
        return replace(wish, placements=())
    if kind_of(wish) in INTENTS:
        return replace(wish, callers=wish.callers[-1:])  # type: ignore[arg-type, union-attr] # an intent
    return wish


@asynccontextmanager
async def fresh() -> AsyncIterator[Town]:
    drivers = InProcessDrivers()
    drivers.add_module(trafficctl_istio.plugin)
    store = MemoryStore(pool_size=POOL.num_addresses - 2)
    await store.start()
    await name_instance(store)
    with tempfile.TemporaryDirectory() as folder:
        async with town(Path(folder), drivers, store) as it:
            yield it


async def tree_of(
    steps: Sequence[tuple[str, Resource]], *, pauses: Sequence[bool] = ()
) -> dict[str, str]:
    """Take steps in their order, and give the tree that they come to."""
    async with fresh() as it:
        for place, (step, wish) in enumerate(steps):
            if step == "create":
                await it.create(wish)
            elif step == "update":
                await it.update(wish)
            else:
                await it.delete(kind_of(wish), wish.name)
            if place < len(pauses) and pauses[place]:
                await it.quiet()
        await it.quiet()
        return it.tree()


PLAIN = asyncio.run(tree_of([("create", wish) for wish in WORLD]))


@st.composite
def arrivals(draw: st.DrawFn) -> list[tuple[str, int]]:
    """Draw an order of the same wishes, some of them wished otherwise first, or twice.

    Each step is what to do with which wish of the world.
    """
    groups = [place for place, wish in enumerate(WORLD) if kind_of(wish) == GROUP]
    steps = [("create", place) for place in groups]
    later: list[tuple[str, int]] = []
    for place in draw(st.permutations([it for it in range(len(WORLD)) if it not in groups])):
        how = draw(st.sampled_from(("once", "draft", "twice")))
        if how == "draft":
            steps.append(("draft", place))
            later.append(("update", place))
        elif how == "twice" and kind_of(WORLD[place]) in INTENTS:
            steps += [("create", place), ("delete", place)]
            later.append(("create", place))
        else:
            steps.append(("create", place))
    return [*steps, *draw(st.permutations(later))]


def steps_of(arrived: Sequence[tuple[str, int]]) -> list[tuple[str, Resource]]:
    return [
        ("create", draft(WORLD[place])) if step == "draft" else (step, WORLD[place])
        for step, place in arrived
    ]


def test_the_world_has_every_kind_of_scope_in_it() -> None:
    assert len(PLAIN) > 50
    assert any("peerauthentication" in path for path in PLAIN)
    assert any("/istio-ingress/gateway" in path for path in PLAIN)
    assert any("/egress-cart" in path for path in PLAIN)


@settings(
    max_examples=6,
    deadline=None,
    phases=(Phase.generate,),
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=True,
)
@given(arrived=arrivals(), pauses=st.lists(st.booleans(), max_size=40))
def test_order_of_arrival_changes_no_byte(
    arrived: list[tuple[str, int]], pauses: list[bool]
) -> None:
    assert asyncio.run(tree_of(steps_of(arrived), pauses=pauses)) == PLAIN


@pytest.mark.crash
@settings(max_examples=6, deadline=None, phases=(Phase.generate,), derandomize=True)
@given(
    moves=st.lists(
        st.tuples(
            st.sampled_from(("front", "back", "cart")),
            st.sets(st.sampled_from(("east", "west", "south"))),
        ),
        max_size=8,
    )
)
def test_moving_a_workload_ends_where_creating_it_there_begins(
    moves: list[tuple[str, set[str]]],
) -> None:
    ends = {name: sorted(clusters) for name, clusters in moves}
    there = [
        wishes.workload(name, *ends[name])
        if isinstance(wish, Workload) and (name := wish.name.rsplit("/", 1)[1]) in ends
        else wish
        for wish in WORLD
    ]
    made = asyncio.run(tree_of([("create", wish) for wish in there]))
    moved = asyncio.run(
        tree_of(
            [
                *(("create", wish) for wish in WORLD),
                *(("update", wishes.workload(name, *sorted(to))) for name, to in moves),
            ],
            pauses=[False] * len(WORLD) + [True, False] * 4,
        )
    )
    assert moved == made
