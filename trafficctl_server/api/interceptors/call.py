"""The RPC at hand, as the layers pass it on."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final, Protocol, TypeAlias

import grpc

Context = grpc.aio.ServicerContext[Any, Any]

HEALTH: Final = "grpc.health.v1.Health"
_REFLECTION: Final = "grpc.reflection."


@dataclass(slots=True, kw_only=True, eq=False)
class RpcCall:
    """One RPC; layers write what later ones read.

    :ivar method: full name, such as ``/trafficctl.v2.WatchService/Watch``.
    :ivar streaming: the answer is a stream.
    :ivar trace_id: set by the tracing layer.
    :ivar principal: set by the authentication layer; empty where none is configured.
    :ivar timeout: set by the layer of deadlines; moved to the present, it ends the RPC.
    :ivar ended_by: set by who moves it: what the RPC is to be answered.
    """

    method: str
    streaming: bool
    context: Context
    trace_id: str = ""
    principal: str = ""
    timeout: asyncio.Timeout | None = None
    ended_by: Exception | None = None

    @property
    def health(self) -> bool:
        """Whether it asks for health: always answered, so that probes see a server drain."""
        return self.method.startswith(f"/{HEALTH}/")

    @property
    def serving(self) -> bool:
        """Whether it does the server's own work, which neither health nor reflection is."""
        return not self.health and not self.method.startswith(f"/{_REFLECTION}")


Inside: TypeAlias = Callable[[RpcCall, Any], Awaitable[Any]]
"""Takes an RPC and its request, as they came; gives the reply, as it leaves."""


class Layer(Protocol):
    """One concern that surrounds every RPC."""

    def around(self, inside: Inside) -> Inside:
        """Surround what is inside, once for all RPCs of a method; a raised failure ends one."""
        ...


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
