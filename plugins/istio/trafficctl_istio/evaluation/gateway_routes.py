"""Where a gateway sends what it has taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trafficctl_sdk.explain import VerdictKind

from trafficctl_istio.evaluation.hosts import covers, most_specific
from trafficctl_istio.evaluation.http_routes import first_match, followed, served_at, spread
from trafficctl_istio.evaluation.route_conditions import Listener

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from trafficctl_istio.evaluation.gateway_servers import Server
    from trafficctl_istio.evaluation.http_routes import Routed
    from trafficctl_istio.evaluation.journeys import End, Visit
    from trafficctl_istio.evaluation.streams import Payload
    from trafficctl_istio.evaluation.views import View
    from trafficctl_istio.evaluation.virtual_services import VirtualService


def http_routes(
    visit: Visit, view: View, servers: Sequence[Server], payload: Payload
) -> Iterable[Routed | End]:
    """Route a request by its host and path.

    :param servers: that share the port: one where there is TLS, else all.
    """
    visit = visit.by(*(it.head for it in servers if _has(it, payload.host)))
    if any(it.redirects and _has(it, payload.host) for it in servers):
        return (visit.ends(VerdictKind.DENIED, "it is told to come by HTTPS (301)"),)
    domains = {
        domain: None
        for server in servers
        for routing in view.routings(server.gateway, payload.host)
        for domain in _domains(routing, server)
    }
    best = most_specific(domains, payload.host)
    if not best:
        text = f"{view.pods.party} routes no host {payload.host} there (404)"
        return (visit.ends(VerdictKind.UNREACHABLE, text),)
    routes = [
        found
        for server in servers
        for routing in view.routings(server.gateway, payload.host)
        if best in set(_domains(routing, server))
        for found in served_at(routing.http, _listener(view, server))
    ]
    chosen = first_match(routes, payload)
    if chosen is None:
        text = f"no route of {best} at {view.pods.party} matches the request (404)"
        return (visit.ends(VerdictKind.UNREACHABLE, text),)
    return followed(visit, *chosen, payload)


def tls_routes(
    visit: Visit, view: View, server: Server, payload: Payload, sni: str
) -> Iterable[Routed | End]:
    """Route bytes that stay encrypted by the server name that they carry."""
    visit = visit.by(server.head)
    routes = [
        found
        for routing in view.routings(server.gateway, sni.lower())
        if any(_domains(routing, server))
        for found in served_at(routing.tls, _listener(view, server))
    ]
    names = {name for _, matches in routes for it in matches for name in it.sni_hosts}
    best = most_specific(names, sni.lower())
    for route, matches in routes:
        if best and any(best in it.sni_hosts for it in matches):
            return spread(visit.by(route.head), route, payload)
    text = f"no route at {view.pods.party} matches the server name {sni} (reset)"
    return (visit.ends(VerdictKind.UNREACHABLE, text),)


def tcp_routes(
    visit: Visit, view: View, server: Server, payload: Payload
) -> Iterable[Routed | End]:
    """Route bytes by the port that they came to."""
    visit = visit.by(server.head)
    for routing in view.routings(server.gateway):
        if any(_domains(routing, server)):
            for route, _ in served_at(routing.tcp, _listener(view, server)):
                return spread(visit.by(route.head), route, payload)
    text = f"no route at {view.pods.party} is for its port {server.port} (reset)"
    return (visit.ends(VerdictKind.UNREACHABLE, text),)


def _domains(routing: VirtualService, server: Server) -> Iterator[str]:
    """Give the hosts that a VirtualService and a server have in common."""
    for owner, known in server.hosts:
        if owner in {"*", routing.head.namespace}:
            for host in routing.hosts:
                if covers(known, host):
                    yield host
                elif covers(host, known):
                    yield known


def _has(server: Server, host: str) -> bool:
    return any(covers(known, host) for _, known in server.hosts)


def _listener(view: View, server: Server) -> Listener:
    return Listener(
        gateway=server.gateway,
        port=server.port,
        namespace=view.pods.namespace,
        labels=view.pods.labels,
    )
