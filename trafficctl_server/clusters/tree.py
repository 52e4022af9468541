"""One cluster's tree of files: the work itself, in one thread at a time.

A file comes into its place whole, by rename; what is acknowledged is on the disk. Only files
that carry our marks are overwritten or removed, and nothing else in the tree is touched.
"""

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from trafficctl_server.clusters.failures import UNWRITABLE, advice
from trafficctl_server.clusters.files import Files, Signature
from trafficctl_server.clusters.folders import Folders
from trafficctl_server.clusters.object_yaml import NotAnObject, read_object, to_yaml
from trafficctl_server.clusters.target import (
    Action,
    Content,
    Delivered,
    ObjectKey,
    ObjectWrite,
    Observed,
    Outcome,
    Refused,
    Retry,
    TargetReplaced,
    TargetUnavailable,
)
from trafficctl_server.clusters.tree_paths import PathRefused, TreePath, check_cluster_id, path_of
from trafficctl_server.clusters.verdict import Found, found_in, verdict

ID_FILE = ".trafficctl-target"

_LARGEST = 2 * 1024 * 1024  # bytes; an API server takes no object above 1.5 MiB
_SETTLED = 2_000_000_000  # ns; no file system in use stamps its files more coarsely
_ITSELF = ""


@dataclass(slots=True)
class _Batch:
    """What a batch must still bring to the disk: folder name to the writes waiting for it."""

    unsynced: dict[str, set[int]] = field(default_factory=dict)

    def wants_sync(self, index: int, *folders: str) -> None:
        for folder in folders:
            self.unsynced.setdefault(folder, set()).add(index)


class Tree:
    """The tree ``<root>/<cluster>``; not for several threads at once.

    Methods answer and raise as those of ``Target``; OSError never leaves.
    """

    def __init__(self, *, root: Path, cluster_id: str, instance: str, files: Files) -> None:
        self._folders = Folders(root=root, cluster_id=check_cluster_id(cluster_id), files=files)
        self._files = files
        self._instance = instance
        self._seen: dict[TreePath, tuple[Signature, Found]] = {}
        self._swept = False

    def identify(self) -> str | None:
        """Give the uid in the id file; None if there is no tree or no id file."""
        with self._folders.tree() as tree:
            return None if tree is None else self._identity(tree)

    def claim(self) -> str:
        """Make the tree and its id file unless they are there; give the uid."""
        with self._folders.tree(make=True) as tree:
            if tree is None:
                raise TargetUnavailable(UNWRITABLE, "the tree went away, see what removes it")
            identity = self._identity(tree)
            if identity is None:
                identity = str(uuid.uuid4())
                record = {"server": self._instance, "uid": identity}
                self._folders.place(tree, ID_FILE, json.dumps(record).encode() + b"\n")
            self._folders.sync(tree, _ITSELF)
            return identity

    def apply(self, writes: Sequence[ObjectWrite], identity: str) -> list[Outcome]:
        """Make the objects so, in order, if the tree still is the one meant."""
        with self._folders.tree() as tree:
            found = None if tree is None else self._identity(tree)
            if tree is None or found != identity:
                raise TargetReplaced(identity, found)
            if not self._swept:
                self._folders.sweep(tree)
                self._swept = True
            batch = _Batch()
            outcomes = [
                self._deliver(tree, write, index, batch) for index, write in enumerate(writes)
            ]
            for folder, indexes in batch.unsynced.items():
                try:
                    self._folders.sync(tree, folder)
                except OSError as error:
                    for index in indexes:
                        outcomes[index] = _retry(folder, error)
            return outcomes

    def observe(self, keys: Sequence[ObjectKey]) -> list[Observed]:
        """Look at the objects, without changing anything."""
        with self._folders.tree() as tree:
            return [self._observe(tree, key) for key in keys]

    def read(self, keys: Sequence[ObjectKey]) -> list[Content]:
        """Read the objects, without changing anything."""
        with self._folders.tree() as tree:
            return [self._read(tree, key) for key in keys]

    def _deliver(self, tree: int, write: ObjectWrite, index: int, batch: _Batch) -> Outcome:
        try:
            path = path_of(write.key)
        except PathRefused as refused:
            return Refused(reason=refused.reason, detail=refused.detail)
        try:
            with self._folders.below(tree, path.folder) as folder:
                outcome = verdict(write, None if folder is None else self._look(folder, path))
                if outcome is None and folder is not None:
                    outcome = self._act(folder, path, write)
                    batch.wants_sync(index, path.folder)
            if outcome is None:
                with self._folders.making(tree, path.folder) as made:
                    outcome = self._act(made, path, write)
                    batch.wants_sync(index, path.folder, _ITSELF)
            if isinstance(outcome, Delivered):
                if write.action is Action.DELETE:
                    self._folders.remove_if_empty(tree, path.folder)
                if write.digest != write.expected_digest or write.action is Action.DELETE:
                    # Done perhaps by a process that stopped before it reached the disk.
                    batch.wants_sync(index, path.folder, _ITSELF)
        except OSError as error:
            return _retry(str(path), error)
        return outcome

    def _act(self, folder: int, path: TreePath, write: ObjectWrite) -> Delivered:
        self._seen.pop(path, None)
        if write.body is None:
            self._files.remove(folder, path.file)
        else:
            self._folders.place(folder, path.file, to_yaml(write.body))
        return Delivered(digest=write.digest)

    def _observe(self, tree: int | None, key: ObjectKey) -> Observed:
        try:
            path = path_of(key)
            if tree is None:
                return Observed(key=key, digest=None, ours=False)
            with self._folders.below(tree, path.folder) as folder:
                found = None if folder is None else self._look(folder, path)
        except PathRefused as refused:
            return Observed(key=key, digest=None, ours=False, problem=refused.detail)
        except OSError as error:
            return Observed(key=key, digest=None, ours=False, problem=advice(error))
        if found is None:
            return Observed(key=key, digest=None, ours=False)
        return Observed(
            key=key,
            digest=found.digest,
            ours=found.ours,
            owner=found.owner,
            problem=found.oddity,
        )

    def _read(self, tree: int | None, key: ObjectKey) -> Content:
        try:
            path = path_of(key)
            if tree is None:
                return Content(key=key)
            with self._folders.below(tree, path.folder) as folder:
                return Content(key=key) if folder is None else self._content(folder, path, key)
        except PathRefused as refused:
            return Content(key=key, problem=refused.detail)
        except OSError as error:
            return Content(key=key, problem=advice(error))

    def _content(self, folder: int, path: TreePath, key: ObjectKey) -> Content:
        found = self._look(folder, path)
        if found is None or found.oddity:
            return Content(key=key, problem=found.oddity if found is not None else "")
        _signature, content = self._files.read(folder, path.file, _LARGEST)
        try:
            return Content(key=key, body=read_object(content))
        except NotAnObject as error:  # it was changed this moment
            return Content(key=key, problem=f"it {error}")

    def _look(self, folder: int, path: TreePath) -> Found | None:
        """Give what lies at the path, reading it only if its signature is not a known one."""
        now = self._files.now()
        signature = self._files.signature(folder, path.file)
        known = self._seen.pop(path, None)
        if signature is None:
            return None
        if not signature.regular:
            return Found(digest="", oddity="it is no regular file")
        if signature.size > _LARGEST:
            return Found(digest="", oddity="it is larger than any Kubernetes object")
        if known is None or known[0] != signature:
            signature, content = self._files.read(folder, path.file, _LARGEST)
            known = signature, found_in(content, self._instance)
        if now - signature.changed > _SETTLED:
            # A younger file could change once more without its signature showing it.
            self._seen[path] = known
        return known[1]

    def _identity(self, tree: int) -> str | None:
        if self._files.signature(tree, ID_FILE) is None:
            return None
        _signature, content = self._files.read(tree, ID_FILE, _LARGEST)
        try:
            uid = json.loads(content)["uid"]
        except (ValueError, TypeError, KeyError):
            uid = None
        if not isinstance(uid, str) or not uid:
            raise TargetUnavailable(
                UNWRITABLE, f"{ID_FILE} is damaged, restore it, or remove it to start anew"
            )
        return uid


def _retry(where: str, error: OSError) -> Retry:
    return Retry(reason=UNWRITABLE, detail=f"{where}: {advice(error)}".removeprefix(": "))
