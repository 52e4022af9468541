"""Turns whatever is raised into the one shape of errors.

``AbortError`` is an ``Exception`` and passes: who aborted has said it all. So
do gRPC's own errors about a client or a connection that is gone: nobody is left to answer. Of an
error nobody foresaw the client learns the trace id alone; the rest is in the log.
"""

import logging
from typing import Final

import grpc

from trafficctl_server.api.interceptors.call import RpcCall
from trafficctl_server.api.status import status_of
from trafficctl_server.intents.failures import Failure, NotServed, StoreUnavailable

_log = logging.getLogger(__name__)
_DETAILS_KEY: Final = "grpc-status-details-bin"


async def answer_failure(call: RpcCall, error: Exception) -> None:
    """Abort an RPC with the status of what was raised.

    :raises Exception: always: what gRPC says an RPC ends with; the very same where it is over.
    """
    if is_over(error):
        raise error
    known = _known(call, error)
    if not isinstance(known, Failure):
        _log.error(
            "an RPC failed unexpectedly",
            exc_info=known,
            extra={"rpc": call.method.name, "trace_id": call.trace_id},
        )
    elif isinstance(known, StoreUnavailable):
        _log.warning(
            "the store is unavailable",
            extra={"reason": known.reason, "rpc": call.method.name, "trace_id": call.trace_id},
        )
    status = status_of(known, call.trace_id)
    await call.context.abort(
        next(code for code in grpc.StatusCode if code.value[0] == status.code),
        status.message,
        ((_DETAILS_KEY, status.SerializeToString()),),
    )


def is_over(error: Exception) -> bool:
    """Whether the RPC has ended already: aborted, or the client or the server is gone."""
    return isinstance(error, grpc.aio.BaseError) and not isinstance(error, grpc.aio.UsageError)


def _known(call: RpcCall, error: Exception) -> Exception:
    """Recognise what the generated code does for a method that nobody wrote."""
    unwritten = (grpc.StatusCode.UNIMPLEMENTED, grpc.StatusCode.UNIMPLEMENTED.value[0])
    if isinstance(error, NotImplementedError) and call.context.code() in unwritten:
        return NotServed("this version of the server does not serve it yet")
    return error
