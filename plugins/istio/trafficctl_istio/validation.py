"""What is wrong with an intent on Istio beyond fields that nobody enforces."""

from collections.abc import Iterable, Sequence

from trafficctl_sdk.errors import Violation
from trafficctl_sdk.intent_kinds import ConnectivityIntent, Intent
from trafficctl_sdk.model.access import AccessRule, Caller, JwtProvider
from trafficctl_sdk.model.dns_provider_intent import DnsProviderIntent
from trafficctl_sdk.model.inbound_intent import InboundIntent
from trafficctl_sdk.model.intercluster_intent import InterclusterIntent
from trafficctl_sdk.model.outbound_intent import OutboundIntent

from trafficctl_istio.conditions import SINGLE_PROVIDER, claim_problem, header_problem
from trafficctl_istio.listeners import listener_problem, reads_requests
from trafficctl_istio.operations import path_problem
from trafficctl_istio.outside_intents import outside_violations
from trafficctl_istio.rendering.egress_hop import TLS_PORT
from trafficctl_istio.rendering.request_authentication import issuer_problem, skew_problem
from trafficctl_istio.rendering.traffic.problems import problems


def violations(intent: Intent) -> tuple[Violation, ...]:
    """Give everything that would make the intent's slices refused, with the client's paths."""
    if isinstance(intent, DnsProviderIntent):
        return ()
    found = [*_paths(intent.callers), *_conditions(intent.callers), *_policies(intent)]
    if not isinstance(intent, OutboundIntent):
        found += _providers(intent.jwt_providers)
    if isinstance(intent, InterclusterIntent):
        found += _reserved_ports(intent)
    elif isinstance(intent, OutboundIntent):
        found += outside_violations(intent)
        found += _unenforced(intent)
    elif isinstance(intent, InboundIntent):
        found += _listeners(intent)
    return tuple(found)


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


def _policies(intent: ConnectivityIntent) -> Iterable[Violation]:
    stated = [("traffic_policy", intent.traffic_policy)]
    stated += [
        (f"overrides[{index}].traffic_policy", override.traffic_policy)
        for index, override in enumerate(intent.overrides)
    ]
    for place, policy in stated:
        for problem in problems(policy) if policy else ():
            yield Violation(
                field=f"{place}.{problem.field}",
                rule="istio.traffic_policy",
                description=problem.description,
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


def _reserved_ports(intent: InterclusterIntent) -> Iterable[Violation]:
    if not any(caller.egress and caller.egress.dedicated_gateway for caller in intent.callers):
        return
    for index, port in enumerate(intent.ports):
        if port.port == TLS_PORT:
            yield Violation(
                field=f"ports[{index}].port",
                rule="istio.reserved_port",
                description=f"port {TLS_PORT} is taken behind an egress gateway; use another",
            )


def _unenforced(intent: OutboundIntent) -> Iterable[Violation]:
    for number, caller in enumerate(intent.callers):
        if caller.egress and caller.egress.dedicated_gateway:
            continue
        for index, rule in enumerate(caller.access):
            if rule.action is AccessRule.Action.DENY or rule.all_requests is None:
                yield Violation(
                    field=f"callers[{number}].access[{index}]",
                    rule="istio.sidecar_enforces_nothing",
                    description="a caller's own proxy is no boundary: allow all_requests, or give"
                    " the caller a dedicated_gateway",
                )


def _listeners(intent: InboundIntent) -> Iterable[Violation]:
    for index, listener in enumerate(intent.listeners):
        if listener.protocol is None:
            continue
        problem = listener_problem(listener.protocol, ends_tls=listener.simple is not None)
        if problem:
            yield Violation(
                field=f"listeners[{index}].protocol", rule="istio.listener", description=problem
            )
        elif not reads_requests(listener.protocol) and intent.path_prefix not in ("", "/"):
            yield Violation(
                field="path_prefix",
                rule="istio.path_prefix",
                description=f"listeners[{index}] carries bytes, which have no path: leave it out",
            )
