"""What is wrong with the hosts outside that an intent names, with the client's paths."""

from collections.abc import Iterable

from trafficctl_sdk.errors import Violation
from trafficctl_sdk.model.common import Protocol
from trafficctl_sdk.model.outbound_intent import ExternalHost, OutboundIntent
from trafficctl_sdk.slices import ExternalPortTreatment, Resolution

from trafficctl_istio.outside import (
    Outside,
    policy_problems,
    problems,
    reads_secret,
)


def outside_violations(intent: OutboundIntent) -> Iterable[Violation]:
    """Give everything that keeps the hosts of an intent from being rendered."""
    by_gateway = any(it.egress and it.egress.dedicated_gateway for it in intent.callers)
    hosts = [_outside(host, behind_gateway=by_gateway) for host in intent.hosts]
    yield from dict.fromkeys(it for outside in hosts for it in _policies(intent, outside))
    for index, outside in enumerate(hosts):
        for problem in problems(outside):
            yield Violation(
                field=f"hosts[{index}].{problem.field}",
                rule=problem.rule,
                description=problem.text,
            )
        for place, port in enumerate(outside.ports):
            if reads_secret(port):
                yield from _unnamed_readers(intent, f"hosts[{index}].ports[{place}].originate")


def _outside(host: ExternalHost, *, behind_gateway: bool) -> Outside:
    resolution = Resolution.ALL_FROM_DNS
    networks: tuple[str, ...] = ()
    if host.static is not None:
        resolution = Resolution.STATED
    elif host.original_destination is not None:
        resolution, networks = Resolution.AS_DIALLED, host.original_destination.cidrs
    elif host.dns is not None and host.dns.connect is ExternalHost.Dns.Connect.ONE_ADDRESS:
        resolution = Resolution.ONE_FROM_DNS
    return Outside(
        host=host.host,
        resolution=resolution,
        networks=networks,
        ports=tuple(
            ExternalPortTreatment(
                port=it.port, protocol=it.protocol or Protocol.Value.TCP, originate=it.originate
            )
            for it in host.ports
        ),
        behind_gateway=behind_gateway,
    )


def _policies(intent: OutboundIntent, outside: Outside) -> Iterable[Violation]:
    policies = [
        ("traffic_policy", intent.traffic_policy),
        *(
            (f"overrides[{index}].traffic_policy", it.traffic_policy)
            for index, it in enumerate(intent.overrides)
        ),
    ]
    for field, policy in policies:
        for problem in policy_problems(outside, policy):
            yield Violation(
                field=f"{field}.{problem.field}",
                rule=problem.rule,
                description=problem.text,
            )


def _unnamed_readers(intent: OutboundIntent, field: str) -> Iterable[Violation]:
    for number, caller in enumerate(intent.callers):
        if caller.workload is None:
            yield Violation(
                field=field,
                rule="istio.secret_by_workload",
                description=f"callers[{number}] is no workload, so no proxy can be told to read"
                " the Secret: name the workload, or trust the system's authorities",
            )
