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


async def test_a_mesh_that_is_taken_away_takes_along_what_stands_for_outside_hosts(
    it: Town,
) -> None:
    outbound = wishes.outbound("e", "db.example.com", "front")
    await apply(it, await planned(it, wished(outbound, *SITE)))
    await it.settled(outbound.name)
    await it.quiet()
    bare = wishes.cluster("east", service_mesh="none")
    plan = await planned(it, wished(bare), "projects/p1/plans/bare")
    assert plan.state is PlanState.READY, plan.problems
    shown = {key: change.action for key, change in (await objects(it, plan)).items()}
    entries = it.engine.reconciler.keeper.entries
    assert shown == {f"east/{entry.key}": "DELETE" for entry in entries.in_cluster("east")}
    assert any("ServiceEntry" in key for key in shown)
    await apply(it, plan)
    await it.quiet()
    assert all(entry.tombstone for entry in entries.in_cluster("east"))
