"""Names and planted links that try to lead out of a tree."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from trafficctl_server.clusters.target import (
    Delivered,
    ObjectKey,
    Refused,
    Retry,
    TargetUnavailable,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.contract.targets.conftest import Picture, Sample
    from trafficctl_server.clusters.directory import DirectoryTarget

    MakeTarget = Callable[..., DirectoryTarget]

FILE = "authorizationpolicy.a.yaml"


def contents(folder: Path) -> dict[str, bytes]:
    return {entry.name: entry.read_bytes() for entry in folder.iterdir()}


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder beside the trees, with a file that looks like one of ours."""
    folder = tmp_path / "outside"
    folder.mkdir()
    (folder / FILE).write_bytes(b"precious")
    return folder


@pytest.mark.parametrize("name", ["..", ".", "a\0b", "..\\x", "-a", "A_", "a\n", "ä", "a b", "%2e"])
@pytest.mark.parametrize("part", ["group", "kind", "namespace", "name"])
async def test_a_hostile_name_is_refused_and_writes_nothing(
    make_target: MakeTarget, sample: Sample, picture: Picture, part: str, name: str
) -> None:
    target = make_target()
    identity = await target.claim()
    before = picture()
    parts = {"group": "", "kind": "Service", "namespace": "shop", "name": "a"} | {part: name}
    write = replace(sample.write("a"), key=ObjectKey(**parts))

    (refused,) = await target.apply([write], identity=identity)
    (deleted,) = await target.apply([replace(sample.delete("a"), key=write.key)], identity=identity)
    (seen,) = await target.observe([write.key])

    assert isinstance(refused, Refused)
    assert isinstance(deleted, Refused)
    assert seen.problem
    assert picture() == before


async def test_a_link_in_a_files_place_is_foreign(
    make_target: MakeTarget, sample: Sample, root: Path, outside: Path
) -> None:
    target = make_target()
    identity = await target.claim()
    (root / "east/shop").mkdir()
    link = root / "east/shop" / FILE
    link.symlink_to(outside / FILE)

    (refused,) = await target.apply([sample.write("a")], identity=identity)
    await target.apply([sample.delete("a")], identity=identity)
    (seen,) = await target.observe([sample.write("a").key])

    assert isinstance(refused, Refused)
    assert refused.reason == "FOREIGN_OBJECT"
    assert link.is_symlink()
    assert (outside / FILE).read_bytes() == b"precious"
    assert not seen.ours
    assert seen.problem


async def test_a_link_to_a_file_of_ours_is_foreign_too(
    make_target: MakeTarget, sample: Sample, root: Path
) -> None:
    target = make_target()
    identity = await target.claim()
    await target.apply([sample.write("a")], identity=identity)
    (root / "east/shop" / FILE).rename(root / "moved.yaml")
    (root / "east/shop" / FILE).symlink_to(root / "moved.yaml")

    outcomes = await target.apply(
        [sample.write("a", value=2, written=1), sample.delete("a")], identity=identity
    )

    assert all(isinstance(outcome, Refused) for outcome in outcomes)
    assert (root / "east/shop" / FILE).is_symlink()
    assert b"value: 1" in (root / "moved.yaml").read_bytes()


async def test_a_link_in_a_namespaces_place_is_not_followed(
    make_target: MakeTarget, sample: Sample, root: Path, outside: Path
) -> None:
    target = make_target()
    identity = await target.claim()
    (root / "east/shop").symlink_to(outside)

    write, delete, other = await target.apply(
        [sample.write("a"), sample.delete("a"), sample.write("b", "bank")], identity=identity
    )
    (seen,) = await target.observe([sample.write("a").key])

    assert isinstance(write, Retry)
    assert isinstance(delete, Retry)
    assert "symbolic link" in write.detail
    assert isinstance(other, Delivered)
    assert contents(outside) == {FILE: b"precious"}
    assert seen.digest is None
    assert seen.problem


async def test_a_link_in_the_clusters_place_is_not_followed(
    make_target: MakeTarget, sample: Sample, root: Path, outside: Path
) -> None:
    (root / "east").symlink_to(outside)
    target = make_target()

    for call in (
        target.identify(),
        target.claim(),
        target.apply([sample.write("a")], identity="x"),
        target.observe([sample.write("a").key]),
    ):
        with pytest.raises(TargetUnavailable, match="symbolic link"):
            await call
    assert contents(outside) == {FILE: b"precious"}


async def test_a_linked_id_file_is_no_identity(make_target: MakeTarget, root: Path) -> None:
    other = make_target(cluster="west")
    await other.claim()
    (root / "east").mkdir()
    (root / "east/.trafficctl-target").symlink_to(root / "west/.trafficctl-target")

    with pytest.raises(TargetUnavailable):
        await make_target().identify()


async def test_a_link_in_the_temporary_files_place_is_not_written_through(
    make_target: MakeTarget, sample: Sample, root: Path, outside: Path
) -> None:
    target = make_target()
    identity = await target.claim()
    await target.apply([sample.write("b")], identity=identity)
    (root / "east/shop/.trafficctl-new.tmp").symlink_to(outside / FILE)

    (outcome,) = await target.apply([sample.write("a")], identity=identity)

    assert isinstance(outcome, Delivered)
    assert (outside / FILE).read_bytes() == b"precious"
    assert not (root / "east/shop" / FILE).is_symlink()


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
async def test_what_is_no_file_holds_up_nothing(
    make_target: MakeTarget, sample: Sample, root: Path, make: Callable[[Path], None]
) -> None:
    target = make_target()
    identity = await target.claim()
    (root / "east/shop").mkdir()
    make(root / "east/shop" / FILE)

    planted, other = await target.apply([sample.write("a"), sample.write("b")], identity=identity)
    (seen,) = await target.observe([sample.write("a").key])

    assert isinstance(planted, Refused)
    assert isinstance(other, Delivered)
    assert seen.problem


@pytest.mark.parametrize("content", ["", "{}", "[]", "null", '{"uid": 7}', '{"uid": ""}', "\xff"])
async def test_a_damaged_id_file_stops_the_target_and_says_so(
    make_target: MakeTarget, sample: Sample, root: Path, content: str
) -> None:
    target = make_target()
    identity = await target.claim()
    (root / "east/.trafficctl-target").write_bytes(content.encode("latin-1"))

    for call in (
        target.identify(),
        target.claim(),
        target.apply([sample.write("a")], identity=identity),
    ):
        with pytest.raises(TargetUnavailable, match="damaged"):
            await call
