"""Runs the layers around every RPC, unary or streaming, in one order.

Messages are decoded and encoded inside the layers: a malformed one is the client's mistake, not a
crash of the server, and costs nothing before the client is known. A stream is written from inside
as well, so a deadline reaches a writer that waits for a slow reader. A reply that is at hand is
not waited for: it has no deadline, and makes no task and no timer.
"""

import inspect
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Final, cast

import grpc

from trafficctl_server.api.interceptors.call import Context, Layer, Method, RpcCall, open_stream
from trafficctl_server.api.interceptors.deadlines import Deadlines
from trafficctl_server.api.interceptors.decoding import decoded, is_given_bytes
from trafficctl_server.api.interceptors.errors import answer_failure
from trafficctl_server.intents.failures import NotServed

if TYPE_CHECKING:
    Handler = grpc.RpcMethodHandler[Any, Any]
    Handlers = grpc.GenericRpcHandler[Any, Any]
else:  # no generics at run time
    Handler = grpc.RpcMethodHandler
    Handlers = grpc.GenericRpcHandler
Metadata = tuple[tuple[str, str | bytes], ...]
Inside = Callable[[RpcCall, Any], Any]
"""Takes an RPC and its request, as they came; gives the reply, encoded, or what awaits it."""
_UNKNOWN: Final = "unknown method"  # its name is the client's, of any length
_metadata: ContextVar[Metadata] = ContextVar("trafficctl_metadata")
"""What the client sent with the RPC at hand: gRPC gives it to who finds the handler."""


class Chain(Handlers):
    """Answers all methods of the handlers that are added, each surrounded by the layers.

    Services are added to it as to a server.

    :param layers: outermost first.
    """

    def __init__(self, layers: Sequence[Layer], deadlines: Deadlines) -> None:
        self._enter = tuple(layer.enter for layer in layers)
        self._leave = tuple(layer.leave for layer in reversed(layers))
        self._deadlines = deadlines
        self._added: list[Handlers] = []
        self._wrapped: dict[str, Handler] = {}
        self._unknown = self._wrap(_UNKNOWN, grpc.unary_unary_rpc_method_handler(_refuse))

    def add_generic_rpc_handlers(self, handlers: Sequence[Handlers]) -> None:
        """Have the methods of these handlers answered too."""
        self._added += handlers

    def add_registered_method_handlers(self, service: str, handlers: Mapping[str, Handler]) -> None:
        """Do nothing, as a server of grpc.aio: they are added as generic ones too."""

    def service(self, handler_call_details: grpc.HandlerCallDetails) -> Handler:
        """Give the wrapped handler of a method; of an unknown one, a refusal in the usual shape."""
        _metadata.set(handler_call_details.invocation_metadata or ())
        wrapped = self._wrapped.get(handler_call_details.method)
        return wrapped if wrapped is not None else self._find(handler_call_details)

    def _find(self, details: grpc.HandlerCallDetails) -> Handler:
        for added in self._added:
            found = added.service(details)
            if found is not None:
                wrapped = self._wrapped[details.method] = self._wrap(details.method, found)
                return wrapped
        return self._unknown

    def _wrap(self, name: str, handler: Handler) -> Handler:
        unary = self._around(Method(name, streaming=False), _replying(handler))
        stream = self._around(Method(name, streaming=True), _streaming(handler))
        if handler.request_streaming and handler.response_streaming:
            return grpc.stream_stream_rpc_method_handler(
                stream, handler.request_deserializer, handler.response_serializer
            )
        if handler.request_streaming:
            return grpc.stream_unary_rpc_method_handler(unary, handler.request_deserializer)
        if handler.response_streaming:
            return grpc.unary_stream_rpc_method_handler(stream, None, handler.response_serializer)
        return grpc.unary_unary_rpc_method_handler(unary)

    def _around(self, method: Method, inside: Inside) -> Callable[[Any, Context], Awaitable[Any]]:
        enters, leaves, within = self._enter, self._leave, self._deadlines.within

        async def run(request: Any, context: Context) -> Any:
            call = RpcCall(method, context, _metadata.get())
            outside = len(enters)  # so many layers have not let it in
            try:
                for enter in enters:
                    enter(call)
                    outside -= 1
                reply = inside(call, request)
                if not isinstance(reply, bytes):
                    reply = await within(call, reply)
            except BaseException as error:
                for leave in leaves[outside:]:
                    leave(call, error)
                if not isinstance(error, Exception):
                    raise
                return await answer_failure(call, error)
            for leave in leaves:
                leave(call, None)
            return reply

        return run


def _replying(handler: Handler) -> Inside:
    """Have a handler answer one reply, encoded, unless it is bytes already."""
    behave, encode = _behaving(handler), handler.response_serializer

    async def encoded(reply: Any) -> Any:
        if inspect.isawaitable(reply):
            reply = await reply
        return encode(reply) if encode and not isinstance(reply, bytes) else reply

    def reply_to(call: RpcCall, request: Any) -> Any:
        reply = behave(request, call.context)
        return reply if isinstance(reply, bytes) else encoded(reply)

    return reply_to


def _streaming(handler: Handler) -> Inside:
    """Have a handler write replies, each as it comes."""
    behave = _behaving(handler)

    async def stream_to(call: RpcCall, request: Any) -> None:
        replies = behave(request, call.context)
        if inspect.isawaitable(replies):  # a servicer that writes by itself
            await replies
            return
        opened = False
        async with aclosing(cast("AsyncGenerator[Any, None]", replies)) as each:
            async for reply in each:
                if not opened:
                    await open_stream(call.context)
                    opened = True
                await call.context.write(reply)

    return stream_to


def _behaving(handler: Handler) -> Callable[[Any, Context], Any]:
    """Give what a handler does, and have the request decoded for it where that is still to do."""
    behaviour, decode = _behaviour(handler), handler.request_deserializer
    if handler.request_streaming or decode is None or is_given_bytes(behaviour):
        return behaviour
    return lambda request, context: behaviour(decoded(decode, request), context)


def _behaviour(handler: Handler) -> Callable[[Any, Context], Any]:
    for behaviour in (
        handler.unary_unary,
        handler.unary_stream,
        handler.stream_unary,
        handler.stream_stream,
    ):
        if behaviour is not None:
            return cast("Callable[[Any, Context], Any]", behaviour)
    raise TypeError("a handler without behaviour was registered")


async def _refuse(_: bytes, __: Context) -> bytes:
    raise NotServed("there is no such method: list the services by reflection")
