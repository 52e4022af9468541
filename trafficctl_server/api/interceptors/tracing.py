"""Opens the span that everything an RPC causes belongs to."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from trafficctl_server.api.interceptors.call import RpcCall
from trafficctl_server.telemetry.log_context import log_fields
from trafficctl_server.telemetry.tracing import Tracing


class TraceRpcs:
    """Goes on with the caller's trace, if its metadata names one."""

    def __init__(self, tracing: Tracing) -> None:
        self._tracing = tracing

    @asynccontextmanager
    async def around(self, call: RpcCall) -> AsyncIterator[None]:
        """Surround the RPC with a span; its trace id is on every log line inside."""
        parent = self._tracing.extract(call.context.invocation_metadata() or ())
        with (
            self._tracing.span(
                call.method, parent=parent, span__kind="server", rpc__system="grpc"
            ) as span,
            log_fields(rpc=call.method),
        ):
            call.trace_id = span.trace_id
            yield
