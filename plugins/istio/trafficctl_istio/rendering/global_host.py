"""The ports and endpoints of a global host: how its callers reach every serving cluster."""

from typing import Final

from trafficctl_sdk.model.common import Locality
from trafficctl_sdk.model.traffic_policy import TrafficPolicy
from trafficctl_sdk.slices import Calling, Endpoint, PortTreatment

from trafficctl_istio.objects.networking import mutual_tls
from trafficctl_istio.objects.shapes import Json, present
from trafficctl_istio.protocols import istio_protocol, port_name
from trafficctl_istio.rendering.balancing import failover, load_balancer
from trafficctl_istio.rendering.egress_hop import TLS_PORT, mesh_server_name

_BEHIND_GATEWAY: Final = "tls-pass"


def same_balancing(policy: TrafficPolicy | None, other: TrafficPolicy | None) -> bool:
    """Say whether two ports choose endpoints alike."""
    return load_balancer(policy, by_locality=True) == load_balancer(other, by_locality=True)


def port_level(calling: Calling, ports: list[PortTreatment], *, behind_gateway: bool) -> list[Json]:
    """Give one complete block for each port, each with its own server name.

    Proxies never merge a block with what stands above it, and one server name for several ports
    would lead to the wrong one.
    """
    server_host = calling.endpoints[0].host
    identities = sorted(set(calling.identities))
    blocks = [
        _block(
            calling,
            port.port,
            port,
            mutual_tls(mesh_server_name(server_host, port.port), identities),
        )
        for port in ports
    ]
    if behind_gateway:
        blocks.append(_block(calling, TLS_PORT, ports[0], {"mode": "DISABLE"}))
    return blocks


def _block(calling: Calling, number: int, port: PortTreatment, tls: Json) -> Json:
    return present(
        port={"number": number},
        tls=tls,
        loadBalancer=load_balancer(port.traffic_policy, by_locality=True),
        **failover(len(calling.endpoints)),
    )


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
