"""Types of ``trafficctl/v2/intracluster_intent_pb2_grpc.py``.

Made by ``python -m tools.generate_stubs``: change the .proto file, not this one.
"""

from collections.abc import AsyncIterator, Awaitable, Iterator
from typing import overload

import grpc
import grpc.aio
from trafficctl.v2 import intracluster_intent_pb2

class _Context(grpc.ServicerContext, grpc.aio.ServicerContext):  # type: ignore
    """What both kinds of server hand over; either is enough for a handler."""

class IntraclusterIntentServiceStub:
    """Manages intents that let a service be called within its own cluster."""
    @overload
    def __new__(cls, channel: grpc.Channel) -> IntraclusterIntentServiceStub: ...
    @overload
    def __new__(cls, channel: grpc.aio.Channel) -> IntraclusterIntentServiceAsyncStub: ...
    CreateIntraclusterIntent: grpc.UnaryUnaryMultiCallable[
        intracluster_intent_pb2.CreateIntraclusterIntentRequest,
        intracluster_intent_pb2.IntraclusterIntent,
    ]
    """Creates an intent.

    Answers as soon as it is stored durably; Watch it to see it take effect.
    """
    GetIntraclusterIntent: grpc.UnaryUnaryMultiCallable[
        intracluster_intent_pb2.GetIntraclusterIntentRequest,
        intracluster_intent_pb2.IntraclusterIntent,
    ]
    """Answers one intent."""
    ListIntraclusterIntents: grpc.UnaryUnaryMultiCallable[
        intracluster_intent_pb2.ListIntraclusterIntentsRequest,
        intracluster_intent_pb2.ListIntraclusterIntentsResponse,
    ]
    """Lists the intents of a group."""
    UpdateIntraclusterIntent: grpc.UnaryUnaryMultiCallable[
        intracluster_intent_pb2.UpdateIntraclusterIntentRequest,
        intracluster_intent_pb2.IntraclusterIntent,
    ]
    """Changes an intent.

    What it asked for before stays in force until the change arrives.
    """
    DeleteIntraclusterIntent: grpc.UnaryUnaryMultiCallable[
        intracluster_intent_pb2.DeleteIntraclusterIntentRequest,
        intracluster_intent_pb2.IntraclusterIntent,
    ]
    """Deletes an intent and withdraws what only it wanted.

    Answers it in state DELETING; it stays readable until every cluster has confirmed.
    """

class IntraclusterIntentServiceAsyncStub(IntraclusterIntentServiceStub):
    """What ``IntraclusterIntentServiceStub`` is over a channel of asyncio; types only."""

    CreateIntraclusterIntent: grpc.aio.UnaryUnaryMultiCallable[
        intracluster_intent_pb2.CreateIntraclusterIntentRequest,
        intracluster_intent_pb2.IntraclusterIntent,
    ]  # type: ignore[assignment]
    GetIntraclusterIntent: grpc.aio.UnaryUnaryMultiCallable[
        intracluster_intent_pb2.GetIntraclusterIntentRequest,
        intracluster_intent_pb2.IntraclusterIntent,
    ]  # type: ignore[assignment]
    ListIntraclusterIntents: grpc.aio.UnaryUnaryMultiCallable[
        intracluster_intent_pb2.ListIntraclusterIntentsRequest,
        intracluster_intent_pb2.ListIntraclusterIntentsResponse,
    ]  # type: ignore[assignment]
    UpdateIntraclusterIntent: grpc.aio.UnaryUnaryMultiCallable[
        intracluster_intent_pb2.UpdateIntraclusterIntentRequest,
        intracluster_intent_pb2.IntraclusterIntent,
    ]  # type: ignore[assignment]
    DeleteIntraclusterIntent: grpc.aio.UnaryUnaryMultiCallable[
        intracluster_intent_pb2.DeleteIntraclusterIntentRequest,
        intracluster_intent_pb2.IntraclusterIntent,
    ]  # type: ignore[assignment]

class IntraclusterIntentServiceServicer:
    """Manages intents that let a service be called within its own cluster."""
    def CreateIntraclusterIntent(
        self, request: intracluster_intent_pb2.CreateIntraclusterIntentRequest, context: _Context
    ) -> (
        intracluster_intent_pb2.IntraclusterIntent
        | Awaitable[intracluster_intent_pb2.IntraclusterIntent]
    ):
        """Creates an intent.

        Answers as soon as it is stored durably; Watch it to see it take effect.
        """
    def GetIntraclusterIntent(
        self, request: intracluster_intent_pb2.GetIntraclusterIntentRequest, context: _Context
    ) -> (
        intracluster_intent_pb2.IntraclusterIntent
        | Awaitable[intracluster_intent_pb2.IntraclusterIntent]
    ):
        """Answers one intent."""
    def ListIntraclusterIntents(
        self, request: intracluster_intent_pb2.ListIntraclusterIntentsRequest, context: _Context
    ) -> (
        intracluster_intent_pb2.ListIntraclusterIntentsResponse
        | Awaitable[intracluster_intent_pb2.ListIntraclusterIntentsResponse]
    ):
        """Lists the intents of a group."""
    def UpdateIntraclusterIntent(
        self, request: intracluster_intent_pb2.UpdateIntraclusterIntentRequest, context: _Context
    ) -> (
        intracluster_intent_pb2.IntraclusterIntent
        | Awaitable[intracluster_intent_pb2.IntraclusterIntent]
    ):
        """Changes an intent.

        What it asked for before stays in force until the change arrives.
        """
    def DeleteIntraclusterIntent(
        self, request: intracluster_intent_pb2.DeleteIntraclusterIntentRequest, context: _Context
    ) -> (
        intracluster_intent_pb2.IntraclusterIntent
        | Awaitable[intracluster_intent_pb2.IntraclusterIntent]
    ):
        """Deletes an intent and withdraws what only it wanted.

        Answers it in state DELETING; it stays readable until every cluster has confirmed.
        """

def add_IntraclusterIntentServiceServicer_to_server(
    servicer: IntraclusterIntentServiceServicer, server: grpc.Server | grpc.aio.Server
) -> None: ...
