"""Whose pods a selector takes along: without a mesh, labels are all that tells pods apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trafficctl_server.compile.facts import has_mesh
from trafficctl_server.compile.inventory import destination_of, places_of
from trafficctl_server.compile.names import WorkloadId, bundle_version_of, last_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from trafficctl_sdk.model.workload import Workload

    from trafficctl_server.compile.inventory import Place
    from trafficctl_server.compile.world import World


def taken_along(place: Place, world: World) -> Iterator[Workload]:
    """Give the other workloads whose pods carry all labels of a place's; sorted by name."""
    wanted = place.pod_labels.items()
    for other, there in _beside(place, world):
        if wanted <= there.pod_labels.items():
            yield other


def taking_along(place: Place, world: World) -> Iterator[Workload]:
    """Give the other workloads all of whose labels a place's pods carry; sorted by name."""
    carried = place.pod_labels.items()
    for other, there in _beside(place, world):
        if there.pod_labels and there.pod_labels.items() <= carried:
            yield other


def sharing_pods(workloads: Iterable[Workload], world: World) -> Iterator[Workload]:
    """Give the others whose Services lead to pods that policies for these workloads select."""
    for workload in workloads:
        for place in places_of(workload):
            yield from taking_along(place, world)
            for other in taken_along(place, world):
                yield other
                for there in places_of(other):
                    if there.cluster == place.cluster:
                        yield from taking_along(there, world)


def said(others: list[Workload]) -> str:
    """Name workloads in few words, for people."""
    return ", ".join(last_id(it.name) for it in others)


def _beside(place: Place, world: World) -> Iterator[tuple[Workload, Place]]:
    """Give the other workloads of a namespace in a cluster without a mesh, where they run there."""
    cluster = world.clusters.get(place.cluster)
    if cluster is None or has_mesh(cluster):
        return
    for other in world.workloads_beside(place.cluster, place.namespace):
        if _is_of(other, place):
            continue
        for there in places_of(other):
            if there.cluster == place.cluster:
                yield other, there


def _is_of(workload: Workload, place: Place) -> bool:
    """Say whether a workload is the place's own, in whatever version."""
    return (
        _across_versions(workload.name) == _across_versions(place.workload)
        or destination_of(workload) == f"{place.namespace}/{place.service}"
    )


def _across_versions(name: str) -> WorkloadId:
    of = bundle_version_of(name)
    return WorkloadId(of.project, of.bundle, last_id(name))
