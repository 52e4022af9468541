"""How calls are spread over the endpoints of a service."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from trafficctl_istio.evaluation.fields import entries, inner, number, text, texts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from trafficctl_istio.evaluation.fields import Json
    from trafficctl_istio.evaluation.services import Endpoint

_LOCALITY_LABELS: Final = (
    "topology.kubernetes.io/region",
    "topology.kubernetes.io/zone",
    "topology.istio.io/subzone",
)


def shares(
    endpoints: Sequence[Endpoint], policy: Json, locality: str, proxy_labels: Mapping[str, str]
) -> list[tuple[Endpoint, float]]:
    """Give each endpoint with its part of the calls.

    A part of 0 means that it is called only after others failed; endpoints that are never called
    are left out.

    :param locality: of the caller, ``<region>/<zone>/<sub zone>``.
    """
    setting = inner(policy, "loadBalancer", "localityLbSetting")
    disabled = setting.get("enabled") is False
    distributed = None if disabled else _distribution(setting, locality)
    if distributed is not None:
        return _distributed(endpoints, distributed)
    if disabled or not inner(policy, "outlierDetection"):
        return _by_weight(endpoints)
    ranks = {id(it): _rank(it, setting, locality, proxy_labels) for it in endpoints}
    best = min(ranks.values(), default=0)
    first = _by_weight([it for it in endpoints if ranks[id(it)] == best])
    return first + [(it, 0.0) for it in endpoints if ranks[id(it)] != best]


def _by_weight(endpoints: Sequence[Endpoint]) -> list[tuple[Endpoint, float]]:
    weights = [it.weight or 1 for it in endpoints]
    return [(it, weight / sum(weights)) for it, weight in zip(endpoints, weights, strict=True)]


def _distribution(setting: Json, locality: str) -> dict[str, int] | None:
    for it in entries(setting, "distribute"):
        if _falls_under(locality, text(it, "from")):
            return {to: number(it, "to", to) for to in inner(it, "to")}
    return None


def _distributed(
    endpoints: Sequence[Endpoint], parts: Mapping[str, int]
) -> list[tuple[Endpoint, float]]:
    found: list[tuple[Endpoint, float]] = []
    total = 0.0
    for pattern, part in parts.items():
        here = [it for it in endpoints if _falls_under(it.locality, pattern)]
        total += part if here else 0
        found += [(it, part * share) for it, share in _by_weight(here)]
    return [(it, share / total) for it, share in found if share]


def _falls_under(locality: str, pattern: str) -> bool:
    wanted = pattern.rstrip("*").rstrip("/")
    return not wanted or locality == wanted or locality.startswith(f"{wanted}/")


def _rank(endpoint: Endpoint, setting: Json, locality: str, proxy_labels: Mapping[str, str]) -> int:
    """Say how far away an endpoint is, 0 the nearest."""
    priorities = texts(setting, "failoverPriority")
    if priorities:
        there_labels = _with_locality(endpoint.labels, endpoint.locality)
        return _priority(priorities, there_labels, _with_locality(proxy_labels, locality))
    here, there = locality.split("/"), endpoint.locality.split("/")
    if not locality or here[0] != there[0]:
        targets = {text(it, "from"): text(it, "to") for it in entries(setting, "failover")}
        return 3 if locality and targets.get(here[0]) == there[0] else 4
    here, there = [*here, "", ""][:3], [*there, "", ""][:3]
    if here[1] != there[1]:
        return 2
    return 0 if here[2] == there[2] else 1


def _priority(
    priorities: Sequence[str], marks: Mapping[str, str], proxy_labels: Mapping[str, str]
) -> int:
    """Count the labels that differ, from the first that does."""
    for at, wanted in enumerate(priorities):
        name, stated, value = wanted.partition("=")
        if marks.get(name) != (value if stated else proxy_labels.get(name)):
            return len(priorities) - at
    return 0


def _with_locality(marks: Mapping[str, str], locality: str) -> Mapping[str, str]:
    """Add the labels that proxies know of a locality."""
    return {**dict(zip(_LOCALITY_LABELS, locality.split("/"), strict=False)), **marks}
