"""Which listeners of an ingress gateway can hold several names side by side."""

from trafficctl_sdk.model.common import Protocol

from trafficctl_istio.protocols import HTTP_FAMILY, OPAQUE_TLS


def reads_requests(protocol: Protocol.Value) -> bool:
    """Say whether the gateway reads HTTP on a listener, rather than passing bytes."""
    return protocol in HTTP_FAMILY or protocol is Protocol.Value.HTTPS


def listener_problem(protocol: Protocol.Value, *, ends_tls: bool) -> str:
    """Say why a listener cannot be; empty: it can."""
    if protocol in OPAQUE_TLS and not ends_tls:
        return f"{protocol.value} in plaintext is a contradiction: give a certificate, or say HTTP"
    if protocol not in HTTP_FAMILY | OPAQUE_TLS:
        return (
            f"{protocol.value} carries no name to tell hosts apart by: say TLS with a certificate"
        )
    return ""
