"""The same slices where the clusters have no mesh: pods in place of what a mesh proves."""

import ipaddress
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from trafficctl_sdk.conformance.world import places
from trafficctl_sdk.conformance.world.callers import ANYWHERE, callers_of
from trafficctl_sdk.conformance.world.making import from_intent, made
from trafficctl_sdk.intent_kinds import ConnectivityIntent
from trafficctl_sdk.slices import (
    CallingWorkload,
    DeclaredCall,
    ExternalSlice,
    NamespaceSlice,
    Scope,
    ScopeKind,
    SlicePort,
    SparedCaller,
    TrafficSlice,
)


def by_pods(slices: Iterable[TrafficSlice], intent: ConnectivityIntent) -> tuple[TrafficSlice, ...]:
    """Give an intent's slices with the pods of callers, and without mutual TLS.

    Namespaces that call hosts outside may call what is declared, and nothing else.
    """
    told_apart = [_told_apart(it, intent) for it in slices]
    outside: defaultdict[str, list[TrafficSlice]] = defaultdict(list)
    for it in told_apart:
        if it.external is not None:
            outside[it.external.namespace].append(it)
    return (
        *told_apart,
        *(_declared(namespace, outside[namespace], intent) for namespace in sorted(outside)),
    )


def namespaces_by_pods(slices: Iterable[TrafficSlice]) -> tuple[TrafficSlice, ...]:
    """Give the slices of namespaces without what only a mesh knows: accounts, paths, hosts."""
    spared = SparedCaller(
        principal=places.spiffe("monitoring", ANYWHERE), ports=(9091,), namespace="monitoring"
    )
    return tuple(
        replace(it, namespace=replace(body, spared=(spared,) if body.spared else ()))
        for it in slices
        if (body := it.namespace) is not None and body.deny_all
    )


def left_alone(slice_: TrafficSlice) -> TrafficSlice:
    """Give a host outside as a namespace sees it that may call anything."""
    body = slice_.external
    return slice_ if body is None else replace(slice_, external=replace(body, declared_only=False))


def _told_apart(slice_: TrafficSlice, intent: ConnectivityIntent) -> TrafficSlice:
    if slice_.external is not None:
        return replace(slice_, external=replace(slice_.external, declared_only=True))
    body = slice_.workload
    if body is None:
        return slice_
    pods = {it.principal: it.calling for it in callers_of(intent) if it.namespace != ANYWHERE}
    grants = tuple(
        replace(it, callers=_sorted(pods[one] for one in it.principals if one in pods))
        for it in body.grants
    )
    return replace(slice_, workload=replace(body, grants=grants, mutual_tls=()))


def _declared(
    namespace: str, outside: Iterable[TrafficSlice], intent: ConnectivityIntent
) -> TrafficSlice:
    """Give the slice of a namespace whose pods may call hosts outside, and nothing else."""
    first, *_ = several = list(outside)
    calls = [call for it in several if it.external is not None for call in _calls(it.external)]
    here = (it for it in callers_of(intent) if it.namespace == namespace and it.allowed)
    return made(
        Scope(kind=ScopeKind.NAMESPACE, key=namespace),
        first.cluster,
        (),
        first.mesh.version,
        from_intent(intent, (f"callers[{it.index}]" for it in here)) if calls else (),
        namespace=NamespaceSlice(
            namespace=namespace,
            declared_calls=tuple(calls),
        ),
    )


def _calls(body: ExternalSlice) -> Iterator[DeclaredCall]:
    ports = tuple(
        SlicePort(port=it.port, protocol=it.protocol, target=it.port) for it in body.ports
    )
    for grant in body.grants if body.addresses else ():
        yield DeclaredCall(
            caller_labels=grant.caller.pod_labels,
            networks=tuple(sorted(str(ipaddress.ip_network(it)) for it in body.addresses)),
            ports=ports,
            origins=grant.origins,
        )


def _sorted(callers: Iterable[CallingWorkload]) -> tuple[CallingWorkload, ...]:
    return tuple(sorted(callers, key=lambda it: (it.namespace, *it.pod_labels.items())))
