"""Follows one call from station to station until every way of it has ended."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

from trafficctl_sdk.explain import MissingFact, Verdict, VerdictKind

from trafficctl_istio.evaluation.gateways import at_gateway
from trafficctl_istio.evaluation.journeys import End, Leg
from trafficctl_istio.evaluation.likeness import Likeness
from trafficctl_istio.evaluation.outside import at_outside
from trafficctl_istio.evaluation.outsiders import from_outside
from trafficctl_istio.evaluation.sidecars import from_cluster
from trafficctl_istio.evaluation.verdicts import verdict
from trafficctl_istio.evaluation.workloads import at_workload

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

    from trafficctl_sdk.explain import ExplainRequest

    from trafficctl_istio.evaluation.mesh import Mesh

_STATIONS: Final = 8


def explain(mesh: Mesh, request: ExplainRequest) -> Verdict:
    """Explain one call; pure, and well under a millisecond."""
    if not request.cluster:
        return verdict(_followed(from_outside(request, mesh), mesh))
    cluster = mesh.clusters.get(request.cluster)
    if cluster is None:
        fact = MissingFact(
            kind="cluster", cluster=request.cluster, text="nothing is known of the caller's cluster"
        )
        return Verdict(kind=VerdictKind.UNKNOWN, missing=(fact,), text=fact.text)
    return verdict(_followed(from_cluster(request, cluster, mesh), mesh))


def explain_all(mesh: Mesh, requests: Sequence[ExplainRequest]) -> tuple[Verdict, ...]:
    """Explain many calls; those that nothing tells apart are followed once."""
    likeness = Likeness(mesh)
    known: dict[Hashable, Verdict] = {}
    found: list[Verdict] = []
    for it in requests:
        alike = likeness.of(it)
        if alike not in known:
            known[alike] = explain(mesh, it)
        found.append(known[alike])
    return tuple(found)


def _followed(first: Iterable[Leg | End], mesh: Mesh) -> list[End]:
    pending = deque(first)
    ends: list[End] = []
    while pending:
        step = pending.popleft()
        if isinstance(step, End):
            ends.append(step)
        elif len(step.journey.hops) > _STATIONS:
            journey = step.journey.note("the call goes round in circles")
            ends.append(End(journey=journey, kind=VerdictKind.UNREACHABLE))
        else:
            pending.extend(_arrived(step, mesh))
    return ends


def _arrived(leg: Leg, mesh: Mesh) -> Iterable[Leg | End]:
    pods = leg.place.pods
    if pods is None:
        return (at_outside(leg),)
    cluster = mesh.clusters[pods.cluster]
    return (
        at_gateway(leg, pods, cluster, mesh) if pods.gateway else (at_workload(leg, pods, cluster),)
    )
