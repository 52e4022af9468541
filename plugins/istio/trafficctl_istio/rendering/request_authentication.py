"""How tokens (JWT) are checked at a workload.

Whoever shows no token passes here; a rule may ask for one. A token that is shown where a provider
looks for it must be valid, on every HTTP port of the pods, or the request is answered 401.
"""

from collections.abc import Iterable
from typing import Final

from trafficctl_sdk.model.access import JwtProvider
from trafficctl_sdk.model.common import Toggle

from trafficctl_istio.objects.shapes import Json, present
from trafficctl_istio.refusals import refuse

CLOCK_SKEW: Final = 60 * 10**9
"""How far clocks may differ, in nanoseconds: proxies have it so, and Istio cannot say otherwise."""

_BEARER: Final[Json] = {"name": "Authorization", "prefix": "Bearer "}


def skew_problem(provider: JwtProvider) -> str:
    """Say why a provider's clock skew cannot be; empty: it can."""
    if provider.clock_skew in (None, CLOCK_SKEW):
        return ""
    return "Istio's proxies always allow 60 s: leave it out"


def issuer_problem(provider: JwtProvider) -> str:
    """Say why an issuer cannot be named in a policy; empty: it can."""
    return "* has a meaning of its own in an Istio policy" if "*" in provider.issuer else ""


def jwt_rules(providers: Iterable[JwtProvider]) -> list[Json]:
    """Give the rules of a RequestAuthentication, one for each issuer, sorted.

    :raises Refused: a provider asks for more than Istio can say.
    """
    by_issuer = {one.issuer: one for one in providers}
    return [_rule(by_issuer[issuer]) for issuer in sorted(by_issuer)]


def _rule(provider: JwtProvider) -> Json:
    for field, problem in (
        ("jwt_providers.clock_skew", skew_problem(provider)),
        ("jwt_providers.issuer", issuer_problem(provider)),
    ):
        if problem:
            raise refuse(field, "istio.jwt_provider", problem)
    headers = [
        present(name=place.header.name, prefix=place.header.prefix or None)
        for place in provider.locations
        if place.header
    ]
    # Without a place Istio would look into a query parameter as well.
    return present(
        issuer=provider.issuer,
        audiences=sorted(set(provider.audiences)),
        jwksUri=provider.jwks_uri,
        jwks=provider.jwks,
        fromHeaders=headers if provider.locations else [dict(_BEARER)],
        fromParams=[one.query_parameter for one in provider.locations if one.query_parameter],
        fromCookies=[one.cookie for one in provider.locations if one.cookie],
        forwardOriginalToken=provider.forwarding is Toggle.Value.ENABLED,
    )
