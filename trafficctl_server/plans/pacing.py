"""Long work in short steps: others get their turn on the event loop."""

import asyncio
from typing import Final

_BREATH: Final = 10


class Pace:
    """Gives way after every few steps."""

    def __init__(self, breath: int = _BREATH) -> None:
        self._breath = breath
        self._done = 0

    async def step(self) -> None:
        """Say that one more step was done."""
        self._done += 1
        if self._done % self._breath == 0:
            await asyncio.sleep(0)
