"""A name that the outside calls: its listeners at the gateway and where paths lead."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from trafficctl_sdk.model.inbound_intent import InboundIntent
from trafficctl_sdk.slices import (
    ExposedHostSlice,
    ExposedRoute,
    GatewayFacts,
    Listener,
    Role,
    TrafficSlice,
)

from trafficctl_server.compile.destinations import service_ports
from trafficctl_server.compile.exposures import Exposure, exposure, path_prefix
from trafficctl_server.compile.touching import exposed_hosts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trafficctl_sdk.model.inbound_intent import InboundListener

    from trafficctl_server.compile.scopes.about import About
    from trafficctl_server.compile.serving import ServingPlace


def slices(about: About) -> Iterator[TrafficSlice]:
    """Give the slices of an exposed host, one for each cluster that exposes it."""
    found: defaultdict[str, list[tuple[InboundIntent, ServingPlace]]] = defaultdict(list)
    for name, resolution in about.resolutions.items():
        intent = about.world.intents[name]
        for place in resolution.serving:
            here = about.world.clusters[place.cluster]
            if isinstance(intent, InboundIntent) and about.scope.key in exposed_hosts(
                intent, [here]
            ):
                found[place.cluster].append((intent, place))
    intents = (about.world.intents[it] for it in about.resolutions)
    view = exposure([it for it in intents if isinstance(it, InboundIntent)], about.world)
    for cluster, exposing in sorted(found.items()):
        gateway = exposing[0][1].gateway
        if gateway is None:
            continue
        yield about.slice(
            cluster,
            [Role.SERVING],
            {
                intent.name: {"destination", "exposed_hosts", "listeners", "path_prefix"}
                for intent, _ in exposing
            },
            exposed_host=ExposedHostSlice(
                host=about.scope.key,
                gateway=gateway,
                listeners=_listeners(exposing, gateway),
                routes=_routes(exposing, cluster, view),
            ),
        )


def _listeners(
    exposing: list[tuple[InboundIntent, ServingPlace]], gateway: GatewayFacts
) -> tuple[Listener, ...]:
    targets = {it.port: it.target_port for it in gateway.ports}
    listeners = {
        it.port: Listener(
            port=it.port,
            gateway_port=targets.get(it.port, it.port),
            protocol=it.protocol,
            secret=_secret(it),
        )
        for intent, _ in exposing
        for it in intent.listeners
        if it.protocol is not None
    }
    return tuple(listeners[it] for it in sorted(listeners))


def _secret(listener: InboundListener) -> str:
    if listener.simple is None or listener.simple.certificate is None:
        return ""
    secret = listener.simple.certificate.secret
    return secret.name if secret is not None else ""


def _routes(
    exposing: list[tuple[InboundIntent, ServingPlace]], cluster: str, view: Exposure
) -> tuple[ExposedRoute, ...]:
    routes = {}
    for intent, place in exposing:
        # An intent speaks of a port by the number that the Service has elsewhere.
        here = dict(zip(service_ports(intent), (it.port for it in place.ports), strict=True))
        prefix = path_prefix(intent)
        for it in intent.listeners:
            routes[it.port, prefix] = ExposedRoute(
                listener_port=it.port,
                path_prefix=prefix,
                service_host=place.host,
                service_port=here[it.service_port],
                traffic_policy=view.traffic_policy(it.port, prefix, cluster),
            )
    return tuple(routes[it] for it in sorted(routes))
