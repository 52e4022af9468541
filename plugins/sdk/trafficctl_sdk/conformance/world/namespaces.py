"""What holds for whole namespaces; the clusters' records say so, not an intent."""

from trafficctl_sdk.conformance.world import places
from trafficctl_sdk.conformance.world.making import made
from trafficctl_sdk.slices import (
    CallableHost,
    NamespaceSlice,
    Scope,
    ScopeKind,
    SparedCaller,
    TrafficSlice,
)


def namespace_slices(version: str) -> tuple[TrafficSlice, ...]:
    """Give a governed namespace, one that may only call what is declared, and one of ours."""
    spared = SparedCaller(
        principal=places.spiffe("monitoring", "scraper"), ports=(9091,), paths=("/metrics",)
    )
    hosts = tuple(
        CallableHost(namespace=places.NAMESPACE, host=places.service_host(it))
        for it in (places.SERVICE, *places.MIRRORS)
    )
    bodies = (
        (places.SERVED, NamespaceSlice(namespace=places.NAMESPACE, deny_all=True)),
        (places.SERVED, NamespaceSlice(namespace="payments", deny_all=True, spared=(spared,))),
        (places.CALLING, NamespaceSlice(namespace="front", callable_hosts=tuple(sorted(hosts)))),
        (places.CALLING, NamespaceSlice(namespace=places.HOME_NAMESPACE, ours=True)),
    )
    return tuple(
        made(
            Scope(kind=ScopeKind.NAMESPACE, key=body.namespace),
            cluster,
            (),
            version,
            namespace=body,
        )
        for cluster, body in bodies
    )
