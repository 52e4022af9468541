"""Refusals of what a slice's traffic policies ask for beyond what is rendered."""

from collections.abc import Collection, Iterator

from trafficctl_sdk.codec import leaves
from trafficctl_sdk.errors import Refused, Violation
from trafficctl_sdk.manifests import Notice
from trafficctl_sdk.model.common import Protocol
from trafficctl_sdk.model.convergence import Convergence
from trafficctl_sdk.model.traffic_policy import TrafficPolicy
from trafficctl_sdk.slices import MeshFacts, TrafficSlice

from trafficctl_istio.gates import RETRY_BACKOFF, WARMUP, check_gate
from trafficctl_istio.rendering.traffic.problems import problems, problems_on
from trafficctl_istio.rendering.traffic.requests import DEFAULT_BACKOFF


def check_policy(
    policy: TrafficPolicy | None,
    protocol: Protocol.Value,
    mesh: MeshFacts,
    expressed: Collection[str],
    where: str = "here",
) -> None:
    """Refuse a policy of one port that says more than can be held there.

    :param expressed: the leaves that the scope renders, of those in ``fields``.
    :param where: where others are not rendered, in words.
    :raises Refused: with every field, as a path in ``traffic_policy``.
    """
    if policy is None:
        return
    _check_gates(policy, mesh)
    found = {
        it.field: it
        for it in (
            *_said(policy, protocol),
            *_unknown(policy, expressed, where),
        )
    }
    if found:
        raise Refused(*(found[field] for field in sorted(found)))


def _unknown(policy: TrafficPolicy, expressed: Collection[str], where: str) -> Iterator[Violation]:
    for pattern in sorted({leaf.pattern for leaf in leaves(policy)}.difference(expressed)):
        yield Violation(
            field=f"traffic_policy.{pattern}",
            rule="FIELD_NOT_SUPPORTED",
            description=f"the Istio driver does not render this {where}; leave it out",
        )


def _said(policy: TrafficPolicy, protocol: Protocol.Value) -> Iterator[Violation]:
    for it in (*problems(policy), *problems_on(policy, protocol)):
        yield Violation(
            field=f"traffic_policy.{it.field}",
            rule="istio.traffic_policy",
            description=it.description,
        )


def _check_gates(policy: TrafficPolicy, mesh: MeshFacts) -> None:
    stated = policy.load_balancing
    if stated and stated.warmup_aggression not in (0, 1):
        check_gate(WARMUP, mesh.version, "traffic_policy.load_balancing.warmup_aggression")
    for path, retries in (
        ("retries", policy.retries),
        *((f"routes[{at}].retries", route.retries) for at, route in enumerate(policy.routes)),
    ):
        if retries and retries.backoff not in (None, DEFAULT_BACKOFF):
            check_gate(RETRY_BACKOFF, mesh.version, f"traffic_policy.{path}.backoff")


def fault_notices(
    slice_: TrafficSlice, policies: tuple[TrafficPolicy | None, ...]
) -> Iterator[Notice]:
    """Say where a fault switches a stated timeout or stated retries off."""
    if not any(_is_switched_off(policy) for policy in policies if policy):
        return
    for origin in slice_.origins:
        for field in origin.fields:
            if not field.endswith("traffic_policy"):
                continue
            yield Notice(
                intent=origin.intent,
                reason=Convergence.Reason.FAULT_DISABLES_TIMEOUT.value,
                field=f"{field}.fault",
                text="while a fault is put in, timeout and retries of the same requests are off",
            )


def _is_switched_off(policy: TrafficPolicy) -> bool:
    groups = [(policy.fault, policy.timeout, policy.retries)]
    groups += [
        (
            route.fault or policy.fault,
            route.timeout if route.timeout is not None else policy.timeout,
            route.retries or policy.retries,
        )
        for route in policy.routes
        if route.redirect is None and route.respond is None
    ]
    return any(fault and (timeout is not None or retries) for fault, timeout, retries in groups)
