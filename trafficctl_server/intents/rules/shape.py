"""Rules over a whole resource: sizes, sums, and what stands in two places at once."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from trafficctl_sdk.errors import Violation
from trafficctl_sdk.intent_kinds import ConnectivityIntent
from trafficctl_sdk.model.common import Protocol
from trafficctl_sdk.model.traffic_policy import TrafficPolicy

from trafficctl_server.compile.listeners import HTTP_FAMILY
from trafficctl_server.intents.kinds import Resource

MAX_RESOURCE: Final = 1 << 20
MAX_ANNOTATIONS: Final = 64 << 10
_WHOLE: Final = 100


def size_violations(resource: Resource, body: bytes) -> Iterator[Violation]:
    """Check how large a resource and its annotations are, in bytes."""
    if len(body) > MAX_RESOURCE:
        yield Violation(
            field="",
            rule="resource.size",
            description=f"the resource has {len(body)} bytes, at most {MAX_RESOURCE} are taken: "
            "split it",
        )
    yield from annotation_violations(resource.annotations)


def annotation_violations(annotations: Mapping[str, str]) -> Iterator[Violation]:
    """Check how large annotations are together, in bytes."""
    total = sum(len(k.encode()) + len(v.encode()) for k, v in annotations.items())
    if total > MAX_ANNOTATIONS:
        yield Violation(
            field="annotations",
            rule="annotations.size",
            description=f"annotations have {total} bytes, at most {MAX_ANNOTATIONS} are taken",
        )


def override_violations(intent: ConnectivityIntent) -> Iterator[Violation]:
    """Check that each cluster stands in one override at most."""
    seen: dict[str, int] = {}
    for index, override in enumerate(intent.overrides):
        for place, cluster in enumerate(override.clusters):
            if seen.setdefault(cluster, index) != index:
                yield Violation(
                    field=f"overrides[{index}].clusters[{place}]",
                    rule="overrides.unique",
                    description=f"{cluster} stands in overrides[{seen[cluster]}] too: keep one",
                )


def policy_violations(
    intent: ConnectivityIntent, protocols: Sequence[Protocol.Value]
) -> Iterator[Violation]:
    """Check every traffic policy of an intent: sums of weights, and what speaks of requests.

    :param protocols: of all its ports as far as they are known, with HTTPS that ends at the
        gateway counted as HTTP.
    """
    stated = [("traffic_policy", intent.traffic_policy)]
    stated += [
        (f"overrides[{index}].traffic_policy", override.traffic_policy)
        for index, override in enumerate(intent.overrides)
    ]
    bytes_only = sorted({it.value for it in protocols if it not in HTTP_FAMILY})
    for field, policy in stated:
        if policy is not None:
            yield from _sums(policy, field)
            if bytes_only:
                yield from _of_requests(policy, field, bytes_only[0])


def _of_requests(policy: TrafficPolicy, field: str, protocol: str) -> Iterator[Violation]:
    for name in ("timeout", "retries", "fault", "mirrors", "routes"):
        if getattr(policy, name) not in (None, ()):
            yield Violation(
                field=f"{field}.{name}",
                rule="traffic_policy.l7_needs_http_ports",
                description=f"it is about requests, and a port speaks {protocol}: split the intent",
            )


def _sums(policy: TrafficPolicy, field: str) -> Iterator[Violation]:
    if policy.shift is not None:
        yield from _shift(policy.shift, f"{field}.shift")
    for index, route in enumerate(policy.routes):
        if route.shift is not None:
            yield from _shift(route.shift, f"{field}.routes[{index}].shift")
    distribute = policy.locality.distribute if policy.locality is not None else None
    for index, rule in enumerate(distribute.rules if distribute is not None else ()):
        yield from _sum(
            [it.weight for it in rule.to], f"{field}.locality.distribute.rules[{index}].to"
        )


def _shift(shift: TrafficPolicy.Shift, field: str) -> Iterator[Violation]:
    if shift.subsets is not None:
        yield from _sum(
            [it.weight or 0 for it in shift.subsets.weights], f"{field}.subsets.weights"
        )
    if shift.clusters is not None:
        yield from _sum(
            [it.weight or 0 for it in shift.clusters.weights], f"{field}.clusters.weights"
        )


def _sum(weights: list[int], field: str) -> Iterator[Violation]:
    if sum(weights) != _WHOLE:
        yield Violation(
            field=field,
            rule="weights.sum",
            description=f"the weights add up to {sum(weights)}, not to {_WHOLE}",
        )
