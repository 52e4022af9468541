"""Whether a gateway and whoever dials it agree on a TLS session that ends there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trafficctl_sdk.explain import VerdictKind

from trafficctl_istio.evaluation.streams import Session

if TYPE_CHECKING:
    from trafficctl_istio.evaluation.gateway_servers import Server
    from trafficctl_istio.evaluation.pods import Pods
    from trafficctl_istio.evaluation.streams import Stream


def failed_handshake(stream: Stream, server: Server, pods: Pods) -> tuple[VerdictKind, str] | None:
    """Say why a TLS session cannot be, and who is to blame; none: it can."""
    session = stream.sessions[0] if stream.sessions else Session(sni=stream.sni)
    if server.mode == "ISTIO_MUTUAL":
        return _of_mesh(session, pods)
    if session.of_mesh:
        return VerdictKind.UNREACHABLE, f"{pods.party} shows no certificate of the mesh"
    return _by_certificate(session, server, pods) if server.mode == "MUTUAL" else None


def _of_mesh(session: Session, pods: Pods) -> tuple[VerdictKind, str] | None:
    if not session.of_mesh:
        return VerdictKind.DENIED, f"{pods.party} asks for a certificate of the mesh"
    if session.server_names and f"spiffe://{pods.principal}" not in session.server_names:
        text = f"the caller expects another server than spiffe://{pods.principal}"
        return VerdictKind.UNREACHABLE, text
    return None


def _by_certificate(session: Session, server: Server, pods: Pods) -> tuple[VerdictKind, str] | None:
    if not session.certificate_name:
        return VerdictKind.DENIED, f"{pods.party} asks for a client certificate"
    if server.certificate_names and session.certificate_name not in server.certificate_names:
        return VerdictKind.DENIED, f"{pods.party} does not take that client certificate"
    return None
