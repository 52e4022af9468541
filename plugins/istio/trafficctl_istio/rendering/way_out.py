"""What dedicated egress gateways do with a host outside: out to the port that the caller meant."""

from collections.abc import Iterable, Sequence
from typing import Final

from trafficctl_sdk.manifests import Manifest
from trafficctl_sdk.slices import EgressGateway, ExternalSlice, Scope

from trafficctl_istio.objects.networking import destination, virtual_service
from trafficctl_istio.objects.shapes import Json, present
from trafficctl_istio.protocols import HTTP_FAMILY
from trafficctl_istio.rendering.egress_hop import (
    HTTP_PORT,
    TLS_PORT,
    authority,
    gateway_reference,
    server_name,
)
from trafficctl_istio.rendering.naming import name_in_scope
from trafficctl_istio.rendering.reaches import Straight
from trafficctl_istio.rendering.routes import Way
from trafficctl_istio.rendering.traffic.routes import http_routes
from trafficctl_istio.rendering.waves import Wave

_DEFAULT_HTTP_PORT: Final = 80
_TELL_WHO_CALLED: Final = (
    "x-envoy-attempt-count",
    "x-envoy-decorator-operation",
    "x-envoy-external-address",
    "x-envoy-peer-metadata",
    "x-envoy-peer-metadata-id",
    "x-forwarded-client-cert",
    "x-forwarded-for",
)
"""Headers by which the outside would learn identities and addresses of the mesh."""


def gateways_of(ways: Iterable[Way]) -> list[EgressGateway]:
    """Give the gateways that callers take, each once, in order."""
    found = {
        (caller.egress.namespace, caller.egress.name): caller.egress
        for way in ways
        for caller in way.callers
        if caller.egress
    }
    return [found[key] for key in sorted(found)]


def ways_out(scope: Scope, body: ExternalSlice, ways: Sequence[Way]) -> Iterable[Manifest]:
    """Give one VirtualService for all requests, and one for each port of bytes.

    A gateway takes the first byte route of a VirtualService, whatever the server name, so each
    port has its own.
    """
    taken = [(way, gateways) for way in ways if (gateways := gateways_of([way]))]
    requests = [way for way, _ in taken if way.protocol in HTTP_FAMILY]
    if requests:
        yield _on_gateways(
            body,
            name_in_scope(scope, body.host, "gateways"),
            body.host,
            gateways_of(requests),
            http=[route for way in requests for route in _requests_out(body.host, way)],
        )
    for way, gateways in taken:
        if way.protocol not in HTTP_FAMILY:
            hop = server_name(body.host, way.port, way.protocol)
            yield _on_gateways(
                body,
                name_in_scope(scope, hop, "gateways", str(way.port)),
                hop,
                gateways,
                tcp=[_bytes_out(body.host, way.port)],
            )


def _requests_out(host: str, way: Way) -> Iterable[Json]:
    """Give the routes of one port: its traffic policy holds here, where requests leave."""
    match: Json = {"port": HTTP_PORT, "authority": {"exact": authority(host, way.port)}}
    for route in http_routes(way.policy, [match], Straight(host=host, port=way.port)):
        yield _outward(route, host, way.port) if "route" in route else route


def _outward(route: Json, host: str, port: int) -> Json:
    """Give a route that says nothing of who called; a Host header of its own stays its own."""
    given = present(authority=host if port == _DEFAULT_HTTP_PORT else None)
    headers = _part(route, "headers")
    request = _part(headers, "request")
    removed = {*_TELL_WHO_CALLED, *_names(request.get("remove"))}
    return {
        **route,
        **present(rewrite={**given, **_part(route, "rewrite")}),
        "headers": {**headers, "request": {**request, "remove": sorted(removed)}},
    }


def _part(content: Json, name: str) -> Json:
    value = content.get(name)
    return value if isinstance(value, dict) else {}


def _names(value: object) -> list[str]:
    return [str(name) for name in value] if isinstance(value, list) else []


def _bytes_out(host: str, port: int) -> Json:
    return {"match": [{"port": TLS_PORT}], "route": [destination(host, port)]}


def _on_gateways(
    body: ExternalSlice,
    name: str,
    host: str,
    gateways: Sequence[EgressGateway],
    *,
    http: Sequence[Json] = (),
    tcp: Sequence[Json] = (),
) -> Manifest:
    return Manifest(
        body=virtual_service(
            body.namespace,
            name,
            hosts=[host],
            gateways=[gateway_reference(gateway) for gateway in gateways],
            export_to=sorted({gateway.namespace for gateway in gateways}),
            http=http,
            tcp=tcp,
        ),
        wave=Wave.GATEWAY_ROUTE,
    )
