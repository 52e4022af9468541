"""Rules about who may call, and what the ports have to do with it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from trafficctl_sdk.codec import canonical
from trafficctl_sdk.errors import Violation
from trafficctl_sdk.intent_kinds import ConnectivityIntent
from trafficctl_sdk.model.access import AccessRule, Caller
from trafficctl_sdk.model.common import Protocol
from trafficctl_sdk.model.outbound_intent import OutboundIntent

from trafficctl_server.compile.listeners import HTTP_FAMILY


def caller_violations(
    intent: ConnectivityIntent, protocols: Sequence[Protocol.Value]
) -> Iterator[Violation]:
    """Check an intent's callers.

    :param protocols: of all its ports as far as they are known, with HTTPS that ends at the
        gateway counted as HTTP.
    """
    yield from _twins(intent.callers)
    yield from _layer_seven(intent, protocols)
    yield from _providers(intent)
    if isinstance(intent, OutboundIntent):
        yield from _enforced(intent)


def _twins(callers: Sequence[Caller]) -> Iterator[Violation]:
    names = {it.workload.workload for it in callers if it.workload is not None}
    if len(names) == len(callers):
        return  # each names another workload
    seen: dict[bytes, int] = {}
    for index, caller in enumerate(callers):
        who = canonical(replace(caller, access=(), egress=None))
        first = seen.setdefault(who, index)
        if first != index:
            yield Violation(
                field=f"callers[{index}]",
                rule="callers.unique",
                description=f"the same caller as callers[{first}]: put their rules together",
            )


def _layer_seven(
    intent: ConnectivityIntent, protocols: Sequence[Protocol.Value]
) -> Iterator[Violation]:
    all_http = all(it in HTTP_FAMILY for it in protocols)
    all_grpc = all(it is Protocol.Value.GRPC for it in protocols)
    for field, rule in _rules(intent.callers):
        if rule.http is not None and not all_http:
            yield Violation(
                field=f"{field}.http",
                rule="access.l7_needs_http_ports",
                description="methods and paths need ports that are all HTTP: split the intent",
            )
        if rule.grpc is not None and not all_grpc:
            yield Violation(
                field=f"{field}.grpc",
                rule="access.l7_needs_http_ports",
                description="gRPC methods need ports that are all GRPC: split the intent",
            )
        if (rule.headers or rule.claims) and not all_http:
            yield Violation(
                field=f"{field}.{'headers' if rule.headers else 'claims'}",
                rule="access.l7_needs_http_ports",
                description="headers and tokens need ports that are all HTTP: split the intent",
            )
    for index, caller in enumerate(intent.callers):
        if caller.external is not None and caller.external.jwt_provider and not all_http:
            yield Violation(
                field=f"callers[{index}].external.jwt_provider",
                rule="access.l7_needs_http_ports",
                description="tokens need listeners that are all HTTP: split the intent",
            )


def _providers(intent: ConnectivityIntent) -> Iterator[Violation]:
    known = set()
    if not isinstance(intent, OutboundIntent):
        known = {it.id for it in intent.jwt_providers}
    for field, rule in _rules(intent.callers):
        for index, claim in enumerate(rule.claims):
            if claim.jwt_provider not in known:
                yield Violation(
                    field=f"{field}.claims[{index}].jwt_provider",
                    rule="access.no_jwt_provider",
                    description=f"the intent has no JWT provider {claim.jwt_provider!r}: add it",
                )
    for index, caller in enumerate(intent.callers):
        wanted = caller.external.jwt_provider if caller.external is not None else ""
        if wanted and wanted not in known:
            yield Violation(
                field=f"callers[{index}].external.jwt_provider",
                rule="access.no_jwt_provider",
                description=f"the intent has no JWT provider {wanted!r}: add it",
            )


def _enforced(intent: OutboundIntent) -> Iterator[Violation]:
    for index, caller in enumerate(intent.callers):
        egress = caller.egress
        if egress is not None and (egress.shared_gateway or egress.dedicated_gateway) is not None:
            continue
        for number, rule in enumerate(caller.access):
            if rule.action is not AccessRule.Action.ALLOW or rule.all_requests is None:
                yield Violation(
                    field=f"callers[{index}].access[{number}]",
                    rule="access.needs_gateway",
                    description="a sidecar enforces nothing on the way out: allow all_requests, "
                    "or choose an egress gateway",
                )


def _rules(callers: Sequence[Caller]) -> Iterator[tuple[str, AccessRule]]:
    for index, caller in enumerate(callers):
        for number, rule in enumerate(caller.access):
            yield f"callers[{index}].access[{number}]", rule
