"""No accident empties a cluster; what somebody asked for by name goes through."""

import asyncio
from dataclasses import replace
from itertools import pairwise

import pytest
from trafficctl_sdk.model.cluster import Cluster
from trafficctl_sdk.model.common import SafetyBrake
from trafficctl_sdk.model.convergence import Convergence

from tests.fakes import wishes
from tests.fakes.bad_disk import BadDisk
from tests.fakes.town import Town, build
from tests.fakes.trees import files
from trafficctl_server.intents import failures
from trafficctl_server.intents.kinds import CLUSTER, GROUP
from trafficctl_server.intents.requests import ChangeRequest
from trafficctl_server.reconcile import compiling

State = Convergence.State
Reason = Convergence.Reason
EAST = "clusters/east"
NAMES = tuple(f"s{number}" for number in range(60))


async def crowd(it: Town, names: tuple[str, ...] = NAMES[:8], **fields: object) -> dict[str, str]:
    """Give a cluster some services that call each other; answers its tree."""
    await it.create(wishes.cluster("east", **fields))
    await it.create(wishes.group())
    for name in names:
        await it.create(wishes.workload(name, "east"))
    for name, follower in pairwise(names):
        await it.create(wishes.intracluster(f"i-{name}", name, follower))
    await it.quiet()
    return it.tree()


async def east(it: Town) -> Cluster:
    found = await it.get(EAST)
    assert isinstance(found, Cluster)
    return found


async def held(it: Town) -> str:
    """Wait until the cluster holds something, and give its digest."""

    async def so() -> bool:
        return (await east(it)).held is not None

    await it.until(so)
    await it.quiet()
    change = (await east(it)).held
    assert change is not None
    return change.digest


def ungoverned(cluster: Cluster) -> Cluster:
    return replace(cluster, governed_namespaces=())


async def test_an_accident_is_held_until_it_is_released(it: Town) -> None:
    before = await crowd(it)
    await it.update(ungoverned(wishes.cluster("east")))
    digest = await held(it)
    assert it.tree() == before
    change = (await east(it)).held
    assert change is not None
    assert change.reason is Reason.BRAKE_TRIPPED
    assert change.since
    assert change.object_count == len(before) == len(change.objects)
    assert {ref.reason for ref in change.objects} == {Reason.BRAKE_TRIPPED}
    with pytest.raises(failures.HeldChangeDiffers) as differs:
        await it.engine.care.release(EAST, "another", ChangeRequest())
    assert differs.value.current == digest
    await it.engine.care.release(EAST, digest, ChangeRequest())
    await it.until(lambda: not files(it.root))
    await it.quiet()
    assert (await east(it)).held is None
    with pytest.raises(failures.ClusterState):
        await it.engine.care.release(EAST, digest, ChangeRequest())


async def test_an_accident_that_is_undone_leaves_no_trace(it: Town) -> None:
    before = await crowd(it)
    await it.update(ungoverned(wishes.cluster("east")))
    await held(it)
    intent = f"{wishes.group_name()}/intraclusterIntents/i-s0"
    await it.update(wishes.cluster("east"))
    await it.settled(intent)
    await it.quiet()
    assert it.tree() == before
    assert (await east(it)).held is None
    assert (await it.get(intent)).state is State.SETTLED  # type: ignore[union-attr] # it is there


async def test_an_accident_in_many_parts_is_one_accident(
    it: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compiling, "_BREATH", 1)  # deliveries get their turn between any two
    before = await crowd(it, NAMES)
    moved = [
        (wishes.workload(name).name, lambda old: replace(old, placements=()), False, "")
        for name in NAMES
    ]
    await it.engine.intake.update_workloads(moved, ChangeRequest())
    await held(it)
    assert it.tree() == before


async def test_the_same_accident_is_held_again(it: Town) -> None:
    before = await crowd(it)
    digests = []
    for _ in range(2):
        await it.update(ungoverned(wishes.cluster("east")))
        digests.append(await held(it))
        await it.engine.care.release(EAST, digests[-1], ChangeRequest())
        await it.until(lambda: not files(it.root))
        await it.update(wishes.cluster("east"))
        await it.until(lambda: files(it.root).keys() == before.keys())
        await it.quiet()
    assert digests[0] != digests[1]


async def test_what_was_released_goes_on_over_failures(it: Town, disk: BadDisk) -> None:
    await crowd(it)
    await it.update(ungoverned(wishes.cluster("east")))
    digest = await held(it)
    paths = sorted((it.root / "east").rglob("*.yaml"))
    stuck = {f"remove {path.name}" for path in paths[:8]}
    disk.refused |= stuck
    await it.engine.care.release(EAST, digest, ChangeRequest())
    await it.until(lambda: len(files(it.root)) == len(stuck))
    await it.stop()
    again = await build(it.root, it.store, it.drivers, on_step=disk)
    await again.start()
    try:
        disk.refused.clear()
        await again.until(lambda: not files(again.root))
    finally:
        await again.stop()


async def test_a_held_accident_is_still_held_after_a_restart(it: Town) -> None:
    before = await crowd(it)
    await it.update(ungoverned(wishes.cluster("east")))
    digest = await held(it)
    change = (await east(it)).held
    await it.stop()
    again = await build(it.root, it.store, it.drivers)
    await again.start()
    try:
        await again.quiet()
        assert again.tree() == before
        assert (await east(again)).held == change
        await again.engine.care.release(EAST, digest, ChangeRequest())
        await again.until(lambda: not files(again.root))
    finally:
        await again.stop()


async def test_a_held_accident_is_not_let_go_by_what_comes_meanwhile(it: Town) -> None:
    before = await crowd(it)
    fewer = NAMES[:4]
    moved = [
        (wishes.workload(name).name, lambda old: replace(old, placements=()), False, "")
        for name in fewer
    ]
    await it.engine.intake.update_workloads(moved, ChangeRequest())
    await held(it)
    change = (await east(it)).held
    assert change is not None
    assert change.owned_count == len(before)
    assert it.tree() == before
    for name in NAMES[8:]:
        await it.create(wishes.workload(name, "east"))
    for name, follower in pairwise(NAMES[8:]):
        await it.create(wishes.intracluster(f"i-{name}", name, follower))
    await it.quiet()
    tree = it.tree()
    assert len(tree) * 3 > change.object_count * 10  # now it were a small part of the whole
    assert before.items() <= tree.items()
    await it.stop()
    again = await build(it.root, it.store, it.drivers)
    await again.start()
    try:
        await again.quiet()
        assert again.tree() == tree
        assert (await east(again)).held == change
    finally:
        await again.stop()


async def test_other_clusters_go_on_meanwhile(it: Town) -> None:
    await crowd(it)
    await it.update(ungoverned(wishes.cluster("east")))
    await held(it)
    await it.create(wishes.cluster("west"))
    await it.create(wishes.workload("front", "west"))
    other = wishes.outbound("o", "db.example.com", "front")
    await it.create(other)
    await it.settled(other.name)
    assert (await it.get(other.name)).state is State.SETTLED  # type: ignore[union-attr] # it is there


async def test_what_a_client_deletes_by_name_passes(it: Town) -> None:
    await crowd(it)
    await it.delete(GROUP, wishes.group_name(), force=True)
    await it.gone(wishes.group_name())
    assert not any("/allow-" in path or ".allow-" in path for path in it.tree())
    assert (await east(it)).held is None


async def test_few_objects_are_no_accident(it: Town) -> None:
    await crowd(it, NAMES[:3])
    await it.update(ungoverned(wishes.cluster("east")))
    await it.until(lambda: not files(it.root))


async def test_the_shares_are_the_clusters_own(it: Town) -> None:
    await crowd(it, NAMES[:4], brake=SafetyBrake(minimum_owned=2, max_delete_percent=100))
    await it.update(ungoverned(wishes.cluster("east", brake=SafetyBrake(max_delete_percent=100))))
    await it.until(lambda: not files(it.root))


async def test_too_many_updates_at_once_are_held_where_that_is_asked(it: Town) -> None:
    brake = SafetyBrake(max_update_percent=20, minimum_owned=2)
    before = await crowd(it, brake=brake)
    moved = [
        (
            wishes.workload(name).name,
            lambda old: replace(old, service_account=f"{old.service_account}-2"),
            False,
            "",
        )
        for name in NAMES[:8]
    ]
    await it.engine.intake.update_workloads(moved, ChangeRequest())
    digest = await held(it)
    assert it.tree() == before
    await it.engine.care.release(EAST, digest, ChangeRequest())
    await it.until(lambda: files(it.root) != before)
    await it.quiet()
    assert (await east(it)).held is None


async def test_a_drained_cluster_is_empty_and_comes_back_as_it_was(it: Town) -> None:
    before = await crowd(it)
    intent = f"{wishes.group_name()}/intraclusterIntents/i-s0"
    drained = await it.engine.care.drain(EAST, "", ChangeRequest())
    assert isinstance(drained, Cluster)
    assert drained.state is Cluster.State.DRAINING
    with pytest.raises(failures.ClusterState):
        await it.engine.care.drain(EAST, "", ChangeRequest())

    async def left() -> bool:
        return (await east(it)).state is Cluster.State.DRAINED

    await it.until(left)
    assert it.tree() == {}
    await it.quiet()
    found = (await it.realizations(intent))["east"].convergence
    assert found is not None
    assert (found.state, found.reason) == (State.WAITING, Reason.CLUSTER_DRAINING)
    resumed = await it.engine.care.resume(EAST, "", ChangeRequest())
    assert isinstance(resumed, Cluster)
    assert resumed.state is Cluster.State.ACTIVE
    await it.until(lambda: files(it.root) == before)
    with pytest.raises(failures.ClusterState):
        await it.engine.care.resume(EAST, "", ChangeRequest())


async def test_a_cluster_that_owns_something_must_be_drained_before_it_goes(it: Town) -> None:
    await crowd(it)
    with pytest.raises(failures.ClusterNotDrained):
        await it.delete(CLUSTER, EAST)
    await it.engine.care.drain(EAST, "", ChangeRequest())
    await it.quiet()
    await it.delete(CLUSTER, EAST)
    await it.gone(EAST)
    await it.quiet()
    intent = f"{wishes.group_name()}/intraclusterIntents/i-s0"
    found = (await it.realizations(intent))["east"].convergence
    assert found is not None
    assert (found.state, found.reason) == (State.WAITING, Reason.FACT_MISSING)


async def test_a_lost_cluster_is_forgotten_and_may_come_back(it: Town, disk: BadDisk) -> None:
    before = await crowd(it)
    disk.take_away("east")
    await it.delete(CLUSTER, EAST, force=True)
    await it.gone(EAST)
    await it.quiet()
    assert await it.store.ledger() == []
    assert await it.store.slices() == []
    assert await it.store.targets() == []
    assert it.tree() == before  # nothing there is ours to remove any more
    disk.bring_back("east")
    await it.create(wishes.cluster("east"))
    intent = f"{wishes.group_name()}/intraclusterIntents/i-s0"
    await it.settled(intent)
    await it.quiet()
    assert it.tree() == before
    assert (await it.get(intent)).state is State.SETTLED  # type: ignore[union-attr] # it is there


async def test_orphans_stay_where_they_are(it: Town) -> None:
    before = await crowd(it, deletion_policy=Cluster.DeletionPolicy.ORPHAN)
    await it.delete(GROUP, wishes.group_name(), force=True)
    await it.gone(wishes.group_name())
    await it.quiet()
    assert it.tree() == before


async def test_operators_do_not_overwrite_what_the_engine_says(it: Town) -> None:
    await crowd(it)
    for _ in range(5):
        await asyncio.gather(
            it.engine.care.drain(EAST, "", ChangeRequest()),
            it.update(wishes.cluster("east", labels={"seen": "yes"})),
            return_exceptions=True,
        )

        async def left() -> bool:
            return (await east(it)).state is Cluster.State.DRAINED

        if (await east(it)).state is Cluster.State.ACTIVE:
            await it.engine.care.drain(EAST, "", ChangeRequest())
        await it.until(left)
        await it.engine.care.resume(EAST, "", ChangeRequest())
        await it.quiet()
        assert (await east(it)).state is Cluster.State.ACTIVE
