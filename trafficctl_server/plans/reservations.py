"""Addresses that plans may need: nobody gives them back while a plan holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trafficctl_server.compile.guards import address_guard
from trafficctl_server.intents.desk import translated
from trafficctl_server.store.records import Write

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from trafficctl_server.compile.world import World
    from trafficctl_server.intents.world_feed import WorldFeed
    from trafficctl_server.store.store import Store


class Reservations:
    """Who holds which addresses, by the uid of a plan or the id of a computation.

    :param released: called when something may be given back; must not wait.
    """

    def __init__(self, store: Store, feed: WorldFeed, released: Callable[[], None]) -> None:
        self._store = store
        self._feed = feed
        self._world: World = feed.world
        self._released = released
        self._held: dict[str, frozenset[str]] = {}

    def hold(self, holder: str, keys: Collection[str]) -> None:
        """Hold addresses, instead of those held before."""
        before = self._held.pop(holder, frozenset())
        for key in keys:
            self._world.reserved.add(key, holder)
        if keys:
            self._held[holder] = frozenset(keys)
        self._drop(holder, before - frozenset(keys))

    def hold_more(self, holder: str, keys: Collection[str]) -> None:
        """Hold addresses besides those held before."""
        self.hold(holder, self._held.get(holder, frozenset()) | frozenset(keys))

    def let_go(self, holder: str) -> None:
        """Hold nothing any more."""
        self._drop(holder, self._held.pop(holder, frozenset()))

    async def allocate(self, holder: str, keys: Collection[str]) -> bool:
        """Hold addresses and get those that nobody has yet.

        Says whether others may have been about to give some of them back: they were told not to,
        which counts as a change.

        :raises failures.PoolExhausted: there are not so many.
        """
        self.hold(holder, keys)
        leaving = sorted(address_guard(it) for it in keys if it in self._world.unneeded)
        missing = sorted(it for it in keys if it not in self._world.addresses)
        if missing or leaving:
            write = Write(allocate=tuple(sorted(keys)), touch_scopes=tuple(leaving))
            with translated():
                done = await self._store.commit(write)
            self._feed.allocated(done.allocations)
            self._world.unneeded.difference_update(keys)
        return bool(leaving)

    def _drop(self, holder: str, keys: Collection[str]) -> None:
        for key in keys:
            self._world.reserved.discard(key, holder)
            if not self._world.needs_address(key):
                self._world.unneeded.add(key)
        if keys:
            self._released()
