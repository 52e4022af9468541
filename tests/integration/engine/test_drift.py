"""What somebody else does to a tree: repaired or reported, and never a reason to delete."""

import json
import shutil
from pathlib import Path

import pytest
from trafficctl_sdk.model.cluster import Cluster
from trafficctl_sdk.model.convergence import Convergence

from tests.fakes import wishes
from tests.fakes.bad_disk import BadDisk
from tests.fakes.town import Town, build
from tests.fakes.trees import files
from trafficctl_server.intents.kinds import INTRACLUSTER, OUTBOUND

State = Convergence.State
Reason = Convergence.Reason
INTENT = wishes.intracluster("i", "back", "front")
POLICY = "authorizationpolicy.allow-back"


async def settle(it: Town, **cluster: object) -> Path:
    """Wish one intent in one cluster, and give the file of its policy."""
    for wish in (
        wishes.cluster("east", **cluster),
        wishes.cluster("west"),
        wishes.workload("front", "east"),
        wishes.workload("back", "east"),
        wishes.group(),
        INTENT,
    ):
        await it.create(wish)
    await it.quiet()
    return policy(it)


def policy(it: Town) -> Path:
    (found,) = (it.root / "east" / "shop").glob(f"{POLICY}*.yaml")
    return found


async def said(it: Town, cluster: str = "east") -> Convergence:
    found = (await it.realizations(INTENT.name))[cluster].convergence
    assert found is not None
    return found


async def becomes(
    it: Town, state: State, reason: Reason | None = None, *, cluster: str = "east"
) -> Convergence:
    """Wait until the intent is in a state in the cluster."""

    async def so() -> bool:
        if cluster not in await it.realizations(INTENT.name):
            return False
        now = await said(it, cluster)
        return (now.state, now.reason) == (state, reason)

    await it.until(so)
    return await said(it, cluster)


async def test_all_of_a_large_tree_is_looked_at(watchful: Town) -> None:
    await settle(watchful)
    for number in range(100):
        await watchful.create(wishes.workload(f"w{number}", "east"))
        await watchful.create(wishes.intracluster(f"i{number}", f"w{number}", "front"))
    await watchful.quiet()
    before = watchful.tree()
    assert len(before) > 200
    policies = sorted((watchful.root / "east" / "shop").glob("authorizationpolicy.*.yaml"))
    for path in (policies[0], policies[-1]):
        path.write_text(path.read_text().replace("ALLOW", "DENY"))
    max((watchful.root / "east" / "shop").glob("peerauthentication.*.yaml")).unlink()
    await watchful.until(lambda: files(watchful.root) == before)


EDITS = {
    "edited": lambda path: path.write_text(path.read_text().replace("ALLOW", "DENY")),
    "deleted": lambda path: path.unlink(),
}


@pytest.mark.parametrize("edit", EDITS)
async def test_drift_is_repaired(watchful: Town, edit: str) -> None:
    path = await settle(watchful)
    before = watchful.tree()
    EDITS[edit](path)
    await watchful.until(lambda: files(watchful.root) == before)
    await becomes(watchful, State.SETTLED)


@pytest.mark.parametrize(
    ("edit", "reason"), [("edited", Reason.EDITED_BY), ("deleted", Reason.DELETED_BY)]
)
async def test_drift_is_only_reported_where_that_is_the_policy(
    watchful: Town, edit: str, reason: Reason
) -> None:
    path = await settle(watchful, drift_policy=Cluster.DriftPolicy.REPORT)
    before = path.read_text()
    EDITS[edit](path)
    after = path.read_text() if path.exists() else ""
    await becomes(watchful, State.DRIFTED, reason)
    assert (await watchful.get(INTENT.name)).state is State.DRIFTED  # type: ignore[union-attr] # it is there
    assert (path.read_text() if path.exists() else "") == after
    path.write_text(before)
    await becomes(watchful, State.SETTLED)


async def test_a_new_wish_is_written_over_reported_drift(watchful: Town) -> None:
    path = await settle(watchful, drift_policy=Cluster.DriftPolicy.REPORT)
    EDITS["edited"](path)
    await becomes(watchful, State.DRIFTED, Reason.EDITED_BY)
    await watchful.update(wishes.intracluster("i", "back", "front", "back"))
    await becomes(watchful, State.SETTLED)
    assert "sa/back" in path.read_text()


async def test_a_file_that_is_no_object_any_more_is_held(watchful: Town) -> None:
    path = await settle(watchful)
    path.write_text("{ this is no object")
    await becomes(watchful, State.HELD, Reason.FOREIGN_OBJECT)
    assert path.read_text() == "{ this is no object"
    path.unlink()
    await becomes(watchful, State.SETTLED)


async def test_a_foreign_file_is_left_alone_and_its_owner_named(watchful: Town) -> None:
    path = await settle(watchful)
    mine = path.read_text()
    foreign = (
        mine.replace("trafficctl.dev/", "else.dev/")
        .replace("managed-by: trafficctl", "managed-by: Helm")
        .replace("annotations:", "annotations:\n    meta.helm.sh/release-name: shop")
    )
    path.write_text(foreign)
    now = await becomes(watchful, State.HELD, Reason.FOREIGN_OBJECT)
    assert "Helm" in now.detail
    assert path.read_text() == foreign
    path.unlink()
    await becomes(watchful, State.SETTLED)
    assert path.read_text() == mine


async def test_what_is_held_is_not_tried_without_end(it: Town) -> None:
    path = await settle(it)
    await it.delete(INTRACLUSTER, INTENT.name)
    await it.gone(INTENT.name)
    path.write_text("kind: ConfigMap\napiVersion: v1\nmetadata: {name: mine}\n")
    await it.create(INTENT)
    await becomes(it, State.HELD, Reason.FOREIGN_OBJECT)
    await it.quiet()
    first = (await said(it)).attempt
    for number in range(10):  # time enough for whoever would try again by himself
        await it.create(wishes.cluster(f"c{number}"))
        await it.quiet()
    assert (await said(it)).attempt == first


async def test_unknown_files_are_left_alone(watchful: Town) -> None:
    path = await settle(watchful)
    notes = {path.parent / "README.md": "ours", path.parent / "own.yaml": "kind: ConfigMap"}
    for note, text in notes.items():
        note.write_text(text)
    await watchful.delete(INTRACLUSTER, INTENT.name)
    await watchful.gone(INTENT.name)
    assert {note: note.read_text() for note in notes} == notes
    assert not path.exists()


def _empty(tree: Path) -> None:
    shutil.rmtree(tree)


def _swap(tree: Path) -> None:
    (tree / ".trafficctl-target").write_text(json.dumps({"server": "x", "uid": "another"}))
    for path in tree.rglob(f"{POLICY}*"):
        path.unlink()


def _older(tree: Path) -> None:
    old = tree.parent / "copy"
    shutil.rmtree(tree)
    shutil.copytree(old, tree)


@pytest.mark.parametrize("replace", [_empty, _swap])
async def test_a_tree_behind_our_back_is_observed_first_and_nothing_is_deleted(
    it: Town, replace: object
) -> None:
    path = await settle(it)
    before = it.tree()
    await it.create(wishes.outbound("o", "db.example.com", "front"))
    await it.quiet()
    gone = it.tree().keys() - before.keys()
    replace(it.root / "east")  # type: ignore[operator] # one of the functions above
    extra = it.root / "east" / "shop" / "own.yaml"
    extra.parent.mkdir(parents=True, exist_ok=True)
    extra.write_text("kind: ConfigMap")
    left = set(it.tree())
    await it.delete(OUTBOUND, f"{wishes.group_name()}/outboundIntents/o")
    await it.gone(f"{wishes.group_name()}/outboundIntents/o")
    await it.quiet()
    after = it.tree()
    assert {name: after[name] for name in before} == before
    assert left <= after.keys()  # not even what was to be deleted
    assert after.keys() - before.keys() - gone == {"east/shop/own.yaml"}
    assert path.exists()
    assert (await said(it)).state is State.SETTLED
    assert await noticed(it) == [Reason.TARGET_REPLACED]
    await it.stop()
    again = await build(it.root, it.store, it.drivers)
    await again.start()
    try:
        await again.update(wishes.intracluster("i", "back", "front", "back"))
        await again.settled(INTENT.name)
        assert await noticed(again) == [Reason.TARGET_REPLACED]
    finally:
        await again.stop()


async def noticed(it: Town) -> list[Reason | None]:
    return [notice.reason for notice in (await it.realizations(INTENT.name))["east"].notices]


async def test_an_older_copy_of_a_tree_becomes_the_newer_one(watchful: Town) -> None:
    it = watchful
    await settle(it)
    shutil.copytree(it.root / "east", it.root / "copy")
    await it.create(wishes.outbound("o", "db.example.com", "front"))
    await it.update(wishes.intracluster("i", "back", "front", "back"))
    await it.quiet()
    before = {path: text for path, text in it.tree().items() if path.startswith("east/")}
    _older(it.root / "east")
    await it.until(lambda: before.items() <= files(it.root).items())


async def test_a_tree_that_cannot_be_written_is_retried_and_others_go_on(
    it: Town, disk: BadDisk
) -> None:
    disk.take_away("east")
    for wish in (
        wishes.cluster("east"),
        wishes.cluster("west"),
        wishes.workload("front", "east", "west"),
        wishes.workload("back", "east", "west"),
        wishes.group(),
        INTENT,
    ):
        await it.create(wish)

    async def tried() -> bool:
        found = await it.realizations(INTENT.name)
        return bool(found) and (found["east"].convergence or Convergence()).attempt > 1

    await it.until(tried)
    now = await said(it)
    assert (now.state, now.reason) == (State.RETRYING, Reason.TARGET_UNWRITABLE)
    assert now.next_attempt_time
    assert now.error is not None
    assert now.error.message
    await becomes(it, State.SETTLED, cluster="west")
    assert (await it.get(INTENT.name)).state is State.RETRYING  # type: ignore[union-attr] # it is there
    disk.bring_back("east")
    await becomes(it, State.SETTLED)
    assert it.objects("east").keys() == it.objects("west").keys()


async def test_one_object_that_cannot_be_written_holds_up_no_other(it: Town, disk: BadDisk) -> None:
    path = await settle(it)
    other = wishes.outbound("o", "db.example.com", "front")
    disk.refused.add(f"rename {path.name}")
    await it.update(wishes.intracluster("i", "back", "front", "back"))
    await it.create(other)
    await it.settled(other.name)
    assert (await it.get(other.name)).state is State.SETTLED  # type: ignore[union-attr] # it is there
    await becomes(it, State.RETRYING, Reason.TARGET_UNWRITABLE)
    assert "sa/back" not in path.read_text()
    disk.refused.clear()
    await becomes(it, State.SETTLED)
    assert "sa/back" in path.read_text()


async def test_attempts_keep_their_distance(it: Town, disk: BadDisk) -> None:
    await settle(it)
    disk.take_away("east")
    asked = it.engine.reconciler.keeper.entries
    await it.update(wishes.intracluster("i", "back", "front", "back"))

    def attempts() -> list[int]:
        found = [entry.trouble for entry in asked.in_cluster("east") if entry.trouble]
        return [trouble.attempt for trouble in found]

    await it.until(lambda: attempts() and min(attempts()) > 5)
    # All that waits for the target waits for the same moment: one attempt, not one for each.
    times = {entry.trouble.next_attempt for entry in asked.in_cluster("east") if entry.trouble}
    assert len(times) == 1
