"""A service of the mesh: by its global name, and by its own where it serves.

Where it serves, the east-west gateway opens for its name. Where it is called, a ServiceEntry
gives the name its clusters, a DestinationRule the caller's TLS session to the server itself, and
a VirtualService the way through egress gateways and the routes.
"""

from collections.abc import Iterable

from trafficctl_sdk.manifests import Effect, Manifest, Rendering
from trafficctl_sdk.slices import (
    Calling,
    DestinationSlice,
    GatewayFacts,
    Serving,
    TrafficSlice,
)

from trafficctl_istio.objects.networking import (
    destination_rule,
    gateway,
    server,
    service_entry,
    virtual_service,
)
from trafficctl_istio.rendering.calling_checks import check_calling
from trafficctl_istio.rendering.egress_hop import TLS_PORT, in_order
from trafficctl_istio.rendering.global_host import (
    entry_endpoints,
    entry_ports,
    host_subsets,
    parts_of,
    port_level,
)
from trafficctl_istio.rendering.local_host import local_side
from trafficctl_istio.rendering.naming import name_in_scope
from trafficctl_istio.rendering.routes import Host, Routes, Way, mesh_routes
from trafficctl_istio.rendering.traffic.checks import fault_notices
from trafficctl_istio.rendering.waves import Wave


def render(slice_: TrafficSlice, body: DestinationSlice) -> Rendering:
    """Give the objects of a destination.

    :raises Refused: the calling side asks for what one TLS session or one gateway cannot hold.
    """
    name = name_in_scope(slice_.scope, f"{body.service}-{body.namespace}")
    manifests: list[Manifest] = []
    if body.serving:
        manifests.append(_open_gateway(name, body.serving))
    manifests += local_side(slice_.mesh, body, name)
    if body.calling:
        check_calling(slice_.mesh, body.calling)
        manifests += _calling_side(slice_, body.home_namespace, name, body.calling)
    policies = tuple(
        port.traffic_policy for side in (body.calling, body.local) if side for port in side.ports
    )
    return Rendering(manifests=tuple(manifests), notices=tuple(fault_notices(slice_, policies)))


def _open_gateway(name: str, serving: Serving) -> Manifest:
    opened = server(
        port=_east_west_port(serving.gateway),
        name="tls",
        protocol="TLS",
        hosts=[serving.host],
        tls={"mode": "AUTO_PASSTHROUGH"},
    )
    return Manifest(
        body=gateway(
            serving.gateway.namespace, name, selector=serving.gateway.selector, servers=[opened]
        ),
        wave=Wave.GATEWAY,
        effect=Effect.OPENS,
    )


def _east_west_port(facts: GatewayFacts) -> int:
    ports = {port.port for port in facts.ports}
    return TLS_PORT if TLS_PORT in ports or not ports else min(ports)


def _calling_side(
    slice_: TrafficSlice, home: str, name: str, calling: Calling
) -> Iterable[Manifest]:
    if not calling.endpoints:
        return
    callers = tuple(in_order(calling.callers))
    ports = sorted(calling.ports, key=lambda port: port.port)
    behind_gateway = any(caller.egress for caller in callers)
    namespaces = {caller.namespace for caller in callers}
    gateways = {caller.egress.namespace for caller in callers if caller.egress}
    if not calling.open_to_all and not namespaces:
        return
    seen_by = ["*"] if calling.open_to_all else sorted(namespaces | gateways)
    yield Manifest(
        body=destination_rule(
            home,
            name,
            host=calling.host,
            export_to=seen_by,
            port_level=port_level(calling, ports, behind_gateway=behind_gateway),
            subsets=host_subsets(calling, ports),
        ),
        wave=Wave.DESTINATION_RULE,
    )
    yield Manifest(
        body=service_entry(
            home,
            name,
            host=calling.host,
            location="MESH_INTERNAL",
            resolution="STATIC",
            addresses=[calling.address],
            ports=entry_ports(ports, behind_gateway=behind_gateway),
            endpoints=entry_endpoints(calling, ports, behind_gateway=behind_gateway),
            export_to=seen_by,
        ),
        wave=Wave.SERVICE_ENTRY,
        effect=Effect.OPENS,
    )
    host = Host(name=calling.host, outside=False, open_to_all=calling.open_to_all)
    ways = [
        Way(
            port=port.port,
            protocol=port.protocol,
            callers=callers,
            policy=port.traffic_policy,
            parts=parts_of(calling, port),
        )
        for port in ports
    ]
    routes = mesh_routes(slice_.mesh, host, ways)
    if routes != Routes():
        yield Manifest(
            body=virtual_service(
                home,
                name,
                hosts=[calling.host],
                gateways=["mesh"],
                export_to=["*"] if calling.open_to_all else sorted(namespaces),
                http=routes.http,
                tls=routes.tls,
                tcp=routes.tcp,
            ),
            wave=Wave.VIRTUAL_SERVICE,
        )
