"""Types of ``trafficctl/v2/driver_pb2_grpc.py``.

Made by ``python -m tools.generate_stubs``: change the .proto file, not this one.
"""

from collections.abc import AsyncIterator, Awaitable, Iterator
from typing import overload

import grpc
import grpc.aio
from trafficctl.v2 import driver_pb2

class _Context(grpc.ServicerContext, grpc.aio.ServicerContext):  # type: ignore
    """What both kinds of server hand over; either is enough for a handler."""

class DriverServiceStub:
    """Shows the drivers the server found: what they can do, and why one was refused."""
    @overload
    def __new__(cls, channel: grpc.Channel) -> DriverServiceStub: ...
    @overload
    def __new__(cls, channel: grpc.aio.Channel) -> DriverServiceAsyncStub: ...
    GetDriver: grpc.UnaryUnaryMultiCallable[driver_pb2.GetDriverRequest, driver_pb2.Driver]
    """Reads one driver."""
    ListDrivers: grpc.UnaryUnaryMultiCallable[
        driver_pb2.ListDriversRequest, driver_pb2.ListDriversResponse
    ]
    """Lists the drivers that were found, refused ones too."""

class DriverServiceAsyncStub(DriverServiceStub):
    """What ``DriverServiceStub`` is over a channel of asyncio; types only."""

    GetDriver: grpc.aio.UnaryUnaryMultiCallable[driver_pb2.GetDriverRequest, driver_pb2.Driver]  # type: ignore[assignment]
    ListDrivers: grpc.aio.UnaryUnaryMultiCallable[
        driver_pb2.ListDriversRequest, driver_pb2.ListDriversResponse
    ]  # type: ignore[assignment]

class DriverServiceServicer:
    """Shows the drivers the server found: what they can do, and why one was refused."""
    def GetDriver(
        self, request: driver_pb2.GetDriverRequest, context: _Context
    ) -> driver_pb2.Driver | Awaitable[driver_pb2.Driver]:
        """Reads one driver."""
    def ListDrivers(
        self, request: driver_pb2.ListDriversRequest, context: _Context
    ) -> driver_pb2.ListDriversResponse | Awaitable[driver_pb2.ListDriversResponse]:
        """Lists the drivers that were found, refused ones too."""

def add_DriverServiceServicer_to_server(
    servicer: DriverServiceServicer, server: grpc.Server | grpc.aio.Server
) -> None: ...
