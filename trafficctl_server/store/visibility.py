"""The newest visible revision, and those who wait for the next one."""

import asyncio

from trafficctl_server.store.errors import StoreUnavailable


def closed() -> StoreUnavailable:
    """Answer the error of a store that was not started or was closed."""
    return StoreUnavailable("the store is closed", "try again once the server is up")


class Visibility:
    """Wakes every waiter when the revision moves; lives in one event loop."""

    def __init__(self) -> None:
        self.revision = 0
        self._open = False
        self._moved = asyncio.Event()

    def open(self, revision: int) -> None:
        """Start at a revision."""
        self._open = True
        self.advance(revision)

    def advance(self, revision: int) -> None:
        """Show a revision; an older one than shown changes nothing."""
        if revision > self.revision:
            self.revision = revision
            self._wake()

    def close(self) -> None:
        """End every waiter."""
        self._open = False
        self._wake()

    async def wait(self, after: int) -> int:
        """Answer the newest revision once it is greater than ``after``."""
        while self._open and self.revision <= after:
            await self._moved.wait()
        if not self._open:
            raise closed()
        return self.revision

    def _wake(self) -> None:
        moved, self._moved = self._moved, asyncio.Event()
        moved.set()
