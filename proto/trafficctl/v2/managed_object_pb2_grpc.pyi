"""Types of ``trafficctl/v2/managed_object_pb2_grpc.py``.

Made by ``python -m tools.generate_stubs``: change the .proto file, not this one.
"""

from collections.abc import AsyncIterator, Awaitable, Iterator
from typing import overload

import grpc
import grpc.aio
from trafficctl.v2 import managed_object_pb2

class _Context(grpc.ServicerContext, grpc.aio.ServicerContext):  # type: ignore
    """What both kinds of server hand over; either is enough for a handler."""

class ManagedObjectServiceStub:
    """Shows the ledger: every object this server owns, and where."""
    @overload
    def __new__(cls, channel: grpc.Channel) -> ManagedObjectServiceStub: ...
    @overload
    def __new__(cls, channel: grpc.aio.Channel) -> ManagedObjectServiceAsyncStub: ...
    GetManagedObject: grpc.UnaryUnaryMultiCallable[
        managed_object_pb2.GetManagedObjectRequest, managed_object_pb2.ManagedObject
    ]
    """Reads one object of the ledger."""
    ListManagedObjects: grpc.UnaryUnaryMultiCallable[
        managed_object_pb2.ListManagedObjectsRequest, managed_object_pb2.ListManagedObjectsResponse
    ]
    """Lists the objects this server owns in a cluster; `clusters/-` stands for all."""
    AdoptObject: grpc.UnaryUnaryMultiCallable[
        managed_object_pb2.AdoptObjectRequest, managed_object_pb2.ManagedObject
    ]
    """Takes over an object that exists already and belongs to somebody else, as it was looked at.
    Fails with `NOT_FOREIGN` if nobody else owns it.
    """

class ManagedObjectServiceAsyncStub(ManagedObjectServiceStub):
    """What ``ManagedObjectServiceStub`` is over a channel of asyncio; types only."""

    GetManagedObject: grpc.aio.UnaryUnaryMultiCallable[
        managed_object_pb2.GetManagedObjectRequest, managed_object_pb2.ManagedObject
    ]  # type: ignore[assignment]
    ListManagedObjects: grpc.aio.UnaryUnaryMultiCallable[
        managed_object_pb2.ListManagedObjectsRequest, managed_object_pb2.ListManagedObjectsResponse
    ]  # type: ignore[assignment]
    AdoptObject: grpc.aio.UnaryUnaryMultiCallable[
        managed_object_pb2.AdoptObjectRequest, managed_object_pb2.ManagedObject
    ]  # type: ignore[assignment]

class ManagedObjectServiceServicer:
    """Shows the ledger: every object this server owns, and where."""
    def GetManagedObject(
        self, request: managed_object_pb2.GetManagedObjectRequest, context: _Context
    ) -> managed_object_pb2.ManagedObject | Awaitable[managed_object_pb2.ManagedObject]:
        """Reads one object of the ledger."""
    def ListManagedObjects(
        self, request: managed_object_pb2.ListManagedObjectsRequest, context: _Context
    ) -> (
        managed_object_pb2.ListManagedObjectsResponse
        | Awaitable[managed_object_pb2.ListManagedObjectsResponse]
    ):
        """Lists the objects this server owns in a cluster; `clusters/-` stands for all."""
    def AdoptObject(
        self, request: managed_object_pb2.AdoptObjectRequest, context: _Context
    ) -> managed_object_pb2.ManagedObject | Awaitable[managed_object_pb2.ManagedObject]:
        """Takes over an object that exists already and belongs to somebody else, as it was looked
        at. Fails with `NOT_FOREIGN` if nobody else owns it.
        """

def add_ManagedObjectServiceServicer_to_server(
    servicer: ManagedObjectServiceServicer, server: grpc.Server | grpc.aio.Server
) -> None: ...
