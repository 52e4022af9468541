"""Where a caller's own proxy sends what the application dials."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trafficctl_sdk.explain import VerdictKind

from trafficctl_istio.evaluation.hosts import most_specific
from trafficctl_istio.evaluation.http_routes import first_match, followed, served_at, spread
from trafficctl_istio.evaluation.route_conditions import Listener
from trafficctl_istio.evaluation.streams import Speech

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from trafficctl_istio.evaluation.http_routes import Routed
    from trafficctl_istio.evaluation.journeys import End, Visit
    from trafficctl_istio.evaluation.sendings import Destination
    from trafficctl_istio.evaluation.streams import Payload
    from trafficctl_istio.evaluation.views import View
    from trafficctl_istio.evaluation.virtual_services import VirtualService


def mesh_routes(
    visit: Visit, view: View, to: Destination, payload: Payload
) -> Iterable[Routed | End] | None:
    """Follow the VirtualServices of a host; none: no route is for this caller, it goes straight."""
    listener = Listener(
        gateway="mesh",
        port=to.port.number,
        namespace=view.pods.namespace,
        labels=view.pods.labels,
        addresses=to.service.addresses,
    )
    bound = list(view.routings("mesh", to.host))
    match payload.speech:
        case Speech.HTTP:
            return _http(visit, bound, to.host, listener, payload)
        case Speech.TLS:
            return _tls(visit, bound, listener, payload)
        case Speech.TCP:
            return _tcp(visit, bound, listener, payload)


def _http(
    visit: Visit,
    bound: Sequence[VirtualService],
    host: str,
    listener: Listener,
    payload: Payload,
) -> Iterable[Routed | End] | None:
    """Follow the one VirtualService of the host: the most specific, among equals the oldest."""
    best = most_specific({name for it in bound for name in it.hosts}, host)
    named = [it for it in bound if best in it.hosts]
    if not named:
        return None
    if len(named) > 1:
        others = ", ".join(f"{it.head.namespace}/{it.head.name}" for it in named[1:])
        winner = f"{named[0].head.namespace}/{named[0].head.name}"
        visit = visit.told(f"{winner} alone routes {best}; without effect: {others}")
    routes = served_at(named[0].http, listener)
    if not routes:
        return None
    found = first_match(routes, payload)
    if found is None:
        text = f"no route of {named[0].head.name} matches the request (404)"
        return (visit.by(named[0].head).ends(VerdictKind.UNREACHABLE, text),)
    return followed(visit, *found, payload)


def _tls(
    visit: Visit, bound: Sequence[VirtualService], listener: Listener, payload: Payload
) -> Iterable[Routed | End] | None:
    routes = [it for found in bound for it in served_at(found.tls, listener)]
    if not routes:
        return None
    names = {name for _, matches in routes for it in matches for name in it.sni_hosts}
    best = most_specific(names, payload.sni)
    for route, matches in routes:
        if any(best in it.sni_hosts for it in matches):
            return spread(visit.by(route.head), route, payload)
    text = f"no route matches the server name {payload.sni or 'that is missing'} (reset)"
    return (visit.by(routes[0][0].head).ends(VerdictKind.UNREACHABLE, text),)


def _tcp(
    visit: Visit, bound: Sequence[VirtualService], listener: Listener, payload: Payload
) -> Iterable[Routed | End] | None:
    for found in bound:
        for route, _ in served_at(found.tcp, listener):
            return spread(visit.by(route.head), route, payload)
    return None
