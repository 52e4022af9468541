"""One log line for each RPC: who asked what, how it ended, how long it took; never a body."""

import asyncio
import logging
import time
from typing import Any

import grpc

from trafficctl_server.api.interceptors.call import Inside, RpcCall
from trafficctl_server.api.interceptors.errors import is_over
from trafficctl_server.api.status import code_of
from trafficctl_server.telemetry.logs import write_line

_log = logging.getLogger(__name__)


class AccessLog:
    """Writes the line when the RPC ends; health checks are written at level debug."""

    def around(self, inside: Inside) -> Inside:
        """Measure RPCs and name their codes."""

        async def logged(call: RpcCall, request: Any) -> Any:
            started = time.monotonic()
            code = grpc.StatusCode.OK
            try:
                return await inside(call, request)
            except asyncio.CancelledError:
                over = call.context.time_remaining() == 0
                code = grpc.StatusCode.DEADLINE_EXCEEDED if over else grpc.StatusCode.CANCELLED
                raise
            except grpc.aio.AbortError:
                code = _aborted_with(call)
                raise
            except Exception as error:
                code = grpc.StatusCode.CANCELLED if is_over(error) else code_of(error)
                raise
            finally:
                _write(call, code, time.monotonic() - started)

        return logged


def _write(call: RpcCall, code: grpc.StatusCode, seconds: float) -> None:
    level = logging.DEBUG if call.health else logging.INFO
    fields = {"method": call.method, "code": code.name}
    if call.principal:
        fields["principal"] = call.principal
    write_line(
        _log, level, "rpc", {**fields, "ms": round(seconds * 1000, 3), "peer": call.context.peer()}
    )


def _aborted_with(call: RpcCall) -> grpc.StatusCode:
    number = call.context.code()
    return next(
        (code for code in grpc.StatusCode if number in (code, code.value[0])),
        grpc.StatusCode.UNKNOWN,
    )
