"""Refuses at once what is too much at once: a queue would only make everybody slow."""

from trafficctl_server.api.interceptors.call import RpcCall
from trafficctl_server.intents.failures import Overloaded
from trafficctl_server.intents.precedence import Precedence
from trafficctl_server.settings.groups import LimitsSettings


class Overload:
    """Counts unary RPCs and streams apart, so watchers never keep writers out.

    :param precedence: told of unary RPCs; a stream may stay open for days.
    """

    def __init__(self, limits: LimitsSettings, precedence: Precedence) -> None:
        self._precedence = precedence
        self._most_rpcs = limits.concurrent_rpcs
        self._most_streams = limits.concurrent_streams
        self._rpcs = 0
        self._streams = 0

    def enter(self, call: RpcCall) -> None:
        """Count an RPC while it runs; health checks pass uncounted.

        :raises Overloaded: so many run already.
        """
        method = call.method
        if method.health:
            return
        if method.streaming:
            if self._streams >= self._most_streams:
                raise Overloaded("streams", self._most_streams)
            self._streams += 1
            return
        if self._rpcs >= self._most_rpcs:
            raise Overloaded("RPCs", self._most_rpcs)
        self._rpcs += 1
        self._precedence.begin()

    def leave(self, call: RpcCall, _: BaseException | None) -> None:
        """Count it no more."""
        if call.method.health:
            return
        if call.method.streaming:
            self._streams -= 1
            return
        self._rpcs -= 1
        self._precedence.end()
