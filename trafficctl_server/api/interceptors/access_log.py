"""One log line for each RPC: who asked what, how it ended, how long it took; never a body."""

import asyncio
import logging
import time

import grpc

from trafficctl_server.api.interceptors.call import RpcCall
from trafficctl_server.api.interceptors.errors import is_over
from trafficctl_server.api.status import code_of
from trafficctl_server.telemetry.logs import write_line

_log = logging.getLogger(__name__)


class AccessLog:
    """Writes the line when the RPC ends; health checks are written at level debug."""

    def enter(self, call: RpcCall) -> None:
        """Measure from here."""
        call.began = time.monotonic()

    def leave(self, call: RpcCall, error: BaseException | None) -> None:
        """Write the line, with the name of the RPC's code."""
        milliseconds = round((time.monotonic() - call.began) * 1000, 3)
        fields = {
            "method": call.method.name,
            "code": "OK" if error is None else _code(call, error).name,
            "ms": milliseconds,
            "peer": call.context.peer(),
        }
        level = logging.DEBUG if call.method.health else logging.INFO
        write_line(_log, level, "rpc", fields)


def _code(call: RpcCall, error: BaseException) -> grpc.StatusCode:
    if isinstance(error, asyncio.CancelledError):
        over = call.context.time_remaining() == 0
        return grpc.StatusCode.DEADLINE_EXCEEDED if over else grpc.StatusCode.CANCELLED
    if isinstance(error, grpc.aio.AbortError):
        return _aborted_with(call)
    if not isinstance(error, Exception) or is_over(error):
        return grpc.StatusCode.CANCELLED
    return code_of(error)


def _aborted_with(call: RpcCall) -> grpc.StatusCode:
    number = call.context.code()
    return next(
        (code for code in grpc.StatusCode if number in (code, code.value[0])),
        grpc.StatusCode.UNKNOWN,
    )
