"""Runs the layers around every RPC, unary or streaming, in one order.

It is one interceptor, so an RPC is wrapped once however many layers there are. Messages are decoded
and encoded inside the layers: a malformed one is the client's mistake, not a crash of the server,
and costs nothing before the client is known. A stream is written from inside as well, so a deadline
reaches a writer that waits for a slow reader.
"""

import inspect
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing
from typing import TYPE_CHECKING, Any, Final, cast

import grpc
from google.protobuf.message import DecodeError
from trafficctl_sdk.errors import Violation

from trafficctl_server.api.interceptors.call import Context, Inside, Layer, RpcCall, open_stream
from trafficctl_server.intents.failures import NotServed, Violations

if TYPE_CHECKING:
    Handler = grpc.RpcMethodHandler[Any, Any]
else:
    Handler = grpc.RpcMethodHandler  # no generic at run time
_UNKNOWN: Final = "unknown method"  # its name is the client's, of any length


class Chain(grpc.aio.ServerInterceptor):  # type: ignore[type-arg] # no generic at run time
    """Wraps each method's handler, once.

    :param layers: outermost first.
    """

    def __init__(self, layers: Sequence[Layer]) -> None:
        self._layers = tuple(layers)
        self._wrapped: dict[str, Handler] = {}
        self._unknown = self._wrap(_UNKNOWN, grpc.unary_unary_rpc_method_handler(_refuse))

    async def intercept_service(
        self,
        continuation: Callable[[grpc.HandlerCallDetails], Awaitable[Handler | None]],
        handler_call_details: grpc.HandlerCallDetails,
    ) -> Handler:
        """Give the wrapped handler of a method; of an unknown one, a refusal in the usual shape."""
        method = handler_call_details.method
        if method not in self._wrapped:
            found = await continuation(handler_call_details)
            if found is None:
                return self._unknown
            self._wrapped[method] = self._wrap(method, found)
        return self._wrapped[method]

    def _wrap(self, method: str, handler: Handler) -> Handler:
        replied = self._around(_replying(handler))
        streamed = self._around(_streaming(handler))

        async def unary(request: Any, context: Context) -> Any:
            return await replied(RpcCall(method=method, streaming=False, context=context), request)

        async def stream(request: Any, context: Context) -> None:
            await streamed(RpcCall(method=method, streaming=True, context=context), request)

        if handler.request_streaming and handler.response_streaming:
            return grpc.stream_stream_rpc_method_handler(
                stream, handler.request_deserializer, handler.response_serializer
            )
        if handler.request_streaming:
            return grpc.stream_unary_rpc_method_handler(unary, handler.request_deserializer)
        if handler.response_streaming:
            return grpc.unary_stream_rpc_method_handler(stream, None, handler.response_serializer)
        return grpc.unary_unary_rpc_method_handler(unary)

    def _around(self, inside: Inside) -> Inside:
        for layer in reversed(self._layers):
            inside = layer.around(inside)
        return inside


def _replying(handler: Handler) -> Inside:
    """Have a handler answer one reply, encoded, unless it is bytes already."""
    decode, behaviour, encode = _decoder(handler), _behaviour(handler), handler.response_serializer

    async def reply_to(call: RpcCall, request: Any) -> Any:
        reply = behaviour(_decoded(decode, request), call.context)
        if inspect.isawaitable(reply):
            reply = await reply
        return encode(reply) if encode and not isinstance(reply, bytes) else reply

    return reply_to


def _streaming(handler: Handler) -> Inside:
    """Have a handler write replies, each as it comes."""
    decode, behaviour = _decoder(handler), _behaviour(handler)

    async def stream_to(call: RpcCall, request: Any) -> None:
        replies = behaviour(_decoded(decode, request), call.context)
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


def _decoder(handler: Handler) -> Callable[[bytes], Any] | None:
    return None if handler.request_streaming else handler.request_deserializer


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


def _decoded(decode: Callable[[bytes], Any] | None, request: Any) -> Any:
    if decode is None:
        return request
    try:
        return decode(request)
    except DecodeError:
        violation = Violation(
            field="", rule="message.encoding", description="the message is not valid protobuf"
        )
        raise Violations([violation]) from None


async def _refuse(_: bytes, __: Context) -> bytes:
    raise NotServed("there is no such method: list the services by reflection")
