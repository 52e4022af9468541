"""What is wrong with the callers of an intent and what they may do, with the client's paths."""

from collections.abc import Iterable, Sequence

from trafficctl_sdk.errors import Violation
from trafficctl_sdk.intent_kinds import ConnectivityIntent
from trafficctl_sdk.model.access import AccessRule, Caller, JwtProvider
from trafficctl_sdk.model.outbound_intent import OutboundIntent

from trafficctl_istio.conditions import SINGLE_PROVIDER, claim_problem, header_problem
from trafficctl_istio.operations import path_problem
from trafficctl_istio.rendering.request_authentication import issuer_problem, skew_problem


def access_violations(intent: ConnectivityIntent) -> Iterable[Violation]:
    """Give everything that keeps an intent's access rules from being written as policies."""
    yield from _paths(intent.callers)
    yield from _conditions(intent.callers)
    if not isinstance(intent, OutboundIntent):
        yield from _providers(intent.jwt_providers)


def _rules(callers: Iterable[Caller]) -> Iterable[tuple[str, AccessRule]]:
    for number, caller in enumerate(callers):
        for index, rule in enumerate(caller.access):
            yield f"callers[{number}].access[{index}]", rule


def _paths(callers: Iterable[Caller]) -> Iterable[Violation]:
    for place, rule in _rules(callers):
        for index, path in enumerate(rule.http.paths if rule.http else ()):
            problem = path_problem(path)
            if problem:
                yield Violation(
                    field=f"{place}.http.paths[{index}]", rule="istio.path", description=problem
                )


def _conditions(callers: Sequence[Caller]) -> Iterable[Violation]:
    for place, rule in _rules(callers):
        for index, header in enumerate(rule.headers):
            problem = header_problem(header)
            if problem:
                yield Violation(
                    field=f"{place}.headers[{index}]", rule="istio.header", description=problem
                )
        for index, claim in enumerate(rule.claims):
            problem = claim_problem(claim)
            if problem:
                yield Violation(
                    field=f"{place}.claims[{index}]", rule="istio.claim", description=problem
                )
    for number, caller in enumerate(callers):
        demanded = {caller.external.jwt_provider} - {""} if caller.external else set()
        for index, rule in enumerate(caller.access):
            if len({claim.jwt_provider for claim in rule.claims} | demanded) > 1:
                yield Violation(
                    field=f"callers[{number}].access[{index}].claims",
                    rule="istio.one_token",
                    description=SINGLE_PROVIDER,
                )


def _providers(providers: Iterable[JwtProvider]) -> Iterable[Violation]:
    for index, provider in enumerate(providers):
        for field, problem in (
            ("clock_skew", skew_problem(provider)),
            ("issuer", issuer_problem(provider)),
        ):
            if problem:
                yield Violation(
                    field=f"jwt_providers[{index}].{field}",
                    rule="istio.jwt_provider",
                    description=problem,
                )
