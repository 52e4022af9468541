"""Types of ``trafficctl/v2/revision_pb2_grpc.py``.

Made by ``python -m tools.generate_stubs``: change the .proto file, not this one.
"""

from collections.abc import AsyncIterator, Awaitable, Iterator
from typing import overload

import grpc
import grpc.aio
from trafficctl.v2 import plan_pb2, revision_pb2

class _Context(grpc.ServicerContext, grpc.aio.ServicerContext):  # type: ignore
    """What both kinds of server hand over; either is enough for a handler."""

class RevisionServiceStub:
    """Shows the history of what was wished, and leads back to it."""
    @overload
    def __new__(cls, channel: grpc.Channel) -> RevisionServiceStub: ...
    @overload
    def __new__(cls, channel: grpc.aio.Channel) -> RevisionServiceAsyncStub: ...
    GetRevision: grpc.UnaryUnaryMultiCallable[
        revision_pb2.GetRevisionRequest, revision_pb2.Revision
    ]
    """Reads one revision.

    Fails with `HISTORY_COMPACTED` if it is no longer kept.
    """
    ListRevisions: grpc.UnaryUnaryMultiCallable[
        revision_pb2.ListRevisionsRequest, revision_pb2.ListRevisionsResponse
    ]
    """Lists the revisions that are kept, newest first."""
    ListState: grpc.UnaryUnaryMultiCallable[
        revision_pb2.ListStateRequest, revision_pb2.ListStateResponse
    ]
    """Lists resources as they were at a revision or at a time.

    Fails with `HISTORY_COMPACTED` if that is too long ago.
    """
    RollBackRevision: grpc.UnaryUnaryMultiCallable[
        revision_pb2.RollBackRevisionRequest, plan_pb2.Plan
    ]
    """Makes a plan that restores the state of a revision for one project, bundle version or group.
    Nothing happens until the plan is applied. Fails with `HISTORY_COMPACTED` if the revision is no
    longer kept.
    """

class RevisionServiceAsyncStub(RevisionServiceStub):
    """What ``RevisionServiceStub`` is over a channel of asyncio; types only."""

    GetRevision: grpc.aio.UnaryUnaryMultiCallable[
        revision_pb2.GetRevisionRequest, revision_pb2.Revision
    ]  # type: ignore[assignment]
    ListRevisions: grpc.aio.UnaryUnaryMultiCallable[
        revision_pb2.ListRevisionsRequest, revision_pb2.ListRevisionsResponse
    ]  # type: ignore[assignment]
    ListState: grpc.aio.UnaryUnaryMultiCallable[
        revision_pb2.ListStateRequest, revision_pb2.ListStateResponse
    ]  # type: ignore[assignment]
    RollBackRevision: grpc.aio.UnaryUnaryMultiCallable[
        revision_pb2.RollBackRevisionRequest, plan_pb2.Plan
    ]  # type: ignore[assignment]

class RevisionServiceServicer:
    """Shows the history of what was wished, and leads back to it."""
    def GetRevision(
        self, request: revision_pb2.GetRevisionRequest, context: _Context
    ) -> revision_pb2.Revision | Awaitable[revision_pb2.Revision]:
        """Reads one revision.

        Fails with `HISTORY_COMPACTED` if it is no longer kept.
        """
    def ListRevisions(
        self, request: revision_pb2.ListRevisionsRequest, context: _Context
    ) -> revision_pb2.ListRevisionsResponse | Awaitable[revision_pb2.ListRevisionsResponse]:
        """Lists the revisions that are kept, newest first."""
    def ListState(
        self, request: revision_pb2.ListStateRequest, context: _Context
    ) -> revision_pb2.ListStateResponse | Awaitable[revision_pb2.ListStateResponse]:
        """Lists resources as they were at a revision or at a time.

        Fails with `HISTORY_COMPACTED` if that is too long ago.
        """
    def RollBackRevision(
        self, request: revision_pb2.RollBackRevisionRequest, context: _Context
    ) -> plan_pb2.Plan | Awaitable[plan_pb2.Plan]:
        """Makes a plan that restores the state of a revision for one project, bundle version or
        group. Nothing happens until the plan is applied. Fails with `HISTORY_COMPACTED` if the
        revision is no longer kept.
        """

def add_RevisionServiceServicer_to_server(
    servicer: RevisionServiceServicer, server: grpc.Server | grpc.aio.Server
) -> None: ...
