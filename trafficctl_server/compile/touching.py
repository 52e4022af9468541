"""Which scopes an intent or a cluster touches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trafficctl_sdk.model.inbound_intent import InboundIntent
from trafficctl_sdk.model.intercluster_intent import InterclusterIntent
from trafficctl_sdk.model.intracluster_intent import IntraclusterIntent
from trafficctl_sdk.model.outbound_intent import OutboundIntent
from trafficctl_sdk.slices import Scope, ScopeKind

from trafficctl_server.compile.callers import ANY_NAMESPACE, caller_places
from trafficctl_server.compile.facts import is_governed, is_scoped
from trafficctl_server.compile.inventory import destination_of, places_of, service_of
from trafficctl_server.compile.references import served_workload

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trafficctl_sdk.intent_kinds import ConnectivityIntent
    from trafficctl_sdk.model.cluster import Cluster
    from trafficctl_sdk.model.workload import Workload

    from trafficctl_server.compile.callers import CallerPlace
    from trafficctl_server.compile.destinations import ServingIntent
    from trafficctl_server.compile.world import World


def scopes_of(intent: ConnectivityIntent, world: World) -> Iterator[Scope]:
    """Give the scopes that an intent touches, as far as its workloads are known."""
    if not isinstance(intent, OutboundIntent):
        served = world.workloads.get(served_workload(intent))
        if served is None:
            return
        yield from _serving_scopes(intent, served, world)
    if _has_calling_scopes(intent, world):
        for place in caller_places(intent, world).places:
            yield from _calling_scopes(intent, place, world)


def _has_calling_scopes(intent: ConnectivityIntent, world: World) -> bool:
    """Say whether any caller's place may have a scope: to find the places is work."""
    match intent:
        case OutboundIntent():
            return True
        case InterclusterIntent():
            return bool(world.scoped) or any(
                it.egress is not None and it.egress.dedicated_gateway is not None
                for it in intent.callers
            )
        case IntraclusterIntent():
            return bool(world.scoped)
        case _:
            return False


def _serving_scopes(intent: ServingIntent, served: Workload, world: World) -> Iterator[Scope]:
    key = destination_of(served)
    yield Scope(kind=ScopeKind.WORKLOAD, key=key)
    if not isinstance(intent, InboundIntent):
        yield Scope(kind=ScopeKind.DESTINATION, key=key)
    else:
        clusters = (world.clusters.get(it.cluster) for it in places_of(served))
        for host in sorted(exposed_hosts(intent, [it for it in clusters if it is not None])):
            yield Scope(kind=ScopeKind.EXPOSED_HOST, key=host)


def _calling_scopes(
    intent: ConnectivityIntent, place: CallerPlace, world: World
) -> Iterator[Scope]:
    if place.gateway_scope is not None:
        yield place.gateway_scope
    for outside in intent.hosts if isinstance(intent, OutboundIntent) else ():
        yield external(place.namespace, outside.host)
    for name in world.scoped.get(place.cluster, ()):
        if place.namespace in (name, ANY_NAMESPACE):
            yield namespace(name)


def exposed_hosts(intent: InboundIntent, clusters: list[Cluster]) -> set[str]:
    """Give the full names that an intent exposes in any of these clusters."""
    hosts: set[str] = set()
    for it in intent.exposed_hosts:
        if it.fqdn is not None:
            hosts.add(it.fqdn)
        else:
            hosts.update(
                f"{it.prefix}.{cluster.external_domain}"
                for cluster in clusters
                if cluster.external_domain
            )
    return hosts


def outer_name(intent: ConnectivityIntent, world: World) -> str:
    """Give ``<namespace>/<first label>`` of the name that an intent has its destination called by.

    Empty where it is called by no outer name, or its workload is not known.
    """
    if not isinstance(intent, InterclusterIntent):
        return ""
    served = world.workloads.get(served_workload(intent))
    if served is None:
        return ""
    return f"{served.namespace}/{intent.external_prefix or service_of(served)}"


def governed_scopes(cluster: Cluster) -> set[Scope]:
    """Give the scopes of the namespaces that a cluster's record says anything of."""
    return {
        namespace(it.namespace)
        for it in cluster.governed_namespaces
        if is_governed(it) or is_scoped(it)
    }


def namespace(name: str) -> Scope:
    """Give the scope of a whole namespace."""
    return Scope(kind=ScopeKind.NAMESPACE, key=name)


def external(calling_namespace: str, host: str) -> Scope:
    """Give the scope of an outside host as one calling namespace sees it."""
    return Scope(kind=ScopeKind.EXTERNAL, key=f"{calling_namespace}/{host}")
