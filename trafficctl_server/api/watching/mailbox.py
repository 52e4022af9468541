"""What is read from the store and not yet written to one watcher."""

import asyncio
from collections import deque
from dataclasses import dataclass
from typing import Final

from trafficctl_server.intents.failures import SlowConsumer

MOST_LETTERS: Final = 10_000
MOST_BYTES: Final = 64 << 20
PATIENCE: Final = 10.0
"""Seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One message of a stream.

    :ivar whole: after it the watcher knows everything up to the revision.
    """

    revision: int
    whole: bool
    data: bytes


class Mailbox:
    """Holds letters up to a number and a size; whoever does not empty it is too slow.

    :param patience: so many seconds a full mailbox waits for one letter to be taken.
    """

    def __init__(
        self,
        *,
        letters: int = MOST_LETTERS,
        size: int = MOST_BYTES,
        patience: float = PATIENCE,
    ) -> None:
        self._letters: deque[Letter] = deque()
        self._most = letters
        self._most_bytes = size
        self._patience = patience
        self._size = 0
        self._filled = asyncio.Event()
        self._taken = asyncio.Event()
        self._delivered = 0

    async def put(self, letter: Letter) -> None:
        """Leave a letter.

        :raises SlowConsumer: the mailbox is full and nobody empties it.
        """
        while len(self._letters) >= self._most or self._size >= self._most_bytes:
            self._taken.clear()
            try:
                async with asyncio.timeout(self._patience):
                    await self._taken.wait()
            except TimeoutError:
                raise SlowConsumer(self._delivered) from None
        self._letters.append(letter)
        self._size += len(letter.data)
        self._filled.set()

    async def take(self) -> Letter:
        """Take the oldest letter, once there is one."""
        while not self._letters:
            self._filled.clear()
            await self._filled.wait()
        letter = self._letters.popleft()
        self._size -= len(letter.data)
        self._taken.set()
        return letter

    def delivered(self, letter: Letter) -> None:
        """Note that a letter has gone out: from its revision the watcher can resume."""
        if letter.whole:
            self._delivered = letter.revision
