"""Listeners of an ingress gateway: which can hold several names side by side, and their TLS."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from trafficctl_sdk.model.common import Protocol

from trafficctl_istio.protocols import HTTP_FAMILY, OPAQUE_TLS

_SUITES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256": "ECDHE-ECDSA-AES128-GCM-SHA256",
        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256": "ECDHE-RSA-AES128-GCM-SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384": "ECDHE-ECDSA-AES256-GCM-SHA384",
        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384": "ECDHE-RSA-AES256-GCM-SHA384",
        "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256": "ECDHE-ECDSA-CHACHA20-POLY1305",
        "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256": "ECDHE-RSA-CHACHA20-POLY1305",
        "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA": "ECDHE-ECDSA-AES128-SHA",
        "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA": "ECDHE-RSA-AES128-SHA",
        "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA": "ECDHE-ECDSA-AES256-SHA",
        "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA": "ECDHE-RSA-AES256-SHA",
        "TLS_RSA_WITH_AES_128_GCM_SHA256": "AES128-GCM-SHA256",
        "TLS_RSA_WITH_AES_256_GCM_SHA384": "AES256-GCM-SHA384",
        "TLS_RSA_WITH_AES_128_CBC_SHA": "AES128-SHA",
        "TLS_RSA_WITH_AES_256_CBC_SHA": "AES256-SHA",
    }
)
"""The suites of TLS 1.2 that gateways know, by IANA name. Istio drops others in silence."""


def reads_requests(protocol: Protocol.Value, *, ends_tls: bool) -> bool:
    """Say whether the gateway reads HTTP on a listener, rather than passing bytes."""
    return protocol in HTTP_FAMILY or (protocol is Protocol.Value.HTTPS and ends_tls)


def listener_problem(protocol: Protocol.Value, *, ends_tls: bool, passthrough: bool) -> str:
    """Say why a listener cannot be; empty: it can."""
    if passthrough:
        fits = protocol in OPAQUE_TLS and not ends_tls
        return "" if fits else "TLS passes through as TLS or HTTPS, without a certificate here"
    if protocol in OPAQUE_TLS and not ends_tls:
        return (
            f"{protocol.value} in plaintext is a contradiction: give a certificate, let it pass "
            "through, or say HTTP"
        )
    if protocol not in HTTP_FAMILY | OPAQUE_TLS:
        return (
            f"{protocol.value} carries no name to tell hosts apart by: say TLS with a certificate"
        )
    return ""


def trust_problem(certificate: str, client_trust: str) -> str:
    """Say why a gateway would not look for authorities in this Secret; empty: it does."""
    if client_trust in (certificate, f"{certificate}-cacert"):
        return ""
    return (
        f"a gateway reads ca.crt of the certificate's own Secret {certificate}, or of "
        f"{certificate}-cacert: keep the authorities in one of these"
    )


def suite_problem(suite: str) -> str:
    """Say why a cipher suite cannot be; empty: it can."""
    return "" if suite in _SUITES else f"gateways know {', '.join(sorted(_SUITES))}"


def suites(named: Iterable[str]) -> list[str]:
    """Give cipher suites as gateways name them, sorted.

    :raises KeyError: :func:`suite_problem` says why.
    """
    return sorted({_SUITES[one] for one in named})
