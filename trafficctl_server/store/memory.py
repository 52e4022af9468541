"""The store without a disk: for tests, and for a server that may forget.

It keeps what it holds over ``close`` and ``start`` of the same object.
"""

import builtins
import time
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from trafficctl_server.store.coalescing import Touched, cut, record_of, told, touched
from trafficctl_server.store.errors import (
    FutureRevision,
    HistoryCompacted,
    NotEmpty,
    RequestIdReused,
)
from trafficctl_server.store.memory_checks import check
from trafficctl_server.store.memory_pool import MemoryPool
from trafficctl_server.store.patterns import fits
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
    version_of,
)
from trafficctl_server.store.visibility import Visibility, closed
from trafficctl_server.store.written import kept_of, written_of


@dataclass(frozen=True, slots=True, kw_only=True)
class _Past:
    change: Change
    wish: bool
    time: int


class MemoryStore:
    """Implements ``Store`` in dictionaries.

    :param pool_size: number of indexes that ``Write.allocate`` may give, 1 or more.
    :param clock: the time in nanoseconds.
    """

    def __init__(self, *, pool_size: int, clock: Callable[[], int] = time.time_ns) -> None:
        self._clock = clock
        self._visible = Visibility()
        self._open = False
        self._revision = 0
        self._records: dict[str, Record] = {}
        self._kept: dict[str, bytes] = {}
        self._history: list[_Past] = []
        self._floor = 0
        self._wishes_floor = 0
        self._scopes: dict[str, int] = {}
        self._requests: dict[tuple[str, str, str], tuple[FirstAnswer, int]] = {}
        self._ledger: dict[LedgerKey, LedgerRow] = {}
        self._slices: dict[SliceKey, SliceRow] = {}
        self._targets: dict[str, TargetRow] = {}
        self._checkpoint: Checkpoint | None = None
        self._revisits: set[str] = set()
        self._pool = MemoryPool(pool_size)

    @property
    def revision(self) -> int:
        """The newest revision."""
        return self._visible.revision

    async def start(self) -> None:
        """Open the store."""
        self._open = True
        self._visible.open(self._revision)

    async def close(self) -> None:
        """End waiters; what is stored stays."""
        self._open = False
        self._visible.close()

    async def commit(self, write: Write, *, background: bool = False) -> Committed:  # noqa: ARG002 - nothing waits here
        """Write all of it, or raise and write nothing."""
        self._need_open()
        answered = self._answered(write)
        if answered is not None:
            return answered
        check(write, self._records, self._scopes)
        revision = self._revision + 1
        names = self._drafted(write, revision)
        self._check_empty(write, names)
        pool = self._pool.copy() if write.allocate or write.release else self._pool
        for key in set(write.release) - set(write.allocate):
            pool.release(key)
        allocations = {key: pool.take(key) for key in write.allocate}
        # From here on nothing can fail.
        self._pool = pool
        past = [
            _Past(change=change, wish=wish, time=self._clock())
            for change, wish in told(names, revision)
        ]
        if past or write.touch_scopes:
            self._revision = revision
        self._keep(write, names)
        self._history.extend(past)
        self._visible.advance(self._revision)
        return Committed(revision=self._revision, allocations=allocations)

    async def answered(self, principal: str, method: str, request_id: str) -> FirstAnswer | None:
        """Answer what a request with this id got when it came first."""
        self._need_open()
        return self._first_answer(principal, method, request_id)

    async def get(self, name: str) -> Record | None:
        """Answer the record of that name."""
        self._need_open()
        return self.at_hand(name)

    def at_hand(self, name: str) -> Record | None:
        """Answer the record of that name."""
        return self._records.get(name)

    async def list(self, kind: str, pattern: str, *, after: str = "", limit: int) -> list[Record]:
        """Answer records of a kind in name order."""
        self._need_open()
        names = sorted(
            name
            for name, record in self._records.items()
            if record.kind == kind and name > after and fits(name, pattern)
        )
        return [self._records[name] for name in names[:limit]]

    async def records(self, kind: str, *, after: str = "", limit: int) -> builtins.list[Record]:
        """Answer records of a kind in name order, whatever their names."""
        self._need_open()
        names = sorted(
            name for name, record in self._records.items() if record.kind == kind and name > after
        )
        return [self._records[name] for name in names[:limit]]

    async def progress(
        self, kind: str, *, after: str = "", limit: int
    ) -> builtins.list[tuple[str, str, bytes]]:
        """Answer name, uid and progress of records of a kind in name order."""
        found = await self.records(kind, after=after, limit=limit)
        return [(it.name, it.uid, it.progress) for it in found]

    async def kept(self, kind: str, *, after: str = "", limit: int) -> builtins.list[Kept | Record]:
        """Answer what is kept of records of a kind in name order, or the records."""
        found = await self.records(kind, after=after, limit=limit)
        return [Kept(it.name, self._kept[it.name]) if it.name in self._kept else it for it in found]

    async def snapshot(
        self, kinds: Collection[str] | None = None
    ) -> tuple[int, builtins.list[Record]]:
        """Answer the revision and all records of these kinds."""
        self._need_open()
        return self._revision, [
            record
            for _, record in sorted(self._records.items())
            if kinds is None or record.kind in kinds
        ]

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
        self._need_open()
        if after > self._revision:
            raise FutureRevision(self._revision)
        floor = self._wishes_floor if wishes_only else self._floor
        if after < floor:
            raise HistoryCompacted(floor)
        first = bisect_right(
            self._history,
            (after + 1, seen),
            key=lambda past: (past.change.revision, past.change.seq),
        )
        found = (
            past.change
            for past in islice(self._history, first, None)
            if (kinds is None or past.change.kind in kinds) and (past.wish or not wishes_only)
        )
        return cut(list(islice(found, limit + 1)), limit)

    async def wait(self, after: int) -> int:
        """Answer the newest revision once it is greater than ``after``."""
        return await self._visible.wait(after)

    async def ledger(
        self, *, after: LedgerKey | None = None, limit: int | None = None
    ) -> builtins.list[LedgerRow]:
        """Answer rows without manifests."""
        self._need_open()
        keys = sorted(key for key in self._ledger if after is None or key > after)
        return [self._ledger[key]._replace(manifest=None, written=None) for key in keys[:limit]]

    async def manifests(self, keys: Iterable[LedgerKey]) -> Mapping[LedgerKey, bytes]:
        """Answer the manifests of those keys that are in the ledger."""
        self._need_open()
        return {key: self._ledger[key].manifest or b"" for key in keys if key in self._ledger}

    async def written(self, keys: Iterable[LedgerKey]) -> Mapping[LedgerKey, bytes | None]:
        """Answer what was written of those keys."""
        self._need_open()
        found = (self._ledger[it] for it in keys if it in self._ledger)
        return {it.ledger_key: written_of(it) for it in found if it.written_digest}

    async def slices(
        self, *, after: SliceKey | None = None, limit: int | None = None
    ) -> builtins.list[SliceRow]:
        """Answer rows by scope, cluster and driver."""
        self._need_open()
        found = sorted(it for it in self._slices if after is None or it > after)
        return [self._slices[it] for it in found[:limit]]

    async def targets(self) -> builtins.list[TargetRow]:
        """Answer all rows."""
        self._need_open()
        return [row for _, row in sorted(self._targets.items())]

    async def checkpoint(self) -> Checkpoint | None:
        """Answer the one that was written last."""
        self._need_open()
        return self._checkpoint

    async def revisits(self) -> builtins.list[str]:
        """Answer the scopes to work out anew at each start, sorted."""
        self._need_open()
        return sorted(self._revisits)

    async def allocations(self) -> Mapping[str, int]:
        """Answer every key that holds an index."""
        self._need_open()
        return dict(self._pool.held)

    async def scope_revisions(self, scopes: Iterable[str]) -> Mapping[str, int]:
        """Answer the revisions that touched these scopes last."""
        self._need_open()
        return {scope: self._scopes.get(scope, 0) for scope in scopes}

    async def scopes_touched(self, after: int) -> frozenset[str]:
        """Answer all scopes that were touched after a revision."""
        self._need_open()
        return frozenset(scope for scope, at in self._scopes.items() if at > after)

    async def compact(
        self, *, wishes_before: int, progress_before: int, requests_before: int
    ) -> None:
        """Forget changes and answered requests made before these times."""
        self._need_open()

        def gone(past: _Past) -> bool:
            return past.time < (wishes_before if past.wish else progress_before)

        for past in filter(gone, self._history):
            self._floor = max(self._floor, past.change.revision)
            if past.wish:
                self._wishes_floor = max(self._wishes_floor, past.change.revision)
        self._history = [past for past in self._history if not gone(past)]
        self._requests = {
            key: kept for key, kept in self._requests.items() if kept[1] >= requests_before
        }

    async def check(self) -> str:
        """Answer ``ok``."""
        self._need_open()
        return "ok"

    def _need_open(self) -> None:
        if not self._open:
            raise closed()

    def _answered(self, write: Write) -> Committed | None:
        request = write.request
        if request is None:
            return None
        known = self._first_answer(request.principal, request.method, request.request_id)
        if known is None:
            return None
        if known.body_digest != request.body_digest:
            raise RequestIdReused(request.request_id)
        return Committed(revision=known.revision, replayed=known.response)

    def _first_answer(self, principal: str, method: str, request_id: str) -> FirstAnswer | None:
        first, _ = self._requests.get((principal, method, request_id), (None, 0))
        return first

    def _drafted(self, write: Write, revision: int) -> dict[str, Touched]:
        draft: dict[str, Touched] = {}

        def touch(name: str) -> Touched:
            return draft.get(name) or touched(self._records.get(name))

        for put in write.puts:
            now = draft[put.name] = touch(put.name)
            now.become(record_of(put, now.after, revision), wish=True)
        for step in write.progress:
            now = touch(step.name)
            here = now.after
            if here is not None and here.uid == step.uid and here.progress != step.progress:
                now.become(replace(here, progress=step.progress, revision=revision), wish=False)
                draft[step.name] = now
        for remove in write.removes:
            now = touch(remove.name)
            if now.after is not None and now.after.uid == remove.uid:
                now.become(None, wish=True)
                draft[remove.name] = now
        return draft

    def _check_empty(self, write: Write, names: Mapping[str, Touched]) -> None:
        if not write.expect_empty:
            return
        after = {**self._records, **{name: touch.after for name, touch in names.items()}}
        live = [
            name
            for name, record in after.items()
            if record is not None and record.delete_time is None
        ]
        for pattern in write.expect_empty:
            if any(fits(name, pattern) for name in live):
                raise NotEmpty(pattern)

    def _keep_kept(self, write: Write) -> None:
        for put in write.puts:
            self._kept.pop(put.name, None)
        for it in write.kept:
            there = self._records.get(it.name)
            if there is not None and it.version == version_of(there):
                self._kept.pop(it.name, None)
                self._kept.update({it.name: it.kept} if it.kept else {})

    def _keep(self, write: Write, names: Mapping[str, Touched]) -> None:
        for name, touch in names.items():
            if touch.after is None:
                self._records.pop(name, None)
                self._kept.pop(name, None)
            else:
                self._records[name] = touch.after
        self._keep_kept(write)
        self._scopes.update(dict.fromkeys(write.touch_scopes, self._revision))
        for row in write.ledger_puts:
            stored = self._ledger.get(row.ledger_key)
            kept = row._replace(written=kept_of(row, stored))
            if row.manifest is not None:
                self._ledger[row.ledger_key] = kept
            elif stored is not None:
                self._ledger[row.ledger_key] = kept._replace(manifest=stored.manifest)
        for key in write.ledger_removes:
            self._ledger.pop(key, None)
        self._slices.update({row.slice_key: row for row in write.slice_puts})
        for slice_key in write.slice_removes:
            self._slices.pop(slice_key, None)
        self._targets.update({row.cluster: row for row in write.target_puts})
        for cluster in write.target_removes:
            self._targets.pop(cluster, None)
        self._checkpoint = write.checkpoint or self._checkpoint
        self._revisits.update(write.revisit_puts)
        self._revisits.difference_update(write.revisit_removes)
        request = write.request
        if request is not None:
            first = FirstAnswer(
                body_digest=request.body_digest,
                response=request.response,
                revision=self._revision,
            )
            asked = request.principal, request.method, request.request_id
            self._requests[asked] = first, request.time
