"""What a gateway does with a stream that arrives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trafficctl_sdk.explain import HopKind, HopTls, VerdictKind

from trafficctl_istio.evaluation.destinations import sent
from trafficctl_istio.evaluation.gateway_routes import http_routes, tcp_routes, tls_routes
from trafficctl_istio.evaluation.handshakes import failed_handshake
from trafficctl_istio.evaluation.journeys import End, Station, Visit
from trafficctl_istio.evaluation.passing_on import passed_on
from trafficctl_istio.evaluation.policing import policed
from trafficctl_istio.evaluation.streams import Speech, spoken
from trafficctl_istio.evaluation.views import View

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from trafficctl_istio.evaluation.gateway_servers import Server
    from trafficctl_istio.evaluation.http_routes import Routed
    from trafficctl_istio.evaluation.journeys import Leg
    from trafficctl_istio.evaluation.mesh import Cluster, Mesh
    from trafficctl_istio.evaluation.pods import Pods
    from trafficctl_istio.evaluation.streams import Stream


def at_gateway(leg: Leg, pods: Pods, cluster: Cluster, mesh: Mesh) -> Iterator[Leg | End]:
    """Take a stream at the port that it was sent to, and send on what is in it."""
    view = View(cluster=cluster, pods=pods)
    opened = cluster.opened(pods, leg.place.port)
    servers = opened.servers
    visit = Visit(journey=leg.journey, station=_station(leg, pods, HopKind.INGRESS_GATEWAY))
    if not servers:
        text = f"no Gateway opens port {leg.place.port} of {pods.party}"
        yield visit.ends(VerdictKind.UNREACHABLE, text)
        return
    visit = visit._replace(station=_station(leg, pods, _kind(leg, passing=bool(opened.passing))))
    if servers[0].kind != "TLS":
        yield from _plain(visit, view, mesh, leg, servers)
        return
    if not leg.stream.encrypted:
        text = (
            f"port {leg.place.port} of {pods.party} takes TLS only, the call is plaintext (reset)"
        )
        yield visit.by(servers[0].head).ends(VerdictKind.UNREACHABLE, text)
        return
    found = list(passed_on(_blind(visit), view, mesh, opened, leg))
    if found:
        yield from found
        return
    server = opened.named(leg.stream.sni)
    if server is None:
        text = f"{pods.party} knows no server name {leg.stream.sni or 'that is missing'} (reset)"
        yield visit.ends(VerdictKind.UNREACHABLE, text)
    elif server.mode == "PASSTHROUGH":
        yield from _passed_through(visit, view, mesh, leg, server)
    else:
        yield from _terminated(visit, view, mesh, leg, server)


def _kind(leg: Leg, *, passing: bool) -> HopKind:
    """Say what a gateway is in this call: by where the call comes from, and by what it opens."""
    if not leg.journey.hops:
        return HopKind.INGRESS_GATEWAY
    if passing:
        return HopKind.EAST_WEST_GATEWAY
    same = leg.journey.hops[-1].cluster == leg.place.cluster
    return HopKind.EGRESS_GATEWAY if same else HopKind.INGRESS_GATEWAY


def _station(leg: Leg, pods: Pods, kind: HopKind) -> Station:
    session = leg.stream.mesh_session
    return Station(
        kind=kind,
        cluster=pods.cluster,
        party=pods.party,
        address=f"{leg.place.address}:{leg.place.port}",
        tls=spoken(leg.stream),
        identity=session.principal if session is not None else "",
    )


def _blind(visit: Visit) -> Visit:
    """Look at the server name alone: whoever is inside the session stays unseen."""
    station = visit.station._replace(identity="", tls=HopTls.PASSED_THROUGH)
    return visit._replace(station=station)


def _plain(
    visit: Visit, view: View, mesh: Mesh, leg: Leg, servers: tuple[Server, ...]
) -> Iterator[Leg | End]:
    port, payload, first = leg.place.port, leg.stream.payload, servers[0]
    if first.http and leg.stream.speech is not Speech.HTTP:
        text = f"port {port} of {view.pods.party} speaks plain HTTP, the call does not"
        yield visit.by(first.head).ends(VerdictKind.UNREACHABLE, text)
        return
    found = policed(
        visit, view.pods, view.cluster, port, payload, http=first.http, sni=leg.stream.sni
    )
    if isinstance(found, End):
        yield found
    elif first.http:
        yield from _on(
            http_routes(found.visit, view, servers, found.payload), view, mesh, first, leg.stream
        )
    else:
        yield from _on(tcp_routes(found.visit, view, first, payload), view, mesh, first, leg.stream)


def _passed_through(
    visit: Visit, view: View, mesh: Mesh, leg: Leg, server: Server
) -> Iterator[Leg | End]:
    """Route by server name; nobody's identity is seen, the bytes stay as they are."""
    payload, sni = leg.stream.payload, leg.stream.sni
    found = policed(
        _blind(visit), view.pods, view.cluster, leg.place.port, payload, http=False, sni=sni
    )
    if isinstance(found, End):
        yield found
        return
    yield from _on(
        tls_routes(found.visit, view, server, payload, sni), view, mesh, server, leg.stream
    )


def _terminated(
    visit: Visit, view: View, mesh: Mesh, leg: Leg, server: Server
) -> Iterator[Leg | End]:
    """End the TLS session here; what was in it is judged and sent on under an identity of ours."""
    party, stream = view.pods.party, leg.stream
    refusal = failed_handshake(stream, server, view.pods)
    if refusal is not None:
        kind, text = refusal
        yield visit.by(server.head).ends(kind, text)
        return
    inside = stream.unwrapped()
    if server.http and inside.speech is not Speech.HTTP:
        text = f"{party} looks for HTTP inside TLS and finds something else"
        yield visit.by(server.head).ends(VerdictKind.UNREACHABLE, text)
        return
    found = policed(
        visit.by(server.head),
        view.pods,
        view.cluster,
        leg.place.port,
        inside.payload,
        http=server.http,
        sni=stream.sni,
    )
    if isinstance(found, End):
        yield found
    elif server.http:
        yield from _on(
            http_routes(found.visit, view, (server,), found.payload), view, mesh, server, inside
        )
    else:
        yield from _on(
            tcp_routes(found.visit, view, server, inside.payload), view, mesh, server, inside
        )


def _on(
    steps: Iterable[Routed | End], view: View, mesh: Mesh, server: Server, stream: Stream
) -> Iterator[Leg | End]:
    for step in steps:
        if isinstance(step, End):
            yield step
        else:
            yield from sent(step, view, mesh, server.port, stream.sessions)
