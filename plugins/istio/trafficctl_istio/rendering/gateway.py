"""The dedicated egress gateway of one caller, in a namespace of its own.

Destinations of the mesh pass as the caller's own TLS session, by server name; who may do what is
decided by the server. For hosts outside the gateway ends the caller's mutual TLS and decides
itself.
"""

from collections.abc import Iterable
from typing import Final

from trafficctl_sdk.manifests import Effect, Manifest, Rendering
from trafficctl_sdk.slices import (
    GatewayDestination,
    GatewaySlice,
    SlicePort,
    TrafficSlice,
)

from trafficctl_istio.objects.networking import (
    destination,
    destination_rule,
    gateway,
    mutual_tls,
    server,
    virtual_service,
)
from trafficctl_istio.objects.shapes import Json, present
from trafficctl_istio.objects.workloads import (
    disrupted_one_by_one,
    gateway_deployment,
    own_namespace,
    scaled_by_load,
    service,
    service_account,
)
from trafficctl_istio.protocols import HTTP2_FAMILY, HTTP_FAMILY
from trafficctl_istio.rendering.egress_hop import (
    HTTP_PORT,
    TLS_PORT,
    gateway_host,
    mesh_server_name,
    parts_passed,
    server_name,
    subset,
)
from trafficctl_istio.rendering.gateway_policies import policies
from trafficctl_istio.rendering.waves import Wave

_DEFAULT_REVISION: Final = "default"


def render(slice_: TrafficSlice, body: GatewaySlice) -> Rendering:
    """Give all that the gateway is made of; without anything to pass on there is no gateway.

    :raises Refused: an access rule cannot be said on its port.
    """
    if not body.destinations and not body.externals:
        return Rendering()
    revision = slice_.mesh.revision if slice_.mesh.revision != _DEFAULT_REVISION else ""
    injected = {"istio.io/rev": revision} if revision else {"istio-injection": "enabled"}
    namespace, name = body.gateway.namespace, body.gateway.name
    labels = {"istio": namespace}
    manifests = (
        Manifest(body=own_namespace(namespace, injected), wave=Wave.NAMESPACE),
        Manifest(body=service_account(namespace, name), wave=Wave.ACCOUNT),
        *policies(body, labels),
        Manifest(
            body=gateway_deployment(namespace, name, labels=labels, revision=revision),
            wave=Wave.PROXY,
        ),
        Manifest(
            body=scaled_by_load(namespace, name, least=body.min_replicas, most=body.max_replicas),
            wave=Wave.PROXY,
        ),
        Manifest(body=disrupted_one_by_one(namespace, name, labels=labels), wave=Wave.PROXY),
        Manifest(
            body=service(namespace, name, selector=labels, ports=_service_ports(body)),
            wave=Wave.PROXY,
        ),
        Manifest(
            body=gateway(namespace, name, selector=labels, servers=list(_servers(body))),
            wave=Wave.GATEWAY,
            effect=Effect.OPENS,
        ),
        Manifest(
            body=destination_rule(
                namespace,
                name,
                host=gateway_host(body.gateway, slice_.mesh),
                export_to=[body.caller_namespace],
                subsets=_subsets(body),
            ),
            wave=Wave.DESTINATION_RULE,
        ),
        *_passing_on(body),
    )
    return Rendering(manifests=manifests)


def _destinations(body: GatewaySlice) -> list[GatewayDestination]:
    return sorted(body.destinations, key=lambda passed: passed.host)


def _outside(body: GatewaySlice) -> list[tuple[str, SlicePort]]:
    found = {
        (external.host, port.port): port for external in body.externals for port in external.ports
    }
    return [(host, found[host, number]) for host, number in sorted(found)]


def _service_ports(body: GatewaySlice) -> list[tuple[str, int]]:
    protocols = {port.protocol for _, port in _outside(body)}
    ports = [("https", HTTP_PORT)] if protocols & HTTP_FAMILY else []
    if body.destinations or protocols - HTTP_FAMILY:
        ports.append(("tls", TLS_PORT))
    return ports


def _servers(body: GatewaySlice) -> Iterable[Json]:
    outside = _outside(body)
    requests = sorted({host for host, port in outside if port.protocol in HTTP_FAMILY})
    if requests:
        yield server(
            port=HTTP_PORT,
            name="https",
            protocol="HTTPS",
            hosts=[f"{body.caller_namespace}/{host}" for host in requests],
            tls={"mode": "ISTIO_MUTUAL"},
        )
    if body.destinations:
        yield server(
            port=TLS_PORT,
            name="tls-mesh",
            protocol="TLS",
            hosts=[f"./*.{passed.server_host}" for passed in _destinations(body)],
            tls={"mode": "PASSTHROUGH"},
        )
    for host, port in outside:
        if port.protocol not in HTTP_FAMILY:
            hop = server_name(host, port.port, port.protocol)
            yield server(
                port=TLS_PORT,
                name=hop.replace(".", "-"),
                protocol="TLS",
                hosts=[f"{body.caller_namespace}/{hop}"],
                tls={"mode": "ISTIO_MUTUAL"},
            )


def _subsets(body: GatewaySlice) -> list[Json]:
    subsets = [
        _subset(
            passed.host,
            port,
            mutual_tls(
                mesh_server_name(passed.server_host, port.port, part),
                sorted(set(passed.identities)),
            ),
            part,
        )
        for passed in _destinations(body)
        for port in sorted(passed.ports, key=lambda port: port.port)
        for part in parts_passed(passed, port.port)
    ]
    own = [f"spiffe://{body.gateway.principal}"]
    subsets += [
        _subset(host, port, mutual_tls(server_name(host, port.port, port.protocol), own))
        for host, port in _outside(body)
    ]
    return subsets


def _subset(host: str, port: SlicePort, tls: Json, part: str = "") -> Json:
    pool: Json | None = None
    if port.protocol in HTTP2_FAMILY:
        pool = {"http": {"h2UpgradePolicy": "UPGRADE"}}
    return {
        "name": subset(host, port.port, part),
        "trafficPolicy": present(tls=tls, connectionPool=pool),
    }


def _passing_on(body: GatewaySlice) -> Iterable[Manifest]:
    if not body.destinations:
        return
    patterns = {passed.host: f"*.{passed.server_host}" for passed in _destinations(body)}
    yield Manifest(
        body=virtual_service(
            body.gateway.namespace,
            body.gateway.name,
            hosts=list(patterns.values()),
            gateways=[body.gateway.name],
            export_to=["."],
            tls=[
                {
                    "match": [{"port": TLS_PORT, "sniHosts": [pattern]}],
                    "route": [destination(host, TLS_PORT)],
                }
                for host, pattern in patterns.items()
            ],
        ),
        wave=Wave.GATEWAY_ROUTE,
    )
