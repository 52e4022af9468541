"""What holds for a whole namespace: deny-all, what it may call, and whether it is ours."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from trafficctl_sdk.slices import CallableHost, DeclaredCall, NamespaceSlice, TrafficSlice

from trafficctl_server.compile.admission import is_leaving
from trafficctl_server.compile.callable_hosts import CallableHosts
from trafficctl_server.compile.declared_calls import declared_calls, gathered
from trafficctl_server.compile.facts import (
    HOME_NAMESPACE,
    governance,
    has_mesh,
    is_governed,
    is_scoped,
    spared_callers,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from trafficctl_sdk.intent_kinds import ConnectivityIntent

    from trafficctl_server.compile.callers import CallerPlace
    from trafficctl_server.compile.scopes.about import About


def slices(about: About, calling: Collection[str]) -> Iterator[TrafficSlice]:
    """Give the slices of a namespace, one for each cluster where anything holds for it.

    :param calling: clusters that have calling-side objects, which need our own namespace.
    """
    namespace = about.scope.key
    declared = _Declared(about)
    for cluster_id, cluster in sorted(about.world.clusters.items()):
        if is_leaving(cluster) or not cluster.service_mesh:
            continue
        entry = governance(cluster, namespace)
        deny_all = entry is not None and is_governed(entry)
        scoped = entry is not None and is_scoped(entry)
        meshed = has_mesh(cluster)
        ours = namespace == HOME_NAMESPACE and cluster_id in calling
        if deny_all or scoped or ours:
            yield about.slice(
                cluster_id,
                (),
                declared.origins[cluster_id] if scoped else {},
                namespace=NamespaceSlice(
                    namespace=namespace,
                    ours=ours,
                    deny_all=deny_all,
                    spared=spared_callers(cluster, entry) if deny_all else (),
                    callable_hosts=(
                        tuple(sorted(declared.hosts[cluster_id])) if scoped and meshed else None
                    ),
                    declared_calls=(
                        gathered(declared.calls[cluster_id]) if scoped and not meshed else None
                    ),
                ),
            )


class _Declared:
    """What all intents together let the namespace call, by cluster, with what said so."""

    def __init__(self, about: About) -> None:
        self.hosts: defaultdict[str, set[CallableHost]] = defaultdict(set)
        self.origins: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(
            lambda: defaultdict(set)
        )
        self.calls: defaultdict[str, list[DeclaredCall]] = defaultdict(list)
        clusters, scoped = about.world.clusters, about.world.scoped
        bare = {
            it
            for it, namespaces in scoped.items()
            if about.scope.key in namespaces and not has_mesh(clusters[it])
        }
        found = CallableHosts(about.scope.key, about.world)
        for intent in about.world.intents_in(about.scope):
            for place, host in found.of(intent):
                if has_mesh(clusters[place.cluster]):
                    self.hosts[place.cluster].add(host)
                    self._note(intent, place)
            for place, call in declared_calls(intent, about.scope.key, about.world) if bare else ():
                if place.cluster in bare:
                    self.calls[place.cluster].append(call)
                    self._note(intent, place)

    def _note(self, intent: ConnectivityIntent, place: CallerPlace) -> None:
        self.origins[place.cluster][intent.name].add(f"callers[{place.index}]")
