"""Addresses that a plan shows stay its own until it is over, whatever happens meanwhile."""

from pathlib import Path

import pytest

from tests.fakes import wishes
from tests.fakes.drivers import InProcessDrivers
from tests.fakes.town import Town, build
from tests.integration.plans.planning import (
    NAME,
    apply,
    compute,
    create,
    foretold,
    gone,
    objects_of,
    planned,
    wished,
)
from trafficctl_server.intents import failures
from trafficctl_server.intents.requests import ChangeRequest
from trafficctl_server.plans.plan import Plan, PlanState

KEY = "service/shop/back"
INTENT = wishes.intercluster("a", "back", "front")
SITE = (
    wishes.cluster("east"),
    wishes.cluster("west"),
    wishes.workload("front", "east"),
    wishes.workload("back", "west"),
    wishes.group(),
)


async def allocated(it: Town) -> set[str]:
    """Give who has an address once nothing is given back any more."""
    await it.quiet()

    async def done() -> bool:
        return not it.engine.feed.world.unneeded

    await it.until(done)
    return set(await it.store.allocations())


async def served(it: Town) -> Plan:
    for wish in SITE:
        await it.create(wish)
    await it.quiet()
    return await planned(it, wished(INTENT))


async def test_they_are_kept_through_a_restart_and_used(it: Town) -> None:
    plan = await served(it)
    held = (await it.store.allocations())[KEY]
    tree = await foretold(it, plan)
    await it.stop()
    again = await build(it.root, it.store, it.drivers)
    await again.start()
    try:
        assert await allocated(again) == {KEY}
        await apply(again, plan)
        await again.settled(INTENT.name)
        await again.quiet()
        assert (await again.store.allocations())[KEY] == held
        assert objects_of(again) == tree
        await apply(again, await planned(again, gone(INTENT.name), "projects/p1/plans/last"))
        assert await allocated(again) == set()
    finally:
        await again.stop()


async def test_an_address_that_was_about_to_go_stays(it: Town) -> None:
    await apply(it, await served(it))
    await it.settled(INTENT.name)
    held = (await it.store.allocations())[KEY]
    await apply(it, await planned(it, gone(INTENT.name), "projects/p1/plans/away"))
    back = await planned(it, wished(INTENT), "projects/p1/plans/back")
    await it.gone(INTENT.name)
    assert await allocated(it) == {KEY}
    assert (await apply(it, back)).state is PlanState.APPLIED
    await it.settled(INTENT.name)
    assert (await it.store.allocations())[KEY] == held


@pytest.mark.parametrize("end", ["delete", "reject", "draft", "expire", "replace"])
async def test_they_are_given_back_when_it_is_over(it: Town, end: str) -> None:
    plan = await served(it)
    office = it.engine.plans.office
    assert await allocated(it) == {KEY}
    if end == "delete":
        await office.delete(NAME, ChangeRequest())
    if end == "reject":
        await office.reject(NAME, plan.digest, "", ChangeRequest())
    if end == "draft":
        await office.add(NAME, gone(f"{wishes.bundle()}/workloads/never"), ChangeRequest())
    if end == "replace":
        await office.add(NAME, gone(f"{wishes.bundle()}/workloads/back"), ChangeRequest())
        assert (await compute(it)).state is PlanState.DRAFT
    if end == "expire":
        it.engine.desk.clock = lambda: plan.expire_time
        with pytest.raises(failures.PlanState):
            await apply(it, plan)
        seen = await it.engine.plans.get(NAME)
        assert seen is not None
        assert seen.state is PlanState.EXPIRED
        await it.engine.plans.expiry.sweep()
    assert await allocated(it) == set()


async def test_nothing_is_kept_of_a_plan_that_was_only_tried(it: Town) -> None:
    for wish in SITE:
        await it.create(wish)
    tried = await create(it, wished(INTENT), validate_only=True)
    assert tried.state is PlanState.READY
    assert await allocated(it) == set()
    assert await it.engine.plans.get(NAME) is None
    await create(it, wished(INTENT))
    again = await compute(it, validate_only=True)
    assert again.state is PlanState.READY
    assert (await it.engine.plans.shelf.plan(NAME)).state is PlanState.DRAFT
    assert await allocated(it) == set()


async def test_a_pool_without_room_says_so(tmp_path: Path, drivers: InProcessDrivers) -> None:
    from tests.fakes.town import town  # noqa: PLC0415 - the only one with a store of its own
    from trafficctl_server.store.memory import MemoryStore  # noqa: PLC0415 - as above

    store = MemoryStore(pool_size=1)
    async with town(tmp_path, drivers, store) as it:
        await apply(it, await served(it))
        more = (wishes.workload("cart", "west"), wishes.intercluster("b", "cart", "front"))
        with pytest.raises(failures.PoolExhausted):
            await planned(it, wished(*more), "projects/p1/plans/more")
        assert (await it.engine.plans.shelf.plan("projects/p1/plans/more")).state is PlanState.DRAFT
