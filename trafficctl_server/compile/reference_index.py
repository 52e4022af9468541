"""Intents by the workloads and clusters that they name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trafficctl_server.compile.name_index import NameIndex
from trafficctl_server.compile.references import cluster_ids, workload_ids

if TYPE_CHECKING:
    from trafficctl_sdk.intent_kinds import ConnectivityIntent

    from trafficctl_server.compile.footprint import References
    from trafficctl_server.compile.names import WorkloadId


class ReferenceIndex:
    """Names of intents.

    :ivar workloads: those that name a workload, over all versions.
    :ivar clusters: those that name a cluster; by ``ANY_CLUSTER`` those that mean more.
    """

    def __init__(self) -> None:
        self.workloads: NameIndex[WorkloadId] = NameIndex()
        self.clusters: NameIndex[str] = NameIndex()

    def fork(self) -> ReferenceIndex:
        """Give an independent index that holds the same."""
        other = ReferenceIndex()
        other.workloads, other.clusters = self.workloads.fork(), self.clusters.fork()
        return other

    def __bool__(self) -> bool:
        return bool(self.workloads or self.clusters)

    def add(self, intent: ConnectivityIntent) -> None:
        """Find an intent under all that it names."""
        for workload in workload_ids(intent):
            self.workloads.add(workload, intent.name)
        for cluster in cluster_ids(intent):
            self.clusters.add(cluster, intent.name)

    def recall(self, name: str, refers_to: References) -> None:
        """Find an intent under what it was known to name."""
        for workload in refers_to.workloads:
            self.workloads.add(workload, name)
        for cluster in refers_to.clusters:
            self.clusters.add(cluster, name)

    def discard(self, intent: ConnectivityIntent) -> None:
        """Find it no more, as it was added."""
        for workload in workload_ids(intent):
            self.workloads.discard(workload, intent.name)
        for cluster in cluster_ids(intent):
            self.clusters.discard(cluster, intent.name)
