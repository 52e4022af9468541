"""The hop from a caller's proxy to its dedicated egress gateway: what both sides must agree on.

Inside the mesh the gateway passes the caller's own TLS session on by its server name. Outside,
the caller's proxy opens mutual TLS to the gateway itself, and the server name says which host and
port are meant: HTTP on a port of its own, where the gateway reads requests, everything else as
bytes inside that TLS.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final, TypeAlias

from trafficctl_sdk.model.common import Protocol
from trafficctl_sdk.names import object_name
from trafficctl_sdk.slices import (
    CallingWorkload,
    EgressGateway,
    GatewayDestination,
    MeshFacts,
)

from trafficctl_istio.objects.networking import destination
from trafficctl_istio.objects.shapes import Json, present
from trafficctl_istio.protocols import HTTP_FAMILY, OPAQUE_TLS
from trafficctl_istio.rendering.naming import service_host

HTTP_PORT: Final = 8443
"""The gateway's port for HTTP to hosts outside."""
TLS_PORT: Final = 15443
"""The gateway's port for all else, and the port behind which a host in the mesh is passed on."""
_KEPT: Final = 16_384


def gateway_host(gateway: EgressGateway, mesh: MeshFacts) -> str:
    """Give the name of the gateway's Service."""
    return service_host(gateway.name, gateway.namespace, mesh.cluster_domain)


def gateway_reference(gateway: EgressGateway) -> str:
    """Give the gateway's Gateway object as VirtualServices name it."""
    return f"{gateway.namespace}/{gateway.name}"


def gateway_port(protocol: Protocol.Value) -> int:
    """Give the gateway's port for a port of a host outside."""
    return HTTP_PORT if protocol in HTTP_FAMILY else TLS_PORT


def server_name(host: str, port: int, protocol: Protocol.Value) -> str:
    """Give the server name by which the gateway tells hosts outside, and their ports, apart."""
    if protocol in HTTP_FAMILY:
        return host
    return f"{'tls' if protocol in OPAQUE_TLS else 'tcp'}-{port}.{host}"


def authority(host: str, port: int) -> str:
    """Give the Host header by which the gateway tells the HTTP ports of one host apart."""
    return f"{host}:{port}"


def mesh_server_name(server_host: str, port: int, part: str = "") -> str:
    """Give the server name under which east-west gateways know one port of a Service.

    :param part: the name of a subset there; empty: all of it.
    """
    return f"outbound_.{port}_.{part}_.{server_host}"


def parts_passed(passed: GatewayDestination, port: int) -> list[str]:
    """Give the parts of a destination that have a server name on one port: first all of it."""
    return ["", *sorted({it.subset for it in passed.subsets if it.port == port})]


@lru_cache(_KEPT)
def subset(host: str, port: int, part: str = "") -> str:
    """Name the gateway's subset for one port of one host, or of a part of it."""
    readable = f"{port}-{part}-{host}" if part else f"{port}-{host}"
    key = (host, str(port), part) if part else (host, str(port))
    return object_name(readable.replace(".", "-"), *key)


def to_gateway(
    gateway: EgressGateway, mesh: MeshFacts, host: str, port: int, hop: int, *, part: str = ""
) -> Json:
    """Give the destination of a route that hands one port of a host to the gateway.

    :param hop: the gateway's port.
    :param part: a subset of the host; empty: all of it.
    """
    return destination(gateway_host(gateway, mesh), hop, subset(host, port, part))


def match_caller(caller: CallingWorkload, **match: object) -> Json:
    """Give a match on the caller's pods, beside what else must match."""
    found = present(**match)
    found["sourceNamespace"] = caller.namespace
    if caller.pod_labels:
        found["sourceLabels"] = dict(sorted(caller.pod_labels.items()))
    return found


def in_order(callers: Iterable[CallingWorkload]) -> list[CallingWorkload]:
    """Sort callers, each once: gateways before straight ways, labels before whole namespaces.

    The first match wins, so a caller with two ways takes the narrower one.
    """
    by_order = {_order(caller): caller for caller in callers}
    return [by_order[order] for order in sorted(by_order)]


_Order: TypeAlias = tuple[bool, bool, str, tuple[tuple[str, str], ...], tuple[str, str]]


def _order(caller: CallingWorkload) -> _Order:
    egress = caller.egress
    return (
        egress is None,
        not caller.pod_labels,
        caller.namespace,
        tuple(sorted(caller.pod_labels.items())),
        (egress.namespace, egress.name) if egress else ("", ""),
    )
