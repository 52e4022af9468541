"""Headers and claims of access rules as conditions of AuthorizationPolicies.

A condition's value with ``*`` at an end means a part of a value or any value at all, so a literal
``*`` is refused. On a TCP port an ALLOW with conditions matches nothing and a DENY everything;
rules with conditions reach ports of the HTTP family only.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from trafficctl_sdk.model.access import AccessRule, ClaimMatch, HeaderMatch, JwtProvider

from trafficctl_istio.objects.shapes import Json, present
from trafficctl_istio.refusals import refuse

_BRACKETS: Final = re.compile(r"[\[\]]")
_STAR: Final = "* has a meaning of its own in an Istio policy; leave it out"
_HOST: Final = "how a request names its host differs by HTTP version; leave it out"


class Condition(NamedTuple):
    """One attribute of a request, and what it must be: any of the values, and none of the others.

    :ivar values: whole values, or with ``*`` at one end; ``*`` alone: any.
    """

    key: str
    values: tuple[str, ...] = ()
    not_values: tuple[str, ...] = ()


def condition_json(condition: Condition) -> Json:
    """Give an item of a rule's ``when``."""
    return present(
        key=condition.key, values=list(condition.values), notValues=list(condition.not_values)
    )


def conditions_of(rule: AccessRule) -> tuple[Condition, ...]:
    """Give what a rule asks of headers and claims, in one order; all of it must hold.

    :raises Refused: a header or claim cannot be written literally.
    """
    if not rule.headers and not rule.claims:
        return ()
    found = {*map(_header, rule.headers), *map(_claim, rule.claims)}
    return tuple(sorted(found))


def provider_of(rule: AccessRule, demanded: str) -> str:
    """Give the id of the provider whose token a rule asks for; empty: it asks for none.

    :param demanded: the provider that the caller must have a token of anyway.
    :raises Refused: the rule asks for several; a request is checked against one token.
    """
    if not rule.claims:
        return demanded
    wanted = {claim.jwt_provider for claim in rule.claims} | ({demanded} if demanded else set())
    if len(wanted) > 1:
        raise refuse("callers.access.claims", "istio.one_token", SINGLE_PROVIDER)
    return "".join(wanted)


SINGLE_PROVIDER: Final = "a policy sees one token of a request: ask for claims of one provider"


def issued_by(provider: JwtProvider) -> Condition:
    """Give the condition that a valid token of exactly this issuer came along."""
    return Condition(key="request.auth.claims[iss]", values=(provider.issuer,))


def token_holder(provider: JwtProvider) -> str:
    """Give the request principal that stands for every subject of a provider."""
    return f"{provider.issuer}/*"


def is_ambiguous(provider: JwtProvider, others: Iterable[JwtProvider]) -> bool:
    """Say whether :func:`token_holder` fits another provider's tokens too.

    Some versions compare the beginning of ``<issuer>/<subject>`` only.
    """
    return any(
        other.issuer != provider.issuer and other.issuer.startswith(f"{provider.issuer}/")
        for other in others
    )


def providers_by_id(providers: Iterable[JwtProvider]) -> Mapping[str, JwtProvider]:
    """Give providers by the id that rules name them by."""
    return {provider.id: provider for provider in providers}


def header_problem(header: HeaderMatch) -> str:
    """Say why a header cannot be written literally into a policy; empty: it can."""
    if header.name.lower() == "host":
        return _HOST
    if header.regex is not None:
        return "a policy knows no regular expressions: say exact, prefix or suffix"
    if header == HeaderMatch(name=header.name):
        return "say how the header is matched"
    if header.exact == "":
        return "an empty value cannot be compared: ask for absent, or for another value"
    text = header.exact or header.prefix or header.suffix or ""
    return _STAR if "*" in text else ""


def claim_problem(claim: ClaimMatch) -> str:
    """Say why a claim cannot be written literally into a policy; empty: it can."""
    if any(_BRACKETS.search(segment) for segment in claim.path):
        return "brackets in the name of a claim cannot be written; leave it out"
    return _STAR if any("*" in value for value in claim.values) else ""


def _header(header: HeaderMatch) -> Condition:
    problem = header_problem(header)
    if problem:
        raise refuse("callers.access.headers", "istio.header", problem)
    key = f"request.headers[{header.name.lower()}]"
    if header.absent is not None:
        return Condition(key=key, not_values=("*",))
    if header.exact is not None:
        return Condition(key=key, values=(header.exact,))
    if header.prefix is not None:
        return Condition(key=key, values=(f"{header.prefix}*",))
    if header.suffix is not None:
        return Condition(key=key, values=(f"*{header.suffix}",))
    return Condition(key=key, values=("*",))


def _claim(claim: ClaimMatch) -> Condition:
    problem = claim_problem(claim)
    if problem:
        raise refuse("callers.access.claims", "istio.claim", problem)
    path = "".join(f"[{segment}]" for segment in claim.path)
    return Condition(key=f"request.auth.claims{path}", values=tuple(sorted(set(claim.values))))
