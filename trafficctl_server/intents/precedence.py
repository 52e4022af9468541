"""Requests go before the work that follows from them."""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable

T = TypeVar("T")

_PARTS: Final = 3
"""While requests are under way they get so many parts of the loop's time, work the next one."""
_TURN: Final = 0.001
"""Seconds after which work on many things gives its turn back: so long a request waits for it."""
_SHORT: Final = 0.0005
"""The same where requests are there, or expected at once."""
_LEAST: Final = 0.001
"""Seconds of the shortest pause: loops tell no shorter one, so short turns are paid together."""
_GAP: Final = 0.01
"""Seconds within which a client that asks one thing after another asks the next."""


class Precedence:
    """Shares one event loop between requests, which somebody waits for, and work, which can wait.

    Work is done in turns, short ones that await nothing. While no request is under way, turn
    follows turn; else each is paid for by a pause three times as long. So a crowd of requests slows
    work down and never stops it. Where requests follow each other, the moments in between are
    theirs too: work would fill them, and be in the way of each.

    :param clock: seconds that only go forward; the loop's own may tell but thousandths.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._under_way = 0
        self._follows = False
        self._answered = float("-inf")
        self._quiet = asyncio.Event()
        self._quiet.set()
        self._not_before = float("-inf")
        self._turn = asyncio.Lock()

    def begin(self) -> None:
        """Say that a request is under way, until :meth:`end`."""
        self._follows = self._clock() - self._answered < _GAP
        self._under_way += 1
        self._quiet.clear()

    def end(self) -> None:
        """Say that it was answered."""
        self._answered = self._clock()
        self._under_way -= 1
        if not self._under_way:
            self._quiet.set()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for a turn, first come first served; what is inside must not await."""
        async with self._turn:
            await asyncio.sleep(0)
            while self.requested and self._not_before - self._clock() >= _LEAST:
                await self._pause(self._not_before - self._clock())
            started = self._clock()
            owed = max(self._not_before, started) if self.requested else started
            try:
                yield
            finally:
                self._not_before = owed + (1 + _PARTS) * (self._clock() - started)

    @property
    def requested(self) -> bool:
        """Whether a request is under way, or expected at once: turns had better be short."""
        return self._under_way > 0 or (self._follows and self._clock() < self._answered + _GAP)

    async def _pause(self, seconds: float) -> None:
        """Pause; where the last request is answered meanwhile, not to the end."""
        if not self._under_way:
            await asyncio.sleep(seconds)
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._quiet.wait()

    async def each(self, items: Iterable[T], do: Callable[[T], object]) -> None:
        """Do something with each of many, in as many turns as that takes."""
        left = iter(items)
        for first in left:
            async with self.turn():
                end = self._clock() + (_SHORT if self.requested else _TURN)
                do(first)
                while self._clock() < end:
                    try:
                        item = next(left)
                    except StopIteration:
                        return
                    do(item)
