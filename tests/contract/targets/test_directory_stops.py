"""A process that stops at any file call, and one that is killed."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

import pytest
import yaml

from trafficctl_server.clusters.directory import DirectoryTarget
from trafficctl_server.clusters.files import DiskFiles
from trafficctl_server.clusters.target import Delivered, Drift, ObjectWrite

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.contract.targets.conftest import Picture, Sample

MOST_STEPS = 500


class Stopped(BaseException):
    """The process is gone."""


class StopAt:
    """Stops at the given step, counted from 0; counts all."""

    def __init__(self, step: int) -> None:
        self.steps = 0
        self._step = step

    def __call__(self, _name: str) -> None:
        self.steps += 1
        if self.steps > self._step:
            raise Stopped


@pytest.fixture
def batch(sample: Sample) -> list[ObjectWrite]:
    return [
        sample.write("a", value=2, written=1, drift=Drift.REPORT),
        sample.write("b", "bank", drift=Drift.REPORT),
        sample.write("c", "bank", drift=Drift.REPORT),
        sample.write("bank", "", drift=Drift.REPORT),
        sample.delete("old", "gone"),
        sample.delete("d"),
    ]


def start_tree(root: Path, sample: Sample) -> None:
    async def run() -> None:
        target = DirectoryTarget(root=root, cluster_id="east", instance="server-1")
        writes = [sample.write("a"), sample.write("d"), sample.write("old", "gone")]
        await target.apply(writes, identity=await target.claim())

    asyncio.run(run())


def deliver(
    root: Path,
    batch: list[ObjectWrite],
    on_step: Callable[[str], None],
    files: type[DiskFiles] = DiskFiles,
) -> bool:
    """Claim and apply in a fresh process, as far as the tree can tell; False if it stopped."""

    async def run() -> None:
        target = DirectoryTarget(
            root=root, cluster_id="east", instance="server-1", files=files(on_step)
        )
        outcomes = await target.apply(batch, identity=await target.claim())
        assert all(isinstance(outcome, Delivered) for outcome in outcomes), outcomes

    try:
        asyncio.run(run())
    except Stopped:
        return False
    return True


def without_identity(picture: dict[str, bytes | None]) -> dict[str, bytes | None]:
    return {name: content for name, content in picture.items() if "trafficctl-target" not in name}


def check_visible(picture: dict[str, bytes | None]) -> None:
    """Whatever a follower picks up is whole."""
    for name, content in picture.items():
        if content is not None and name.endswith((".yaml", ".yml", ".json")):
            assert yaml.safe_load(content)["spec"]["value"] in {1, 2}, name


def test_stopped_at_every_call_and_started_again_the_tree_is_the_same(
    tmp_path: Path, sample: Sample, batch: list[ObjectWrite]
) -> None:
    def fresh(name: str) -> Path:
        folder = tmp_path / name
        folder.mkdir()
        start_tree(folder, sample)
        return folder

    undisturbed = fresh("undisturbed")
    assert deliver(undisturbed, batch, lambda _step: None)
    wanted = without_identity(take(undisturbed))
    for step in range(MOST_STEPS):
        folder = fresh(f"stop-{step}")
        finished = deliver(folder, batch, StopAt(step))
        check_visible(take(folder))
        assert deliver(folder, batch, lambda _step: None)
        assert without_identity(take(folder)) == wanted, f"stopped at call {step}"
        if finished:
            break
    else:
        pytest.fail(f"a batch of {len(batch)} takes more than {MOST_STEPS} file calls")
    assert step > len(batch)


def test_stopped_again_and_again_it_gets_there(
    root: Path, sample: Sample, batch: list[ObjectWrite]
) -> None:
    start_tree(root, sample)
    for step in range(MOST_STEPS):
        if deliver(root, batch, StopAt(step)):
            break
        check_visible(take(root))
    else:
        pytest.fail("it never got there")
    settled = take(root)

    assert deliver(root, batch, lambda _step: None)
    assert take(root) == settled


def test_stopped_while_it_claims_a_tree_it_has_one_identity_afterwards(root: Path) -> None:
    for step in range(MOST_STEPS):
        folder = root / f"stop-{step}"
        folder.mkdir()
        finished = deliver(folder, [], StopAt(step))
        found = asyncio.run(
            DirectoryTarget(root=folder, cluster_id="east", instance="server-1").identify()
        )
        assert deliver(folder, [], lambda _step: None)
        settled = asyncio.run(
            DirectoryTarget(root=folder, cluster_id="east", instance="server-1").identify()
        )
        assert settled
        assert found in {None, settled}
        assert sorted(take(folder)) == ["east", "east/.trafficctl-target"]
        if finished:
            return
    pytest.fail("it never got there")


class CachingDisk(DiskFiles):
    """Knows which folders' entries a power cut would lose, over all processes of a test."""

    unsaved: ClassVar[set[int]] = set()

    def _changed(self, folder: int) -> None:
        self.unsaved.add(os.fstat(folder).st_ino)

    def make_folder(self, parent: int, name: str) -> None:
        super().make_folder(parent, name)
        self._changed(parent)

    def remove_folder(self, parent: int, name: str) -> None:
        inode = os.stat(name, dir_fd=parent).st_ino
        super().remove_folder(parent, name)
        self.unsaved.discard(inode)
        self._changed(parent)

    def rename(self, folder: int, old: str, new: str) -> None:
        super().rename(folder, old, new)
        self._changed(folder)

    def remove(self, folder: int, name: str) -> None:
        super().remove(folder, name)
        # A leftover that comes back is swept again.
        if not name.endswith(".tmp"):
            self._changed(folder)

    def sync_folder(self, folder: int) -> None:
        super().sync_folder(folder)
        self.unsaved.discard(os.fstat(folder).st_ino)


def test_what_is_acknowledged_outlives_a_power_cut(
    tmp_path: Path, sample: Sample, batch: list[ObjectWrite]
) -> None:
    for step in range(MOST_STEPS):
        folder = tmp_path / f"stop-{step}"
        folder.mkdir()
        start_tree(folder, sample)
        CachingDisk.unsaved.clear()
        finished = deliver(folder, batch, StopAt(step), CachingDisk)
        assert finished or deliver(folder, batch, lambda _step: None, CachingDisk)
        assert not CachingDisk.unsaved, f"stopped at call {step}"
        if finished:
            return
    pytest.fail("it never got there")


def take(folder: Path) -> dict[str, bytes | None]:
    return {
        str(entry.relative_to(folder)): entry.read_bytes() if entry.is_file() else None
        for entry in sorted(folder.rglob("*"))
    }


WRITER = """
import asyncio, itertools, pathlib, sys
from trafficctl_server.clusters.directory import DirectoryTarget
from trafficctl_server.clusters.files import DiskFiles
from trafficctl_server.clusters.ownership import stamp
from trafficctl_server.clusters.target import Action, ObjectKey, ObjectWrite, object_digest

def write(name, value):
    plain = {"apiVersion": "security.istio.io/v1", "kind": "AuthorizationPolicy",
             "metadata": {"name": name, "namespace": "shop"}, "spec": {"value": value}}
    body = stamp(plain, instance="server-1", scope="s", origins=["projects/p/intents/a"])
    return ObjectWrite(key=ObjectKey.of(body), action=Action.WRITE, body=body,
                       digest=object_digest(body))

def delete(name):
    return ObjectWrite(key=write(name, 1).key, action=Action.DELETE)

async def run():
    files = DiskFiles(lambda step: print(step, flush=True))
    target = DirectoryTarget(root=pathlib.Path(sys.argv[1]), cluster_id="east",
                             instance="server-1", files=files)
    identity = await target.claim()
    for turn in itertools.count():
        writes = [write(f"a{number}", turn % 2 + 1) for number in range(5)]
        await target.apply([*writes, delete("a0") if turn % 3 else write("a0", 2)],
                           identity=identity)

asyncio.run(run())
"""


@pytest.mark.parametrize("lines", [1, 5, 12, 29, 58, 101, 166, 233, 307, 410])
def test_killed_and_started_again_the_tree_is_whole(
    root: Path, sample: Sample, picture: Picture, lines: int
) -> None:
    with subprocess.Popen(  # noqa: S603 - this interpreter, our own text
        [sys.executable, "-c", WRITER, str(root)], stdout=subprocess.PIPE
    ) as writer:
        assert writer.stdout is not None
        for _line in range(lines):
            assert writer.stdout.readline(), "the writer ended by itself"
        writer.send_signal(signal.SIGKILL)

    check_visible(picture())
    wanted = [
        *(replace(sample.write(f"a{number}"), drift=Drift.REPAIR) for number in range(1, 5)),
        sample.delete("a0"),
    ]
    assert deliver(root, wanted, lambda _step: None)
    assert sorted(name for name in picture() if "shop/" in name) == [
        f"east/shop/authorizationpolicy.a{number}.yaml" for number in range(1, 5)
    ]
    assert all(
        b"value: 1\n" in (content or b"") for name, content in picture().items() if "shop/" in name
    )
