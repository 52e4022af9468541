"""Which target belongs to which cluster."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from trafficctl_server.clusters.registry import DIRECTORY, Targets
from trafficctl_server.clusters.target import TargetUnavailable

if TYPE_CHECKING:
    from pathlib import Path


async def test_a_cluster_has_one_target(tmp_path: Path) -> None:
    targets = Targets(root=tmp_path / "made/at/start", instance="server-1")
    await targets.start()

    east = targets.target_for("east", DIRECTORY)

    assert targets.target_for("east", DIRECTORY) is east
    assert targets.target_for("west", DIRECTORY) is not east
    assert await east.claim()
    assert (tmp_path / "made/at/start/east").is_dir()
    await targets.close()


async def test_a_forgotten_cluster_comes_back_with_what_it_held(tmp_path: Path) -> None:
    targets = Targets(root=tmp_path, instance="server-1")
    identity = await targets.target_for("east", DIRECTORY).claim()

    await targets.forget("east")

    assert await targets.target_for("east", DIRECTORY).identify() == identity


def test_what_cannot_be_a_target_is_refused(tmp_path: Path) -> None:
    targets = Targets(root=tmp_path, instance="server-1")

    with pytest.raises(ValueError, match="use one of"):
        targets.target_for("east", "carrier-pigeon")
    with pytest.raises(ValueError, match="DNS-1123"):
        targets.target_for("../east", DIRECTORY)


async def test_a_root_that_cannot_be_made_is_answered(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(TargetUnavailable, match="no folder"):
        await Targets(root=tmp_path / "file/root", instance="server-1").start()
