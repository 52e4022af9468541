"""The ports and endpoints of a global host: how its callers reach every serving cluster."""

from typing import Final

from trafficctl_sdk.model.common import Locality, Protocol
from trafficctl_sdk.slices import Calling, Endpoint, PortTreatment

from trafficctl_istio.objects.networking import mutual_tls
from trafficctl_istio.objects.shapes import Json, present
from trafficctl_istio.protocols import istio_protocol, port_name
from trafficctl_istio.rendering.egress_hop import TLS_PORT, mesh_server_name
from trafficctl_istio.rendering.traffic.endpoints import endpoint_settings

_BEHIND_GATEWAY: Final = "tls-pass"


def same_behind_gateway(port: PortTreatment, other: PortTreatment, endpoints: int) -> bool:
    """Say whether a gateway, which sees connections only, treats two ports alike."""
    one, two = (
        endpoint_settings(it.traffic_policy, Protocol.Value.TCP, endpoints=endpoints, far=True)
        for it in (port, other)
    )
    return one == two


def port_level(calling: Calling, ports: list[PortTreatment], *, behind_gateway: bool) -> list[Json]:
    """Give one complete block for each port, each with its own server name.

    One server name for several ports would lead to the wrong one.
    """
    server_host = calling.endpoints[0].host
    identities = sorted(set(calling.identities))
    count = len(calling.endpoints)
    blocks = [
        _block(
            port.port,
            mutual_tls(mesh_server_name(server_host, port.port), identities),
            endpoint_settings(port.traffic_policy, port.protocol, endpoints=count, far=True),
        )
        for port in ports
    ]
    if behind_gateway:
        passed = endpoint_settings(
            ports[0].traffic_policy, Protocol.Value.TCP, endpoints=count, far=True
        )
        blocks.append(_block(TLS_PORT, {"mode": "DISABLE"}, passed))
    return blocks


def _block(number: int, tls: Json, settings: Json) -> Json:
    return {"port": {"number": number}, "tls": tls, **settings}


def entry_ports(ports: list[PortTreatment], *, behind_gateway: bool) -> list[Json]:
    """Give the ports of the ServiceEntry; one more is what egress gateways pass on to."""
    listed: list[Json] = [
        {
            "number": port.port,
            "name": port_name(port.protocol, port.port),
            "protocol": istio_protocol(port.protocol),
        }
        for port in ports
    ]
    if behind_gateway:
        listed.append({"number": TLS_PORT, "name": _BEHIND_GATEWAY, "protocol": "TLS"})
    return listed


def entry_endpoints(
    calling: Calling, ports: list[PortTreatment], *, behind_gateway: bool
) -> list[Json]:
    """Give one endpoint for each serving cluster: every port goes to its east-west gateway."""
    names = [port_name(port.protocol, port.port) for port in ports]
    if behind_gateway:
        names.append(_BEHIND_GATEWAY)
    return [
        present(
            address=endpoint.address,
            locality=_locality(endpoint.locality),
            ports=dict.fromkeys(names, endpoint.port),
        )
        for endpoint in sorted(calling.endpoints, key=_endpoint_order)
    ]


def _endpoint_order(endpoint: Endpoint) -> tuple[str, str, int]:
    return (endpoint.cluster, endpoint.address, endpoint.port)


def _locality(locality: Locality | None) -> str | None:
    if locality is None:
        return None
    segments = (locality.region, locality.zone, locality.sub_zone)
    return "/".join(segments).rstrip("/") or None
