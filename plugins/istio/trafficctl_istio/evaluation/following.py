"""Follows one call from station to station until every way of it has ended.

Most stations leave the letter of a request closed: what they do with it, they do with all that come
the same way. Such steps are worked out once, and taken again by the next request with its letter.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

from trafficctl_sdk.explain import VerdictKind

from trafficctl_istio.evaluation.callers import has_line, letter_of
from trafficctl_istio.evaluation.gateways import at_gateway
from trafficctl_istio.evaluation.journeys import End, Leg
from trafficctl_istio.evaluation.outside import at_outside
from trafficctl_istio.evaluation.outsiders import from_outside
from trafficctl_istio.evaluation.sidecars import from_cluster
from trafficctl_istio.evaluation.workloads import at_workload

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from trafficctl_sdk.explain import ExplainRequest

    from trafficctl_istio.evaluation.mesh import Mesh

_STATIONS: Final = 8


def followed(request: ExplainRequest, mesh: Mesh) -> list[End]:
    """Give every end of a call; its cluster, if it has one, is known."""
    walk = _Walk(request, mesh)
    pending = deque(walk.begun())
    ends: list[End] = []
    while pending:
        step, shared = pending.popleft()
        if isinstance(step, End):
            ends.append(step)
        elif len(step.journey.hops) > _STATIONS:
            journey = step.journey.note("the call goes round in circles")
            ends.append(End(journey=journey, kind=VerdictKind.UNREACHABLE))
        else:
            pending.extend(walk.arrived(step, shared=shared))
    return ends


class _Walk:
    """One call on its way. A step is shared if other calls of the mesh take it too."""

    def __init__(self, request: ExplainRequest, mesh: Mesh) -> None:
        self._request = request
        self._letter = letter_of(request)
        self._mesh = mesh

    def begun(self) -> Iterable[tuple[Leg | End, bool]]:
        """Give the first steps."""
        request = self._request
        # Whatever else a request says is in its letter.
        about = (
            request.cluster,
            request.namespace,
            request.service_account,
            request.in_mesh,
            request.host,
            request.port,
            frozenset(request.pod_labels.items()),
            has_line(request),
            request.entrance,
            request.source_address,
            request.certificate_name,
        )
        return self._taken(about, self._first)

    def arrived(self, leg: Leg, *, shared: bool) -> Iterable[tuple[Leg | End, bool]]:
        """Give the steps from where a leg leads."""
        if not shared:
            return [(it, False) for it in self._next(leg)]
        # It is kept, so that its id is its own; the letter in it is that of whoever came first.
        return self._taken(id(leg), lambda: self._next(self._mine(leg)))

    def _taken(
        self, about: Hashable, take: Callable[[], Iterable[Leg | End]]
    ) -> Iterable[tuple[Leg | End, bool]]:
        steps = self._mesh.steps.get(about)
        if steps is None:
            self._letter.opened = False
            steps = tuple(take())
            if self._letter.opened:
                return [(it, False) for it in steps]
            self._mesh.steps[about] = steps
        return [(it, True) for it in steps]

    def _first(self) -> Iterable[Leg | End]:
        request, letter, mesh = self._request, self._letter, self._mesh
        if request.cluster:
            return from_cluster(request, letter, mesh.clusters[request.cluster], mesh)
        return from_outside(request, letter, mesh)

    def _mine(self, leg: Leg) -> Leg:
        return leg._replace(stream=leg.stream.carrying(self._letter))

    def _next(self, leg: Leg) -> Iterable[Leg | End]:
        mesh, pods = self._mesh, leg.place.pods
        if pods is None:
            return (at_outside(leg),)
        cluster = mesh.clusters[pods.cluster]
        if pods.gateway:
            return at_gateway(leg, pods, cluster, mesh)
        return (at_workload(leg, pods, cluster),)
