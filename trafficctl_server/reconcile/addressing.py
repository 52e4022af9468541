"""Virtual addresses: got for scopes that need them, given back when nobody does."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Final

from trafficctl_server.compile.addresses import is_about
from trafficctl_server.compile.guards import address_guard
from trafficctl_server.store.errors import PoolExhausted, ScopeMoved, StoreUnavailable
from trafficctl_server.store.records import Write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trafficctl_server.compile.world import World
    from trafficctl_server.intents.world_feed import WorldFeed
    from trafficctl_server.reconcile.entries import Entries
    from trafficctl_server.store.store import Store

_PAUSE: Final = 1.0
"""Seconds until what could not be done with the store is tried again."""

_log = logging.getLogger(__name__)


class Addressing:
    """Allocates and releases; run it."""

    def __init__(self, store: Store, feed: WorldFeed, entries: Entries) -> None:
        self._store = store
        self._feed = feed
        self._world: World = feed.world
        self._entries = entries
        self._unneeded = asyncio.Event()

    def look(self) -> None:
        """Give back, soon, what nobody needs any more."""
        self._unneeded.set()

    async def allocate(self, keys: Sequence[str]) -> None:
        """Allocate addresses that a scope needs and no wish brought along."""
        try:
            done = await self._store.commit(Write(allocate=tuple(keys)), background=True)
        except (PoolExhausted, StoreUnavailable) as error:
            _log.warning("no virtual address", extra={"why": str(error)})
        else:
            self._feed.allocated(done.allocations)

    async def run(self) -> None:
        """Give back the addresses that nobody needs and nothing delivered speaks of."""
        while True:
            await self._unneeded.wait()
            self._unneeded.clear()
            used: set[str] | None = None
            for key in sorted(self._world.unneeded):
                if self._world.needs_address(key) or key not in self._world.addresses:
                    self._world.unneeded.discard(key)
                    continue
                # It names everything that was ever delivered: nobody asks where all is needed.
                used = self._entries.scopes() if used is None else used
                if not any(is_about(scope, key) for scope in used):
                    await self._release(key)

    async def _release(self, key: str) -> None:
        write = Write(release=(key,), expect_scopes={address_guard(key): self._feed.revision})
        try:
            await self._store.commit(write, background=True)
        except ScopeMoved:
            return  # somebody needs it again
        except StoreUnavailable:
            await asyncio.sleep(_PAUSE)
            self._unneeded.set()
            return
        if not self._world.needs_address(key):
            self._world.addresses.pop(key, None)
            self._world.unneeded.discard(key)
