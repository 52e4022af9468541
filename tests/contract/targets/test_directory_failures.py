"""A disk that fails: a clear answer, nothing half-written, and all is well once it works."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import yaml

from trafficctl_server.clusters.files import DiskFiles
from trafficctl_server.clusters.target import Delivered, Retry, TargetUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.contract.targets.conftest import Picture, Sample
    from trafficctl_server.clusters.directory import DirectoryTarget

    MakeTarget = Callable[..., DirectoryTarget]

CHANGES = ("make_folder", "remove_folder", "write", "write_rest", "sync", "rename", "remove")
LOOKS = ("open_root", "open_folder", "signature", "read", "names", "sync_folder")


class FailingDisk:
    """Refuses the calls of one kind for as long as it is told to."""

    def __init__(self, call: str, code: int) -> None:
        self.failing = False
        self._call = call
        self._code = code

    def __call__(self, step: str) -> None:
        if self.failing and step.partition(" ")[0] == self._call:
            raise OSError(self._code, os.strerror(self._code))


def move(old: Path, new: Path) -> None:
    old.rename(new)


def check_whole(picture: dict[str, bytes | None]) -> None:
    for name, content in picture.items():
        assert not name.endswith(".tmp")
        if content is not None and name.endswith(".yaml"):
            assert yaml.safe_load(content)["spec"]["value"] in {1, 2}


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EIO])
@pytest.mark.parametrize("call", [*CHANGES, *LOOKS])
async def test_a_failing_call_is_answered_and_the_next_try_succeeds(
    *, make_target: MakeTarget, sample: Sample, root: Path, picture: Picture, call: str, code: int
) -> None:
    before = make_target()
    identity = await before.claim()
    await before.apply([sample.write("a"), sample.write("old", "gone")], identity=identity)
    disk = FailingDisk(call, code)
    target = make_target(files=DiskFiles(disk))
    batch = [
        sample.write("a", value=2, written=1),
        sample.write("b", "bank"),
        sample.delete("old", "gone"),
    ]

    disk.failing = True
    try:
        outcomes = await target.apply(batch, identity=identity)
    except TargetUnavailable as unavailable:
        answers = [unavailable.detail]
    else:
        assert all(isinstance(outcome, Delivered | Retry) for outcome in outcomes)
        answers = [outcome.detail for outcome in outcomes if isinstance(outcome, Retry)]
        for outcome in outcomes:
            assert not isinstance(outcome, Retry) or outcome.reason == "TARGET_UNWRITABLE"
    disk.failing = False
    after_failure = picture()

    assert answers
    assert not any(str(root) in answer for answer in answers)
    check_whole(after_failure)
    assert (
        "east/bank" not in after_failure or "east/bank/authorizationpolicy.b.yaml" in after_failure
    )
    outcomes = await target.apply(batch, identity=identity)
    assert all(isinstance(outcome, Delivered) for outcome in outcomes)
    assert list(picture()) == [
        "east",
        "east/.trafficctl-target",
        "east/bank",
        "east/bank/authorizationpolicy.b.yaml",
        "east/shop",
        "east/shop/authorizationpolicy.a.yaml",
    ]


async def test_a_full_disk_is_said_in_words(make_target: MakeTarget, sample: Sample) -> None:
    disk = FailingDisk("write_rest", errno.ENOSPC)
    target = make_target(files=DiskFiles(disk))
    identity = await target.claim()
    disk.failing = True

    (outcome,) = await target.apply([sample.write("a")], identity=identity)

    assert outcome == Retry(
        reason="TARGET_UNWRITABLE",
        detail="shop/authorizationpolicy.a.yaml: the disk is full, make room",
    )


async def test_a_missing_root_is_no_empty_target(make_target: MakeTarget, root: Path) -> None:
    target = make_target()
    await target.claim()
    move(root, root.with_name("unmounted"))

    for call in (target.identify(), target.claim(), target.observe([])):
        with pytest.raises(TargetUnavailable, match="root folder"):
            await call
    move(root.with_name("unmounted"), root)
    assert await target.identify()


async def test_a_file_in_a_folders_place_is_answered(
    make_target: MakeTarget, sample: Sample, root: Path
) -> None:
    target = make_target()
    identity = await target.claim()
    (root / "east/shop").write_text("a file")

    blocked, other = await target.apply(
        [sample.write("a"), sample.write("b", "bank")], identity=identity
    )

    assert isinstance(blocked, Retry)
    assert isinstance(other, Delivered)
    assert (root / "east/shop").read_text() == "a file"


LIMITED = """
import asyncio, pathlib, resource, signal, sys
from trafficctl_server.clusters.directory import DirectoryTarget
from trafficctl_server.clusters.ownership import stamp
from trafficctl_server.clusters.target import Action, ObjectKey, ObjectWrite, object_digest

def write(name, size):
    plain = {"apiVersion": "v1", "kind": "ConfigMap",
             "metadata": {"name": name, "namespace": "shop"}, "data": {"text": "x" * size}}
    body = stamp(plain, instance="i", scope="s", origins=[])
    return ObjectWrite(key=ObjectKey.of(body), action=Action.WRITE, body=body,
                       digest=object_digest(body))

async def run():
    target = DirectoryTarget(root=pathlib.Path(sys.argv[1]), cluster_id="east", instance="i")
    identity = await target.claim()
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))
    for outcome in await target.apply([write("large", 20000), write("small", 10)],
                                      identity=identity):
        print(type(outcome).__name__)

asyncio.run(run())
"""


def test_a_file_that_the_system_cuts_short_never_comes_into_its_place(
    root: Path, picture: Picture
) -> None:
    done = subprocess.run(  # noqa: S603 - this interpreter, our own text
        [sys.executable, "-c", LIMITED, str(root)], capture_output=True, text=True, check=True
    )

    assert done.stdout.split() == ["Retry", "Delivered"]
    assert list(picture()) == [
        "east",
        "east/.trafficctl-target",
        "east/shop",
        "east/shop/configmap.small.yaml",
    ]
