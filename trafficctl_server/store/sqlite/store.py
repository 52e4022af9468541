"""``Store`` on one SQLite file."""

import builtins
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

from trafficctl_server.store.records import (
    Change,
    Checkpoint,
    Committed,
    FirstAnswer,
    Kept,
    LedgerKey,
    LedgerRow,
    Record,
    SliceKey,
    SliceRow,
    TargetRow,
    Write,
)
from trafficctl_server.store.sqlite.applying import find
from trafficctl_server.store.sqlite.batch import commit_batch
from trafficctl_server.store.sqlite.checkpoints import read_checkpoint, read_revisits
from trafficctl_server.store.sqlite.compacting import forget_changes, forget_requests
from trafficctl_server.store.sqlite.connection import Connection
from trafficctl_server.store.sqlite.delivery import (
    read_ledger,
    read_manifests,
    read_slices,
    read_targets,
    read_written,
)
from trafficctl_server.store.sqlite.latest import LatestChanges
from trafficctl_server.store.sqlite.migrating import packaged_scripts
from trafficctl_server.store.sqlite.preconditions import first_answer
from trafficctl_server.store.sqlite.reading import (
    read_allocations,
    read_changes,
    read_integrity,
    read_kept,
    read_list,
    read_progress,
    read_records,
    read_revision,
    read_scopes,
    read_snapshot,
    read_touched,
)
from trafficctl_server.store.sqlite.recent import RecentRecords
from trafficctl_server.store.sqlite.writer import Writer
from trafficctl_server.store.visibility import Visibility, closed

_RECENT = 10_000
"""Records kept in memory, about 15 MiB."""
_LATEST = 2000
"""Changes kept in memory: those of a second or two of many writes, which are followed at once."""
_LATEST_SIZE = 4 << 20


def _nothing(_step: str) -> None:
    pass


class SqliteStore:
    """Implements ``Store``; one object, process and event loop per file.

    :param path: the database file, made with its directory when absent.
    :param pool_size: number of indexes that ``Write.allocate`` may give, 1 or more.
    :param clock: the time in nanoseconds.
    :param on_step: told ``before …`` and ``after …`` of everything done to the file, in the
        thread that does it; what it raises stops that step.
    :param busy_timeout: seconds to wait at start for a process that has the file locked.
    """

    def __init__(
        self,
        path: Path,
        *,
        pool_size: int,
        clock: Callable[[], int] = time.time_ns,
        on_step: Callable[[str], None] = _nothing,
        busy_timeout: float = 2.0,
    ) -> None:
        self._pool_size = pool_size
        self._clock = clock
        self._on_step = on_step
        self._visible = Visibility()
        self._writer: Writer | None = None
        self._recent = RecentRecords(_RECENT)
        self._latest = LatestChanges(_LATEST, _LATEST_SIZE)
        self._file = Connection(
            path, scripts=packaged_scripts(), busy_timeout=busy_timeout, on_step=on_step
        )

    @property
    def revision(self) -> int:
        """The newest revision that is committed and visible."""
        return self._visible.revision

    async def start(self) -> None:
        """Open the file; :raises StoreUnavailable: with what is in the way."""
        if self._writer is not None:
            return
        await self._file.open()
        try:
            self._visible.open(await self._file.run("read", read_revision))
        except BaseException:
            await self._file.close()
            raise
        self._writer = Writer(self._commit_batch, self._visible)

    async def close(self) -> None:
        """Commit what waits, end waiters, let go of the file; may be repeated."""
        if self._writer is not None:
            await self._writer.stop()
            self._writer = None
        self._visible.close()
        await self._file.close()

    async def commit(self, write: Write, *, background: bool = False) -> Committed:
        """Write all of it durably, or raise and write nothing."""
        if self._writer is None:
            raise closed()
        return await self._writer.write(write, background=background)

    async def answered(self, principal: str, method: str, request_id: str) -> FirstAnswer | None:
        """Answer what a request with this id got when it came first."""
        return await self._file.run("read", first_answer, principal, method, request_id)

    async def get(self, name: str) -> Record | None:
        """Answer the record of that name."""
        recent = self.at_hand(name)
        if recent is not None:
            return recent
        read = self._recent.begin(name)
        record = await self._file.run("read", find, name)
        self._recent.end(name, read, record)
        return record

    def at_hand(self, name: str) -> Record | None:
        """Answer the record of that name, if it was read or written lately."""
        return self._recent.get(name)

    async def list(self, kind: str, pattern: str, *, after: str = "", limit: int) -> list[Record]:
        """Answer records of a kind in name order."""
        return await self._file.run("read", read_list, kind, pattern, after, limit)

    async def records(self, kind: str, *, after: str = "", limit: int) -> builtins.list[Record]:
        """Answer records of a kind in name order, whatever their names."""
        return await self._file.run("read", read_records, kind, after, limit)

    async def progress(
        self, kind: str, *, after: str = "", limit: int
    ) -> builtins.list[tuple[str, str, bytes]]:
        """Answer name, uid and progress of records of a kind in name order."""
        return await self._file.run("read", read_progress, kind, after, limit)

    async def kept(self, kind: str, *, after: str = "", limit: int) -> builtins.list[Kept | Record]:
        """Answer what is kept of records of a kind in name order, or the records."""
        return await self._file.run("read", read_kept, kind, after, limit)

    async def snapshot(
        self, kinds: Collection[str] | None = None
    ) -> tuple[int, builtins.list[Record]]:
        """Answer the revision and all records of these kinds."""
        return await self._file.run("read", read_snapshot, kinds)

    async def changes(
        self,
        after: int,
        limit: int,
        kinds: Collection[str] | None = None,
        *,
        seen: int = -1,
        wishes_only: bool = False,
    ) -> builtins.list[Change]:
        """Answer what changed after a revision."""
        if self._writer is None:
            raise closed()
        latest = self._latest.after(after, limit, kinds, seen=seen, wishes_only=wishes_only)
        if latest is not None:
            return latest
        return await self._file.run(
            "read", read_changes, after, limit, kinds, seen=seen, wishes_only=wishes_only
        )

    async def wait(self, after: int) -> int:
        """Answer the newest revision once it is greater than ``after``."""
        return await self._visible.wait(after)

    async def ledger(
        self, *, after: LedgerKey | None = None, limit: int | None = None
    ) -> builtins.list[LedgerRow]:
        """Answer rows without manifests."""
        return await self._file.run("read", read_ledger, after, limit)

    async def manifests(self, keys: Iterable[LedgerKey]) -> Mapping[LedgerKey, bytes]:
        """Answer the manifests of those keys that are in the ledger."""
        return await self._file.run("read", read_manifests, tuple(keys))

    async def written(self, keys: Iterable[LedgerKey]) -> Mapping[LedgerKey, bytes | None]:
        """Answer what was written of those keys."""
        return await self._file.run("read", read_written, tuple(keys))

    async def slices(
        self, *, after: SliceKey | None = None, limit: int | None = None
    ) -> builtins.list[SliceRow]:
        """Answer rows by scope, cluster and driver."""
        return await self._file.run("read", read_slices, after, limit)

    async def targets(self) -> builtins.list[TargetRow]:
        """Answer all rows."""
        return await self._file.run("read", read_targets)

    async def checkpoint(self) -> Checkpoint | None:
        """Answer the one that was written last."""
        return await self._file.run("read", read_checkpoint)

    async def revisits(self) -> builtins.list[str]:
        """Answer the scopes to work out anew at each start, sorted."""
        return await self._file.run("read", read_revisits)

    async def allocations(self) -> Mapping[str, int]:
        """Answer every key that holds an index."""
        return await self._file.run("read", read_allocations)

    async def scope_revisions(self, scopes: Iterable[str]) -> Mapping[str, int]:
        """Answer the revisions that touched these scopes last."""
        return await self._file.run("read", read_scopes, tuple(scopes))

    async def scopes_touched(self, after: int) -> frozenset[str]:
        """Answer all scopes that were touched after a revision."""
        return await self._file.run("read", read_touched, after)

    async def compact(
        self, *, wishes_before: int, progress_before: int, requests_before: int
    ) -> None:
        """Forget changes and answered requests made before these times, piece by piece."""
        pieces = (
            partial(forget_changes, wishes=False, before=progress_before),
            partial(forget_changes, wishes=True, before=wishes_before),
            partial(forget_requests, before=requests_before),
        )
        for forget in pieces:
            while await self._file.run("compaction", forget):
                pass
        self._latest.forget()  # what the file has forgotten nobody else answers

    async def check(self) -> str:
        """Read everything once: ``ok``, or what is damaged."""
        return await self._file.run("check", read_integrity)

    async def _commit_batch(
        self, writes: Sequence[Write]
    ) -> tuple[int, builtins.list[Committed | Exception]]:
        try:
            batch = await self._file.run(
                "batch",
                commit_batch,
                writes,
                pool_size=self._pool_size,
                now=self._clock(),
                on_step=self._on_step,
            )
        except BaseException:
            # It may be done all the same.
            self._recent.forget(writes)
            self._latest.forget()
            raise
        # Before anybody is told of the new revision.
        self._recent.committed(writes, batch.changes)
        self._latest.add(batch.before, batch.revision, batch.changes)
        return batch.revision, batch.outcomes
