"""Types of ``trafficctl/v2/workload_pb2_grpc.py``.

Made by ``python -m tools.generate_stubs``: change the .proto file, not this one.
"""

from collections.abc import AsyncIterator, Awaitable, Iterator
from typing import overload

import grpc
import grpc.aio
from trafficctl.v2 import workload_pb2

class _Context(grpc.ServicerContext, grpc.aio.ServicerContext):  # type: ignore
    """What both kinds of server hand over; either is enough for a handler."""

class WorkloadServiceStub:
    """Keeps the inventory of workloads: which microservice runs where, under which account and
    labels.
    """
    @overload
    def __new__(cls, channel: grpc.Channel) -> WorkloadServiceStub: ...
    @overload
    def __new__(cls, channel: grpc.aio.Channel) -> WorkloadServiceAsyncStub: ...
    CreateWorkload: grpc.UnaryUnaryMultiCallable[
        workload_pb2.CreateWorkloadRequest, workload_pb2.Workload
    ]
    """Creates a workload.

    Answers once it is stored; intents that waited for it go on by themselves.
    """
    GetWorkload: grpc.UnaryUnaryMultiCallable[
        workload_pb2.GetWorkloadRequest, workload_pb2.Workload
    ]
    """Reads one workload."""
    ListWorkloads: grpc.UnaryUnaryMultiCallable[
        workload_pb2.ListWorkloadsRequest, workload_pb2.ListWorkloadsResponse
    ]
    """Lists the workloads of a bundle version; `-` stands for any project, bundle or version."""
    UpdateWorkload: grpc.UnaryUnaryMultiCallable[
        workload_pb2.UpdateWorkloadRequest, workload_pb2.Workload
    ]
    """Changes a workload.

    Callers and servers that are named by workload follow a move by themselves, and a new place is
    opened before the old one is closed.
    """
    DeleteWorkload: grpc.UnaryUnaryMultiCallable[
        workload_pb2.DeleteWorkloadRequest, workload_pb2.Workload
    ]
    """Deletes a workload.

    Refused with `WORKLOAD_IN_USE` while an intent serves it; intents that only name it as a caller
    wait until it comes back. Answers the workload in state DELETING.
    """
    BatchUpdateWorkloads: grpc.UnaryUnaryMultiCallable[
        workload_pb2.BatchUpdateWorkloadsRequest, workload_pb2.BatchUpdateWorkloadsResponse
    ]
    """Changes up to 1000 workloads as one: one revision, all or none.

    A scheduler uses it when it moves things. Violations carry paths such as
    `requests[3].workload.ports[0].port`.
    """

class WorkloadServiceAsyncStub(WorkloadServiceStub):
    """What ``WorkloadServiceStub`` is over a channel of asyncio; types only."""

    CreateWorkload: grpc.aio.UnaryUnaryMultiCallable[
        workload_pb2.CreateWorkloadRequest, workload_pb2.Workload
    ]  # type: ignore[assignment]
    GetWorkload: grpc.aio.UnaryUnaryMultiCallable[
        workload_pb2.GetWorkloadRequest, workload_pb2.Workload
    ]  # type: ignore[assignment]
    ListWorkloads: grpc.aio.UnaryUnaryMultiCallable[
        workload_pb2.ListWorkloadsRequest, workload_pb2.ListWorkloadsResponse
    ]  # type: ignore[assignment]
    UpdateWorkload: grpc.aio.UnaryUnaryMultiCallable[
        workload_pb2.UpdateWorkloadRequest, workload_pb2.Workload
    ]  # type: ignore[assignment]
    DeleteWorkload: grpc.aio.UnaryUnaryMultiCallable[
        workload_pb2.DeleteWorkloadRequest, workload_pb2.Workload
    ]  # type: ignore[assignment]
    BatchUpdateWorkloads: grpc.aio.UnaryUnaryMultiCallable[
        workload_pb2.BatchUpdateWorkloadsRequest, workload_pb2.BatchUpdateWorkloadsResponse
    ]  # type: ignore[assignment]

class WorkloadServiceServicer:
    """Keeps the inventory of workloads: which microservice runs where, under which account and
    labels.
    """
    def CreateWorkload(
        self, request: workload_pb2.CreateWorkloadRequest, context: _Context
    ) -> workload_pb2.Workload | Awaitable[workload_pb2.Workload]:
        """Creates a workload.

        Answers once it is stored; intents that waited for it go on by themselves.
        """
    def GetWorkload(
        self, request: workload_pb2.GetWorkloadRequest, context: _Context
    ) -> workload_pb2.Workload | Awaitable[workload_pb2.Workload]:
        """Reads one workload."""
    def ListWorkloads(
        self, request: workload_pb2.ListWorkloadsRequest, context: _Context
    ) -> workload_pb2.ListWorkloadsResponse | Awaitable[workload_pb2.ListWorkloadsResponse]:
        """Lists the workloads of a bundle version; `-` stands for any project, bundle or version."""
    def UpdateWorkload(
        self, request: workload_pb2.UpdateWorkloadRequest, context: _Context
    ) -> workload_pb2.Workload | Awaitable[workload_pb2.Workload]:
        """Changes a workload.

        Callers and servers that are named by workload follow a move by themselves, and a new place
        is opened before the old one is closed.
        """
    def DeleteWorkload(
        self, request: workload_pb2.DeleteWorkloadRequest, context: _Context
    ) -> workload_pb2.Workload | Awaitable[workload_pb2.Workload]:
        """Deletes a workload.

        Refused with `WORKLOAD_IN_USE` while an intent serves it; intents that only name it as a
        caller wait until it comes back. Answers the workload in state DELETING.
        """
    def BatchUpdateWorkloads(
        self, request: workload_pb2.BatchUpdateWorkloadsRequest, context: _Context
    ) -> (
        workload_pb2.BatchUpdateWorkloadsResponse
        | Awaitable[workload_pb2.BatchUpdateWorkloadsResponse]
    ):
        """Changes up to 1000 workloads as one: one revision, all or none.

        A scheduler uses it when it moves things. Violations carry paths such as
        `requests[3].workload.ports[0].port`.
        """

def add_WorkloadServiceServicer_to_server(
    servicer: WorkloadServiceServicer, server: grpc.Server | grpc.aio.Server
) -> None: ...
