"""What is wrong with an intent on Istio beyond fields that nobody enforces."""

from collections.abc import Iterable

from trafficctl_sdk.errors import Violation
from trafficctl_sdk.intent_kinds import ConnectivityIntent, Intent
from trafficctl_sdk.model.access import AccessRule
from trafficctl_sdk.model.dns_provider_intent import DnsProviderIntent
from trafficctl_sdk.model.inbound_intent import InboundIntent
from trafficctl_sdk.model.intercluster_intent import InterclusterIntent
from trafficctl_sdk.model.outbound_intent import OutboundIntent

from trafficctl_istio.access_intents import access_violations
from trafficctl_istio.inbound_intents import inbound_violations
from trafficctl_istio.outside_intents import outside_violations
from trafficctl_istio.rendering.egress_hop import TLS_PORT
from trafficctl_istio.rendering.traffic.problems import problems


def violations(intent: Intent) -> tuple[Violation, ...]:
    """Give everything that would make the intent's slices refused, with the client's paths."""
    if isinstance(intent, DnsProviderIntent):
        return ()
    found = [*access_violations(intent), *_policies(intent)]
    if isinstance(intent, InterclusterIntent):
        found += _reserved_ports(intent)
    elif isinstance(intent, OutboundIntent):
        found += outside_violations(intent)
        found += _unenforced(intent)
    elif isinstance(intent, InboundIntent):
        found += inbound_violations(intent)
    return tuple(found)


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
