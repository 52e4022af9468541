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

from trafficctl_server.compile.certificates import certificate_names
from trafficctl_server.compile.exposures import Exposure, exposure, path_prefix
from trafficctl_server.compile.statements import service_ports
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
                intent.name: {
                    "destination",
                    "exposed_hosts",
                    "listeners",
                    "path_prefix",
                    *(it for it in ("traffic_policy", "cors") if getattr(intent, it)),
                    *(["overrides"] if _overrides(intent) else []),
                }
                for intent, _ in exposing
            },
            exposed_host=ExposedHostSlice(
                host=about.scope.key,
                gateway=gateway,
                listeners=_listeners(exposing, gateway, view),
                routes=_routes(exposing, cluster, view),
            ),
        )


def _overrides(intent: InboundIntent) -> bool:
    return any(it.traffic_policy is not None for it in intent.overrides)


def _listeners(
    exposing: list[tuple[InboundIntent, ServingPlace]], gateway: GatewayFacts, view: Exposure
) -> tuple[Listener, ...]:
    ports = {it.port: it for it in gateway.ports}
    listeners = {}
    for intent, _ in exposing:
        for stated in intent.listeners:
            it = view.listener(stated.port)
            if it.protocol is None:
                continue
            known = ports.get(it.port)
            listeners[it.port] = Listener(
                port=it.port,
                gateway_port=known.target_port if known else it.port,
                external_port=known.external_port if known else it.port,
                protocol=it.protocol,
                secret=_secret(it),
                client_trust=_client_trust(it),
                certificate_names=certificate_names(intent),
                passthrough=it.passthrough is not None,
                redirect_from=it.redirect_from_port,
                minimum_tls_version=it.minimum_tls_version,
                cipher_suites=it.cipher_suites,
            )
    return tuple(listeners[it] for it in sorted(listeners))


def _secret(listener: InboundListener) -> str:
    ends = listener.simple or listener.mutual
    certificate = ends.certificate if ends is not None else None
    secret = certificate.secret if certificate is not None else None
    return secret.name if secret is not None else ""


def _client_trust(listener: InboundListener) -> str:
    trust = listener.mutual.client_trust if listener.mutual is not None else None
    secret = trust.secret if trust is not None else None
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
                cors=view.cors(it.port, prefix),
            )
    return tuple(routes[it] for it in sorted(routes))
