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


class Precedence:
    """Shares one event loop between requests, which somebody waits for, and work, which can wait.

    Work is done in turns, short ones that await nothing. While no request is under way, turn
    follows turn; else each is paid for by a pause three times as long. So a crowd of requests slows
    work down and never stops it.

    :param clock: seconds that only go forward; the loop.s own may tell but thousandths.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._under_way = 0
        self._quiet = asyncio.Event()
        self._quiet.set()
        self._not_before = 0.0
        self._turn = asyncio.Lock()

    def begin(self) -> None:
        """Say that a request is under way, until :meth:`end`."""
        self._under_way += 1
        self._quiet.clear()

    def end(self) -> None:
        """Say that it was answered."""
        self._under_way -= 1
        if not self._under_way:
            self._quiet.set()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for a turn, first come first served; what is inside must not await."""
        async with self._turn:
            await asyncio.sleep(0)
            pause = self._not_before - self._clock()
            if self._under_way and pause > 0:
                with suppress(TimeoutError):
                    async with asyncio.timeout(pause):
                        await self._quiet.wait()
            started = self._clock()
            try:
                yield
            finally:
                ended = self._clock()
                self._not_before = ended + _PARTS * (ended - started)

    async def each(self, items: Iterable[T], do: Callable[[T], object]) -> None:
        """Do something with each of many, in as many turns as that takes."""
        left = iter(items)
        for first in left:
            async with self.turn():
                end = self._clock() + _TURN
                do(first)
                while self._clock() < end:
                    try:
                        item = next(left)
                    except StopIteration:
                        return
                    do(item)
