"""The RPC at hand, as the layers see it."""

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Protocol

import grpc

if TYPE_CHECKING:
    from trafficctl_server.telemetry.tracing import Span

Context = grpc.aio.ServicerContext[Any, Any]

HEALTH: Final = "grpc.health.v1.Health"
_REFLECTION: Final = "grpc.reflection."


@dataclass(frozen=True, slots=True)
class Method:
    """What is asked of the server.

    :ivar name: full name, such as ``/trafficctl.v2.WatchService/Watch``.
    :ivar streaming: the answer is a stream.
    :ivar health: it asks for health: always answered, so that probes see a server drain.
    :ivar serving: it does the server's own work, which neither health nor reflection is.
    """

    name: str
    streaming: bool
    health: bool = field(init=False)
    serving: bool = field(init=False)

    def __post_init__(self) -> None:
        health = self.name.startswith(f"/{HEALTH}/")
        serving = not health and not self.name.startswith(f"/{_REFLECTION}")
        object.__setattr__(self, "health", health)
        object.__setattr__(self, "serving", serving)


class RpcCall:
    """One RPC; layers write what later ones read.

    :ivar metadata: what the client sent with it.
    :ivar began: seconds of the monotonic clock.
    :ivar span: set by the tracing layer.
    :ivar timeout: set where it waits; moved to the present, it ends the RPC.
    :ivar ended_by: set by who moves it: what the RPC is to be answered.
    """

    __slots__ = (
        "began",
        "context",
        "ended_by",
        "metadata",
        "method",
        "span",
        "timeout",
    )

    def __init__(
        self, method: Method, context: Context, metadata: tuple[tuple[str, str | bytes], ...]
    ) -> None:
        self.method = method
        self.context = context
        self.metadata = metadata
        self.began = 0.0
        self.span: Span | None = None
        self.timeout: asyncio.Timeout | None = None
        self.ended_by: Exception | None = None

    @property
    def trace_id(self) -> str:
        """Of the trace that it belongs to; empty before there is one."""
        return self.span.trace_id if self.span is not None else ""


class Layer(Protocol):
    """One concern that surrounds every RPC; neither side awaits."""

    def enter(self, call: RpcCall) -> None:
        """Let an RPC in; a raised failure ends it, and this layer has not let it in."""

    def leave(self, call: RpcCall, error: BaseException | None) -> None:
        """Take note that an RPC ends, answered or with an error, if it was let in."""


async def open_stream(context: Context) -> None:
    """Send a stream's headers, to the end even if the RPC is ended meanwhile.

    gRPC notes that they are out only when they are: an answer given before would send them twice,
    and be lost with its reason.
    """
    sending = asyncio.ensure_future(context.send_initial_metadata(()))
    try:
        await asyncio.shield(sending)
    except asyncio.CancelledError:
        await asyncio.wait([sending])
        raise
