"""What a gateway reads on a listener of an inbound intent, and which service ports fit that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from trafficctl_sdk.model.common import Protocol

if TYPE_CHECKING:
    from trafficctl_sdk.model.inbound_intent import InboundListener

HTTP_FAMILY: Final = frozenset(
    {Protocol.Value.HTTP, Protocol.Value.HTTP2, Protocol.Value.GRPC, Protocol.Value.GRPC_WEB}
)
"""Ports with methods, paths, headers and tokens."""


def reads_requests(listener: InboundListener) -> bool:
    """Say whether the gateway reads HTTP on a listener, rather than passing bytes."""
    if listener.protocol is Protocol.Value.HTTPS:
        return listener.simple is not None or listener.mutual is not None
    return listener.protocol in HTTP_FAMILY


def misfit(listener: InboundListener, protocol: Protocol.Value) -> str:
    """Say why a listener cannot lead to a port of this protocol; empty: it can.

    Bytes that a gateway did not read as HTTP would bring headers of the client's own making to a
    port where the gateway's are believed.
    """
    if reads_requests(listener) == (protocol in HTTP_FAMILY):
        return ""
    reads = "requests" if reads_requests(listener) else "bytes"
    return f"the gateway passes {reads} on, and service port {listener.service_port} is {protocol}"
