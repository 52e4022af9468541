"""What a caller's own proxy does, or the caller itself where it has none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trafficctl_sdk.explain import HopKind, HopTls, VerdictKind

from trafficctl_istio.evaluation.callers import calling_pods, payload_for
from trafficctl_istio.evaluation.destinations import sent
from trafficctl_istio.evaluation.journeys import End, Journey, Station, Visit
from trafficctl_istio.evaluation.mesh_routes import mesh_routes
from trafficctl_istio.evaluation.sendings import Destination
from trafficctl_istio.evaluation.streams import Speech, Stream
from trafficctl_istio.evaluation.upstreams import past_rules, upstream
from trafficctl_istio.evaluation.views import view_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trafficctl_sdk.explain import ExplainRequest

    from trafficctl_istio.evaluation.journeys import Leg
    from trafficctl_istio.evaluation.mesh import Cluster, Mesh
    from trafficctl_istio.evaluation.streams import Letter
    from trafficctl_istio.evaluation.views import View


def from_cluster(
    request: ExplainRequest, letter: Letter, cluster: Cluster, mesh: Mesh
) -> Iterator[Leg | End]:
    """Begin a call in a cluster."""
    view = view_of(calling_pods(request, cluster), cluster)
    found = view.dialled(request.host, request.port)
    station = Station(
        kind=HopKind.SIDECAR,
        cluster=cluster.id,
        party=view.pods.party,
        address=f"{request.host}:{request.port}",
        tls=HopTls.PLAINTEXT,
        identity=view.pods.principal,
    )
    visit = Visit(journey=Journey(), station=station)
    if found is None:
        text = f"{request.host} is no name that {view.pods.party} can call"
        scope = view.scope.head if view.scope is not None else None
        yield from _by(view, visit.by(scope).ends(VerdictKind.UNREACHABLE, text))
        return
    port = found.service.port(request.port)
    if port is None:
        text = f"{found.host} has no port {request.port}"
        yield from _by(view, visit.by(found.service.head).ends(VerdictKind.UNREACHABLE, text))
        return
    payload = payload_for(request, port, letter)
    if payload.speech is Speech.TLS:
        visit = visit._replace(station=station._replace(tls=HopTls.PASSED_THROUGH))
    to = Destination(host=found.host, service=found.service, port=port, pod=found.pod)
    stream = Stream(payload=payload)
    if view.pods.in_mesh:
        yield from _by_proxy(visit, view, mesh, to, stream)
    elif not found.service.entry:
        for step in past_rules(visit, view, mesh, to, stream):
            yield from _by(view, step)
    elif found.service.external:
        text = f"{view.pods.party} has no proxy; packet filters decide whether it calls outside"
        yield from _by(view, visit.lacks("packet_filter", text))
    else:
        text = f"{found.host} is a name that only proxies know, and {view.pods.party} has none"
        yield from _by(view, visit.ends(VerdictKind.UNREACHABLE, text))


def _by_proxy(
    visit: Visit, view: View, mesh: Mesh, to: Destination, stream: Stream
) -> Iterator[Leg | End]:
    """Follow the routes of the host; without any it goes straight to where the host is."""
    port = to.port.number
    routed = mesh_routes(visit, view, to, stream.payload)
    if routed is None:
        yield from upstream(visit, view, mesh, to, stream)
        return
    for step in routed:
        if isinstance(step, End):
            yield step
        else:
            yield from sent(step, view, mesh, port)


def _by(view: View, step: Leg | End) -> Iterator[Leg | End]:
    """Leave the first station out where the caller has no proxy."""
    if view.pods.in_mesh:
        yield step
    else:
        yield step._replace(journey=step.journey._replace(hops=()))
