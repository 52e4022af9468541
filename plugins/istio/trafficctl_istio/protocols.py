"""Protocols as Istio names them, and the families that decide what a port can carry."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from trafficctl_sdk.model.common import Protocol

HTTP_FAMILY: Final = frozenset(
    {Protocol.Value.HTTP, Protocol.Value.HTTP2, Protocol.Value.GRPC, Protocol.Value.GRPC_WEB}
)
"""Ports with methods, paths, retries and HTTP routes."""

HTTP2_FAMILY: Final = frozenset(
    {Protocol.Value.HTTP2, Protocol.Value.GRPC, Protocol.Value.GRPC_WEB}
)
"""Ports that need HTTP/2 on every hop."""

OPAQUE_TLS: Final = frozenset({Protocol.Value.HTTPS, Protocol.Value.TLS})
"""Ports on which the application's own TLS passes; routed by server name."""

SERVER_FIRST: Final = frozenset({Protocol.Value.TCP_SERVER_FIRST, Protocol.Value.MYSQL})
"""Ports on which the server speaks before the caller."""

_ISTIO: Final[Mapping[Protocol.Value, str]] = MappingProxyType(
    {
        Protocol.Value.HTTP: "HTTP",
        Protocol.Value.HTTP2: "HTTP2",
        Protocol.Value.GRPC: "GRPC",
        Protocol.Value.GRPC_WEB: "GRPC-WEB",
        Protocol.Value.HTTPS: "HTTPS",
        Protocol.Value.TLS: "TLS",
        Protocol.Value.TCP: "TCP",
        Protocol.Value.TCP_SERVER_FIRST: "TCP",
        Protocol.Value.MYSQL: "MYSQL",
        Protocol.Value.MONGO: "MONGO",
    }
)

SUPPORTED: Final = tuple(_ISTIO)
"""All protocols that the driver renders."""


def istio_protocol(protocol: Protocol.Value) -> str:
    """Give the protocol as Gateway and ServiceEntry ports spell it.

    :raises KeyError: the mesh does not carry it (UDP).
    """
    return _ISTIO[protocol]


def port_name(protocol: Protocol.Value, port: int) -> str:
    """Give a port's name by which proxies choose the protocol, such as ``grpc-7000``."""
    return f"{istio_protocol(protocol).lower()}-{port}"
