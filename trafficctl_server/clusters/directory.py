"""A directory as target: a plain tree of YAML files for kubectl, Argo CD or Flux to follow."""

import asyncio
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from trafficctl_server.clusters.files import DiskFiles, Files
from trafficctl_server.clusters.target import Content, ObjectKey, ObjectWrite, Observed, Outcome
from trafficctl_server.clusters.tree import Tree

T = TypeVar("T")


class DirectoryTarget:
    """The tree ``<root>/<cluster>/``, as a ``Target``; calls do their file work in a thread.

    Order and pruning in the cluster are the follower's: delivered means written.
    ValueError if the cluster's id is not fit for a folder's name.

    :ivar root: folder of all directory targets; it must exist, and may be a link.
    :ivar instance: uid of this server's installation, the owner of what is written.
    """

    def __init__(
        self, *, root: Path, cluster_id: str, instance: str, files: Files | None = None
    ) -> None:
        self._tree = Tree(
            root=root, cluster_id=cluster_id, instance=instance, files=files or DiskFiles()
        )
        self._turn = asyncio.Lock()
        # A cancelled caller leaves its thread behind, so the thread holds a lock of its own.
        self._working = threading.Lock()

    async def identify(self) -> str | None:
        """Give the uid in the id file; None if there is none."""
        return await self._in_turn(self._tree.identify)

    async def claim(self) -> str:
        """Make the tree and its id file unless they are there; give the uid."""
        return await self._in_turn(self._tree.claim)

    async def apply(self, writes: Sequence[ObjectWrite], *, identity: str) -> Sequence[Outcome]:
        """Write and remove files, in order."""
        return await self._in_turn(lambda: self._tree.apply(writes, identity))

    async def observe(self, keys: Sequence[ObjectKey]) -> Sequence[Observed]:
        """Look at files, reading those whose signature changed."""
        return await self._in_turn(lambda: self._tree.observe(keys))

    async def read(self, keys: Sequence[ObjectKey]) -> Sequence[Content]:
        """Read files."""
        return await self._in_turn(lambda: self._tree.read(keys))

    async def close(self) -> None:
        """Wait for the work under way; nothing is held between calls."""
        await self._in_turn(lambda: None)

    async def _in_turn(self, work: Callable[[], T]) -> T:
        async with self._turn:
            return await asyncio.to_thread(self._alone, work)

    def _alone(self, work: Callable[[], T]) -> T:
        with self._working:
            return work()
