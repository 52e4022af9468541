"""What traffic policies name: subsets, other workloads, labels of clusters."""

from collections.abc import Iterator

from trafficctl_sdk.conformance.world import places
from trafficctl_sdk.model.traffic_policy import TrafficPolicy
from trafficctl_sdk.slices import PodSubset


def subsets_named(policy: TrafficPolicy | None) -> tuple[PodSubset, ...]:
    """Give those subsets of the service that a policy names."""
    shifted = {
        weight.subset
        for shift in _shifts(policy)
        if shift.subsets is not None
        for weight in shift.subsets.weights
    }
    named = shifted | {it.subset for it in _mirrors(policy) if it.subset}
    return tuple(PodSubset(name=it, labels={"version": it}) for it in places.SUBSETS if it in named)


def mirror_hosts(policy: TrafficPolicy | None) -> dict[str, str]:
    """Give the Services of the workloads that a policy copies requests to, by id."""
    named = {it.workload for it in _mirrors(policy) if it.workload}
    return {it: places.service_host(it) for it in places.MIRRORS if it in named}


def compared_labels(policy: TrafficPolicy | None) -> frozenset[str]:
    """Give the keys of the labels by which a policy prefers one cluster to another."""
    locality = policy.locality if policy is not None else None
    priority = locality.failover_priority if locality is not None else None
    labels = priority.labels if priority is not None else ()
    return frozenset(label.partition("=")[0] for label in labels)


def _shifts(policy: TrafficPolicy | None) -> Iterator[TrafficPolicy.Shift]:
    if policy is not None:
        for shift in (policy.shift, *(route.shift for route in policy.routes)):
            if shift is not None:
                yield shift


def _mirrors(policy: TrafficPolicy | None) -> Iterator[TrafficPolicy.Mirror]:
    if policy is not None:
        yield from policy.mirrors
        for route in policy.routes:
            yield from route.mirrors
