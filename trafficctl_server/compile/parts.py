"""The parts of a destination, and what traffic policies name of them and beside them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from trafficctl_sdk.model.traffic_policy import TrafficPolicy
from trafficctl_sdk.slices import PodSubset

_POD_NAME = "statefulset.kubernetes.io/pod-name"
"""The label that Kubernetes gives each pod of a StatefulSet."""

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from trafficctl_sdk.model.workload import Workload


def named_subsets(policies: Iterable[TrafficPolicy | None]) -> frozenset[str]:
    """Give the ids of the subsets that policies mention, also with a share of nothing."""
    stated = [it for it in policies if it is not None]
    shifted = (
        weight.subset
        for policy in stated
        for shift in _shifts(policy)
        if shift.subsets is not None
        for weight in shift.subsets.weights
    )
    mirrored = (it.subset for policy in stated for it in _mirrors(policy) if it.subset)
    return frozenset((*shifted, *mirrored))


def named_workloads(policy: TrafficPolicy | None) -> frozenset[str]:
    """Give the ids of the workloads that a policy copies requests to."""
    mirrors = _mirrors(policy) if policy is not None else ()
    return frozenset(it.workload for it in mirrors if it.workload)


def compared_labels(policies: Iterable[TrafficPolicy | None]) -> frozenset[str]:
    """Give the keys of the labels by which policies prefer one endpoint to another."""
    localities = (it.locality for it in policies if it is not None)
    priorities = (it.failover_priority for it in localities if it is not None)
    return frozenset(
        label.partition("=")[0] for it in priorities if it is not None for label in it.labels
    )


def subsets_of(workloads: Iterable[Workload], named: Collection[str]) -> tuple[PodSubset, ...]:
    """Give those subsets of workloads that are named, sorted by name."""
    found = {
        it.id: PodSubset(name=it.id, labels=dict(sorted(it.labels.items())))
        for workload in workloads
        for it in workload.subsets
        if it.id in named
    }
    return tuple(found[name] for name in sorted(found))


def pod_subsets(pods: Iterable[str]) -> tuple[PodSubset, ...]:
    """Give a subset for each of these pods, under the pod's name, sorted."""
    return tuple(PodSubset(name=pod, labels={_POD_NAME: pod}) for pod in sorted(set(pods)))


def within_cluster(policy: TrafficPolicy, *, locality: bool) -> TrafficPolicy | None:
    """Give what of a merged policy holds for calls that never leave a cluster; none: nothing.

    Intents for calls between clusters may say of the same port where calls go over clusters; here
    that has no meaning.

    :param locality: an intent for calls inside a cluster states it.
    """
    shift = policy.shift if policy.shift is None or policy.shift.subsets is not None else None
    inside = replace(
        policy,
        locality=policy.locality if locality else None,
        shift=shift,
        mirrors=_without_clusters(policy.mirrors),
        routes=tuple(
            replace(
                route,
                shift=None if _over_clusters(route.shift) else route.shift,
                forward=route.forward if not _over_clusters(route.shift) else type(route).Forward(),
                mirrors=_without_clusters(route.mirrors),
            )
            for route in policy.routes
        ),
    )
    return inside if inside != TrafficPolicy() else None


def _over_clusters(shift: TrafficPolicy.Shift | None) -> bool:
    return shift is not None and shift.clusters is not None


def _without_clusters(
    mirrors: tuple[TrafficPolicy.Mirror, ...],
) -> tuple[TrafficPolicy.Mirror, ...]:
    return tuple(it for it in mirrors if it.cluster is None)


def _shifts(policy: TrafficPolicy) -> Iterator[TrafficPolicy.Shift]:
    for shift in (policy.shift, *(route.shift for route in policy.routes)):
        if shift is not None:
            yield shift


def _mirrors(policy: TrafficPolicy) -> Iterator[TrafficPolicy.Mirror]:
    yield from policy.mirrors
    for route in policy.routes:
        yield from route.mirrors
