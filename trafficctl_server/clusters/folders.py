"""A tree's folders: opened without following links, and files put into them whole."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from trafficctl_server.clusters.failures import UNWRITABLE, advice
from trafficctl_server.clusters.files import Files
from trafficctl_server.clusters.target import TargetUnavailable
from trafficctl_server.clusters.tree_paths import is_object_folder

NEW_FILE = ".trafficctl-new.tmp"

# Not empty (some systems say: exists), gone already, or a mount point.
_STAYS = {errno.ENOTEMPTY, errno.EEXIST, errno.ENOENT, errno.EBUSY}


class Folders:
    """The folders of the tree ``<root>/<cluster>``; open ones are descriptors.

    Raises OSError as the system does, but TargetUnavailable where the tree itself fails.
    """

    def __init__(self, *, root: Path, cluster_id: str, files: Files) -> None:
        self._root = root
        self._cluster_id = cluster_id
        self._files = files

    @contextmanager
    def tree(self, *, make: bool = False) -> Iterator[int | None]:
        """Open the cluster's folder; None if there is none and it is not to be made."""
        with _unavailable(), self._closing(self._open_root()) as root:
            if make:
                with suppress(FileExistsError):
                    self._files.make_folder(root, self._cluster_id)
                self._files.sync_folder(root)
            with self.below(root, self._cluster_id) as tree:
                yield tree

    @contextmanager
    def below(self, parent: int, name: str) -> Iterator[int | None]:
        """Open a folder; None if there is none."""
        try:
            folder = self._files.open_folder(parent, name)
        except FileNotFoundError:
            folder = None
        if folder is None:
            yield None
            return
        with self._closing(folder) as opened:
            yield opened

    @contextmanager
    def making(self, tree: int, name: str) -> Iterator[int]:
        """Make and open a folder; it goes again if the work in it fails."""
        self._files.make_folder(tree, name)
        try:
            with self._closing(self._files.open_folder(tree, name)) as folder:
                yield folder
        except OSError:
            with suppress(OSError):
                self.remove_if_empty(tree, name)
            raise

    def place(self, folder: int, name: str, content: bytes) -> None:
        """Put a whole file into its place; the folder is not synced yet."""
        with suppress(FileNotFoundError):
            self._files.remove(folder, NEW_FILE)
        try:
            self._files.write(folder, NEW_FILE, content)
            self._files.rename(folder, NEW_FILE, name)
        except OSError:
            self._remove_leftover(folder)
            raise

    def remove_if_empty(self, tree: int, name: str) -> None:
        """Remove a folder in which nothing is left."""
        try:
            self._files.remove_folder(tree, name)
        except OSError as error:
            if error.errno not in _STAYS:
                raise

    def sync(self, tree: int, name: str) -> None:
        """Bring a folder's entries to the disk, ``""``: those of the tree itself."""
        if not name:
            self._files.sync_folder(tree)
            return
        with self.below(tree, name) as folder:
            # One that went away has nothing to sync; its parent's entries have.
            self._files.sync_folder(tree if folder is None else folder)

    def sweep(self, tree: int) -> None:
        """Remove what a stopped process left half-written."""
        self._remove_leftover(tree)
        for name in filter(is_object_folder, self._files.names(tree)):
            with suppress(OSError), self.below(tree, name) as folder:
                if folder is not None and self._remove_leftover(folder):
                    self.remove_if_empty(tree, name)

    def _remove_leftover(self, folder: int) -> bool:
        try:
            self._files.remove(folder, NEW_FILE)
        except OSError:
            return False
        return True

    def _open_root(self) -> int:
        try:
            return self._files.open_root(self._root)
        except FileNotFoundError as error:
            raise TargetUnavailable(
                UNWRITABLE, "the root folder of the directory targets is missing, make or mount it"
            ) from error

    @contextmanager
    def _closing(self, folder: int) -> Iterator[int]:
        try:
            yield folder
        finally:
            self._files.close(folder)


@contextmanager
def _unavailable() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise TargetUnavailable(UNWRITABLE, advice(error)) from error
