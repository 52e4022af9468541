"""Workloads by all that they are looked for under."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trafficctl_server.compile.inventory import destination_of, places_of
from trafficctl_server.compile.name_index import NameIndex
from trafficctl_server.compile.names import WorkloadId, bundle_version_of, last_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trafficctl_sdk.model.workload import Workload


class WorkloadIndex:
    """Full names of workloads.

    :ivar versions: all versions of a workload.
    :ivar serving: those behind ``<namespace>/<service>``.
    :ivar placed: those that run in a cluster.
    :ivar accounts: those that run under an account, by cluster, namespace and account.
    :ivar together: those of a namespace, by cluster and namespace.
    """

    def __init__(self) -> None:
        self.versions: NameIndex[WorkloadId] = NameIndex()
        self.serving: NameIndex[str] = NameIndex()
        self.placed: NameIndex[str] = NameIndex()
        self.accounts: NameIndex[tuple[str, str, str]] = NameIndex()
        self.together: NameIndex[tuple[str, str]] = NameIndex()

    def fork(self) -> WorkloadIndex:
        """Give an independent index that holds the same."""
        other = WorkloadIndex()
        other.versions = self.versions.fork()
        other.serving = self.serving.fork()
        other.placed = self.placed.fork()
        other.accounts = self.accounts.fork()
        other.together = self.together.fork()
        return other

    def __bool__(self) -> bool:
        return bool(self.versions or self.serving or self.placed or self.accounts or self.together)

    def add(self, workload: Workload) -> None:
        """Find a workload under all that it says."""
        self.versions.add(workload_id(workload.name), workload.name)
        self.serving.add(destination_of(workload), workload.name)
        for cluster, namespace, account in _accounts(workload):
            self.placed.add(cluster, workload.name)
            self.accounts.add((cluster, namespace, account), workload.name)
            self.together.add((cluster, namespace), workload.name)

    def discard(self, workload: Workload) -> None:
        """Find it no more, as it was added."""
        self.versions.discard(workload_id(workload.name), workload.name)
        self.serving.discard(destination_of(workload), workload.name)
        for cluster, namespace, account in _accounts(workload):
            self.placed.discard(cluster, workload.name)
            self.accounts.discard((cluster, namespace, account), workload.name)
            self.together.discard((cluster, namespace), workload.name)


def workload_id(name: str) -> WorkloadId:
    """Give what a full name means over all versions."""
    of = bundle_version_of(name)
    return WorkloadId(of.project, of.bundle, last_id(name))


def _accounts(workload: Workload) -> Iterator[tuple[str, str, str]]:
    return ((it.cluster, it.namespace, it.account) for it in places_of(workload))
