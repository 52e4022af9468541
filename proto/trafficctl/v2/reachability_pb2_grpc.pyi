"""Types of ``trafficctl/v2/reachability_pb2_grpc.py``.

Made by ``python -m tools.generate_stubs``: change the .proto file, not this one.
"""

from collections.abc import AsyncIterator, Awaitable, Iterator
from typing import overload

import grpc
import grpc.aio
from trafficctl.v2 import reachability_pb2

class _Context(grpc.ServicerContext, grpc.aio.ServicerContext):  # type: ignore
    """What both kinds of server hand over; either is enough for a handler."""

class ReachabilityServiceStub:
    """Tells who can reach whom, and why."""
    @overload
    def __new__(cls, channel: grpc.Channel) -> ReachabilityServiceStub: ...
    @overload
    def __new__(cls, channel: grpc.aio.Channel) -> ReachabilityServiceAsyncStub: ...
    ExplainReachability: grpc.UnaryUnaryMultiCallable[
        reachability_pb2.ExplainReachabilityRequest, reachability_pb2.ExplainReachabilityResponse
    ]
    """Explains whether one call gets through: the verdict, every hop on the way, and the objects
    and intents that decide. Fails with `NOT_FOUND` if an end is not known; the error says which.
    """
    FetchReachabilityGraph: grpc.UnaryUnaryMultiCallable[
        reachability_pb2.FetchReachabilityGraphRequest,
        reachability_pb2.FetchReachabilityGraphResponse,
    ]
    """Answers the picture: who may call whom, and what is behind."""

class ReachabilityServiceAsyncStub(ReachabilityServiceStub):
    """What ``ReachabilityServiceStub`` is over a channel of asyncio; types only."""

    ExplainReachability: grpc.aio.UnaryUnaryMultiCallable[
        reachability_pb2.ExplainReachabilityRequest, reachability_pb2.ExplainReachabilityResponse
    ]  # type: ignore[assignment]
    FetchReachabilityGraph: grpc.aio.UnaryUnaryMultiCallable[
        reachability_pb2.FetchReachabilityGraphRequest,
        reachability_pb2.FetchReachabilityGraphResponse,
    ]  # type: ignore[assignment]

class ReachabilityServiceServicer:
    """Tells who can reach whom, and why."""
    def ExplainReachability(
        self, request: reachability_pb2.ExplainReachabilityRequest, context: _Context
    ) -> (
        reachability_pb2.ExplainReachabilityResponse
        | Awaitable[reachability_pb2.ExplainReachabilityResponse]
    ):
        """Explains whether one call gets through: the verdict, every hop on the way, and the
        objects and intents that decide. Fails with `NOT_FOUND` if an end is not known; the error
        says which.
        """
    def FetchReachabilityGraph(
        self, request: reachability_pb2.FetchReachabilityGraphRequest, context: _Context
    ) -> (
        reachability_pb2.FetchReachabilityGraphResponse
        | Awaitable[reachability_pb2.FetchReachabilityGraphResponse]
    ):
        """Answers the picture: who may call whom, and what is behind."""

def add_ReachabilityServiceServicer_to_server(
    servicer: ReachabilityServiceServicer, server: grpc.Server | grpc.aio.Server
) -> None: ...
