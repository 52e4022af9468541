"""A service of the mesh: by its global name, and by its own where it serves.

Where it serves, the east-west gateway opens for its name. Where it is called, a ServiceEntry
gives the name its clusters, a DestinationRule the caller's TLS session to the server itself, and
a VirtualService the way through egress gateways and the routes.
"""

from trafficctl_sdk.manifests import Effect, Manifest, Rendering
from trafficctl_sdk.slices import (
    DestinationSlice,
    GatewayFacts,
    Serving,
    TrafficSlice,
)

from trafficctl_istio.objects.networking import (
    gateway,
    server,
)
from trafficctl_istio.rendering.calling_checks import check_calling
from trafficctl_istio.rendering.calling_side import calling_side
from trafficctl_istio.rendering.egress_hop import TLS_PORT
from trafficctl_istio.rendering.local_host import local_side
from trafficctl_istio.rendering.naming import name_in_scope
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
        manifests += calling_side(slice_, body, name, body.calling)
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
