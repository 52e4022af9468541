"""Whatever a plan rests on: if it moved, nothing of the plan is written."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TypeAlias

import pytest
import trafficctl_istio.plugin
from trafficctl_sdk.driver_info import DriverInfo

from tests.fakes import wishes
from tests.fakes.town import Town
from tests.integration.plans.planning import apply, compute, gone, objects_of, planned, wished
from trafficctl_server.intents import failures
from trafficctl_server.intents.kinds import GROUP, INTERCLUSTER, WORKLOAD, Resource
from trafficctl_server.intents.requests import ChangeRequest
from trafficctl_server.plans.changes import Change
from trafficctl_server.plans.plan import Plan, PlanState

FIRST = wishes.intercluster("a", "back", "front")
SITE: tuple[Resource, ...] = (
    wishes.cluster("east"),
    wishes.cluster("west"),
    wishes.cluster("south"),
    wishes.workload("front", "east"),
    wishes.workload("back", "west"),
    wishes.workload("cart", "east"),
    wishes.group(),
    wishes.group("idle"),
    FIRST,
)
CHANGE = wishes.intercluster("a", "back", "front", "cart")
SECOND = wishes.intercluster("b", "back", "cart")
GOLD = wishes.everyone(wishes.by_labels(tier="gold"))
SELECTING = wishes.intercluster("b", "back", "cart", GOLD)
IDLE = wishes.group_name("idle")
IN_IDLE = wishes.intercluster("z", "cart", "front", of=IDLE)
CART = f"{wishes.bundle()}/workloads/cart"
Move: TypeAlias = Callable[[Town], Awaitable[object]]


async def upgrade(it: Town) -> None:
    info: DriverInfo = trafficctl_istio.plugin.trafficctl_driver_info()
    it.drivers.add(info, trafficctl_istio.plugin.trafficctl_render_slice, version="2")


async def drained(it: Town) -> None:
    await it.engine.care.drain("clusters/west", "", ChangeRequest())


MOVES: dict[str, tuple[list[Change], Move]] = {
    "the intent itself": (
        wished(CHANGE),
        lambda it: it.update(wishes.intercluster("a", "back", "front", external_prefix="rear")),
    ),
    "it is gone": (wished(CHANGE), lambda it: it.delete(INTERCLUSTER, FIRST.name)),
    "another about the same destination": (wished(CHANGE), lambda it: it.create(SECOND)),
    "the same name": (wished(SECOND), lambda it: it.create(SECOND)),
    "a caller moves": (
        wished(CHANGE),
        lambda it: it.update(wishes.workload("cart", "east", "south")),
    ),
    "a caller goes": (
        wished(CHANGE),
        lambda it: it.delete(WORKLOAD, f"{wishes.bundle()}/workloads/cart"),
    ),
    "the server moves": (
        wished(CHANGE),
        lambda it: it.update(wishes.workload("back", "west", "south")),
    ),
    "another workload behind the same service": (
        wished(CHANGE),
        lambda it: it.create(wishes.workload("back2", "south", service="back")),
    ),
    "a cluster of it changes": (
        wished(CHANGE),
        lambda it: it.update(wishes.cluster("west", gateways=(wishes.east_west("192.0.2.77"),))),
    ),
    "a cluster of it is drained": (wished(CHANGE), drained),
    "a new cluster that is selected": (
        wished(SELECTING),
        lambda it: it.create(wishes.cluster("north", labels={"tier": "gold"})),
    ),
    "an intent of a group that goes": (
        gone(wishes.group_name("idle")),
        lambda it: it.create(
            wishes.intercluster("z", "cart", "front", of=wishes.group_name("idle"))
        ),
    ),
    "the group that a new intent is in": (
        wished(IN_IDLE),
        lambda it: it.delete(GROUP, IDLE),
    ),
    "a group that stays as it is": (
        wished(wishes.group("idle"), CHANGE),
        lambda it: it.update(replace(wishes.group("idle"), description="busy")),
    ),
    "an intent that serves a workload that goes": (
        gone(CART),
        lambda it: it.create(wishes.intracluster("y", "cart", "front")),
    ),
    "the driver": (wished(CHANGE), upgrade),
}


@pytest.fixture
async def town_of(it: Town) -> Town:
    await apply(it, await planned(it, wished(*SITE), "projects/p1/plans/site"))
    await it.settled(FIRST.name)
    return it


@pytest.mark.parametrize("moved", MOVES)
async def test_what_moved_since_makes_it_stale(town_of: Town, moved: str) -> None:
    it = town_of
    changes, move = MOVES[moved]
    plan = await planned(it, changes)
    assert plan.state is PlanState.READY, plan.problems
    await move(it)
    await it.quiet()
    before = objects_of(it)
    for only in (True, False):
        with pytest.raises(failures.PlanStale):
            await apply(it, plan, validate_only=only)
    await it.quiet()
    assert objects_of(it) == before
    stale = await it.engine.plans.shelf.plan(plan.name)
    assert stale.state is PlanState.STALE
    again = await compute(it)
    if again.state is PlanState.READY:
        done = await apply(it, again)
        assert done.state is PlanState.APPLIED


async def test_what_is_nobody_s_business_does_not(town_of: Town) -> None:
    it = town_of
    plan = await planned(it, wished(CHANGE))
    await it.create(wishes.workload("other", "south"))
    await it.create(wishes.intercluster("o", "other", "other"))
    await it.update(wishes.group("idle"))
    await it.quiet()
    assert (await apply(it, plan)).state is PlanState.APPLIED


async def test_of_two_plans_about_one_scope_one_is_applied(town_of: Town) -> None:
    it = town_of
    one = await planned(it, wished(CHANGE), "projects/p1/plans/one")
    two = await planned(it, wished(SECOND), "projects/p1/plans/two")
    assert (await apply(it, two)).state is PlanState.APPLIED
    with pytest.raises(failures.PlanStale):
        await apply(it, one)


async def test_of_many_at_once_one_is_applied(town_of: Town) -> None:
    it = town_of
    callers = (("cart",), ("front", "cart"), ("cart", "front"), ("back",))
    plans = [
        await planned(
            it,
            wished(wishes.intercluster("a", "back", *them)),
            f"projects/p1/plans/p{number}",
        )
        for number, them in enumerate(callers)
    ]
    twice = [*plans, *plans]
    done = await asyncio.gather(*(apply(it, plan) for plan in twice), return_exceptions=True)
    assert sum(isinstance(one, Plan) for one in done) == 1
    refused = {type(one) for one in done if not isinstance(one, Plan)}
    assert refused <= {failures.PlanStale, failures.PlanState}
    (applied,) = (one for one in done if isinstance(one, Plan))
    stored = await it.store.get(FIRST.name)
    assert stored is not None
    assert stored.revision == applied.applied_revision


async def test_a_plan_is_applied_once(town_of: Town) -> None:
    it = town_of
    plan = await planned(it, wished(CHANGE))
    await apply(it, plan)
    with pytest.raises(failures.PlanState):
        await apply(it, plan)
