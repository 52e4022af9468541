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
from trafficctl_istio.rendering.routes import Way
from trafficctl_istio.rendering.traffic.requests import retry_settings
from trafficctl_istio.rendering.waves import Wave

_DEFAULT_HTTP_PORT: Final = 80
_TELL_WHO_CALLED: Final = (
    "x-envoy-attempt-count",
    "x-envoy-decorator-operation",
    "x-envoy-external-address",
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
    requests = [way for way in ways if way.protocol in HTTP_FAMILY and gateways_of([way])]
    if requests:
        yield _on_gateways(
            body,
            name_in_scope(scope, body.host, "gateways"),
            body.host,
            gateways_of(requests),
            http=[_requests_out(body.host, way.port) for way in requests],
        )
    for way in ways:
        gateways = gateways_of([way])
        if gateways and way.protocol not in HTTP_FAMILY:
            hop = server_name(body.host, way.port, way.protocol)
            yield _on_gateways(
                body,
                name_in_scope(scope, hop, "gateways", str(way.port)),
                hop,
                gateways,
                tcp=[_bytes_out(body.host, way.port)],
            )


def _requests_out(host: str, port: int) -> Json:
    match: Json = {"port": HTTP_PORT, "authority": {"exact": authority(host, port)}}
    return present(
        match=[match],
        rewrite={"authority": host} if port == _DEFAULT_HTTP_PORT else None,
        route=[destination(host, port)],
        headers={"request": {"remove": list(_TELL_WHO_CALLED)}},
        retries=retry_settings(),
    )


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
