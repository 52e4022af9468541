"""A service that is called over clusters: what serving and calling clusters need."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from trafficctl_sdk.model.intercluster_intent import InterclusterIntent
from trafficctl_sdk.slices import (
    Calling,
    CallingWorkload,
    DestinationSlice,
    Endpoint,
    GatewayFacts,
    PodHost,
    PortTreatment,
    Role,
    Serving,
    TrafficSlice,
)

from trafficctl_server.compile.addresses import pod_key, service_key
from trafficctl_server.compile.callers import ANY_NAMESPACE, CallerPlace
from trafficctl_server.compile.destinations import policy_fields
from trafficctl_server.compile.facts import EAST_WEST_PORT, HOME_NAMESPACE, mesh_facts
from trafficctl_server.compile.inventory import pods_of
from trafficctl_server.compile.parts import compared_labels, named_subsets, pod_subsets, subsets_of
from trafficctl_server.compile.scopes.local import local_sides, mirror_hosts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from trafficctl_sdk.model.cluster import Cluster
    from trafficctl_sdk.model.workload import Workload

    from trafficctl_server.compile.destinations import Destination
    from trafficctl_server.compile.scopes.about import About
    from trafficctl_server.compile.serving import ServingPlace


def global_host(view: Destination, destination: str, cluster: Cluster) -> str:
    """Give the one name by which a destination is called from everywhere."""
    namespace, service = destination.split("/")
    return f"{view.prefix or service}.{namespace}.{mesh_facts(cluster).suffix}"


def identities(places: list[ServingPlace]) -> tuple[str, ...]:
    """Give the SPIFFE ids that the servers of a destination may have, with scheme, sorted."""
    return tuple(sorted({f"spiffe://{it}" for place in places for it in place.identities}))


def slices(about: About) -> Iterator[TrafficSlice]:
    """Give the slices of a destination, one for each cluster with a part in it."""
    view = about.view
    assert view is not None  # noqa: S101 - the compiler merges the view for this kind
    serving: dict[str, list[ServingPlace]] = {}
    callers: defaultdict[str, list[tuple[str, CallerPlace]]] = defaultdict(list)
    ports: dict[int, PortTreatment] = {}
    origins: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for intent in about.serving:
        if not isinstance(intent, InterclusterIntent):
            continue
        found = about.resolutions[intent.name]
        for place in found.serving:
            serving.setdefault(place.cluster, []).append(place)
            origins[place.cluster][intent.name] |= {"destination", "ports"}
            for port in place.ports:
                ports[port.port] = PortTreatment(port=port.port, protocol=port.protocol)
        for caller in found.callers:
            if caller.allowed:
                callers[caller.cluster].append((intent.name, caller))
                origins[caller.cluster][intent.name] |= {
                    "destination",
                    "ports",
                    *policy_fields(intent, caller.cluster),
                    f"callers[{caller.index}]",
                }
    left_out = _in_part(serving, ports)
    serving = {it: places for it, places in serving.items() if it not in left_out}
    if not serving or not callers:
        serving.clear()
        callers.clear()
        origins.clear()
    local = local_sides(about, view, origins)
    treated = _treated(about, view, callers, ports)
    named = named_subsets(it.traffic_policy for ports in treated.values() for it in ports)
    namespace, service = about.scope.key.split("/")
    for cluster in sorted(serving.keys() | callers.keys() | local.keys()):
        roles = {Role.SERVING} if cluster in serving else set()
        roles |= {Role.CALLING} if cluster in callers else set()
        roles |= {Role.SERVING, Role.CALLING} if cluster in local else set()
        yield about.slice(
            cluster,
            sorted(roles),
            origins[cluster],
            destination=DestinationSlice(
                namespace=namespace,
                service=service,
                home_namespace=HOME_NAMESPACE,
                serving=_serving(about, serving.get(cluster, []), named),
                calling=(
                    _calling(
                        about,
                        view,
                        cluster,
                        serving=serving,
                        callers=callers[cluster],
                        ports=treated[cluster],
                    )
                    if cluster in callers
                    else None
                ),
                local=local.get(cluster),
            ),
        )


def _in_part(serving: Mapping[str, list[ServingPlace]], ports: Collection[int]) -> set[str]:
    """Give the clusters that are left out: they serve some ports only, and others serve them all.

    One name leads to one set of clusters: a call to a port that waits in one of them would be lost.
    """
    whole = {
        cluster
        for cluster, places in serving.items()
        if {port.port for place in places for port in place.ports}.issuperset(ports)
    }
    return set(serving) - whole if whole else set()


def _treated(
    about: About, view: Destination, clusters: Iterable[str], ports: dict[int, PortTreatment]
) -> dict[str, tuple[PortTreatment, ...]]:
    """Give the ports as callers in each cluster treat them, sorted by number."""
    return {
        cluster: tuple(
            PortTreatment(
                port=number,
                protocol=ports[number].protocol,
                traffic_policy=policy,
                mirror_hosts=mirror_hosts(about, view, cluster, policy, number),
            )
            for number in sorted(ports)
            for policy in [view.traffic_policy(number, cluster)]
        )
        for cluster in clusters
    }


def _serving(about: About, places: list[ServingPlace], named: Collection[str]) -> Serving | None:
    gateway = places[0].gateway if places else None
    if gateway is None:
        return None
    return Serving(
        gateway=gateway,
        host=places[0].host,
        subsets=(
            *subsets_of(_workloads(about, places), named),
            *pod_subsets(pods_at(about, places)),
        ),
    )


def pods_at(about: About, places: list[ServingPlace]) -> set[str]:
    """Give the pods of a headless service in these places, all versions together."""
    found: set[str] = set()
    for it in places:
        found |= pods_of(about.world.workloads[it.place.workload]) & set(it.place.placement.pods)
    return found


def _pod_clusters(
    about: About, serving: Mapping[str, list[ServingPlace]]
) -> dict[str, tuple[str, ...]]:
    """Give the clusters that have a pod, by the pod's name, both sorted."""
    clusters: defaultdict[str, list[str]] = defaultdict(list)
    for cluster in sorted(serving):
        for pod in pods_at(about, serving[cluster]):
            clusters[pod].append(cluster)
    return {pod: tuple(clusters[pod]) for pod in sorted(clusters)}


def _workloads(about: About, places: list[ServingPlace]) -> list[Workload]:
    return [about.world.workloads[it] for it in sorted({it.place.workload for it in places})]


def _calling(
    about: About,
    view: Destination,
    cluster: str,
    *,
    serving: Mapping[str, list[ServingPlace]],
    callers: list[tuple[str, CallerPlace]],
    ports: tuple[PortTreatment, ...],
) -> Calling:
    host = global_host(view, about.scope.key, about.world.clusters[cluster])
    policies = [it.traffic_policy for it in ports]
    named, compared = named_subsets(policies), compared_labels(policies)
    return Calling(
        host=host,
        address=about.world.addresses[service_key(about.scope.key)],
        endpoints=tuple(
            replace(
                endpoint,
                labels={
                    key: value
                    for key, value in sorted(about.world.clusters[it].labels.items())
                    if key in compared
                },
                subsets=tuple(
                    subset.name for subset in subsets_of(_workloads(about, serving[it]), named)
                ),
            )
            for it in sorted(serving)
            for endpoint in _endpoints(serving[it][0], about)
        ),
        identities=identities([place for places in serving.values() for place in places]),
        ports=ports,
        callers=calling_workloads([it for _, it in callers]),
        open_to_all=any(it.namespace == ANY_NAMESPACE for _, it in callers),
        pods=tuple(
            PodHost(
                pod=pod,
                host=f"{pod}.{host}",
                address=about.world.addresses[pod_key(about.scope.key, pod)],
                clusters=clusters,
            )
            for pod, clusters in _pod_clusters(about, serving).items()
        ),
    )


def calling_workloads(callers: list[CallerPlace]) -> tuple[CallingWorkload, ...]:
    """Give the pods that may call, each once, in a stable order."""
    found = {
        (it.namespace, tuple(it.pod_labels.items()), it.gateway.name if it.gateway else ""): it
        for it in callers
        if it.namespace != ANY_NAMESPACE
    }
    return tuple(
        CallingWorkload(namespace=it.namespace, pod_labels=it.pod_labels, egress=it.gateway)
        for _, it in sorted(found.items(), key=lambda entry: entry[0])
    )


def _endpoints(place: ServingPlace, about: About) -> Iterator[Endpoint]:
    gateway = place.gateway
    if gateway is None:
        return
    cluster = about.world.clusters[place.cluster]
    for address in sorted(gateway.addresses):
        yield Endpoint(
            cluster=place.cluster,
            address=address,
            port=_outer_port(gateway),
            host=place.host,
            locality=place.place.locality or cluster.locality,
        )


def _outer_port(gateway: GatewayFacts) -> int:
    """Give the port that others dial: that of 15443, else of the gateway's first port."""
    passing = [it for it in gateway.ports if it.port == EAST_WEST_PORT] or list(gateway.ports)
    return passing[0].external_port
