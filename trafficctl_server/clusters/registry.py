"""Which target belongs to which cluster."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from trafficctl_server.clusters.directory import DirectoryTarget
from trafficctl_server.clusters.failures import UNWRITABLE, advice
from trafficctl_server.clusters.files import DiskFiles, Files
from trafficctl_server.clusters.target import Target, TargetUnavailable

DIRECTORY = "directory"

TargetMaker = Callable[[str], Target]


class Targets:
    """One target per cluster, made when first asked for.

    :ivar root: folder of all directory targets.
    :ivar instance: uid of this server's installation.
    """

    def __init__(self, *, root: Path, instance: str, files: Files | None = None) -> None:
        self._root = root
        self._instance = instance
        self._files = files or DiskFiles()
        self._makers: dict[str, TargetMaker] = {DIRECTORY: self._directory}
        self._targets: dict[tuple[str, str], Target] = {}

    async def start(self) -> None:
        """Make the root folder if it is missing; TargetUnavailable."""
        try:
            await asyncio.to_thread(self._root.mkdir, parents=True, exist_ok=True)
        except OSError as error:
            raise TargetUnavailable(UNWRITABLE, advice(error)) from error

    def target_for(self, cluster_id: str, kind: str) -> Target:
        """Give the cluster's target, always the same one for the same id and kind.

        ValueError for a kind that is not served and an id that can't name a folder.
        """
        target = self._targets.get((cluster_id, kind))
        if target is None:
            if kind not in self._makers:
                raise ValueError(
                    f"targets of kind {kind!r} are not served, use one of {sorted(self._makers)}"
                )
            target = self._targets[cluster_id, kind] = self._makers[kind](cluster_id)
        return target

    async def forget(self, cluster_id: str) -> None:
        """Let go of a cluster's target; what it delivered stays."""
        for key in [key for key in self._targets if key[0] == cluster_id]:
            await self._targets.pop(key).close()

    async def close(self) -> None:
        """Let go of all targets."""
        while self._targets:
            await self._targets.popitem()[1].close()

    def _directory(self, cluster_id: str) -> Target:
        return DirectoryTarget(
            root=self._root, cluster_id=cluster_id, instance=self._instance, files=self._files
        )
