"""The file calls that a tree is made with, and the only place that makes them.

All work relative to an open folder and follow no symbolic link, so no name and no planted link
leads out of a tree. Each call is a place where a process can be stopped: see ``on_step``.
"""

import os
import stat
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

_OPEN_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
# O_NONBLOCK: opening a named pipe would wait for its other end.
_OPEN_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


@dataclass(frozen=True, slots=True)
class Signature:
    """What changes when a file does; times in nanoseconds since the epoch, size in bytes."""

    inode: int
    size: int
    modified: int
    changed: int
    regular: bool


class Files(Protocol):
    """File calls; folders are open descriptors, names are single components.

    All raise OSError as the system does.
    """

    def open_root(self, path: Path) -> int:
        """Open the folder that an administrator named; the one call that follows links."""

    def open_folder(self, parent: int, name: str) -> int:
        """Open a folder below another."""

    def make_folder(self, parent: int, name: str) -> None:
        """Make a folder; FileExistsError."""

    def remove_folder(self, parent: int, name: str) -> None:
        """Remove a folder; OSError if anything is in it."""

    def names(self, folder: int) -> list[str]:
        """List what is in a folder, sorted."""

    def signature(self, folder: int, name: str) -> Signature | None:
        """Look at an entry itself, not at what it links to; None if there is none."""

    def read(self, folder: int, name: str, limit: int) -> tuple[Signature, bytes]:
        """Read up to ``limit`` bytes of a regular file."""

    def write(self, folder: int, name: str, content: bytes) -> None:
        """Make a new file and bring it to the disk; FileExistsError."""

    def rename(self, folder: int, old: str, new: str) -> None:
        """Put a file in another's place within one folder."""

    def remove(self, folder: int, name: str) -> None:
        """Remove a file or link; FileNotFoundError."""

    def sync_folder(self, folder: int) -> None:
        """Bring the folder's entries to the disk."""

    def close(self, folder: int) -> None:
        """Close a folder."""

    def now(self) -> int:
        """Give nanoseconds since the epoch, by the clock that stamps files."""


class DiskFiles:
    """File calls on a POSIX system.

    :ivar on_step: called with ``<call> <name>`` before each call, and within ``write`` when half
        is written; what it raises stops the process there, as far as the disk can tell.
    """

    def __init__(self, on_step: Callable[[str], None] = lambda _step: None) -> None:
        self.on_step = on_step

    def open_root(self, path: Path) -> int:
        """Open the folder that an administrator named; the one call that follows links."""
        self.on_step("open_root")
        return os.open(path, _OPEN_FOLDER & ~os.O_NOFOLLOW)

    def open_folder(self, parent: int, name: str) -> int:
        """Open a folder below another."""
        self.on_step(f"open_folder {name}")
        return os.open(name, _OPEN_FOLDER, dir_fd=parent)

    def make_folder(self, parent: int, name: str) -> None:
        """Make a folder; FileExistsError."""
        self.on_step(f"make_folder {name}")
        os.mkdir(name, 0o755, dir_fd=parent)

    def remove_folder(self, parent: int, name: str) -> None:
        """Remove a folder; OSError if anything is in it."""
        self.on_step(f"remove_folder {name}")
        os.rmdir(name, dir_fd=parent)

    def names(self, folder: int) -> list[str]:
        """List what is in a folder, sorted."""
        self.on_step("names")
        return sorted(os.listdir(folder))

    def signature(self, folder: int, name: str) -> Signature | None:
        """Look at an entry itself, not at what it links to; None if there is none."""
        self.on_step(f"signature {name}")
        try:
            found = os.stat(name, dir_fd=folder, follow_symlinks=False)
        except FileNotFoundError:
            return None
        return _signature(found)

    def read(self, folder: int, name: str, limit: int) -> tuple[Signature, bytes]:
        """Read up to ``limit`` bytes of a regular file."""
        self.on_step(f"read {name}")
        with open(os.open(name, _OPEN_FILE, dir_fd=folder), "rb") as file:  # noqa: PTH123 - a descriptor
            found = _signature(os.fstat(file.fileno()))
            return found, file.read(limit) if found.regular else b""

    def write(self, folder: int, name: str, content: bytes) -> None:
        """Make a new file and bring it to the disk; FileExistsError."""
        self.on_step(f"write {name}")
        descriptor = os.open(name, _CREATE, 0o644, dir_fd=folder)
        with open(descriptor, "wb", buffering=0) as file:  # noqa: PTH123 - a descriptor
            half = len(content) // 2
            _write_all(file.fileno(), content[:half])
            self.on_step(f"write_rest {name}")
            _write_all(file.fileno(), content[half:])
            self.on_step(f"sync {name}")
            os.fsync(file.fileno())

    def rename(self, folder: int, old: str, new: str) -> None:
        """Put a file in another's place within one folder."""
        self.on_step(f"rename {new}")
        os.rename(old, new, src_dir_fd=folder, dst_dir_fd=folder)

    def remove(self, folder: int, name: str) -> None:
        """Remove a file or link; FileNotFoundError."""
        self.on_step(f"remove {name}")
        os.unlink(name, dir_fd=folder)

    def sync_folder(self, folder: int) -> None:
        """Bring the folder's entries to the disk."""
        self.on_step("sync_folder")
        os.fsync(folder)

    def close(self, folder: int) -> None:
        """Close a folder."""
        os.close(folder)

    def now(self) -> int:
        """Give nanoseconds since the epoch, by the clock that stamps files."""
        return time.time_ns()


def _write_all(descriptor: int, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _signature(found: os.stat_result) -> Signature:
    return Signature(
        found.st_ino,
        found.st_size,
        found.st_mtime_ns,
        found.st_ctime_ns,
        stat.S_ISREG(found.st_mode),
    )
