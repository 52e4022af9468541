"""What is wrong with the listeners and outer callers of an intent, with the client's paths."""

from collections.abc import Iterable

from trafficctl_sdk.errors import Refused, Violation
from trafficctl_sdk.model.access import PathMatch
from trafficctl_sdk.model.common import Protocol
from trafficctl_sdk.model.inbound_intent import InboundIntent, InboundListener
from trafficctl_sdk.model.traffic_policy import TrafficPolicy

from trafficctl_istio.listeners import (
    listener_problem,
    reads_requests,
    suite_problem,
    trust_problem,
)
from trafficctl_istio.objects.shapes import Json
from trafficctl_istio.rendering.client_addresses import TOLD_BY_GATEWAY, edits_of_addresses
from trafficctl_istio.rendering.cors import age_problem
from trafficctl_istio.rendering.reaches import Straight
from trafficctl_istio.rendering.traffic.matches import path_matches
from trafficctl_istio.rendering.traffic.routes import http_routes


def inbound_violations(intent: InboundIntent) -> Iterable[Violation]:
    """Give everything that keeps an intent's outer side from being rendered."""
    for index, listener in enumerate(intent.listeners):
        if listener.protocol is not None:
            yield from _listener(intent, listener, listener.protocol, f"listeners[{index}]")
    yield from _ranges(intent)
    yield from _certificates(intent)
    problem = age_problem(intent.cors) if intent.cors else ""
    if problem:
        yield Violation(field="cors.max_age", rule="istio.cors", description=problem)
    for place, policy in (
        ("", intent.traffic_policy),
        *((f"overrides[{at}].", one.traffic_policy) for at, one in enumerate(intent.overrides)),
    ):
        yield from _routes(intent, policy, place)
        for edit in edits_of_addresses(policy):
            yield Violation(
                field=f"{place}traffic_policy.{edit}",
                rule="istio.client_address",
                description=TOLD_BY_GATEWAY,
            )


def _reads(listener: InboundListener) -> bool:
    ends_tls = (listener.simple or listener.mutual) is not None
    return listener.protocol is None or reads_requests(listener.protocol, ends_tls=ends_tls)


def _listener(
    intent: InboundIntent, listener: InboundListener, protocol: Protocol.Value, field: str
) -> Iterable[Violation]:
    problem = listener_problem(
        protocol,
        ends_tls=(listener.simple or listener.mutual) is not None,
        passthrough=listener.passthrough is not None,
    )
    if problem:
        yield Violation(field=f"{field}.protocol", rule="istio.listener", description=problem)
    elif not _reads(listener) and intent.path_prefix not in ("", "/"):
        yield Violation(
            field="path_prefix",
            rule="istio.path_prefix",
            description=f"{field} carries bytes, which have no path: leave it out",
        )
    if listener.redirect_from_port and not _reads(listener):
        yield Violation(
            field=f"{field}.redirect_from_port",
            rule="istio.listener",
            description=f"{protocol.value} is nothing to send plain HTTP to: say HTTPS",
        )
    ends = listener.mutual
    certificate = ends.certificate.secret if ends and ends.certificate else None
    trust = ends.client_trust.secret if ends and ends.client_trust else None
    problem = trust_problem(certificate.name, trust.name) if certificate and trust else ""
    if problem:
        yield Violation(
            field=f"{field}.mutual.client_trust.secret.name",
            rule="istio.client_trust",
            description=problem,
        )
    for index, suite in enumerate(listener.cipher_suites):
        problem = suite_problem(suite)
        if problem:
            yield Violation(
                field=f"{field}.cipher_suites[{index}]",
                rule="istio.cipher_suite",
                description=problem,
            )


def _ranges(intent: InboundIntent) -> Iterable[Violation]:
    opaque = [at for at, listener in enumerate(intent.listeners) if not _reads(listener)]
    for index, caller in enumerate(intent.callers):
        if caller.external and caller.external.source_ranges and opaque:
            yield Violation(
                field=f"callers[{index}].external.source_ranges",
                rule="istio.opaque_listener",
                description=f"listeners[{opaque[0]}] passes bytes on, with which the client's"
                " address does not reach the workload: split the intent",
            )


def _certificates(intent: InboundIntent) -> Iterable[Violation]:
    stated = [
        frozenset(one.external.certificate_names if one.external else ()) for one in intent.callers
    ]
    unasked = [at for at, listener in enumerate(intent.listeners) if listener.mutual is None]
    for index, names in enumerate(stated):
        description = ""
        if names and unasked:
            description = (
                f"listeners[{unasked[0]}] asks for no certificate, and the workload cannot tell"
                " by which listener a client came: make it mutual, or leave it out"
            )
        elif names != stated[0]:
            description = (
                "the gateway checks names once for all callers: state those of callers[0], or use"
                " an intent with another host and service_port"
            )
        if description:
            yield Violation(
                field=f"callers[{index}].external.certificate_names",
                rule="istio.certificate_names",
                description=description,
            )


def _routes(intent: InboundIntent, policy: TrafficPolicy | None, place: str) -> Iterable[Violation]:
    """Try the routes of a policy below the intent's path."""
    if policy is None or not policy.routes:
        return
    try:
        tuple(http_routes(policy, _below(intent.path_prefix or "/"), Straight(host="", port=0)))
    except Refused as refused:
        for found in refused.violations:
            yield Violation(
                field=f"{place}{found.field}", rule=found.rule, description=found.description
            )


def _below(path_prefix: str) -> list[Json]:
    return [{"uri": uri} for uri in path_matches(PathMatch(prefix=path_prefix))]
