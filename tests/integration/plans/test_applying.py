"""What a plan shows is what applying it leads to."""

from tests.fakes import wishes
from tests.fakes.town import Town
from tests.integration.plans.planning import (
    apply,
    foretold,
    gone,
    objects,
    objects_of,
    planned,
    wished,
)
from trafficctl_server.plans.plan import PlanState

SITE = (
    wishes.cluster("east"),
    wishes.cluster("west"),
    wishes.workload("front", "east"),
    wishes.workload("back", "west"),
    wishes.group(),
)
INTENT = wishes.intercluster("a", "back", "front")


async def test_everything_in_one_plan(it: Town) -> None:
    plan = await planned(it, wished(INTENT, *reversed(SITE)))
    assert plan.state is PlanState.READY, plan.problems
    assert it.tree() == {}
    assert await it.get(INTENT.name) is None
    after = await foretold(it, plan)
    done = await apply(it, plan)
    assert done.state is PlanState.APPLIED
    assert done.applied_revision == done.revision
    await it.settled(INTENT.name)
    await it.quiet()
    assert len(after) > 4
    assert objects_of(it) == after


async def test_one_change_among_what_is_there(it: Town) -> None:
    await apply(it, await planned(it, wished(INTENT, *SITE)))
    await it.settled(INTENT.name)
    await it.quiet()
    changed = wishes.intercluster("a", "back", "front", external_prefix="rear")
    second = wishes.intercluster("b", "front", "back")
    plan = await planned(it, wished(changed, second), "projects/p1/plans/next")
    assert {change.action for change in (await objects(it, plan)).values()} == {"UPDATE", "CREATE"}
    after = await foretold(it, plan)
    await apply(it, plan)
    await it.settled(INTENT.name, second.name)
    await it.quiet()
    assert objects_of(it) == after
    last = await planned(
        it, gone(*(w.name for w in (INTENT, second, *SITE[2:]))), "projects/p1/plans/last"
    )
    assert last.state is PlanState.READY, last.problems
    after = await foretold(it, last)
    await apply(it, last)
    await it.gone(INTENT.name, second.name)
    await it.quiet()
    assert objects_of(it) == after
