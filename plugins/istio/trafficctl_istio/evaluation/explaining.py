"""Explains calls: each is followed until every way of it has ended, and that is summed up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trafficctl_sdk.explain import MissingFact, Verdict, VerdictKind

from trafficctl_istio.evaluation.following import followed
from trafficctl_istio.evaluation.likeness import Likeness
from trafficctl_istio.evaluation.verdicts import verdict

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from trafficctl_sdk.explain import ExplainRequest

    from trafficctl_istio.evaluation.mesh import Mesh


def explain(mesh: Mesh, request: ExplainRequest) -> Verdict:
    """Explain one call; pure, and well under a millisecond."""
    if request.cluster and request.cluster not in mesh.clusters:
        fact = MissingFact(
            kind="cluster", cluster=request.cluster, text="nothing is known of the caller's cluster"
        )
        return Verdict(kind=VerdictKind.UNKNOWN, missing=(fact,), text=fact.text)
    return verdict(followed(request, mesh))


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
