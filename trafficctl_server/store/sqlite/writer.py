"""The one writer: gathers what waits, commits it together, then answers.

Callers hand over a write and wait for a future, so a caller that goes away touches neither
the transaction nor its neighbours.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from trafficctl_server.store.records import Committed, Write
from trafficctl_server.store.visibility import Visibility, closed

_BATCH = 256
_BACKGROUND_BATCH = 16
_PATIENCE = 8
"""Batches of requests that may pass a waiting background write before it is let in."""

Commit = Callable[[Sequence[Write]], Awaitable[tuple[int, list[Committed | Exception]]]]


@dataclass(slots=True)
class _Waiting:
    write: Write
    answer: asyncio.Future[Committed]


class Writer:
    """Owns the order of commits from construction to ``stop``; needs a running loop.

    :param commit: commits a batch durably, or raises and commits nothing.
    :param visible: told each new revision before any caller is answered.
    """

    def __init__(self, commit: Commit, visible: Visibility) -> None:
        self._commit = commit
        self._visible = visible
        self._requests: deque[_Waiting] = deque()
        self._background: deque[_Waiting] = deque()
        self._passed = 0
        self._wake = asyncio.Event()
        self._stopping = False
        self._task = asyncio.create_task(self._run(), name="store writer")

    async def write(self, write: Write, *, background: bool) -> Committed:
        """Answer once the write is durable; raises what made it fail."""
        if self._stopping or self._task.done():
            raise closed()
        waiting = _Waiting(write, asyncio.get_running_loop().create_future())
        (self._background if background else self._requests).append(waiting)
        self._wake.set()
        return await waiting.answer

    async def stop(self) -> None:
        """Commit what waits, then end; may be repeated."""
        self._stopping = True
        self._wake.set()
        await asyncio.wait([self._task])

    async def _run(self) -> None:
        try:
            while True:
                while batch := self._take():
                    await self._answer(batch)
                if self._stopping:
                    return
                await self._wake.wait()
                self._wake.clear()
        finally:
            for waiting in (*self._requests, *self._background):
                if not waiting.answer.done():
                    waiting.answer.set_exception(closed())

    def _take(self) -> list[_Waiting]:
        batch = _pop(self._requests, _BATCH)
        if not batch:
            self._passed = 0
            return _pop(self._background, _BACKGROUND_BATCH)
        if self._background:
            self._passed += 1
            if self._passed >= _PATIENCE:
                self._passed = 0
                batch += _pop(self._background, 1)
        return batch

    async def _answer(self, batch: list[_Waiting]) -> None:
        try:
            revision, outcomes = await self._commit([waiting.write for waiting in batch])
        except BaseException as error:
            for waiting in batch:
                if not waiting.answer.done():
                    waiting.answer.set_exception(
                        closed() if isinstance(error, asyncio.CancelledError) else error
                    )
            if isinstance(error, Exception):
                return
            raise
        self._visible.advance(revision)
        for waiting, outcome in zip(batch, outcomes, strict=True):
            if waiting.answer.done():
                continue
            if isinstance(outcome, Exception):
                waiting.answer.set_exception(outcome)
            else:
                waiting.answer.set_result(outcome)


def _pop(queue: deque[_Waiting], limit: int) -> list[_Waiting]:
    """Take up to ``limit``, leaving out those whose caller is gone already."""
    taken: list[_Waiting] = []
    while queue and len(taken) < limit:
        waiting = queue.popleft()
        if not waiting.answer.done():
            taken.append(waiting)
    return taken
