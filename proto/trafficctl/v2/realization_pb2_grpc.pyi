"""Types of ``trafficctl/v2/realization_pb2_grpc.py``.

Made by ``python -m tools.generate_stubs``: change the .proto file, not this one.
"""

from collections.abc import AsyncIterator, Awaitable, Iterator
from typing import overload

import grpc
import grpc.aio
from trafficctl.v2 import realization_pb2

class _Context(grpc.ServicerContext, grpc.aio.ServicerContext):  # type: ignore
    """What both kinds of server hand over; either is enough for a handler."""

class RealizationServiceStub:
    """Shows what became of one intent in one cluster."""
    @overload
    def __new__(cls, channel: grpc.Channel) -> RealizationServiceStub: ...
    @overload
    def __new__(cls, channel: grpc.aio.Channel) -> RealizationServiceAsyncStub: ...
    GetRealization: grpc.UnaryUnaryMultiCallable[
        realization_pb2.GetRealizationRequest, realization_pb2.Realization
    ]
    """Reads what became of an intent in one cluster."""
    ListRealizations: grpc.UnaryUnaryMultiCallable[
        realization_pb2.ListRealizationsRequest, realization_pb2.ListRealizationsResponse
    ]
    """Lists what became of an intent in every cluster it concerns; `-` stands for any id in the
    parent.
    """

class RealizationServiceAsyncStub(RealizationServiceStub):
    """What ``RealizationServiceStub`` is over a channel of asyncio; types only."""

    GetRealization: grpc.aio.UnaryUnaryMultiCallable[
        realization_pb2.GetRealizationRequest, realization_pb2.Realization
    ]  # type: ignore[assignment]
    ListRealizations: grpc.aio.UnaryUnaryMultiCallable[
        realization_pb2.ListRealizationsRequest, realization_pb2.ListRealizationsResponse
    ]  # type: ignore[assignment]

class RealizationServiceServicer:
    """Shows what became of one intent in one cluster."""
    def GetRealization(
        self, request: realization_pb2.GetRealizationRequest, context: _Context
    ) -> realization_pb2.Realization | Awaitable[realization_pb2.Realization]:
        """Reads what became of an intent in one cluster."""
    def ListRealizations(
        self, request: realization_pb2.ListRealizationsRequest, context: _Context
    ) -> (
        realization_pb2.ListRealizationsResponse
        | Awaitable[realization_pb2.ListRealizationsResponse]
    ):
        """Lists what became of an intent in every cluster it concerns; `-` stands for any id in the
        parent.
        """

def add_RealizationServiceServicer_to_server(
    servicer: RealizationServiceServicer, server: grpc.Server | grpc.aio.Server
) -> None: ...
