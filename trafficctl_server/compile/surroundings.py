"""What runs where, as a driver must know it to judge a call; pure over the world."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from trafficctl_sdk.explain import (
    Inventory,
    InventoryCluster,
    InventoryHost,
    InventoryPods,
    InventoryService,
    ServicePort,
)
from trafficctl_sdk.model.common import Addressing
from trafficctl_sdk.model.outbound_intent import OutboundIntent
from trafficctl_sdk.slices import Resolution, ScopeKind

from trafficctl_server.compile.externals import external_view
from trafficctl_server.compile.facts import gateway_facts, has_mesh, mesh_facts
from trafficctl_server.compile.inventory import Place, places_of, port_here
from trafficctl_server.compile.resolve import view_at

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from trafficctl_sdk.model.workload import Workload
    from trafficctl_sdk.slices import Scope

    from trafficctl_server.compile.destinations import Destination
    from trafficctl_server.compile.world import World


def inventory_of(
    world: World,
    clusters: Collection[str] | None = None,
    workloads: Collection[str] | None = None,
    scopes: Collection[Scope] | None = None,
) -> Inventory:
    """Give clusters, Services and pods; in one order, whatever order they came in.

    A Service stands there once for each cluster, with the ports of all workloads behind it whose
    protocol and target are known, by number or, where there is no mesh, by name.

    :param clusters: ids of those concerned; none: all.
    :param workloads: names of those concerned; none: all.
    :param scopes: those concerned, of which hosts outside are told; none: all.
    """
    here = sorted(world.clusters if clusters is None else world.clusters.keys() & set(clusters))
    names = sorted(
        world.workloads if workloads is None else world.workloads.keys() & set(workloads)
    )
    placed = [
        (world.workloads[name], place)
        for name in names
        for place in places_of(world.workloads[name])
        if place.cluster in here
    ]
    return Inventory(
        clusters=tuple(_cluster(it, world) for it in here),
        services=tuple(_services(placed, world)),
        pods=tuple(it for workload, place in placed for it in _pods(workload, place, world)),
        hosts=tuple(_hosts(here, world.all_scopes() if scopes is None else scopes, world)),
    )


def _hosts(here: list[str], scopes: Collection[Scope], world: World) -> Iterator[InventoryHost]:
    """Give the hosts outside whose addresses are stated, where nothing else is known of them."""
    bare = [it for it in here if not has_mesh(world.clusters[it])]
    outside = [it for it in scopes if it.kind is ScopeKind.EXTERNAL] if bare else []
    for scope in sorted(outside):
        namespace, host = scope.key.split("/", 1)
        intents = [it for it in world.intents_in(scope) if isinstance(it, OutboundIntent)]
        for cluster in bare:
            view = external_view(intents, host, cluster, world)
            if view.resolution is Resolution.STATED:
                yield InventoryHost(
                    cluster=cluster,
                    namespace=namespace,
                    host=host,
                    addresses=view.addresses,
                    ports=tuple(
                        ServicePort(port=it.port, target=it.port, protocol=it.protocol)
                        for it in view.ports
                    ),
                )


def _cluster(name: str, world: World) -> InventoryCluster:
    cluster = world.clusters[name]
    return InventoryCluster(
        id=name,
        mesh=mesh_facts(cluster),
        gateways=tuple(gateway_facts(cluster, it) for it in cluster.gateways),
        locality=cluster.locality,
        network=cluster.network,
    )


def _pods(workload: Workload, place: Place, world: World) -> Iterator[InventoryPods]:
    """Give the pods of one placement, and then again those of each subset with its labels."""
    pods = InventoryPods(
        cluster=place.cluster,
        namespace=place.namespace,
        labels=place.pod_labels,
        service_account=place.account,
        workload=place.workload,
        in_mesh=has_mesh(world.clusters[place.cluster]),
        names=tuple(sorted(place.placement.pods)),
    )
    yield pods
    for subset in sorted(workload.subsets, key=lambda it: it.id):
        labels = dict(sorted({**place.pod_labels, **subset.labels}.items()))
        yield replace(pods, labels=labels, names=())


def _services(placed: list[tuple[Workload, Place]], world: World) -> Iterator[InventoryService]:
    behind: dict[tuple[str, str, str], list[tuple[Workload, Place]]] = {}
    for workload, place in placed:
        if workload.ports:
            key = (place.cluster, place.namespace, place.service)
            behind.setdefault(key, []).append((workload, place))
    for (cluster, namespace, name), versions in sorted(behind.items()):
        view = view_at(f"{namespace}/{name}", world)
        by_name = not has_mesh(world.clusters[cluster])
        ports = {port.port: port for it in versions for port in _ports(*it, view, by_name=by_name)}
        labels = [set(place.pod_labels.items()) for _, place in versions]
        yield InventoryService(
            cluster=cluster,
            namespace=namespace,
            name=name,
            # Pods of all versions of a Service share its selector's labels.
            selector=dict(sorted(set.intersection(*labels))),
            ports=tuple(ports[number] for number in sorted(ports)),
            headless=any(it.addressing is Addressing.Mode.HEADLESS for it, _ in versions),
        )


def _ports(
    workload: Workload, place: Place, view: Destination, *, by_name: bool
) -> Iterator[ServicePort]:
    for stated in workload.ports:
        port = port_here(workload, place, stated.port, view.protocol(stated.port), by_name=by_name)
        if port is not None:
            yield ServicePort(
                port=port.port,
                target=port.target,
                protocol=port.protocol,
                name=stated.name,
                target_name=port.target_name,
            )
