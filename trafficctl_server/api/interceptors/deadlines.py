"""Gives every RPC that waits a deadline: the client's, cut to the longest allowed, or the default.

It is the loop's own way to end a waiting task in a place where it can still answer, so whoever has
another reason to end an RPC moves its deadline.
"""

import asyncio
from collections.abc import Awaitable
from typing import Any

from trafficctl_server.api.interceptors.call import RpcCall
from trafficctl_server.intents.failures import DeadlineExpired
from trafficctl_server.settings.groups import LimitsSettings


class Deadlines:
    """Ends what takes too long; a client's own shorter deadline ends it on both sides anyway."""

    def __init__(self, limits: LimitsSettings) -> None:
        self._unary = (
            limits.default_deadline.total_seconds(),
            limits.max_deadline.total_seconds(),
        )
        self._stream = (
            limits.default_stream_deadline.total_seconds(),
            limits.max_stream_deadline.total_seconds(),
        )

    async def within(self, call: RpcCall, reply: Awaitable[Any]) -> Any:
        """Await a reply so long.

        :raises Exception: ``DeadlineExpired``, or what the RPC was ended by.
        """
        default, longest = self._stream if call.method.streaming else self._unary
        asked: float | None = call.context.time_remaining()
        seconds = default if asked is None else min(asked, longest)
        try:
            async with asyncio.timeout(seconds) as call.timeout:
                return await reply
        except TimeoutError:
            if call.timeout is not None and call.timeout.expired():
                raise call.ended_by or DeadlineExpired(round(seconds, 3)) from None
            raise
