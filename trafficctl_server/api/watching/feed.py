"""Reads the store for one watcher, from its revision on, into its mailbox."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Final

from trafficctl_server.api.watching.encoding import EncodedRecord, Encoding, head
from trafficctl_server.api.watching.interest import Interest
from trafficctl_server.api.watching.mailbox import Letter, Mailbox
from trafficctl_server.api.watching.revisions import RevisionLetters
from trafficctl_server.api.watching.told import Told
from trafficctl_server.intents.desk import translated
from trafficctl_server.store.records import Change, ChangeKind, Record
from trafficctl_server.store.store import Store

_BATCH: Final = 500
_TURN: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """How a stream begins.

    :ivar revision: 0: with all there is; else with the changes after it.
    :ivar progress_interval: seconds after which a quiet stream says how far it is.
    """

    revision: int
    progress_interval: float


class Feed:
    """The reader of one stream; it ends by raising only."""

    def __init__(
        self, *, store: Store, encoding: Encoding, interest: Interest, mailbox: Mailbox
    ) -> None:
        self._store = store
        self._encoding = encoding
        self._interest = interest
        self._mailbox = mailbox
        self._told = Told(interest)
        self._open: RevisionLetters | None = None
        self._known_at = 0
        self._passing: set[str] = set()

    async def run(self, start: Start) -> None:
        """Follow the store.

        :raises Failure: why the stream ends.
        """
        position, seen = start.revision, -1
        if position == 0:
            position = await self._snapshot()
        elif self._interest.labels is not None:
            await self._learn()
        clock = asyncio.get_running_loop().time
        due = clock() + start.progress_interval
        while True:
            upto = self._store.revision
            with translated():
                changes = await self._store.changes(
                    position, _BATCH, self._interest.kinds, seen=seen
                )
            if await self._tell(changes):
                due = clock() + start.progress_interval
            last = changes[-1] if changes else None
            if last is not None and last.more:
                position, seen = last.revision - 1, last.seq
                continue
            # Only no change at all says that there is none up to what the store showed: an
            # answer is short, too, where the next revision does not fit into it whole.
            position, seen = (max(position, upto) if last is None else last.revision), -1
            if position >= self._store.revision:
                await self._news(position, due)
            if clock() >= due:
                await self._bookmark(position, "PROGRESS")
                due = clock() + start.progress_interval
            # A store in memory answers at once; the writer of the stream wants its turn.
            await asyncio.sleep(0)

    async def _snapshot(self) -> int:
        with translated():
            revision, records = await self._store.snapshot(self._interest.kinds)
        # Whoever resumes from a revision must know all of it: until the end nothing is whole.
        await self._bookmark(revision, "SNAPSHOT_BEGIN", whole=False)
        letters = RevisionLetters(revision, open_ended=True)
        passing = []
        async for record, encoded in self._interesting(records):
            passing.append(record.name)
            await self._put(letters.add(encoded.fragment(ChangeKind.ADDED)))
        await self._put(letters.end())
        await self._bookmark(revision, "SNAPSHOT_END")
        if self._interest.labels is not None:
            self._told.know(passing)
        return revision

    async def _learn(self) -> None:
        """Find out which resources pass the filter now; changes after it are told exactly."""
        with translated():
            self._known_at, records = await self._store.snapshot(self._interest.kinds)
        self._passing = {record.name async for record, _ in self._interesting(records)}

    async def _interesting(
        self, records: list[Record]
    ) -> AsyncIterator[tuple[Record, EncodedRecord]]:
        for number, record in enumerate(records):
            if number % _TURN == 0:
                await asyncio.sleep(0)  # reading many takes long, and others want their turn
            if self._interest.has_place(record.name):
                encoded = self._encoding.record(record)
                if self._interest.has_labels(encoded.labels):
                    yield record, encoded

    async def _tell(self, changes: list[Change]) -> bool:
        """Put changes into letters; says whether anything was told."""
        told = False
        for change in changes:
            if self._known_at and change.revision > self._known_at:
                self._told.know(self._passing)
                self._known_at = 0
            if self._open is None:
                self._open = RevisionLetters(change.revision)
            elif self._open.revision != change.revision:
                told |= await self._put(self._open.end())
                self._open = RevisionLetters(change.revision)
            told |= await self._put(self._fragment(change))
        if self._open is not None and not (changes and changes[-1].more):
            told |= await self._put(self._open.end())
            self._open = None
        return told

    def _fragment(self, change: Change) -> Letter | None:
        if self._open is None or not self._interest.has_place(change.name):
            return None
        encoded = self._encoding.record(change.record)
        kind = self._told.seen_as(change, encoded)
        return None if kind is None else self._open.add(encoded.fragment(kind))

    async def _news(self, position: int, due: float) -> None:
        """Wait until the store is further, or a bookmark is due."""
        try:
            async with asyncio.timeout_at(due):
                with translated():
                    await self._store.wait(position)
        except TimeoutError:
            return

    async def _bookmark(self, revision: int, bookmark: str, *, whole: bool = True) -> None:
        data = head(revision, more=not whole, bookmark=bookmark)
        await self._mailbox.put(Letter(revision=revision, whole=whole, data=data))

    async def _put(self, letter: Letter | None) -> bool:
        if letter is None:
            return False
        await self._mailbox.put(letter)
        return True
