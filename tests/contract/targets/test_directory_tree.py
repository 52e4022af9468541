"""What a follower and an administrator see of a directory target."""

from __future__ import annotations

import asyncio
import json
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import yaml

from trafficctl_server.clusters.files import DiskFiles, Signature
from trafficctl_server.clusters.target import Delivered, Drift, Drifted, Refused, TargetReplaced

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.contract.targets.conftest import Picture, Sample
    from trafficctl_server.clusters.directory import DirectoryTarget

    MakeTarget = Callable[..., DirectoryTarget]

POLICY = "east/shop/authorizationpolicy.a.yaml"


async def test_the_tree_is_plain(
    make_target: MakeTarget, sample: Sample, root: Path, picture: Picture
) -> None:
    target = make_target()
    identity = await target.claim()

    await target.apply([sample.write("a"), sample.write("shop", "")], identity=identity)

    assert list(picture()) == [
        "east",
        "east/.trafficctl-target",
        "east/_cluster",
        "east/_cluster/namespace.shop.yaml",
        "east/shop",
        POLICY,
    ]
    assert yaml.safe_load((root / POLICY).read_bytes()) == sample.body("a")
    assert json.loads((root / "east/.trafficctl-target").read_bytes()) == {
        "server": "server-1",
        "uid": identity,
    }


async def test_removal_of_everything_leaves_an_empty_tree(
    make_target: MakeTarget, sample: Sample, picture: Picture
) -> None:
    target = make_target()
    identity = await target.claim()
    empty = picture()
    await target.apply(
        [sample.write("a"), sample.write("b"), sample.write("shop", "")], identity=identity
    )

    await target.apply(
        [sample.delete("shop", ""), sample.delete("b"), sample.delete("a")], identity=identity
    )

    assert picture() == empty


async def test_unknown_files_are_left_alone(
    make_target: MakeTarget, sample: Sample, root: Path, picture: Picture
) -> None:
    target = make_target()
    identity = await target.claim()
    await target.apply([sample.write("a")], identity=identity)
    (root / "east/shop/kustomization.yaml").write_text("resources: []\n")
    (root / "east/shop/.hidden").write_text("x")
    (root / "east/notes").mkdir()
    (root / "east/README.md").write_text("by hand\n")
    (root / "other").mkdir()

    restarted = make_target()
    await restarted.apply([sample.delete("a")], identity=identity)

    assert set(picture()) == {
        "east",
        "east/.trafficctl-target",
        "east/README.md",
        "east/notes",
        "east/shop",
        "east/shop/.hidden",
        "east/shop/kustomization.yaml",
        "other",
    }


@pytest.mark.parametrize(
    "content",
    [b"kind: Pod\n", b"", b"a: [", b"\xff\xfe", b"a: &x [1]\nb: *x\n", b"x" * (3 << 20)],
    ids=["foreign", "empty", "broken", "binary", "aliases", "huge"],
)
async def test_a_file_that_is_not_ours_is_neither_overwritten_nor_removed(
    make_target: MakeTarget, sample: Sample, root: Path, content: bytes
) -> None:
    target = make_target()
    identity = await target.claim()
    (root / POLICY).parent.mkdir()
    (root / POLICY).write_bytes(content)

    (refused,) = await target.apply([sample.write("a")], identity=identity)
    await target.apply([sample.delete("a")], identity=identity)
    (seen,) = await target.observe([sample.write("a").key])

    assert isinstance(refused, Refused)
    assert refused.reason == "FOREIGN_OBJECT"
    assert (root / POLICY).read_bytes() == content
    assert seen.digest is not None
    assert not seen.ours


@pytest.mark.parametrize("drift", [Drift.REPAIR, Drift.REPORT])
async def test_a_hand_edit_is_repaired_or_reported(
    make_target: MakeTarget, sample: Sample, root: Path, drift: Drift
) -> None:
    target = make_target()
    identity = await target.claim()
    await target.apply([sample.write("a")], identity=identity)
    original = (root / POLICY).read_bytes()
    edited = original.replace(b"value: 1", b"value: 7")
    (root / POLICY).write_bytes(edited)

    (outcome,) = await target.apply([sample.write("a", written=1, drift=drift)], identity=identity)

    repaired = drift is Drift.REPAIR
    assert isinstance(outcome, Delivered if repaired else Drifted)
    assert (root / POLICY).read_bytes() == (original if repaired else edited)


async def test_a_new_layout_of_the_same_content_is_no_drift(
    make_target: MakeTarget, sample: Sample, root: Path
) -> None:
    target = make_target()
    identity = await target.claim()
    write = sample.write("a", written=1, drift=Drift.REPORT)
    await target.apply([sample.write("a")], identity=identity)
    (root / POLICY).write_text("# kept\n" + json.dumps(sample.body("a")))

    outcome = await target.apply([write], identity=identity)

    assert outcome == [Delivered(digest=write.digest, changed=False)]
    assert (root / POLICY).read_text().startswith("# kept")


class LaterFiles(DiskFiles):
    """The disk, looked at an hour later: every file has settled."""

    def now(self) -> int:
        return super().now() + 3_600_000_000_000


async def test_files_that_did_not_change_are_not_read_again(
    make_target: MakeTarget, sample: Sample, root: Path
) -> None:
    steps: list[str] = []
    target = make_target(files=LaterFiles(steps.append))
    identity = await target.claim()
    writes = [sample.write(f"a{number}") for number in range(20)]
    await target.apply(writes, identity=identity)
    keys = [write.key for write in writes]
    await target.observe(keys)
    edited = root / "east/shop/authorizationpolicy.a7.yaml"
    edited.write_bytes(edited.read_bytes().replace(b"value: 1", b"value: 9"))
    steps.clear()

    seen = await target.observe(keys)

    assert [step for step in steps if step.startswith("read ")] == ["read " + edited.name]
    assert [
        one.key.name for one, key in zip(seen, writes, strict=True) if one.digest != key.digest
    ] == ["a7"]


class CoarseFiles(DiskFiles):
    """A disk whose clock ticks once a second."""

    def signature(self, folder: int, name: str) -> Signature | None:
        found = super().signature(folder, name)
        return found and self._coarse(found)

    def read(self, folder: int, name: str, limit: int) -> tuple[Signature, bytes]:
        found, content = super().read(folder, name, limit)
        return self._coarse(found), content

    def _coarse(self, found: Signature) -> Signature:
        second = 1_000_000_000
        return replace(
            found,
            modified=found.modified // second * second,
            changed=found.changed // second * second,
        )


async def test_an_edit_within_one_tick_of_the_files_clock_is_seen(
    make_target: MakeTarget, sample: Sample, root: Path
) -> None:
    target = make_target(files=CoarseFiles())
    identity = await target.claim()
    write = sample.write("a")
    await target.apply([write], identity=identity)
    await target.observe([write.key])
    content = (root / POLICY).read_bytes().replace(b"value: 1", b"value: 9")
    with (root / POLICY).open("r+b") as file:
        file.write(content)

    (seen,) = await target.observe([write.key])

    assert seen.digest != write.digest


async def test_an_emptied_or_swapped_tree_is_noticed_and_left_alone(
    make_target: MakeTarget, sample: Sample, root: Path, picture: Picture
) -> None:
    target = make_target()
    identity = await target.claim()
    await target.apply([sample.write("a")], identity=identity)
    (root / "east").rename(root / "kept")
    with pytest.raises(TargetReplaced) as emptied:
        await target.apply([sample.delete("a")], identity=identity)
    other = await target.claim()
    await target.apply([sample.write("a")], identity=other)
    swapped_in = picture()

    with pytest.raises(TargetReplaced) as swapped:
        await target.apply([sample.delete("a")], identity=identity)

    assert emptied.value.found is None
    assert swapped.value.found == other != identity
    assert picture() == swapped_in


async def test_what_a_stopped_process_left_is_swept(
    make_target: MakeTarget, sample: Sample, root: Path, picture: Picture
) -> None:
    target = make_target()
    identity = await target.claim()
    await target.apply([sample.write("a")], identity=identity)
    clean = picture()
    for folder in ("east", "east/shop", "east/bank"):
        (root / folder).mkdir(exist_ok=True)
        (root / folder / ".trafficctl-new.tmp").write_bytes(b"apiVersion: v1\nki")

    await make_target().apply([], identity=identity)

    assert picture() == clean


async def test_targets_do_not_wait_for_each_other_and_one_target_takes_turns(
    make_target: MakeTarget, sample: Sample
) -> None:
    entered, released = threading.Event(), threading.Event()
    inside = 0

    def hold(step: str) -> None:
        nonlocal inside
        if step == "rename authorizationpolicy.slow.yaml":
            inside += 1
            entered.set()
            assert released.wait(60)
            inside -= 1
        elif step == "rename authorizationpolicy.next.yaml":
            assert inside == 0

    slow, quick = make_target(files=DiskFiles(hold)), make_target(cluster="west")
    slow_identity, quick_identity = await slow.claim(), await quick.claim()
    first = asyncio.create_task(slow.apply([sample.write("slow")], identity=slow_identity))
    await asyncio.to_thread(entered.wait, 60)
    second = asyncio.create_task(slow.apply([sample.write("next")], identity=slow_identity))

    (outcome,) = await quick.apply([sample.write("a")], identity=quick_identity)
    assert isinstance(outcome, Delivered)
    assert not first.done()
    first.cancel()  # its thread goes on; the next must wait for it all the same
    with pytest.raises(asyncio.CancelledError):
        await first
    released.set()

    assert isinstance((await second)[0], Delivered)
    (seen,) = await slow.observe([sample.write("slow").key])
    assert seen.ours
