"""Rules about issuers of tokens and their keys."""

import json
from collections.abc import Iterator
from typing import Final

from trafficctl_sdk.errors import Violation
from trafficctl_sdk.intent_kinds import ConnectivityIntent
from trafficctl_sdk.model.access import JwtProvider
from trafficctl_sdk.model.outbound_intent import OutboundIntent

_PUBLIC: Final = frozenset({"RSA", "EC", "OKP"})
_PRIVATE: Final = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
"""Members of a key that only its owner may know (RFC 7518, section 6)."""


def token_violations(intent: ConnectivityIntent) -> Iterator[Violation]:
    """Check an intent's JWT providers."""
    if isinstance(intent, OutboundIntent):
        return
    first: dict[str, int] = {}
    for index, provider in enumerate(intent.jwt_providers):
        known = first.setdefault(provider.issuer, index)
        if known != index:
            yield Violation(
                field=f"jwt_providers[{index}].issuer",
                rule="jwt_providers.issuer_unique",
                description=f"jwt_providers[{known}] has this issuer: put both together",
            )
        flaw = _flaw(provider)
        if flaw:
            yield Violation(
                field=f"jwt_providers[{index}].jwks",
                rule="jwt_provider.public_keys",
                description=flaw,
            )


def _flaw(provider: JwtProvider) -> str:
    """Say why a key set cannot be taken; the key itself is never repeated."""
    if provider.jwks is None:
        return ""
    try:
        keys = json.loads(provider.jwks)["keys"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return "this is no JSON Web Key Set: give an object with the list keys"
    if not isinstance(keys, list) or not keys:
        return "the key set holds no key: add one"
    for number, key in enumerate(keys):
        if not isinstance(key, dict) or key.get("kty") not in _PUBLIC:
            return f"keys[{number}] is no public key: its kty is RSA, EC or OKP"
        if _PRIVATE & set(key):
            return f"keys[{number}] is a private key: give the public part alone"
    return ""
