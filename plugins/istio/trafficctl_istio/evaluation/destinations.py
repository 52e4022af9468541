"""From the target of a route to a service and port that the proxy knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trafficctl_sdk.explain import VerdictKind

from trafficctl_istio.evaluation.sendings import Destination
from trafficctl_istio.evaluation.streams import Stream
from trafficctl_istio.evaluation.upstreams import upstream

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trafficctl_istio.evaluation.http_routes import Routed
    from trafficctl_istio.evaluation.journeys import End, Leg
    from trafficctl_istio.evaluation.mesh import Mesh
    from trafficctl_istio.evaluation.streams import Session
    from trafficctl_istio.evaluation.views import View


def sent(
    routed: Routed, view: View, mesh: Mesh, port: int, sessions: tuple[Session, ...] = ()
) -> Iterator[Leg | End]:
    """Send a part of the calls to the target of a route.

    :param port: that was called; it is meant where the target names none.
    :param sessions: that stay around what is sent.
    """
    target, visit = routed.target, routed.visit
    service = view.service(target.host)
    if service is None:
        if target.host.endswith(f".svc.{view.cluster.facts.mesh.cluster_domain}"):
            yield visit.lacks("service", f"nothing is known of the Service {target.host}")
        else:
            text = f"{view.pods.party} does not see {target.host}, where the route leads (503)"
            yield visit.ends(VerdictKind.UNREACHABLE, text)
        return
    number = target.port
    if not number:
        number = service.ports[0].number if len(service.ports) == 1 else port
    known = service.port(number)
    if known is None:
        text = f"{target.host} has no port {number}, where the route leads (503)"
        yield visit.by(service.head).ends(VerdictKind.UNREACHABLE, text)
        return
    to = Destination(host=target.host, service=service, port=known, subset=target.subset)
    yield from upstream(visit, view, mesh, to, Stream(payload=routed.payload, sessions=sessions))
