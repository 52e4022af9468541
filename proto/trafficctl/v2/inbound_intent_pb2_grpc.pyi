"""Types of ``trafficctl/v2/inbound_intent_pb2_grpc.py``.

Made by ``python -m tools.generate_stubs``: change the .proto file, not this one.
"""

from collections.abc import AsyncIterator, Awaitable, Iterator
from typing import overload

import grpc
import grpc.aio
from trafficctl.v2 import inbound_intent_pb2

class _Context(grpc.ServicerContext, grpc.aio.ServicerContext):  # type: ignore
    """What both kinds of server hand over; either is enough for a handler."""

class InboundIntentServiceStub:
    """Manages intents that let clients outside all clusters call a service."""
    @overload
    def __new__(cls, channel: grpc.Channel) -> InboundIntentServiceStub: ...
    @overload
    def __new__(cls, channel: grpc.aio.Channel) -> InboundIntentServiceAsyncStub: ...
    CreateInboundIntent: grpc.UnaryUnaryMultiCallable[
        inbound_intent_pb2.CreateInboundIntentRequest, inbound_intent_pb2.InboundIntent
    ]
    """Creates an intent.

    Answers as soon as it is stored durably; Watch it to see it take effect.
    """
    GetInboundIntent: grpc.UnaryUnaryMultiCallable[
        inbound_intent_pb2.GetInboundIntentRequest, inbound_intent_pb2.InboundIntent
    ]
    """Answers one intent."""
    ListInboundIntents: grpc.UnaryUnaryMultiCallable[
        inbound_intent_pb2.ListInboundIntentsRequest, inbound_intent_pb2.ListInboundIntentsResponse
    ]
    """Lists the intents of a group."""
    UpdateInboundIntent: grpc.UnaryUnaryMultiCallable[
        inbound_intent_pb2.UpdateInboundIntentRequest, inbound_intent_pb2.InboundIntent
    ]
    """Changes an intent.

    What it asked for before stays in force until the change arrives.
    """
    DeleteInboundIntent: grpc.UnaryUnaryMultiCallable[
        inbound_intent_pb2.DeleteInboundIntentRequest, inbound_intent_pb2.InboundIntent
    ]
    """Deletes an intent and withdraws what only it wanted.

    Answers it in state DELETING; it stays readable until every cluster has confirmed.
    """

class InboundIntentServiceAsyncStub(InboundIntentServiceStub):
    """What ``InboundIntentServiceStub`` is over a channel of asyncio; types only."""

    CreateInboundIntent: grpc.aio.UnaryUnaryMultiCallable[
        inbound_intent_pb2.CreateInboundIntentRequest, inbound_intent_pb2.InboundIntent
    ]  # type: ignore[assignment]
    GetInboundIntent: grpc.aio.UnaryUnaryMultiCallable[
        inbound_intent_pb2.GetInboundIntentRequest, inbound_intent_pb2.InboundIntent
    ]  # type: ignore[assignment]
    ListInboundIntents: grpc.aio.UnaryUnaryMultiCallable[
        inbound_intent_pb2.ListInboundIntentsRequest, inbound_intent_pb2.ListInboundIntentsResponse
    ]  # type: ignore[assignment]
    UpdateInboundIntent: grpc.aio.UnaryUnaryMultiCallable[
        inbound_intent_pb2.UpdateInboundIntentRequest, inbound_intent_pb2.InboundIntent
    ]  # type: ignore[assignment]
    DeleteInboundIntent: grpc.aio.UnaryUnaryMultiCallable[
        inbound_intent_pb2.DeleteInboundIntentRequest, inbound_intent_pb2.InboundIntent
    ]  # type: ignore[assignment]

class InboundIntentServiceServicer:
    """Manages intents that let clients outside all clusters call a service."""
    def CreateInboundIntent(
        self, request: inbound_intent_pb2.CreateInboundIntentRequest, context: _Context
    ) -> inbound_intent_pb2.InboundIntent | Awaitable[inbound_intent_pb2.InboundIntent]:
        """Creates an intent.

        Answers as soon as it is stored durably; Watch it to see it take effect.
        """
    def GetInboundIntent(
        self, request: inbound_intent_pb2.GetInboundIntentRequest, context: _Context
    ) -> inbound_intent_pb2.InboundIntent | Awaitable[inbound_intent_pb2.InboundIntent]:
        """Answers one intent."""
    def ListInboundIntents(
        self, request: inbound_intent_pb2.ListInboundIntentsRequest, context: _Context
    ) -> (
        inbound_intent_pb2.ListInboundIntentsResponse
        | Awaitable[inbound_intent_pb2.ListInboundIntentsResponse]
    ):
        """Lists the intents of a group."""
    def UpdateInboundIntent(
        self, request: inbound_intent_pb2.UpdateInboundIntentRequest, context: _Context
    ) -> inbound_intent_pb2.InboundIntent | Awaitable[inbound_intent_pb2.InboundIntent]:
        """Changes an intent.

        What it asked for before stays in force until the change arrives.
        """
    def DeleteInboundIntent(
        self, request: inbound_intent_pb2.DeleteInboundIntentRequest, context: _Context
    ) -> inbound_intent_pb2.InboundIntent | Awaitable[inbound_intent_pb2.InboundIntent]:
        """Deletes an intent and withdraws what only it wanted.

        Answers it in state DELETING; it stays readable until every cluster has confirmed.
        """

def add_InboundIntentServiceServicer_to_server(
    servicer: InboundIntentServiceServicer, server: grpc.Server | grpc.aio.Server
) -> None: ...
