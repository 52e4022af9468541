"""Writes down how far everything is worked out, so that a start begins there."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from trafficctl_server.reconcile.basis import basis_of
from trafficctl_server.store.records import Checkpoint, Write

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from trafficctl_sdk.slices import Scope

    from trafficctl_server.drivers.host import DriverHost
    from trafficctl_server.intents.world_feed import WorldFeed
    from trafficctl_server.reconcile.journal import Journal
    from trafficctl_server.store.store import Store

_PAUSE: Final = 1.0
"""Seconds between two checkpoints at least: a burst of changes costs one."""


class Checkpoints:
    """The checkpoint of a run; it is true of the rows on disk at every moment.

    It says that all rows, and what is kept of intents, follow from the records of its revision.
    What follows from later ones is found by the guards that their writes touched. Where rows change
    for another reason, it is taken back with the first of them, see ``Journal``.

    :ivar revisits: the scopes that the last run left for every start to compile.
    :param pool: of virtual addresses.
    :param rest: gives the revision that everything follows from; none: something is under way.
    :param revisited: the scopes that every start is to compile, whatever the checkpoint says.
    """

    def __init__(
        self,
        *,
        store: Store,
        journal: Journal,
        feed: WorldFeed,
        drivers: DriverHost,
        pool: str,
        rest: Callable[[], int | None],
        revisited: Collection[Scope],
    ) -> None:
        self.revisits: frozenset[str] = frozenset()
        self._store = store
        self._journal = journal
        self._feed = feed
        self._drivers = drivers
        self._pool = pool
        self._rest = rest
        self._revisited = revisited
        self._roster = ""

    async def load(self) -> Checkpoint | None:
        """Give the checkpoint that this run may begin from; none: from nothing."""
        self._roster = self._basis(clusters=False)
        self.revisits = frozenset(await self._store.revisits())
        last = await self._store.checkpoint()
        self._journal.noted(last)
        if last is None or last.basis != self._basis():
            self._journal.doubt()
            return None
        return last

    async def run(self) -> None:
        """Keep it up to date until cancelled."""
        while True:
            await asyncio.sleep(_PAUSE)
            await self.note()

    async def note(self) -> None:
        """Write it, where nothing is under way, once what it lets a start trust is kept."""
        if self._rest() is not None:
            await self._feed.footprints.write(self._same_roster)
            await self._feed.reached(self._store.revision)
            await self._journal.note(self._checkpoint)

    def _same_roster(self) -> bool:
        return self._basis(clusters=False) == self._roster

    def _checkpoint(self) -> Write | None:
        revision = self._rest()
        if revision is None or self._feed.world.unkept or not self._same_roster():
            return None  # of what was compiled before a driver changed nothing is known
        revisits = frozenset(map(str, self._revisited))
        before, self.revisits = self.revisits, revisits
        return Write(
            checkpoint=Checkpoint(revision=revision, basis=self._basis(), said=True),
            revisit_puts=tuple(sorted(revisits - before)),
            revisit_removes=tuple(sorted(before - revisits)),
        )

    def _basis(self, *, clusters: bool = True) -> str:
        known = self._feed.clusters() if clusters else ()
        return basis_of(self._pool, self._drivers.roster, known)
