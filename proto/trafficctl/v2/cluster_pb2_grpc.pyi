"""Types of ``trafficctl/v2/cluster_pb2_grpc.py``.

Made by ``python -m tools.generate_stubs``: change the .proto file, not this one.
"""

from collections.abc import AsyncIterator, Awaitable, Iterator
from typing import overload

import grpc
import grpc.aio
from trafficctl.v2 import cluster_pb2

class _Context(grpc.ServicerContext, grpc.aio.ServicerContext):  # type: ignore
    """What both kinds of server hand over; either is enough for a handler."""

class ClusterServiceStub:
    """Keeps the clusters that configuration is delivered to, and what their operators decided about
    them.
    """
    @overload
    def __new__(cls, channel: grpc.Channel) -> ClusterServiceStub: ...
    @overload
    def __new__(cls, channel: grpc.aio.Channel) -> ClusterServiceAsyncStub: ...
    CreateCluster: grpc.UnaryUnaryMultiCallable[
        cluster_pb2.CreateClusterRequest, cluster_pb2.Cluster
    ]
    """Creates a cluster.

    Answers once it is stored; the connection is made afterwards and told in `connection`.
    """
    GetCluster: grpc.UnaryUnaryMultiCallable[cluster_pb2.GetClusterRequest, cluster_pb2.Cluster]
    """Reads one cluster.

    Secrets are never answered.
    """
    ListClusters: grpc.UnaryUnaryMultiCallable[
        cluster_pb2.ListClustersRequest, cluster_pb2.ListClustersResponse
    ]
    """Lists the clusters."""
    UpdateCluster: grpc.UnaryUnaryMultiCallable[
        cluster_pb2.UpdateClusterRequest, cluster_pb2.Cluster
    ]
    """Changes a cluster.

    An absent secret keeps the stored one. New credentials take effect without a restart.
    """
    DeleteCluster: grpc.UnaryUnaryMultiCallable[
        cluster_pb2.DeleteClusterRequest, cluster_pb2.Cluster
    ]
    """Deletes a cluster that is drained or owns nothing, else fails with `CLUSTER_NOT_DRAINED`.

    `force` forgets a cluster that is lost. Answers the cluster in state DELETING.
    """
    CheckCluster: grpc.UnaryUnaryMultiCallable[
        cluster_pb2.CheckClusterRequest, cluster_pb2.CheckClusterResponse
    ]
    """Tries the cluster out: connection, permissions, served kinds, mesh and gateways.

    It changes nothing and never fails because the cluster is away; the checks say so.
    """
    DrainCluster: grpc.UnaryUnaryMultiCallable[cluster_pb2.DrainClusterRequest, cluster_pb2.Cluster]
    """Starts to remove everything this server owns in the cluster.

    Fails with `CLUSTER_STATE` if the cluster is being deleted.
    """
    ResumeCluster: grpc.UnaryUnaryMultiCallable[
        cluster_pb2.ResumeClusterRequest, cluster_pb2.Cluster
    ]
    """Ends draining and makes the cluster ACTIVE again.

    Fails with `CLUSTER_STATE` if it is not DRAINING or DRAINED.
    """
    ReleaseCluster: grpc.UnaryUnaryMultiCallable[
        cluster_pb2.ReleaseClusterRequest, cluster_pb2.Cluster
    ]
    """Lets the change go that the safety brake holds.

    Fails with `HELD_CHANGE_DIFFERS` if it is no longer the change that was looked at.
    """

class ClusterServiceAsyncStub(ClusterServiceStub):
    """What ``ClusterServiceStub`` is over a channel of asyncio; types only."""

    CreateCluster: grpc.aio.UnaryUnaryMultiCallable[
        cluster_pb2.CreateClusterRequest, cluster_pb2.Cluster
    ]  # type: ignore[assignment]
    GetCluster: grpc.aio.UnaryUnaryMultiCallable[cluster_pb2.GetClusterRequest, cluster_pb2.Cluster]  # type: ignore[assignment]
    ListClusters: grpc.aio.UnaryUnaryMultiCallable[
        cluster_pb2.ListClustersRequest, cluster_pb2.ListClustersResponse
    ]  # type: ignore[assignment]
    UpdateCluster: grpc.aio.UnaryUnaryMultiCallable[
        cluster_pb2.UpdateClusterRequest, cluster_pb2.Cluster
    ]  # type: ignore[assignment]
    DeleteCluster: grpc.aio.UnaryUnaryMultiCallable[
        cluster_pb2.DeleteClusterRequest, cluster_pb2.Cluster
    ]  # type: ignore[assignment]
    CheckCluster: grpc.aio.UnaryUnaryMultiCallable[
        cluster_pb2.CheckClusterRequest, cluster_pb2.CheckClusterResponse
    ]  # type: ignore[assignment]
    DrainCluster: grpc.aio.UnaryUnaryMultiCallable[
        cluster_pb2.DrainClusterRequest, cluster_pb2.Cluster
    ]  # type: ignore[assignment]
    ResumeCluster: grpc.aio.UnaryUnaryMultiCallable[
        cluster_pb2.ResumeClusterRequest, cluster_pb2.Cluster
    ]  # type: ignore[assignment]
    ReleaseCluster: grpc.aio.UnaryUnaryMultiCallable[
        cluster_pb2.ReleaseClusterRequest, cluster_pb2.Cluster
    ]  # type: ignore[assignment]

class ClusterServiceServicer:
    """Keeps the clusters that configuration is delivered to, and what their operators decided about
    them.
    """
    def CreateCluster(
        self, request: cluster_pb2.CreateClusterRequest, context: _Context
    ) -> cluster_pb2.Cluster | Awaitable[cluster_pb2.Cluster]:
        """Creates a cluster.

        Answers once it is stored; the connection is made afterwards and told in `connection`.
        """
    def GetCluster(
        self, request: cluster_pb2.GetClusterRequest, context: _Context
    ) -> cluster_pb2.Cluster | Awaitable[cluster_pb2.Cluster]:
        """Reads one cluster.

        Secrets are never answered.
        """
    def ListClusters(
        self, request: cluster_pb2.ListClustersRequest, context: _Context
    ) -> cluster_pb2.ListClustersResponse | Awaitable[cluster_pb2.ListClustersResponse]:
        """Lists the clusters."""
    def UpdateCluster(
        self, request: cluster_pb2.UpdateClusterRequest, context: _Context
    ) -> cluster_pb2.Cluster | Awaitable[cluster_pb2.Cluster]:
        """Changes a cluster.

        An absent secret keeps the stored one. New credentials take effect without a restart.
        """
    def DeleteCluster(
        self, request: cluster_pb2.DeleteClusterRequest, context: _Context
    ) -> cluster_pb2.Cluster | Awaitable[cluster_pb2.Cluster]:
        """Deletes a cluster that is drained or owns nothing, else fails with `CLUSTER_NOT_DRAINED`.
        `force` forgets a cluster that is lost. Answers the cluster in state DELETING.
        """
    def CheckCluster(
        self, request: cluster_pb2.CheckClusterRequest, context: _Context
    ) -> cluster_pb2.CheckClusterResponse | Awaitable[cluster_pb2.CheckClusterResponse]:
        """Tries the cluster out: connection, permissions, served kinds, mesh and gateways.

        It changes nothing and never fails because the cluster is away; the checks say so.
        """
    def DrainCluster(
        self, request: cluster_pb2.DrainClusterRequest, context: _Context
    ) -> cluster_pb2.Cluster | Awaitable[cluster_pb2.Cluster]:
        """Starts to remove everything this server owns in the cluster.

        Fails with `CLUSTER_STATE` if the cluster is being deleted.
        """
    def ResumeCluster(
        self, request: cluster_pb2.ResumeClusterRequest, context: _Context
    ) -> cluster_pb2.Cluster | Awaitable[cluster_pb2.Cluster]:
        """Ends draining and makes the cluster ACTIVE again.

        Fails with `CLUSTER_STATE` if it is not DRAINING or DRAINED.
        """
    def ReleaseCluster(
        self, request: cluster_pb2.ReleaseClusterRequest, context: _Context
    ) -> cluster_pb2.Cluster | Awaitable[cluster_pb2.Cluster]:
        """Lets the change go that the safety brake holds.

        Fails with `HELD_CHANGE_DIFFERS` if it is no longer the change that was looked at.
        """

def add_ClusterServiceServicer_to_server(
    servicer: ClusterServiceServicer, server: grpc.Server | grpc.aio.Server
) -> None: ...
