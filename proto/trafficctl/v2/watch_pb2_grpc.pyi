"""Types of ``trafficctl/v2/watch_pb2_grpc.py``.

Made by ``python -m tools.generate_stubs``: change the .proto file, not this one.
"""

from collections.abc import AsyncIterator, Awaitable, Iterator
from typing import overload

import grpc
import grpc.aio
from trafficctl.v2 import watch_pb2

class _Context(grpc.ServicerContext, grpc.aio.ServicerContext):  # type: ignore
    """What both kinds of server hand over; either is enough for a handler."""

class WatchServiceStub:
    """Tells what changes, as it changes."""
    @overload
    def __new__(cls, channel: grpc.Channel) -> WatchServiceStub: ...
    @overload
    def __new__(cls, channel: grpc.aio.Channel) -> WatchServiceAsyncStub: ...
    Watch: grpc.UnaryStreamMultiCallable[watch_pb2.WatchRequest, watch_pb2.WatchResponse]
    """Streams what is there and what changes, in the order of revisions.

    A revision is whole when `more` is false; after a break, start again from the last whole one:
    nothing is lost or repeated. The stream ends with OUT_OF_RANGE `HISTORY_COMPACTED` (start again
    from 0), RESOURCE_EXHAUSTED `SLOW_CONSUMER` or UNAVAILABLE `SERVER_DRAINING` (resume). Over REST
    it is a stream of server-sent events whose `id` is the revision, and `Last-Event-ID` resumes.
    """

class WatchServiceAsyncStub(WatchServiceStub):
    """What ``WatchServiceStub`` is over a channel of asyncio; types only."""

    Watch: grpc.aio.UnaryStreamMultiCallable[watch_pb2.WatchRequest, watch_pb2.WatchResponse]  # type: ignore[assignment]

class WatchServiceServicer:
    """Tells what changes, as it changes."""
    def Watch(
        self, request: watch_pb2.WatchRequest, context: _Context
    ) -> Iterator[watch_pb2.WatchResponse] | AsyncIterator[watch_pb2.WatchResponse]:
        """Streams what is there and what changes, in the order of revisions.

        A revision is whole when `more` is false; after a break, start again from the last whole
        one: nothing is lost or repeated. The stream ends with OUT_OF_RANGE `HISTORY_COMPACTED`
        (start again from 0), RESOURCE_EXHAUSTED `SLOW_CONSUMER` or UNAVAILABLE `SERVER_DRAINING`
        (resume). Over REST it is a stream of server-sent events whose `id` is the revision, and
        `Last-Event-ID` resumes.
        """

def add_WatchServiceServicer_to_server(
    servicer: WatchServiceServicer, server: grpc.Server | grpc.aio.Server
) -> None: ...
