"""Types of ``trafficctl/v2/outbound_intent_pb2_grpc.py``.

Made by ``python -m tools.generate_stubs``: change the .proto file, not this one.
"""

from collections.abc import AsyncIterator, Awaitable, Iterator
from typing import overload

import grpc
import grpc.aio
from trafficctl.v2 import outbound_intent_pb2

class _Context(grpc.ServicerContext, grpc.aio.ServicerContext):  # type: ignore
    """What both kinds of server hand over; either is enough for a handler."""

class OutboundIntentServiceStub:
    """Manages intents that let workloads call hosts outside all clusters."""
    @overload
    def __new__(cls, channel: grpc.Channel) -> OutboundIntentServiceStub: ...
    @overload
    def __new__(cls, channel: grpc.aio.Channel) -> OutboundIntentServiceAsyncStub: ...
    CreateOutboundIntent: grpc.UnaryUnaryMultiCallable[
        outbound_intent_pb2.CreateOutboundIntentRequest, outbound_intent_pb2.OutboundIntent
    ]
    """Creates an intent.

    Answers as soon as it is stored durably; Watch it to see it take effect.
    """
    GetOutboundIntent: grpc.UnaryUnaryMultiCallable[
        outbound_intent_pb2.GetOutboundIntentRequest, outbound_intent_pb2.OutboundIntent
    ]
    """Answers one intent."""
    ListOutboundIntents: grpc.UnaryUnaryMultiCallable[
        outbound_intent_pb2.ListOutboundIntentsRequest,
        outbound_intent_pb2.ListOutboundIntentsResponse,
    ]
    """Lists the intents of a group."""
    UpdateOutboundIntent: grpc.UnaryUnaryMultiCallable[
        outbound_intent_pb2.UpdateOutboundIntentRequest, outbound_intent_pb2.OutboundIntent
    ]
    """Changes an intent.

    What it asked for before stays in force until the change arrives.
    """
    DeleteOutboundIntent: grpc.UnaryUnaryMultiCallable[
        outbound_intent_pb2.DeleteOutboundIntentRequest, outbound_intent_pb2.OutboundIntent
    ]
    """Deletes an intent and withdraws what only it wanted.

    Answers it in state DELETING; it stays readable until every cluster has confirmed.
    """

class OutboundIntentServiceAsyncStub(OutboundIntentServiceStub):
    """What ``OutboundIntentServiceStub`` is over a channel of asyncio; types only."""

    CreateOutboundIntent: grpc.aio.UnaryUnaryMultiCallable[
        outbound_intent_pb2.CreateOutboundIntentRequest, outbound_intent_pb2.OutboundIntent
    ]  # type: ignore[assignment]
    GetOutboundIntent: grpc.aio.UnaryUnaryMultiCallable[
        outbound_intent_pb2.GetOutboundIntentRequest, outbound_intent_pb2.OutboundIntent
    ]  # type: ignore[assignment]
    ListOutboundIntents: grpc.aio.UnaryUnaryMultiCallable[
        outbound_intent_pb2.ListOutboundIntentsRequest,
        outbound_intent_pb2.ListOutboundIntentsResponse,
    ]  # type: ignore[assignment]
    UpdateOutboundIntent: grpc.aio.UnaryUnaryMultiCallable[
        outbound_intent_pb2.UpdateOutboundIntentRequest, outbound_intent_pb2.OutboundIntent
    ]  # type: ignore[assignment]
    DeleteOutboundIntent: grpc.aio.UnaryUnaryMultiCallable[
        outbound_intent_pb2.DeleteOutboundIntentRequest, outbound_intent_pb2.OutboundIntent
    ]  # type: ignore[assignment]

class OutboundIntentServiceServicer:
    """Manages intents that let workloads call hosts outside all clusters."""
    def CreateOutboundIntent(
        self, request: outbound_intent_pb2.CreateOutboundIntentRequest, context: _Context
    ) -> outbound_intent_pb2.OutboundIntent | Awaitable[outbound_intent_pb2.OutboundIntent]:
        """Creates an intent.

        Answers as soon as it is stored durably; Watch it to see it take effect.
        """
    def GetOutboundIntent(
        self, request: outbound_intent_pb2.GetOutboundIntentRequest, context: _Context
    ) -> outbound_intent_pb2.OutboundIntent | Awaitable[outbound_intent_pb2.OutboundIntent]:
        """Answers one intent."""
    def ListOutboundIntents(
        self, request: outbound_intent_pb2.ListOutboundIntentsRequest, context: _Context
    ) -> (
        outbound_intent_pb2.ListOutboundIntentsResponse
        | Awaitable[outbound_intent_pb2.ListOutboundIntentsResponse]
    ):
        """Lists the intents of a group."""
    def UpdateOutboundIntent(
        self, request: outbound_intent_pb2.UpdateOutboundIntentRequest, context: _Context
    ) -> outbound_intent_pb2.OutboundIntent | Awaitable[outbound_intent_pb2.OutboundIntent]:
        """Changes an intent.

        What it asked for before stays in force until the change arrives.
        """
    def DeleteOutboundIntent(
        self, request: outbound_intent_pb2.DeleteOutboundIntentRequest, context: _Context
    ) -> outbound_intent_pb2.OutboundIntent | Awaitable[outbound_intent_pb2.OutboundIntent]:
        """Deletes an intent and withdraws what only it wanted.

        Answers it in state DELETING; it stays readable until every cluster has confirmed.
        """

def add_OutboundIntentServiceServicer_to_server(
    servicer: OutboundIntentServiceServicer, server: grpc.Server | grpc.aio.Server
) -> None: ...
