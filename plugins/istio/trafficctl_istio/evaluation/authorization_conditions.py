"""The ``when`` of a rule: one key, the values that it must or must not have."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from trafficctl_istio.evaluation.fields import text, texts
from trafficctl_istio.evaluation.patterns import matches_any

if TYPE_CHECKING:
    from collections.abc import Callable

    from trafficctl_istio.evaluation.fields import Json
    from trafficctl_istio.evaluation.requests import Seen, TrustDomain

    Values = Callable[[Seen], tuple[str, ...]]

_CLAIM: Final = re.compile(r"\[([^\]]*)\]")
_BLOCKS: Final = frozenset({"source.ip", "remote.ip"})


def condition(body: Json, own: TrustDomain) -> tuple[Callable[[Seen], bool], bool, bool]:
    """Read a condition: its test, whether it needs HTTP, and whether it looks at the address."""
    key = text(body, "key")
    values, barred = texts(body, "values"), texts(body, "notValues")
    if key == "source.principal":
        values, barred = own.expanded(values), own.expanded(barred)
    found = _values_of(key)

    def among(wanted: tuple[str, ...], seen: Seen) -> bool:
        if key in _BLOCKS:
            return seen.comes_from(wanted, original=key == "remote.ip")
        return any(matches_any(wanted, it) for it in found(seen))

    def holds(seen: Seen) -> bool:
        return (not values or among(values, seen)) and (not barred or not among(barred, seen))

    return holds, key.startswith("request."), key in _BLOCKS


def _values_of(key: str) -> Values:
    plain = _PLAIN.get(key)
    if plain is not None:
        return plain
    name = key.partition("[")[0]
    segments = tuple(_CLAIM.findall(key))
    if name == "request.headers" and len(segments) == 1:
        header = segments[0].lower()
        return lambda seen: _one(seen.headers.get(header, ""))
    if name == "request.auth.claims" and segments:
        return lambda seen: seen.claim(segments)
    return lambda _: ()


def _one(value: str) -> tuple[str, ...]:
    return (value,) if value else ()


_PLAIN: Final[dict[str, Values]] = {
    "source.principal": lambda seen: _one(seen.principal),
    "source.namespace": lambda seen: _one(seen.namespace),
    "source.serviceAccount": lambda seen: _one(seen.account),
    "destination.port": lambda seen: (str(seen.port),),
    "connection.sni": lambda seen: _one(seen.sni),
    "request.auth.principal": lambda seen: seen.request_principals,
    "request.auth.audiences": lambda seen: seen.claim(("aud",)),
    "request.auth.presenter": lambda seen: seen.claim(("azp",)),
}
