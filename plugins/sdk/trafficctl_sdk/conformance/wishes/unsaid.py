"""Fields of the model that reach no driver by a slice, with the reason."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_SDWAN: Final = "no slice carries the path through an SD-WAN"
_INLINE: Final = "no slice carries certificates that stand in an intent"
_SECRETS: Final = "the server compares it with the gateway's namespace; no slice carries it"
_SPECIAL: Final = "no slice carries this way out"

UNSAID: Final[Mapping[str, str]] = MappingProxyType(
    {
        "sdwan": _SDWAN,
        "callers.egress.shared_gateway": _SPECIAL,
        "callers.egress.external_proxy": _SPECIAL,
        "callers.access.headers.regex": "the server takes it in routes only",
        "certificate.inline": _INLINE,
        "client_certificate.inline": _INLINE,
        "client_certificate.secret.namespace": _INLINE,
        "certificate.secret.namespace": _SECRETS,
        "trust.secret.namespace": _SECRETS,
        "client_trust.secret.namespace": _SECRETS,
        "client_trust.bundle": _INLINE,
        "client_trust.system_roots": _INLINE,
        "plaintext_quiet_period": "the server waits; a slice carries the mode that holds now",
        "termination": "no slice says that encryption ends on the way",
    }
)
"""A part of a leaf's path, whole segments → why no wish of the kit says it."""


def why_unsaid(leaf: str) -> str:
    """Give the reason for a leaf of an intent; empty: there is none."""
    framed = f".{leaf}."
    return next((why for part, why in UNSAID.items() if f".{part}." in framed), "")
