"""Opens the span that everything an RPC causes belongs to."""

from trafficctl_server.api.interceptors.call import RpcCall
from trafficctl_server.telemetry.tracing import Tracing


class TraceRpcs:
    """Goes on with the caller's trace, if its metadata names one."""

    def __init__(self, tracing: Tracing) -> None:
        self._tracing = tracing

    def enter(self, call: RpcCall) -> None:
        """Open a span; its trace id is on every log line inside."""
        name = call.method.name
        call.span = self._tracing.span(
            name,
            parent=self._tracing.extract(call.metadata),
            logged={"rpc": name},
            span__kind="server",
            rpc__system="grpc",
        )
        call.span.begin()

    def leave(self, call: RpcCall, error: BaseException | None) -> None:
        """End it."""
        if call.span is not None:
            call.span.end(error)
