"""Questions that come one by one, asked together: a worker is never waited for by each alone."""

import asyncio
from collections import deque
from typing import Final

from trafficctl_server.drivers.supervisor import Answer, SupervisedWorker

FEW: Final = 32
"""So many questions are asked at once; then others that need the worker get their turn."""


class Gathering:
    """Questions to one hook of one worker: what waits while some are asked goes together next.

    :param most: so many are asked at once.
    """

    def __init__(self, hook: str, worker: SupervisedWorker, most: int = FEW) -> None:
        self._hook = hook
        self._worker = worker
        self._most = most
        self._waiting: deque[tuple[bytes, asyncio.Future[Answer]]] = deque()
        self._turn = asyncio.Lock()

    async def ask(self, question: bytes) -> Answer:
        """Ask one question, as JSON; none of those beside it can change its answer."""
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting.append((question, answer))
        async with self._turn:
            while not answer.done():
                await self._ask_together()
        return answer.result()

    async def _ask_together(self) -> None:
        count = min(self._most, len(self._waiting))
        batch = [self._waiting.popleft() for _ in range(count)]
        try:
            await self._worker.ask(
                self._hook,
                count,
                lambda index: batch[index][0],
                lambda index, answer: batch[index][1].set_result(answer),
                patience=0,
            )
        except Exception as error:  # noqa: BLE001 - each that asked is told
            for _, answer in batch:
                if not answer.done():
                    answer.set_exception(error)
