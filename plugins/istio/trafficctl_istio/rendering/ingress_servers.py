"""The servers of an ingress gateway for one name.

Gateways of all names on one port are merged by the mesh: plain HTTP by host, TLS by server name.
A server of TLS needs a port name of its own within its Gateway.
"""

from collections.abc import Iterable

from trafficctl_sdk.model.inbound_intent import InboundListener
from trafficctl_sdk.slices import Listener

from trafficctl_istio.listeners import (
    listener_problem,
    reads_requests,
    suite_problem,
    suites,
    trust_problem,
)
from trafficctl_istio.objects.networking import server
from trafficctl_istio.objects.shapes import Json, present
from trafficctl_istio.protocols import istio_protocol
from trafficctl_istio.refusals import refuse

_TLS_1_3 = InboundListener.MinimumTlsVersion.TLS_1_3


def reads(listener: Listener) -> bool:
    """Say whether the gateway reads requests on a listener."""
    return reads_requests(listener.protocol, ends_tls=bool(listener.secret))


def check_listener(listener: Listener) -> None:
    """Refuse what a gateway cannot hold.

    :raises Refused: the listener cannot be.
    """
    problem = listener_problem(
        listener.protocol, ends_tls=bool(listener.secret), passthrough=listener.passthrough
    )
    if problem:
        raise refuse("listeners", "istio.listener", problem)
    if listener.client_trust:
        problem = trust_problem(listener.secret, listener.client_trust)
        if problem:
            raise refuse("listeners.mutual.client_trust", "istio.client_trust", problem)
    elif listener.certificate_names:
        raise refuse(
            "callers.external.certificate_names",
            "istio.certificate_names",
            f"listener {listener.port} asks for no certificate: make it mutual",
        )
    for suite in listener.cipher_suites:
        problem = suite_problem(suite)
        if problem:
            raise refuse("listeners.cipher_suites", "istio.cipher_suite", problem)


def servers(host: str, listeners: Iterable[Listener]) -> list[Json]:
    """Give the servers of a name, in the order of their ports.

    :param host: with the namespace whose routes may use it, as ``<namespace>/<host>``.
    """
    found: dict[int, Json] = {}
    for listener in listeners:
        found[listener.port] = _server(host, listener)
        if listener.redirect_from:
            found[listener.redirect_from] = server(
                port=listener.redirect_from,
                name=f"http-{listener.redirect_from}",
                protocol="HTTP",
                hosts=[host],
            )
    return [found[port] for port in sorted(found)]


def _server(host: str, listener: Listener) -> Json:
    protocol = istio_protocol(listener.protocol)
    tls: Json | None = None
    if listener.passthrough:
        protocol = "TLS"
        tls = {"mode": "PASSTHROUGH"}
    elif listener.secret:
        protocol = "HTTPS" if reads(listener) else "TLS"
        tls = present(
            mode="MUTUAL" if listener.client_trust else "SIMPLE",
            credentialName=listener.secret,
            subjectAltNames=sorted(set(listener.certificate_names)),
            minProtocolVersion=(
                "TLSV1_3" if listener.minimum_tls_version is _TLS_1_3 else "TLSV1_2"
            ),
            cipherSuites=suites(listener.cipher_suites),
        )
    return server(
        port=listener.port,
        name=f"{protocol.lower()}-{listener.port}",
        protocol=protocol,
        hosts=[host],
        tls=tls,
    )
