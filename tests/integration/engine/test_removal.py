"""What is taken back leaves nothing behind, and is gone only when it is."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from trafficctl_sdk.model.convergence import Convergence

from tests.fakes import wishes
from tests.fakes.bad_disk import BadDisk
from tests.fakes.furniture import FURNITURE, furnish
from tests.fakes.town import Town
from tests.fakes.trees import files
from trafficctl_server.intents import failures
from trafficctl_server.intents.kinds import CLUSTER, GROUP, OUTBOUND, WORKLOAD, kind_of
from trafficctl_server.intents.requests import ChangeRequest

State = Convergence.State
WORKLOADS = tuple(it.name for it in FURNITURE if "/workloads/" in it.name)
CLUSTERS = ("clusters/east", "clusters/west")


def left(root: Path) -> list[str]:
    """Give everything that is in the trees but their id files."""
    return sorted(
        str(path.relative_to(root))
        for path in root.glob("*/**/*")
        if path.name != ".trafficctl-target"
    )


async def rows(it: Town) -> dict[str, object]:
    _, records = await it.store.snapshot()
    return {
        "records": [record.name for record in records if record.name != "instance"],
        "ledger": await it.store.ledger(),
        "slices": await it.store.slices(),
        "allocations": dict(await it.store.allocations()),
    }


async def test_removing_everything_leaves_nothing(it: Town, tmp_path: Path) -> None:
    await furnish(it)
    assert it.tree()
    await it.delete(GROUP, wishes.group_name(), force=True)
    await it.gone(wishes.group_name())
    for name in WORKLOADS:
        await it.delete(WORKLOAD, name)
    for name in CLUSTERS:
        await it.engine.care.drain(name, "", ChangeRequest())
    await it.quiet()
    for name in CLUSTERS:
        await it.delete(CLUSTER, name)
    await it.gone(*WORKLOADS, *CLUSTERS)
    await it.quiet()
    assert left(tmp_path) == []
    assert await rows(it) == {"records": [], "ledger": [], "slices": [], "allocations": {}}


async def test_removing_wishes_one_by_one_leaves_what_the_clusters_govern(it: Town) -> None:
    clusters, others = FURNITURE[:2], FURNITURE[2:]
    await furnish(it, clusters)
    before = it.tree()
    await furnish(it, others)
    for wish in reversed(others):
        await it.delete(kind_of(wish), wish.name)
    await it.gone(*(wish.name for wish in others))
    await it.quiet()
    assert it.tree() == before
    assert dict(await it.store.allocations()) == {}


async def test_a_group_with_intents_needs_force(it: Town) -> None:
    await furnish(it)
    with pytest.raises(failures.GroupNotEmpty):
        await it.delete(GROUP, wishes.group_name())
    assert (await it.get(wishes.group_name())).state is State.SETTLED  # type: ignore[union-attr] # it is there


async def test_a_served_workload_stays_and_a_calling_one_may_go(it: Town) -> None:
    await furnish(it)
    with pytest.raises(failures.WorkloadInUse) as refused:
        await it.delete(WORKLOAD, wishes.workload("back").name)
    assert refused.value.intents == (f"{wishes.group_name()}/interclusterIntents/inter",)
    intent = f"{wishes.group_name()}/outboundIntents/out"
    await it.create(wishes.workload("lonely", "east"))
    await it.update(replace(wishes.outbound("out", "db.example.com", "lonely"), name=intent))
    await it.quiet()
    await it.delete(WORKLOAD, wishes.workload("lonely").name)
    await it.gone(wishes.workload("lonely").name)
    await it.quiet()
    found = await it.realizations(intent)
    assert found["none"].convergence.reason is Convergence.Reason.WORKLOAD_UNKNOWN  # type: ignore[union-attr] # always set


async def test_a_deleted_intent_is_readable_until_each_cluster_has_confirmed(
    it: Town, disk: BadDisk
) -> None:
    await furnish(it)
    intent = f"{wishes.group_name()}/outboundIntents/out"
    disk.take_away("west")
    await it.delete(OUTBOUND, intent)
    await it.until(
        lambda: not [path for path in files(it.root) if "east" in path and "db-ex" in path]
    )

    async def tried() -> bool:
        found = await it.realizations(intent)
        return set(found) == {"west"} and found["west"].convergence.attempt > 0  # type: ignore[union-attr] # always set

    await it.until(tried)
    there = await it.get(intent)
    assert there is not None
    assert there.state is State.DELETING
    assert there.reconciling
    convergence = (await it.realizations(intent))["west"].convergence
    assert convergence is not None
    assert convergence.state is State.DELETING
    assert convergence.reason is Convergence.Reason.TARGET_UNWRITABLE
    disk.bring_back("west")
    await it.gone(intent)
    assert not [path for path in it.tree() if "db-ex" in path]


async def test_a_name_that_is_created_again_is_new(it: Town, disk: BadDisk) -> None:
    await furnish(it)
    wish = wishes.outbound("out", "db.example.com", "front")
    first = await it.get(wish.name)
    disk.take_away("west")
    await it.delete(OUTBOUND, wish.name)
    second = await it.create(wish)
    assert first is not None
    assert second.uid != first.uid
    assert second.generation == 1
    disk.bring_back("west")
    await it.settled(wish.name)
    await it.quiet()
    there = await it.get(wish.name)
    assert there is not None
    assert (there.uid, there.state) == (second.uid, State.SETTLED)
    assert set(await it.realizations(wish.name)) == {"east"}


@pytest.mark.parametrize("turns", [0, 1, 3, 10, 30])
async def test_an_equal_intent_right_after_its_deletion_settles(it: Town, turns: int) -> None:
    await furnish(it)
    wish = FURNITURE[-1]
    await it.delete(kind_of(wish), wish.name)
    for _ in range(turns):
        await asyncio.sleep(0)  # so far the engine gets before the name is taken again
    created = await it.create(wish)
    await it.settled(wish.name)
    there = await it.get(wish.name)
    assert there is not None
    assert (there.uid, there.state) == (created.uid, State.SETTLED)
