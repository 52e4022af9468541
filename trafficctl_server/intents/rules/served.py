"""Fields of the core itself that this server does not serve: refused, never ignored."""

from collections.abc import Iterator
from typing import Final

from trafficctl_sdk.codec import Leaf, leaves
from trafficctl_sdk.errors import Violation
from trafficctl_sdk.model.cluster import Cluster, MeshFacts
from trafficctl_sdk.model.convergence import Convergence
from trafficctl_sdk.model.workload import Workload

from trafficctl_server.compile.facts import HOME_NAMESPACE, data_plane, has_mesh, is_scoped
from trafficctl_server.intents.kinds import Resource

_NOT_SERVED: Final[dict[str, dict[str, str]]] = {
    "TrafficIntentGroup": {
        "rollout": "every change reaches all clusters at once",
    },
    "Cluster": {
        "kubernetes": "the target is a directory",
        "sdwan": "no driver serves an SD-WAN",
        "network": "clusters are always reached through their east-west gateways",
        "mesh.aliases": "identities are told by their own trust domain",
        "workload_discovery.OBSERVE": "workloads are stated, not discovered",
        "settle_time": "a directory has no proxies to wait for",
        f"settled_at.{Convergence.Stage.IN_EFFECT}": "a directory has no proxies to ask",
    },
    "Workload": {
        "placements.weight": "serving clusters are not weighted",
    },
}
"""Kind → pattern of a leaf, or of what stands above it → why not."""


def not_served(resource: Resource) -> Iterator[Violation]:
    """Find the fields of a resource that have no effect in this server."""
    refused = _NOT_SERVED.get(type(resource).__name__, {})
    if refused:
        for leaf in leaves(resource):
            why = next((refused[it] for it in _above(leaf) if it in refused), None)
            if why is not None:
                yield Violation(
                    field=leaf.path,
                    rule="FIELD_NOT_SUPPORTED",
                    description=f"{leaf.path} is not served: {why}; leave it out",
                )
    if isinstance(resource, Cluster):
        yield from _unproxied(resource) if has_mesh(resource) else _unread(resource)


def _unproxied(cluster: Cluster) -> Iterator[Violation]:
    """Find what only proxies of the pods' own could hold, where the pods have none."""
    for index, entry in enumerate(cluster.governed_namespaces):
        if data_plane(cluster, entry.namespace) is MeshFacts.DataPlane.SIDECAR:
            continue
        place = f"governed_namespaces[{index}]"
        fields = [f"{place}.outbound_scope"] if is_scoped(entry) else []
        fields += [
            f"{place}.spared_callers[{number}].paths"
            for number, spared in enumerate(entry.spared_callers)
            if spared.paths
        ]
        for field in fields:
            yield Violation(
                field=field,
                rule="FIELD_NOT_SUPPORTED",
                description=f"{field} is not served: pods of namespace {entry.namespace} have no"
                " proxies of their own (ambient mode); leave it out",
            )


def _unread(cluster: Cluster) -> Iterator[Violation]:
    """Find what only a mesh could prove or read, where there is none."""
    for index, entry in enumerate(cluster.governed_namespaces):
        place = f"governed_namespaces[{index}]"
        fields: list[str] = []
        for number, spared in enumerate(entry.spared_callers):
            found = f"{place}.spared_callers[{number}]"
            fields += [f"{found}.service_account"] if spared.service_account else []
            fields += [f"{found}.paths"] if spared.paths else []
        for field in fields:
            yield Violation(
                field=field,
                rule="FIELD_NOT_SUPPORTED",
                description=f"{field} is not served: the cluster has no mesh, so nothing there"
                " proves accounts or reads requests; leave it out",
            )


def reserved_namespaces(resource: Resource) -> Iterator[Violation]:
    """Find namespaces that are ours to make, so that nobody may place or govern there."""
    if isinstance(resource, Cluster):
        for index, it in enumerate(resource.governed_namespaces):
            yield from _reserved(it.namespace, f"governed_namespaces[{index}].namespace")
    if isinstance(resource, Workload):
        yield from _reserved(resource.namespace, "namespace")


def _reserved(namespace: str, field: str) -> Iterator[Violation]:
    if namespace == HOME_NAMESPACE:
        yield Violation(
            field=field,
            rule="namespace.reserved",
            description=f"namespace {namespace} is the controller's own: choose another",
        )


def _above(leaf: Leaf) -> Iterator[str]:
    """Give a leaf's pattern and those of everything that it is part of."""
    segments = leaf.pattern.split(".")
    yield from (".".join(segments[:it]) for it in range(1, len(segments) + 1))
