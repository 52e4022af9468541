"""A name that the outside calls, at one ingress gateway."""

from collections.abc import Iterable
from typing import Final

from trafficctl_sdk.manifests import Effect, Manifest, Rendering
from trafficctl_sdk.model.access import PathMatch
from trafficctl_sdk.model.common import Protocol
from trafficctl_sdk.slices import ExposedHostSlice, ExposedRoute, Listener, TrafficSlice

from trafficctl_istio.objects.networking import destination, gateway, virtual_service
from trafficctl_istio.objects.shapes import Json, present
from trafficctl_istio.refusals import refuse
from trafficctl_istio.rendering.client_addresses import TOLD_BY_GATEWAY, edits_of_addresses
from trafficctl_istio.rendering.cors import cors_policy
from trafficctl_istio.rendering.ingress_servers import check_listener, reads, servers
from trafficctl_istio.rendering.naming import name_in_scope
from trafficctl_istio.rendering.reaches import Straight
from trafficctl_istio.rendering.traffic.checks import check_policy, fault_notices
from trafficctl_istio.rendering.traffic.fields import REQUESTS, ROUTES
from trafficctl_istio.rendering.traffic.matches import path_matches
from trafficctl_istio.rendering.traffic.routes import http_routes
from trafficctl_istio.rendering.waves import Wave

_MOVED: Final = 301
_POLICY: Final = (*REQUESTS, *ROUTES)


def render(slice_: TrafficSlice, body: ExposedHostSlice) -> Rendering:
    """Give the Gateway of the name, and its routes: longest path first.

    Both live in the gateway's namespace, whose proxies alone see the routes: paths of one name
    may lead into several namespaces.

    :raises Refused: a listener cannot be told apart from others by name, or a policy asks for
        more than a gateway's routes hold.
    """
    listeners = {one.port: one for one in sorted(body.listeners, key=lambda one: one.port)}
    for listener in listeners.values():
        check_listener(listener)
    routes = sorted(body.routes, key=_route_order)
    for route in routes:
        is_http = reads(listeners[route.listener_port])
        protocol = Protocol.Value.HTTP if is_http else Protocol.Value.TCP
        check_policy(route.traffic_policy, protocol, slice_.mesh, _POLICY, "at a gateway")
        for edit in edits_of_addresses(route.traffic_policy):
            raise refuse(f"traffic_policy.{edit}", "istio.client_address", TOLD_BY_GATEWAY)
    name = name_in_scope(slice_.scope, body.host)
    namespace = body.gateway.namespace
    of_requests = [route for route in routes if reads(listeners[route.listener_port])]
    of_bytes = [route for route in routes if not reads(listeners[route.listener_port])]
    redirects = [_redirect(one) for one in listeners.values() if one.redirect_from]
    manifests = (
        Manifest(
            body=gateway(
                namespace,
                name,
                selector=body.gateway.selector,
                servers=servers(f"{namespace}/{body.host}", listeners.values()),
            ),
            wave=Wave.GATEWAY,
            effect=Effect.OPENS,
        ),
        Manifest(
            body=virtual_service(
                namespace,
                name,
                hosts=[body.host],
                gateways=[name],
                export_to=["."],
                http=[*redirects, *(one for route in of_requests for one in _http(route))],
                tls=[
                    _tls(body.host, route)
                    for route in of_bytes
                    if listeners[route.listener_port].passthrough
                ],
                tcp=[
                    _tcp(route)
                    for route in of_bytes
                    if not listeners[route.listener_port].passthrough
                ],
            ),
            wave=Wave.VIRTUAL_SERVICE,
        ),
    )
    policies = tuple(route.traffic_policy for route in routes)
    return Rendering(manifests=manifests, notices=tuple(fault_notices(slice_, policies)))


def _route_order(route: ExposedRoute) -> tuple[int, int, str, str, int]:
    prefix = route.path_prefix.rstrip("/")
    return (
        route.listener_port,
        -len(prefix.split("/")),
        prefix,
        route.service_host,
        route.service_port,
    )


def _redirect(listener: Listener) -> Json:
    """Send plain HTTP to a listener: by a route, as the outer port may be any."""
    return {
        "match": [{"port": listener.redirect_from}],
        "redirect": {
            "scheme": "https",
            "port": listener.external_port or listener.port,
            "redirectCode": _MOVED,
        },
    }


def _http(route: ExposedRoute) -> Iterable[Json]:
    conditions = [
        {"port": route.listener_port, "uri": uri}
        for uri in path_matches(PathMatch(prefix=route.path_prefix))
    ]
    straight = Straight(host=route.service_host, port=route.service_port)
    frame = present(corsPolicy=cors_policy(route.cors) if route.cors else None)
    return http_routes(route.traffic_policy, conditions, straight, frame)


def _tls(host: str, route: ExposedRoute) -> Json:
    return {
        "match": [{"port": route.listener_port, "sniHosts": [host]}],
        "route": [destination(route.service_host, route.service_port)],
    }


def _tcp(route: ExposedRoute) -> Json:
    return {
        "match": [{"port": route.listener_port}],
        "route": [destination(route.service_host, route.service_port)],
    }
