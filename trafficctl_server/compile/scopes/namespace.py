"""What holds for a whole namespace: deny-all, and whether it is ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trafficctl_sdk.slices import NamespaceSlice, TrafficSlice

from trafficctl_server.compile.admission import NO_MESH, is_leaving
from trafficctl_server.compile.facts import (
    HOME_NAMESPACE,
    governance,
    is_governed,
    spared_callers,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from trafficctl_server.compile.scopes.about import About


def slices(about: About, calling: Collection[str]) -> Iterator[TrafficSlice]:
    """Give the slices of a namespace, one for each cluster where anything holds for it.

    :param calling: clusters that have calling-side objects, which need our own namespace.
    """
    for cluster_id, cluster in sorted(about.world.clusters.items()):
        if is_leaving(cluster) or cluster.service_mesh in ("", NO_MESH):
            continue
        entry = governance(cluster, about.scope.key)
        deny_all = entry is not None and is_governed(entry)
        ours = about.scope.key == HOME_NAMESPACE and cluster_id in calling
        if deny_all or ours:
            yield about.slice(
                cluster_id,
                (),
                {},
                namespace=NamespaceSlice(
                    namespace=about.scope.key,
                    ours=ours,
                    deny_all=deny_all,
                    spared=spared_callers(cluster, entry) if deny_all else (),
                ),
            )
