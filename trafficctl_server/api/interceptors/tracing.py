"""Opens the span that everything an RPC causes belongs to."""

from typing import Any

from trafficctl_server.api.interceptors.call import Inside, RpcCall
from trafficctl_server.telemetry.tracing import Tracing


class TraceRpcs:
    """Goes on with the caller's trace, if its metadata names one."""

    def __init__(self, tracing: Tracing) -> None:
        self._tracing = tracing

    def around(self, inside: Inside) -> Inside:
        """Surround RPCs with a span; its trace id is on every log line inside."""

        async def traced(call: RpcCall, request: Any) -> Any:
            parent = self._tracing.extract(call.context.invocation_metadata() or ())
            with self._tracing.span(
                call.method,
                parent=parent,
                logged={"rpc": call.method},
                span__kind="server",
                rpc__system="grpc",
            ) as span:
                call.trace_id = span.trace_id
                return await inside(call, request)

        return traced
