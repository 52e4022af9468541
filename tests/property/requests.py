"""Random access rules, and requests that lie just inside or just outside of rules."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from trafficctl_sdk.explain import Claim
from trafficctl_sdk.model.access import (
    AccessRule,
    ClaimMatch,
    GrpcOperation,
    HeaderMatch,
    HttpOperation,
    JwtProvider,
    PathMatch,
)
from trafficctl_sdk.model.common import Protocol

from tests.fakes.wishes import ALLOW_ALL, DENY_ALL
from tests.property.dice import Dice

HTTP_FAMILY: Final = frozenset(
    {Protocol.Value.HTTP, Protocol.Value.HTTP2, Protocol.Value.GRPC, Protocol.Value.GRPC_WEB}
)
_METHODS: Final = (("GET",), ("GET", "POST"), ("*",), ("POST",))
_PATHS: Final = (
    PathMatch(prefix="/a"),
    PathMatch(exact="/a"),
    PathMatch(prefix="/a/b/"),
    PathMatch(suffix="/z"),
    PathMatch(template="/a/{*}/c"),
    PathMatch(template="/t/{**}"),
    PathMatch(prefix="/"),
)
_HEADERS: Final = (
    HeaderMatch(name="x-tier", exact="gold"),
    HeaderMatch(name="x-tier", prefix="go"),
    HeaderMatch(name="x-tier", suffix="ld"),
    HeaderMatch(name="x-tier", present=HeaderMatch.Present()),
    HeaderMatch(name="x-tier", absent=HeaderMatch.Absent()),
)
PROVIDER: Final = JwtProvider(
    id="idp",
    issuer="https://issuer.example",
    audiences=("shop",),
    jwks_uri="https://issuer.example/keys",
)
_CLAIMS: Final = (
    ClaimMatch(jwt_provider=PROVIDER.id, path=("groups",), values=("admin", "ops")),
    ClaimMatch(jwt_provider=PROVIDER.id, path=("realm", "role"), values=("boss",)),
)
HEADERS: Final[tuple[Mapping[str, str], ...]] = (
    {},
    {"x-tier": "gold"},
    {"x-tier": "good"},
    {"x-tier": "old"},
    {"x-other": "gold"},
)
"""Headers of requests."""
TOKENS: Final = (
    (),
    (Claim(issuer=PROVIDER.issuer, path=("groups",), values=("dev", "ops")),),
    (Claim(issuer=PROVIDER.issuer, path=("groups",), values=("dev",)),),
    (Claim(issuer=PROVIDER.issuer, path=("realm", "role"), values=("boss",)),),
)
"""Claims of the tokens of requests."""
_GRPC: Final = ("pkg.Svc/Do", "pkg.Svc/*", "pkg.Other/Get")


def access(
    dice: Dice, protocols: Sequence[Protocol.Value | None], *, tokens: bool = False
) -> tuple[AccessRule, ...]:
    """Give one to three rules that ports of these protocols can bear.

    :param tokens: some may ask for claims.
    """
    rules = [_rule(dice, set(protocols)) for _ in range(dice.one((1, 1, 1, 2, 3)))]
    if not set(protocols) <= HTTP_FAMILY:
        return tuple(rules)
    return tuple(_conditional(dice, it, tokens=tokens) for it in rules)


def _conditional(dice: Dice, rule: AccessRule, *, tokens: bool) -> AccessRule:
    if dice.once_in(8):
        return replace(rule, headers=(dice.one(_HEADERS),))
    if tokens and dice.once_in(8):
        return replace(rule, claims=(dice.one(_CLAIMS),))
    return rule


def _rule(dice: Dice, protocols: set[Protocol.Value | None]) -> AccessRule:
    action = AccessRule.Action.DENY if dice.once_in(4) else AccessRule.Action.ALLOW
    if protocols == {Protocol.Value.GRPC} and dice.once_in(2):
        return AccessRule(action=action, grpc=GrpcOperation(methods=dice.some(_GRPC, 1, 2)))
    if protocols <= HTTP_FAMILY and not dice.once_in(3):
        http = HttpOperation(methods=dice.one(_METHODS), paths=dice.some(_PATHS, 1, 2))
        return AccessRule(action=action, http=http)
    if action is AccessRule.Action.DENY and not dice.once_in(3):
        return ALLOW_ALL
    return ALLOW_ALL if action is AccessRule.Action.ALLOW else DENY_ALL


def boundary_paths(rules: Sequence[AccessRule]) -> Iterator[str]:
    """Give paths in and around what rules speak of."""
    yield "/"
    for rule in rules:
        for path in rule.http.paths if rule.http is not None else ():
            yield from _around(path)
        for method in rule.grpc.methods if rule.grpc is not None else ():
            service = method.partition("/")[0]
            yield from (f"/{service}/Do", f"/{service}/Get", f"/{service}x/Do", f"/{service}")


def _around(path: PathMatch) -> Iterator[str]:
    if path.exact is not None:
        yield from (path.exact, f"{path.exact}/", f"{path.exact}b", f"{path.exact}/x")
    if path.prefix is not None:
        below = path.prefix.rstrip("/")
        yield from (below or "/", f"{below}/", f"{below}b", f"{below}/x/y")
    if path.suffix is not None:
        yield from (f"/q{path.suffix}", path.suffix, f"{path.suffix}/q", f"{path.suffix}q")
    if path.template is not None:
        one = path.template.replace("{*}", "x").replace("{**}", "x/y")
        yield from (one, f"{one}/more", path.template.replace("{*}", "x/y").replace("{**}", ""))
        yield path.template.replace("{*}", "").replace("/{**}", "")
