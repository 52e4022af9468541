"""Refuses at once what is too much at once: a queue would only make everybody slow."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from trafficctl_server.api.interceptors.call import RpcCall
from trafficctl_server.intents.failures import Overloaded
from trafficctl_server.settings.groups import LimitsSettings


class Overload:
    """Counts unary RPCs and streams apart, so watchers never keep writers out."""

    def __init__(self, limits: LimitsSettings) -> None:
        self._limits = {False: limits.concurrent_rpcs, True: limits.concurrent_streams}
        self._running = {False: 0, True: 0}

    @asynccontextmanager
    async def around(self, call: RpcCall) -> AsyncIterator[None]:
        """Count the RPC while it runs; health checks pass uncounted.

        :raises Overloaded: the limit is reached.
        """
        if call.health:
            yield
            return
        limit = self._limits[call.streaming]
        if self._running[call.streaming] >= limit:
            raise Overloaded("streams" if call.streaming else "RPCs", limit)
        self._running[call.streaming] += 1
        try:
            yield
        finally:
            self._running[call.streaming] -= 1
