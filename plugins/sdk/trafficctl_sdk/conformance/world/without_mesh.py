"""The same slices where the clusters have no mesh: pods in place of what a mesh proves."""

from collections.abc import Iterable
from dataclasses import replace

from trafficctl_sdk.conformance.world import places
from trafficctl_sdk.conformance.world.callers import ANYWHERE, callers_of
from trafficctl_sdk.intent_kinds import ConnectivityIntent
from trafficctl_sdk.slices import CallingWorkload, SparedCaller, TrafficSlice


def by_pods(slice_: TrafficSlice, intent: ConnectivityIntent) -> TrafficSlice:
    """Give an intent's slice with the pods of callers, and without mutual TLS."""
    if slice_.workload is None:
        return slice_
    pods = {it.principal: it.calling for it in callers_of(intent) if it.namespace != ANYWHERE}
    grants = tuple(
        replace(it, callers=_sorted(pods[one] for one in it.principals if one in pods))
        for it in slice_.workload.grants
    )
    return replace(slice_, workload=replace(slice_.workload, grants=grants, mutual_tls=()))


def namespaces_by_pods(slices: Iterable[TrafficSlice]) -> tuple[TrafficSlice, ...]:
    """Give the slices of namespaces without what only a mesh knows: accounts, paths, hosts."""
    spared = SparedCaller(
        principal=places.spiffe("monitoring", ANYWHERE), ports=(9091,), namespace="monitoring"
    )
    return tuple(
        replace(
            it, namespace=replace(it.namespace, spared=(spared,) if it.namespace.spared else ())
        )
        for it in slices
        if it.namespace is not None and it.namespace.deny_all
    )


def _sorted(callers: Iterable[CallingWorkload]) -> tuple[CallingWorkload, ...]:
    return tuple(sorted(callers, key=lambda it: (it.namespace, *it.pod_labels.items())))
