"""Knows the RPCs under way, and ends them when the server leaves.

It ends them by moving their deadlines (:mod:`.deadlines`).
"""

import asyncio
from collections.abc import Callable
from typing import Final

from trafficctl_server.api.interceptors.call import RpcCall
from trafficctl_server.intents.failures import Draining as DrainingFailure

_QUIET: Final = 0.05  # seconds without a new RPC
_LONGEST_LISTENING: Final = 20  # such waits, however many still come


class Draining:
    """Refuses new RPCs once it has begun; health and reflection go on until the end."""

    def __init__(self) -> None:
        self._begun = False
        self._running: set[RpcCall] = set()
        self._idle = asyncio.Event()
        self._last_arrival = 0.0

    def enter(self, call: RpcCall) -> None:
        """Let RPCs in, and know them while they run.

        :raises DrainingFailure: the server is leaving.
        """
        if self._begun:
            self._last_arrival = asyncio.get_running_loop().time()
            if call.method.serving:
                raise DrainingFailure
        self._running.add(call)

    def leave(self, call: RpcCall, _: BaseException | None) -> None:
        """Forget the RPC."""
        self._running.discard(call)
        if self._begun:
            self._settle()

    async def drain(self, seconds: float) -> None:
        """End the streams, wait for the rest so long, then end that too."""
        self._begun = True
        self._last_arrival = asyncio.get_running_loop().time()
        self._end(lambda call: call.method.serving and call.method.streaming)
        self._settle()
        try:
            async with asyncio.timeout(seconds):
                await self._idle.wait()
        except TimeoutError:
            pass
        await self._hear_late_comers()
        self._end(lambda _: True)

    async def _hear_late_comers(self) -> None:
        """Go on refusing until nothing new comes: what is under way to a closed socket is lost."""
        loop = asyncio.get_running_loop()
        for _ in range(_LONGEST_LISTENING):
            wait = self._last_arrival + _QUIET - loop.time()
            if wait <= 0:
                return
            await asyncio.sleep(wait)

    def _settle(self) -> None:
        if not any(call.method.serving for call in self._running):
            self._idle.set()

    def _end(self, chosen: Callable[[RpcCall], bool]) -> None:
        now = asyncio.get_running_loop().time()
        for call in self._running:
            if chosen(call) and call.timeout is not None and not call.timeout.expired():
                call.ended_by = DrainingFailure()
                call.timeout.reschedule(now)
