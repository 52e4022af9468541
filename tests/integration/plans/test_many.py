"""Ten thousand intents in one plan: bounded rows, one revision, and others get their turn."""

import asyncio
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import orjson
import pytest

from tests.fakes import wishes
from tests.fakes.drivers import InProcessDrivers
from tests.fakes.town import POOL, town
from tests.integration.plans.planning import NAME, apply, compute, create, gone, wished
from trafficctl_server.intents.kinds import INTRACLUSTER, Resource
from trafficctl_server.intents.requests import ChangeRequest
from trafficctl_server.plans.parts import PART, Section, read_all, unpack
from trafficctl_server.plans.plan import PlanState
from trafficctl_server.store.sqlite.store import SqliteStore

INTENTS = 10_000
SERVICES = 500
CLUSTERS = 5
LARGEST = 1 << 20
"""Bytes of one row, before it is compressed; one item may be larger, and none is here."""
TURNS = 1000


def everything() -> Iterator[Resource]:
    yield wishes.group()
    for number in range(INTENTS):
        served, caller = number % SERVICES, (number + number // SERVICES + 1) % SERVICES
        yield wishes.intracluster(f"i{number}", f"w{served}", f"w{caller}")
    for number in range(SERVICES):
        yield wishes.workload(f"w{number}", f"c{number % CLUSTERS}")
    for number in range(CLUSTERS):
        yield wishes.cluster(f"c{number}")


def together() -> int:
    """Count the intents whose caller runs where the service is: only they come about."""
    pairs = ((it % SERVICES, it + it // SERVICES + 1) for it in range(INTENTS))
    return sum(served % CLUSTERS == caller % SERVICES % CLUSTERS for served, caller in pairs)


@pytest.mark.crash
@pytest.mark.timeout(900)
async def test_ten_thousand_intents_in_one_plan(tmp_path: Path, drivers: InProcessDrivers) -> None:
    store = SqliteStore(tmp_path / "store.db", pool_size=POOL.num_addresses - 2)
    turns = 0

    async def others() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    await store.start()
    async with town(tmp_path / "tree", drivers, store) as it:
        await create(it, [])
        left = iter(wished(*everything()))
        while chunk := list(islice(left, 1000)):
            await it.engine.plans.office.add(NAME, chunk, ChangeRequest())
        watching = asyncio.create_task(others())
        plan = await compute(it)
        watching.cancel()
        assert plan.state is PlanState.READY, plan.problems
        assert turns > TURNS
        for record in await store.list(PART, f"{NAME}/parts/-", limit=10_000):
            items = unpack(record.body)
            assert len(items) <= 1000
            assert sum(len(orjson.dumps(item)) for item in items) <= LARGEST
        found = [item async for item in read_all(plan, Section.OBJECTS, store)]
        assert len(found) == sum(it.created for it in plan.summary.clusters)
        assert plan.summary.calls_opened == together()
        done = await apply(it, plan)
        names = f"{wishes.group_name()}/{INTRACLUSTER.collection}/-"
        applied = await store.list(INTRACLUSTER.name, names, limit=INTENTS + 1)
        assert len(applied) == INTENTS
        assert {record.revision for record in applied} == {done.applied_revision}
        last = "projects/p1/plans/last"
        await create(it, [], last)
        for start in range(0, INTENTS, 1000):
            some = gone(*(record.name for record in applied[start : start + 1000]))
            await it.engine.plans.office.add(last, some, ChangeRequest())
        plan = await compute(it, last)
        assert plan.summary.calls_closed == together()
        assert plan.summary.brake_trips == 0  # what is deleted by name is no accident
        await apply(it, plan)
    await store.close()
