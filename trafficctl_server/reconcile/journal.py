"""Makes what happened durable: one commit for all that came up meanwhile."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from trafficctl_server.store.errors import StoreUnavailable
from trafficctl_server.store.records import (
    Checkpoint,
    LedgerKey,
    ProgressPut,
    Put,
    Remove,
    SliceKey,
    SliceRow,
    TargetRow,
    Write,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from trafficctl_server.intents.precedence import Precedence
    from trafficctl_server.reconcile.entry import Entry
    from trafficctl_server.reconcile.patience import Patience
    from trafficctl_server.store.store import Store

_PAUSE: Final = 1.0
"""Seconds between two attempts to write what must become durable."""
_AT_ONCE: Final = 30
"""So many entries are written with one commit: others need the loop too."""

_log = logging.getLogger(__name__)


Said: TypeAlias = tuple[Sequence[Put], Sequence[ProgressPut], Sequence[Remove]]
"""What a commit says of the world, and what goes with it."""


class _Waiting(NamedTuple):
    """An entry to be written, with what is known of its objects; none: it is to be removed."""

    entry: Entry | None
    manifest: bytes | None = None
    written: bytes | None = None


_NOTHING: Final = _Waiting(None)


class Journal:
    """Collects changes of the ledger and of states, and commits them in order.

    The ledger goes first: deliveries wait for it, and nothing waits for a state.

    :param said: gives what is said of the entries that a commit writes.
    :param statuses: the same, with the states that may have changed.
    :param patience: says when states are to be told.
    :param committed: told after each commit which entries are durable now.
    :param precedence: of requests; collecting is done in turns.
    """

    def __init__(
        self,
        store: Store,
        *,
        said: Callable[[Collection[LedgerKey]], Said],
        statuses: Callable[[Collection[LedgerKey]], Said],
        committed: Callable[[Iterable[Entry]], None],
        patience: Patience,
        precedence: Precedence,
    ) -> None:
        self._store = store
        self._said = said
        self._statuses = statuses
        self._committed = committed
        self._patience = patience
        self._precedence = precedence
        self._entries: dict[LedgerKey, _Waiting] = {}
        self._slices: dict[SliceKey, SliceRow | None] = {}
        self._targets: dict[str, TargetRow | None] = {}
        self._noted: Checkpoint | None = None
        self._next: Checkpoint | None = None
        self._one = asyncio.Lock()
        self._wake = asyncio.Event()
        self._idle = True
        self._settled = asyncio.Event()
        self._settled.set()

    def entry(
        self, entry: Entry, manifest: bytes | None = None, written: bytes | None = None
    ) -> None:
        """Write an entry; no manifest keeps the one that is stored or waits to be.

        :param written: the object that was written, where it is not the desired one.
        """
        waiting = self._entries.get(entry.ledger_key, _NOTHING)
        before = waiting.entry
        if written is None and before is not None and before.written == entry.written:
            written = waiting.written
        if manifest is None:
            manifest = waiting.manifest
        self._entries[entry.ledger_key] = _Waiting(entry, manifest, written)
        self._unsettle()

    def forget(self, key: LedgerKey) -> None:
        """Remove an entry."""
        self._entries[key] = _NOTHING
        self._unsettle()

    def slice(self, row: SliceRow) -> None:
        """Write which slice was rendered."""
        self._slices[row.slice_key] = row
        self._unsettle()

    def forget_slice(self, key: SliceKey) -> None:
        """Remove the mark of a slice."""
        self._slices[key] = None
        self._unsettle()

    def target(self, cluster: str, identity: str) -> None:
        """Write which target a cluster's ledger speaks about; empty: none."""
        self._targets[cluster] = TargetRow(cluster=cluster, identity=identity) if identity else None
        self._unsettle()

    def noted(self, checkpoint: Checkpoint | None) -> None:
        """Take the checkpoint on disk; the next commit takes back that all was said."""
        self._noted = checkpoint
        self._next = replace(checkpoint, said=False) if checkpoint is not None else None

    def doubt(self) -> None:
        """Have no start begin from the checkpoint on disk any more, from the next commit on."""
        self._next = Checkpoint(revision=0, basis="", said=False)

    async def note(self, checkpoint: Callable[[], Write | None]) -> None:
        """Write a checkpoint, unless something else waits to be written.

        :param checkpoint: asked once nothing is being written; none: there is none to write.
        """
        async with self._one:
            write = None if self._entries or self._slices or self._targets else checkpoint()
            if write is not None and write != Write(checkpoint=self._noted):
                before = self._next
                await self._commit(write)
                self._noted = write.checkpoint
                if self._next is before and write.checkpoint is not None:  # else doubted meanwhile
                    self._next = replace(write.checkpoint, said=False)

    def nudge(self) -> None:
        """Look at states soon: they may have changed."""
        self._idle = False
        self._patience.touched()
        self._wake.set()

    def go_on(self) -> None:
        """Look at states at once: there are more than one commit took."""
        self._idle = False
        self._patience.exhausted()
        self._wake.set()

    def look(self) -> None:
        """Look whether states are to be told now: something is not under way any more."""
        self._wake.set()

    def idle(self) -> bool:
        """Say whether nothing waits to be written."""
        return self._idle

    @property
    def ahead(self) -> bool:
        """Whether the ledger in memory is ahead of the one on disk."""
        return not self._settled.is_set()

    async def settled(self) -> None:
        """Wait until nothing of the ledger waits to be written; states may."""
        await self._settled.wait()

    def _unsettle(self) -> None:
        self._settled.clear()
        self.nudge()

    async def run(self) -> None:
        """Commit until cancelled; what cannot be written now is written later."""
        while True:
            self._wake.clear()
            if self.ahead or self._patience.ended:
                await self._flush()
                continue
            self._idle = self._patience.until is None
            with suppress(TimeoutError):
                async with asyncio.timeout_at(self._patience.until):
                    await self._wake.wait()

    async def _flush(self) -> None:
        async with self._one:
            async with self._precedence.turn():
                write, entries = self._collect()
            if write != Write():
                noted = self._next  # it may be doubted while this is written
                if noted != self._noted:
                    write = replace(write, checkpoint=noted)
                await self._commit(write)
                self._noted = noted
                self._committed(
                    replace(it.entry, durable=True)
                    for it in entries.values()
                    if it.entry is not None
                )
        if not (self._entries or self._slices or self._targets):
            self._settled.set()

    def _collect(self) -> tuple[Write, Mapping[LedgerKey, _Waiting]]:
        keys = dict.fromkeys(islice(self._entries, _AT_ONCE))
        if self._patience.ended:
            self._patience.told()
            puts, progress, removes = self._statuses(keys)
        else:
            puts, progress, removes = self._said(keys)
        entries = {key: self._entries.pop(key) for key in keys}
        slices: dict[SliceKey, SliceRow | None] = {}
        targets: dict[str, TargetRow | None] = {}
        if not self._entries:
            # They speak of entries, and on disk must never be ahead of them.
            slices, self._slices = self._slices, {}
            targets, self._targets = self._targets, {}
        write = Write(
            puts=tuple(puts),
            progress=tuple(progress),
            removes=tuple(removes),
            ledger_puts=tuple(
                it.entry.row(it.manifest, it.written)
                for it in entries.values()
                if it.entry is not None
            ),
            ledger_removes=tuple(key for key, it in entries.items() if it.entry is None),
            slice_puts=tuple(it for it in slices.values() if it is not None),
            slice_removes=tuple(key for key, it in slices.items() if it is None),
            target_puts=tuple(it for it in targets.values() if it is not None),
            target_removes=tuple(key for key, it in targets.items() if it is None),
        )
        return write, entries

    async def _commit(self, write: Write) -> None:
        while True:
            try:
                await self._store.commit(write, background=True)
            except StoreUnavailable as error:
                _log.warning("the ledger waits for the store", extra={"why": str(error)})
                await asyncio.sleep(_PAUSE)
            else:
                return
