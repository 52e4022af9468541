"""Requests that stand for all others: one inside each class that rules tell apart, one outside.

Two requests that match the same rules of a destination meet the same fate there, so it is enough
to ask about one of each class.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import islice, product
from typing import TYPE_CHECKING, Final

from trafficctl_sdk.explain import Claim

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from trafficctl_sdk.model.access import AccessRule, HeaderMatch, PathMatch

_MOST_OF_A_RULE: Final = 256
"""So many pairs of method and path stand for one rule; it may name 1,024."""
_ELSE: Final = "unnamed"
"""A segment, a value or a method's stand-in that no rule is likely to name."""
_OTHER_METHOD: Final = "UNNAMED"
_GET: Final = "GET"


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One request, as far as rules look at it.

    :ivar method: empty, as is ``path``, where the protocol has none.
    """

    method: str = ""
    path: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    claims: tuple[Claim, ...] = field(default=())


PLAIN: Final = Operation()
"""The one operation of a protocol without requests."""


def operations(
    rules: Iterable[AccessRule],
    issuers: Mapping[str, str],
    *,
    http: bool,
    paths: Iterable[str] = (),
) -> tuple[Operation, ...]:
    """Give requests that stand for all that these rules tell apart, without repetition.

    :param issuers: of tokens, by the id of their provider.
    :param http: there are requests; else all calls are alike.
    :param paths: that something besides rules tells apart, such as prefixes of routes.
    """
    if not http:
        return (PLAIN,)
    known = list(dict.fromkeys(rules))
    found: dict[Operation, None] = {}
    for rule in known:
        found.update(dict.fromkeys(_inside(rule, issuers)))
    for path in paths:
        found[Operation(method=_GET, path=path)] = None
    # Requests of one rule as seen by the others: all their methods at all their paths.
    found.update(dict.fromkeys(_crossed(known)))
    found[Operation(method=_GET, path=f"/{_ELSE}")] = None
    if any(rule.http is not None and "*" not in rule.http.methods for rule in known):
        found[Operation(method=_OTHER_METHOD, path=f"/{_ELSE}")] = None
    return tuple(found)


def _inside(rule: AccessRule, issuers: Mapping[str, str]) -> Iterator[Operation]:
    """Give requests that a rule matches, and each with one condition unmet."""
    headers = tuple(_header(it) for it in rule.headers)
    claims = tuple(_claim(it.jwt_provider, it.path, it.values[0], issuers) for it in rule.claims)
    for method, path in islice(_pairs(rule), _MOST_OF_A_RULE):
        met = Operation(
            method=method,
            path=path,
            headers=tuple(sorted(it for it in headers if it is not None)),
            claims=claims,
        )
        yield met
        if rule.headers or rule.claims:
            yield Operation(method=method, path=path)
    first = next(_pairs(rule))
    met = Operation(
        method=first[0],
        path=first[1],
        headers=tuple(sorted(it for it in headers if it is not None)),
        claims=claims,
    )
    for index, it in enumerate(rule.headers):
        others = tuple(sorted(h for at, h in enumerate(headers) if h is not None and at != index))
        broken = (it.name.lower(), _ELSE)
        yield replace(met, headers=others)
        yield replace(met, headers=tuple(sorted((*others, broken))))
    for index, claim in enumerate(rule.claims):
        others_ = claims[:index] + claims[index + 1 :]
        for value in (*claim.values[1:], _ELSE):
            changed = _claim(claim.jwt_provider, claim.path, value, issuers)
            yield replace(met, claims=(*others_, changed))


def _pairs(rule: AccessRule) -> Iterator[tuple[str, str]]:
    if rule.http is not None:
        methods = [_OTHER_METHOD if it == "*" else it for it in rule.http.methods]
        paths = [path for it in rule.http.paths for path in _paths(it)]
        yield from product([*methods, *([_GET] if "*" in rule.http.methods else [])], paths)
    elif rule.grpc is not None:
        yield from (("POST", f"/{it.replace('*', _ELSE)}") for it in rule.grpc.methods)
    else:
        yield _GET, f"/{_ELSE}"


def _paths(match: PathMatch) -> Iterator[str]:
    """Give paths inside of what a rule says, and those that just fail to be."""
    if match.exact is not None:
        yield from (match.exact, f"{match.exact.rstrip('/')}/{_ELSE}")
    elif match.prefix is not None:
        base = match.prefix.rstrip("/")
        yield from (base or "/", f"{base}/{_ELSE}", f"{base}{_ELSE}" if base else "/")
    elif match.suffix is not None:
        yield from (match.suffix, f"/{_ELSE}{match.suffix}", f"{match.suffix}{_ELSE}")
    elif match.template is not None:
        filled = match.template.replace("{**}", f"{_ELSE}/{_ELSE}").replace("{*}", _ELSE)
        yield from (filled, f"{filled}/{_ELSE}")


def _crossed(rules: Sequence[AccessRule]) -> Iterator[Operation]:
    """Give all methods that rules name at the first path of each."""
    http = [it.http for it in rules if it.http is not None]
    methods = sorted({method for it in http for method in it.methods if method != "*"})
    paths = sorted({path for it in http for one in it.paths for path in islice(_paths(one), 2)})
    pairs = product(methods, paths) if len(http) > 1 else ()
    for method, path in islice(pairs, _MOST_OF_A_RULE):
        yield Operation(method=method, path=path)


def _header(match: HeaderMatch) -> tuple[str, str] | None:
    """Give a header that matches; none: it must not be there."""
    name = match.name.lower()
    if match.absent is not None:
        return None
    if match.exact is not None:
        return name, match.exact
    if match.prefix is not None:
        return name, f"{match.prefix}{_ELSE}"
    if match.suffix is not None:
        return name, f"{_ELSE}{match.suffix}"
    return name, _ELSE


def _claim(provider: str, path: Sequence[str], value: str, issuers: Mapping[str, str]) -> Claim:
    return Claim(issuer=issuers.get(provider, ""), path=tuple(path), values=(value,))
