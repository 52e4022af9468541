"""The store as the rooms above see it."""

import builtins
from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

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


class Store(Protocol):
    """Durable rows, one order of revisions, and a feed of changes.

    Every method may raise ``StoreUnavailable``; the errors of ``errors`` named beside a
    method leave nothing written.
    """

    @property
    def revision(self) -> int:
        """The newest revision that is committed and visible; 0 in an empty store."""

    async def start(self) -> None:
        """Open the store and bring it up to date; may be repeated after a failure."""

    async def close(self) -> None:
        """Finish what was accepted, end waiters with ``StoreUnavailable``, let go."""

    async def commit(self, write: Write, *, background: bool = False) -> Committed:
        """Write all of it durably, or raise and write nothing.

        A caller that is cancelled gets no answer; its write may be done all the same.

        :param background: let requests go first, within a bound.
        :raises StoreError: the first expectation of ``Write`` that does not hold.
        """

    async def answered(self, principal: str, method: str, request_id: str) -> FirstAnswer | None:
        """Answer what a request with this id got when it came first, whatever its body.

        None: it was never done, or so long ago that ``compact`` forgot it.
        """

    async def get(self, name: str) -> Record | None:
        """Answer the record of that name, live or being deleted."""

    def at_hand(self, name: str) -> Record | None:
        """Answer what :meth:`get` would, if it is in memory; None says nothing.

        It is the very object that ``get`` answered, as long as nothing was written there.
        """

    async def list(self, kind: str, pattern: str, *, after: str = "", limit: int) -> list[Record]:
        """Answer records of a kind in name order, live or being deleted.

        :param pattern: a whole name; a segment ``-`` matches any one segment.
        :param after: only names greater than this one.
        :param limit: at most so many, 1 or more.
        """

    async def records(self, kind: str, *, after: str = "", limit: int) -> builtins.list[Record]:
        """Answer records of a kind in name order, whatever their names, live or being deleted.

        :param after: only names greater than this one.
        :param limit: at most so many, 1 or more.
        """

    async def progress(
        self, kind: str, *, after: str = "", limit: int
    ) -> builtins.list[tuple[str, str, bytes]]:
        """Answer name, uid and progress of records of a kind, as :meth:`records` lists them."""

    async def kept(self, kind: str, *, after: str = "", limit: int) -> builtins.list[Kept | Record]:
        """Answer what ``Write.kept`` kept of records of a kind, as :meth:`records` lists them.

        The record itself takes its place where nothing is kept of its wish.
        """

    async def snapshot(
        self, kinds: Collection[str] | None = None
    ) -> tuple[int, builtins.list[Record]]:
        """Answer a revision and all records of these kinds (None: all) as of then, by name."""

    async def changes(
        self,
        after: int,
        limit: int,
        kinds: Collection[str] | None = None,
        *,
        seen: int = -1,
        wishes_only: bool = False,
    ) -> builtins.list[Change]:
        """Answer what changed after a revision, in order of revision and ``seq``.

        A revision is whole unless it alone is larger than ``limit``: then the last change
        says ``more``, and the rest is read with ``after=last.revision - 1, seen=last.seq``.
        No changes at all: nothing else of these kinds happened up to the ``revision`` that the
        store showed before the call.

        :param seen: skip changes of revision ``after + 1`` up to this ``seq``.
        :param wishes_only: leave out changes of progress alone; their history is shorter.
        :raises HistoryCompacted: changes after ``after`` are no longer all kept.
        :raises FutureRevision: ``after`` has not happened.
        """

    async def wait(self, after: int) -> int:
        """Answer the newest revision once it is greater than ``after``."""

    async def ledger(
        self, *, after: LedgerKey | None = None, limit: int | None = None
    ) -> builtins.list[LedgerRow]:
        """Answer rows by cluster and key, without manifests.

        :param after: only keys greater than this one; none: all.
        :param limit: at most so many, 1 or more; none: all.
        """

    async def manifests(self, keys: Iterable[LedgerKey]) -> Mapping[LedgerKey, bytes]:
        """Answer the manifests of those keys that are in the ledger."""

    async def written(self, keys: Iterable[LedgerKey]) -> Mapping[LedgerKey, bytes | None]:
        """Answer what was written of those keys, where ``written_digest`` says that anything was.

        That is the manifest while the digests are equal. When a row takes another desired digest,
        or none, the store keeps the manifest that it had for as long as it is what was written.
        None: it is not known what was written.
        """

    async def slices(
        self, *, after: SliceKey | None = None, limit: int | None = None
    ) -> builtins.list[SliceRow]:
        """Answer rows by scope, cluster and driver; ``after`` and ``limit`` as for the ledger."""

    async def targets(self) -> builtins.list[TargetRow]:
        """Answer all rows by cluster."""

    async def checkpoint(self) -> Checkpoint | None:
        """Answer the one that was written last."""

    async def revisits(self) -> builtins.list[str]:
        """Answer the scopes to work out anew at each start, sorted."""

    async def allocations(self) -> Mapping[str, int]:
        """Answer every key that holds an index of the pool; no two hold the same."""

    async def scope_revisions(self, scopes: Iterable[str]) -> Mapping[str, int]:
        """Answer for each scope the revision that touched it last; 0 when none did."""

    async def scopes_touched(self, after: int) -> frozenset[str]:
        """Answer all scopes that were touched after a revision."""

    async def compact(
        self, *, wishes_before: int, progress_before: int, requests_before: int
    ) -> None:
        """Forget changes and answered requests made before these times.

        Records and ledger stay. Changes of progress alone go by ``progress_before``.
        """

    async def check(self) -> str:
        """Read everything once: ``ok``, or what is damaged. Commits wait meanwhile."""
