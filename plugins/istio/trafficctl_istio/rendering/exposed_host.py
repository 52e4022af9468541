"""A name that the outside calls, at one ingress gateway."""

from collections.abc import Iterable

from trafficctl_sdk.manifests import Effect, Manifest, Rendering
from trafficctl_sdk.model.common import Protocol
from trafficctl_sdk.slices import ExposedHostSlice, ExposedRoute, Listener, TrafficSlice

from trafficctl_istio.listeners import listener_problem, reads_requests
from trafficctl_istio.objects.networking import destination, gateway, server, virtual_service
from trafficctl_istio.objects.shapes import Json
from trafficctl_istio.protocols import istio_protocol
from trafficctl_istio.refusals import refuse
from trafficctl_istio.rendering.naming import name_in_scope
from trafficctl_istio.rendering.traffic.checks import check_policy
from trafficctl_istio.rendering.traffic.requests import retry_settings
from trafficctl_istio.rendering.waves import Wave


def render(slice_: TrafficSlice, body: ExposedHostSlice) -> Rendering:
    """Give the Gateway of the name, and its routes: longest path first.

    Both live in the gateway's namespace, whose proxies alone see the routes: paths of one name
    may lead into several namespaces.

    :raises Refused: a listener cannot be told apart from others by name.
    """
    for route in body.routes:
        check_policy(route.traffic_policy, Protocol.Value.HTTP, slice_.mesh, ())
    for listener in body.listeners:
        problem = listener_problem(listener.protocol, ends_tls=bool(listener.secret))
        if problem:
            raise refuse("listeners", "istio.listener", problem)
    name = name_in_scope(slice_.scope, body.host)
    namespace = body.gateway.namespace
    servers = [
        _server(namespace, body.host, listener)
        for listener in sorted(body.listeners, key=lambda listener: listener.port)
    ]
    bytes_on = {
        listener.port for listener in body.listeners if not reads_requests(listener.protocol)
    }
    routes = sorted(body.routes, key=_route_order)
    return Rendering(
        manifests=(
            Manifest(
                body=gateway(namespace, name, selector=body.gateway.selector, servers=servers),
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
                    http=[_http(route) for route in routes if route.listener_port not in bytes_on],
                    tcp=[_tcp(route) for route in routes if route.listener_port in bytes_on],
                ),
                wave=Wave.VIRTUAL_SERVICE,
            ),
        )
    )


def _server(namespace: str, host: str, listener: Listener) -> Json:
    protocol = istio_protocol(listener.protocol)
    tls: Json | None = None
    if listener.secret:
        protocol = "HTTPS" if reads_requests(listener.protocol) else "TLS"
        tls = {
            "mode": "SIMPLE",
            "credentialName": listener.secret,
            "minProtocolVersion": "TLSV1_2",
        }
    return server(
        port=listener.port,
        name=f"{protocol.lower()}-{listener.port}",
        protocol=protocol,
        hosts=[f"{namespace}/{host}"],
        tls=tls,
    )


def _route_order(route: ExposedRoute) -> tuple[int, int, str, str, int]:
    prefix = route.path_prefix.rstrip("/")
    return (
        route.listener_port,
        -len(prefix.split("/")),
        prefix,
        route.service_host,
        route.service_port,
    )


def _http(route: ExposedRoute) -> Json:
    return {
        "match": [{"port": route.listener_port, "uri": uri} for uri in _below(route.path_prefix)],
        "route": [destination(route.service_host, route.service_port)],
        "retries": retry_settings(),
    }


def _below(path_prefix: str) -> Iterable[Json]:
    """Match whole segments: a plain prefix ``/a`` would take ``/ab`` too."""
    prefix = path_prefix.rstrip("/")
    if prefix:
        yield {"exact": prefix}
    yield {"prefix": f"{prefix}/"}


def _tcp(route: ExposedRoute) -> Json:
    return {
        "match": [{"port": route.listener_port}],
        "route": [destination(route.service_host, route.service_port)],
    }
