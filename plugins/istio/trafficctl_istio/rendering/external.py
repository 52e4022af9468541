"""A host outside the mesh as one calling namespace sees it.

All objects live in the calling namespace, so that two namespaces may see one host differently;
the gateways of its callers are let to see them too.
"""

from collections.abc import Iterable
from typing import Final

from trafficctl_sdk.manifests import Effect, Manifest, Notice, Rendering
from trafficctl_sdk.model.convergence import Convergence
from trafficctl_sdk.slices import ExternalSlice, TrafficSlice

from trafficctl_istio.objects.networking import (
    destination_rule,
    service_entry,
    virtual_service,
)
from trafficctl_istio.objects.shapes import Json
from trafficctl_istio.protocols import SERVER_FIRST, istio_protocol, port_name
from trafficctl_istio.refusals import refuse
from trafficctl_istio.rendering.egress_hop import in_order, server_name
from trafficctl_istio.rendering.naming import name_in_scope
from trafficctl_istio.rendering.routes import Host, Routes, Way, mesh_routes
from trafficctl_istio.rendering.traffic.checks import check_policy
from trafficctl_istio.rendering.traffic.endpoints import MANY, endpoint_settings
from trafficctl_istio.rendering.waves import Wave
from trafficctl_istio.rendering.way_out import gateways_of, ways_out

_LONGEST_HOST: Final = 253
_POLICY: Final = ("load_balancing.round_robin",)


def render(slice_: TrafficSlice, body: ExternalSlice) -> Rendering:
    """Give the objects of a host outside.

    :raises Refused: the host is a wildcard, its name is too long, or a traffic policy says more
        than is rendered.
    """
    _check(slice_, body)
    ways = _ways(body)
    gateways = gateways_of(ways)
    spaces = sorted({gateway.namespace for gateway in gateways} - {body.namespace})
    name = name_in_scope(slice_.scope, body.host)
    manifests = [
        *_rule(body, name, [".", *spaces]),
        Manifest(
            body=_entry(body, name, [".", *spaces]),
            wave=Wave.SERVICE_ENTRY,
            effect=Effect.OPENS,
        ),
        *ways_out(slice_.scope, body, ways),
        *_mesh_side(slice_, body, name, ways),
    ]
    return Rendering(manifests=tuple(manifests), notices=tuple(_notices(slice_, body, ways)))


def _check(slice_: TrafficSlice, body: ExternalSlice) -> None:
    for port in body.ports:
        check_policy(port.traffic_policy, port.protocol, slice_.mesh, _POLICY)
    if "*" in body.host:
        raise refuse("hosts.host", "istio.wildcard", "name each host: wildcards are not rendered")
    longest = max(len(server_name(body.host, port.port, port.protocol)) for port in body.ports)
    if longest > _LONGEST_HOST:
        raise refuse("hosts.host", "NAME_TOO_LONG", "the name is too long for a gateway's routes")


def _ways(body: ExternalSlice) -> list[Way]:
    return [
        Way(
            port=port.port,
            protocol=port.protocol,
            callers=tuple(
                in_order(grant.caller for grant in body.grants if port.port in grant.ports)
            ),
        )
        for port in sorted(body.ports, key=lambda port: port.port)
    ]


def _entry(body: ExternalSlice, name: str, seen_by: list[str]) -> Json:
    ports: list[Json] = [
        {
            "number": port.port,
            "name": port_name(port.protocol, port.port),
            "protocol": istio_protocol(port.protocol),
        }
        for port in sorted(body.ports, key=lambda port: port.port)
    ]
    return service_entry(
        body.namespace,
        name,
        host=body.host,
        location="MESH_EXTERNAL",
        resolution="DNS",
        addresses=[body.address] if body.address else [],
        ports=ports,
        export_to=seen_by,
    )


def _rule(body: ExternalSlice, name: str, seen_by: list[str]) -> Iterable[Manifest]:
    blocks: list[Json] = []
    for port in sorted(body.ports, key=lambda port: port.port):
        settings = endpoint_settings(port.traffic_policy, port.protocol, endpoints=MANY)
        if settings:
            as_sent: Json = {"mode": "DISABLE"}
            blocks.append({"port": {"number": port.port}, "tls": as_sent, **settings})
    if blocks:
        rule = destination_rule(
            body.namespace, name, host=body.host, export_to=seen_by, port_level=blocks
        )
        yield Manifest(body=rule, wave=Wave.DESTINATION_RULE)


def _mesh_side(
    slice_: TrafficSlice, body: ExternalSlice, name: str, ways: list[Way]
) -> Iterable[Manifest]:
    routes = mesh_routes(slice_.mesh, Host(name=body.host, outside=True), ways)
    if routes != Routes():
        yield Manifest(
            body=virtual_service(
                body.namespace,
                name,
                hosts=[body.host],
                gateways=["mesh"],
                export_to=["."],
                http=routes.http,
                tls=routes.tls,
                tcp=routes.tcp,
            ),
            wave=Wave.VIRTUAL_SERVICE,
        )


def _notices(slice_: TrafficSlice, body: ExternalSlice, ways: list[Way]) -> Iterable[Notice]:
    advised = {name for grant in body.grants if not grant.caller.egress for name in grant.origins}
    text = (
        f"callers in {body.namespace} that reach {body.host} through their own proxy are not"
        " held back by it; use a dedicated gateway and a packet filter"
    )
    for name in sorted(advised):
        yield Notice(
            intent=name,
            reason=Convergence.Reason.ADVISORY_ONLY.value,
            field="callers.egress",
            text=text,
        )
    if any(way.protocol in SERVER_FIRST and gateways_of([way]) for way in ways):
        for origin in slice_.origins:
            yield Notice(
                intent=origin.intent,
                reason=Convergence.Reason.SERVER_SPEAKS_FIRST.value,
                field="hosts",
                text=f"{body.host} may greet a caller before the gateway's policy has refused it",
            )
