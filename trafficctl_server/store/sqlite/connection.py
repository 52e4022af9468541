"""The one connection to the file, and the only way into its thread."""

import fcntl
import os
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

import aiosqlite

from trafficctl_server.store.errors import StoreUnavailable
from trafficctl_server.store.sqlite.faults import unavailable
from trafficctl_server.store.sqlite.migrating import migrate
from trafficctl_server.store.visibility import closed

P = ParamSpec("P")
T = TypeVar("T")

_PRAGMAS = (
    # Nobody else gets in: two connections and a log reset can corrupt (SQLite < 3.51.3).
    "PRAGMA locking_mode = EXCLUSIVE",
    "PRAGMA synchronous = FULL",
    # Fewer, larger checkpoints: 13 to 4 ms at the 99th percentile of a commit.
    "PRAGMA wal_autocheckpoint = 4000",
    "PRAGMA journal_size_limit = 67108864",
    # Little: a start reads everything once, and what is read again the system keeps in memory.
    "PRAGMA cache_size = -16384",
    "PRAGMA cell_size_check = ON",
    "PRAGMA temp_store = MEMORY",
)


class Connection:
    """Holds the file from ``open`` to ``close``; everything else runs through ``run``.

    :param path: the database file; beside it stand its log and ``<path>.lock``.
    :param scripts: the layouts, see ``migrating``.
    :param busy_timeout: seconds to wait for a process that has the file locked.
    :param on_step: told ``before …`` and ``after …`` each step, in the connection's thread.
    """

    def __init__(
        self,
        path: Path,
        *,
        scripts: Sequence[str],
        busy_timeout: float,
        on_step: Callable[[str], None],
    ) -> None:
        self._path = path
        self._scripts = scripts
        self._busy_timeout = busy_timeout
        self._on_step = on_step
        self._lock: int | None = None
        self._thread: aiosqlite.Connection | None = None
        self._db: sqlite3.Connection | None = None
        self._inode = (0, 0)

    async def open(self) -> None:
        """Take the lock, open the file, bring it to this release's layout.

        :raises StoreUnavailable: with what is in the way; nothing stays held then.
        """
        try:
            self._prepare()
            thread = aiosqlite.Connection(self._connect, iter_chunk_size=1)
            thread._thread.daemon = True  # noqa: SLF001 - a process that fails before close must end
            self._thread = await thread
            await self.run("open", self._set_up)
        except (OSError, sqlite3.Error) as error:
            await self.close()
            raise unavailable(error) from error
        except BaseException:
            await self.close()
            raise

    async def close(self) -> None:
        """Let go of file and lock; may be repeated."""
        thread, self._thread = self._thread, None
        try:
            if thread is not None:
                with suppress(sqlite3.Error):  # what was acknowledged is in the log already
                    await thread.close()
        finally:
            self._db = None
            if self._lock is not None:
                os.close(self._lock)
                self._lock = None

    async def run(
        self,
        step: str,
        work: Callable[Concatenate[sqlite3.Connection, P], T],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run ``work(db, …)`` in the connection's thread, as one hop.

        :raises StoreUnavailable: SQLite failed, or the store is closed.
        """
        if self._thread is None:
            raise closed()
        try:
            return await self._thread._execute(self._stepped, step, work, *args, **kwargs)  # type: ignore[no-untyped-call, no-any-return] # noqa: SLF001 - the public calls cost a hop per statement
        except sqlite3.Error as error:
            raise unavailable(error) from error

    def _stepped(
        self,
        step: str,
        work: Callable[Concatenate[sqlite3.Connection, P], T],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        if self._db is None:
            raise closed()
        self._need_same_file()
        self._on_step(f"before {step}")
        answer = work(self._db, *args, **kwargs)
        self._on_step(f"after {step}")
        return answer

    def _prepare(self) -> None:
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock = os.open(f"{self._path}.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StoreUnavailable(
                "another server uses this database", "end it, or name another file"
            ) from None
        # SQLite would make the file readable for everybody.
        file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            self._inode = _inode(os.fstat(file))
        finally:
            os.close(file)

    def _connect(self) -> sqlite3.Connection:
        self._db = sqlite3.connect(
            self._path,
            timeout=self._busy_timeout,
            isolation_level=None,
            cached_statements=256,
        )
        return self._db

    def _set_up(self, db: sqlite3.Connection) -> None:
        for pragma in _PRAGMAS:
            db.execute(pragma).fetchall()
        if db.execute("PRAGMA journal_mode = WAL").fetchone()[0] != "wal":
            raise StoreUnavailable(
                "the file system cannot hold a write-ahead log", "use a local disk"
            )
        migrate(db, self._scripts, self._on_step)

    def _need_same_file(self) -> None:
        with suppress(OSError):
            if _inode(self._path.stat()) == self._inode:
                return
        raise StoreUnavailable(
            "the database file was removed or replaced", "put it back and restart the server"
        )


def _inode(found: os.stat_result) -> tuple[int, int]:
    return found.st_dev, found.st_ino
