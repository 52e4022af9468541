"""Refuses at once what is too much at once: a queue would only make everybody slow."""

from typing import Any

from trafficctl_server.api.interceptors.call import Inside, RpcCall
from trafficctl_server.intents.failures import Overloaded
from trafficctl_server.intents.precedence import Precedence
from trafficctl_server.settings.groups import LimitsSettings


class Overload:
    """Counts unary RPCs and streams apart, so watchers never keep writers out.

    :param precedence: told of unary RPCs; a stream may stay open for days.
    """

    def __init__(self, limits: LimitsSettings, precedence: Precedence) -> None:
        self._precedence = precedence
        self._limits = {False: limits.concurrent_rpcs, True: limits.concurrent_streams}
        self._running = {False: 0, True: 0}

    def around(self, inside: Inside) -> Inside:
        """Count RPCs while they run, ``Overloaded`` at the limit; health checks pass uncounted."""

        async def counted(call: RpcCall, request: Any) -> Any:
            if call.health:
                return await inside(call, request)
            limit = self._limits[call.streaming]
            if self._running[call.streaming] >= limit:
                raise Overloaded("streams" if call.streaming else "RPCs", limit)
            self._running[call.streaming] += 1
            if not call.streaming:
                self._precedence.begin()
            try:
                return await inside(call, request)
            finally:
                self._running[call.streaming] -= 1
                if not call.streaming:
                    self._precedence.end()

        return counted
