"""Types of ``trafficctl/v2/traffic_intent_group_pb2_grpc.py``.

Made by ``python -m tools.generate_stubs``: change the .proto file, not this one.
"""

from collections.abc import AsyncIterator, Awaitable, Iterator
from typing import overload

import grpc
import grpc.aio
from trafficctl.v2 import traffic_intent_group_pb2

class _Context(grpc.ServicerContext, grpc.aio.ServicerContext):  # type: ignore
    """What both kinds of server hand over; either is enough for a handler."""

class TrafficIntentGroupServiceStub:
    """Manages groups: the intents in a group live and die together and are rolled out alike."""
    @overload
    def __new__(cls, channel: grpc.Channel) -> TrafficIntentGroupServiceStub: ...
    @overload
    def __new__(cls, channel: grpc.aio.Channel) -> TrafficIntentGroupServiceAsyncStub: ...
    CreateTrafficIntentGroup: grpc.UnaryUnaryMultiCallable[
        traffic_intent_group_pb2.CreateTrafficIntentGroupRequest,
        traffic_intent_group_pb2.TrafficIntentGroup,
    ]
    """Creates an empty group."""
    GetTrafficIntentGroup: grpc.UnaryUnaryMultiCallable[
        traffic_intent_group_pb2.GetTrafficIntentGroupRequest,
        traffic_intent_group_pb2.TrafficIntentGroup,
    ]
    """Answers one group."""
    ListTrafficIntentGroups: grpc.UnaryUnaryMultiCallable[
        traffic_intent_group_pb2.ListTrafficIntentGroupsRequest,
        traffic_intent_group_pb2.ListTrafficIntentGroupsResponse,
    ]
    """Lists the groups of a bundle version."""
    UpdateTrafficIntentGroup: grpc.UnaryUnaryMultiCallable[
        traffic_intent_group_pb2.UpdateTrafficIntentGroupRequest,
        traffic_intent_group_pb2.TrafficIntentGroup,
    ]
    """Changes a group."""
    DeleteTrafficIntentGroup: grpc.UnaryUnaryMultiCallable[
        traffic_intent_group_pb2.DeleteTrafficIntentGroupRequest,
        traffic_intent_group_pb2.TrafficIntentGroup,
    ]
    """Deletes a group.

    Answers it in state DELETING; it stays readable until every cluster has confirmed that all of it
    is gone.
    """

class TrafficIntentGroupServiceAsyncStub(TrafficIntentGroupServiceStub):
    """What ``TrafficIntentGroupServiceStub`` is over a channel of asyncio; types only."""

    CreateTrafficIntentGroup: grpc.aio.UnaryUnaryMultiCallable[
        traffic_intent_group_pb2.CreateTrafficIntentGroupRequest,
        traffic_intent_group_pb2.TrafficIntentGroup,
    ]  # type: ignore[assignment]
    GetTrafficIntentGroup: grpc.aio.UnaryUnaryMultiCallable[
        traffic_intent_group_pb2.GetTrafficIntentGroupRequest,
        traffic_intent_group_pb2.TrafficIntentGroup,
    ]  # type: ignore[assignment]
    ListTrafficIntentGroups: grpc.aio.UnaryUnaryMultiCallable[
        traffic_intent_group_pb2.ListTrafficIntentGroupsRequest,
        traffic_intent_group_pb2.ListTrafficIntentGroupsResponse,
    ]  # type: ignore[assignment]
    UpdateTrafficIntentGroup: grpc.aio.UnaryUnaryMultiCallable[
        traffic_intent_group_pb2.UpdateTrafficIntentGroupRequest,
        traffic_intent_group_pb2.TrafficIntentGroup,
    ]  # type: ignore[assignment]
    DeleteTrafficIntentGroup: grpc.aio.UnaryUnaryMultiCallable[
        traffic_intent_group_pb2.DeleteTrafficIntentGroupRequest,
        traffic_intent_group_pb2.TrafficIntentGroup,
    ]  # type: ignore[assignment]

class TrafficIntentGroupServiceServicer:
    """Manages groups: the intents in a group live and die together and are rolled out alike."""
    def CreateTrafficIntentGroup(
        self, request: traffic_intent_group_pb2.CreateTrafficIntentGroupRequest, context: _Context
    ) -> (
        traffic_intent_group_pb2.TrafficIntentGroup
        | Awaitable[traffic_intent_group_pb2.TrafficIntentGroup]
    ):
        """Creates an empty group."""
    def GetTrafficIntentGroup(
        self, request: traffic_intent_group_pb2.GetTrafficIntentGroupRequest, context: _Context
    ) -> (
        traffic_intent_group_pb2.TrafficIntentGroup
        | Awaitable[traffic_intent_group_pb2.TrafficIntentGroup]
    ):
        """Answers one group."""
    def ListTrafficIntentGroups(
        self, request: traffic_intent_group_pb2.ListTrafficIntentGroupsRequest, context: _Context
    ) -> (
        traffic_intent_group_pb2.ListTrafficIntentGroupsResponse
        | Awaitable[traffic_intent_group_pb2.ListTrafficIntentGroupsResponse]
    ):
        """Lists the groups of a bundle version."""
    def UpdateTrafficIntentGroup(
        self, request: traffic_intent_group_pb2.UpdateTrafficIntentGroupRequest, context: _Context
    ) -> (
        traffic_intent_group_pb2.TrafficIntentGroup
        | Awaitable[traffic_intent_group_pb2.TrafficIntentGroup]
    ):
        """Changes a group."""
    def DeleteTrafficIntentGroup(
        self, request: traffic_intent_group_pb2.DeleteTrafficIntentGroupRequest, context: _Context
    ) -> (
        traffic_intent_group_pb2.TrafficIntentGroup
        | Awaitable[traffic_intent_group_pb2.TrafficIntentGroup]
    ):
        """Deletes a group.

        Answers it in state DELETING; it stays readable until every cluster has confirmed that all
        of it is gone.
        """

def add_TrafficIntentGroupServiceServicer_to_server(
    servicer: TrafficIntentGroupServiceServicer, server: grpc.Server | grpc.aio.Server
) -> None: ...
