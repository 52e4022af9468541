"""Types of ``trafficctl/v2/intercluster_intent_pb2_grpc.py``.

Made by ``python -m tools.generate_stubs``: change the .proto file, not this one.
"""

from collections.abc import AsyncIterator, Awaitable, Iterator
from typing import overload

import grpc
import grpc.aio
from trafficctl.v2 import intercluster_intent_pb2

class _Context(grpc.ServicerContext, grpc.aio.ServicerContext):  # type: ignore
    """What both kinds of server hand over; either is enough for a handler."""

class InterclusterIntentServiceStub:
    """Manages intents that let a service be called from other clusters and from its own."""
    @overload
    def __new__(cls, channel: grpc.Channel) -> InterclusterIntentServiceStub: ...
    @overload
    def __new__(cls, channel: grpc.aio.Channel) -> InterclusterIntentServiceAsyncStub: ...
    CreateInterclusterIntent: grpc.UnaryUnaryMultiCallable[
        intercluster_intent_pb2.CreateInterclusterIntentRequest,
        intercluster_intent_pb2.InterclusterIntent,
    ]
    """Creates an intent.

    Answers as soon as it is stored durably; Watch it to see it take effect.
    """
    GetInterclusterIntent: grpc.UnaryUnaryMultiCallable[
        intercluster_intent_pb2.GetInterclusterIntentRequest,
        intercluster_intent_pb2.InterclusterIntent,
    ]
    """Answers one intent."""
    ListInterclusterIntents: grpc.UnaryUnaryMultiCallable[
        intercluster_intent_pb2.ListInterclusterIntentsRequest,
        intercluster_intent_pb2.ListInterclusterIntentsResponse,
    ]
    """Lists the intents of a group."""
    UpdateInterclusterIntent: grpc.UnaryUnaryMultiCallable[
        intercluster_intent_pb2.UpdateInterclusterIntentRequest,
        intercluster_intent_pb2.InterclusterIntent,
    ]
    """Changes an intent.

    What it asked for before stays in force until the change arrives.
    """
    DeleteInterclusterIntent: grpc.UnaryUnaryMultiCallable[
        intercluster_intent_pb2.DeleteInterclusterIntentRequest,
        intercluster_intent_pb2.InterclusterIntent,
    ]
    """Deletes an intent and withdraws what only it wanted.

    Answers it in state DELETING; it stays readable until every cluster has confirmed.
    """

class InterclusterIntentServiceAsyncStub(InterclusterIntentServiceStub):
    """What ``InterclusterIntentServiceStub`` is over a channel of asyncio; types only."""

    CreateInterclusterIntent: grpc.aio.UnaryUnaryMultiCallable[
        intercluster_intent_pb2.CreateInterclusterIntentRequest,
        intercluster_intent_pb2.InterclusterIntent,
    ]  # type: ignore[assignment]
    GetInterclusterIntent: grpc.aio.UnaryUnaryMultiCallable[
        intercluster_intent_pb2.GetInterclusterIntentRequest,
        intercluster_intent_pb2.InterclusterIntent,
    ]  # type: ignore[assignment]
    ListInterclusterIntents: grpc.aio.UnaryUnaryMultiCallable[
        intercluster_intent_pb2.ListInterclusterIntentsRequest,
        intercluster_intent_pb2.ListInterclusterIntentsResponse,
    ]  # type: ignore[assignment]
    UpdateInterclusterIntent: grpc.aio.UnaryUnaryMultiCallable[
        intercluster_intent_pb2.UpdateInterclusterIntentRequest,
        intercluster_intent_pb2.InterclusterIntent,
    ]  # type: ignore[assignment]
    DeleteInterclusterIntent: grpc.aio.UnaryUnaryMultiCallable[
        intercluster_intent_pb2.DeleteInterclusterIntentRequest,
        intercluster_intent_pb2.InterclusterIntent,
    ]  # type: ignore[assignment]

class InterclusterIntentServiceServicer:
    """Manages intents that let a service be called from other clusters and from its own."""
    def CreateInterclusterIntent(
        self, request: intercluster_intent_pb2.CreateInterclusterIntentRequest, context: _Context
    ) -> (
        intercluster_intent_pb2.InterclusterIntent
        | Awaitable[intercluster_intent_pb2.InterclusterIntent]
    ):
        """Creates an intent.

        Answers as soon as it is stored durably; Watch it to see it take effect.
        """
    def GetInterclusterIntent(
        self, request: intercluster_intent_pb2.GetInterclusterIntentRequest, context: _Context
    ) -> (
        intercluster_intent_pb2.InterclusterIntent
        | Awaitable[intercluster_intent_pb2.InterclusterIntent]
    ):
        """Answers one intent."""
    def ListInterclusterIntents(
        self, request: intercluster_intent_pb2.ListInterclusterIntentsRequest, context: _Context
    ) -> (
        intercluster_intent_pb2.ListInterclusterIntentsResponse
        | Awaitable[intercluster_intent_pb2.ListInterclusterIntentsResponse]
    ):
        """Lists the intents of a group."""
    def UpdateInterclusterIntent(
        self, request: intercluster_intent_pb2.UpdateInterclusterIntentRequest, context: _Context
    ) -> (
        intercluster_intent_pb2.InterclusterIntent
        | Awaitable[intercluster_intent_pb2.InterclusterIntent]
    ):
        """Changes an intent.

        What it asked for before stays in force until the change arrives.
        """
    def DeleteInterclusterIntent(
        self, request: intercluster_intent_pb2.DeleteInterclusterIntentRequest, context: _Context
    ) -> (
        intercluster_intent_pb2.InterclusterIntent
        | Awaitable[intercluster_intent_pb2.InterclusterIntent]
    ):
        """Deletes an intent and withdraws what only it wanted.

        Answers it in state DELETING; it stays readable until every cluster has confirmed.
        """

def add_InterclusterIntentServiceServicer_to_server(
    servicer: InterclusterIntentServiceServicer, server: grpc.Server | grpc.aio.Server
) -> None: ...
