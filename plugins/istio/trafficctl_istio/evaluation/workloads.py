"""What a workload's own proxy does with a stream that arrives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trafficctl_sdk.explain import HopKind, VerdictKind

from trafficctl_istio.evaluation.authentication import MutualTls
from trafficctl_istio.evaluation.journeys import End, Station, Visit
from trafficctl_istio.evaluation.policing import policed
from trafficctl_istio.evaluation.streams import Speech, spoken

if TYPE_CHECKING:
    from trafficctl_istio.evaluation.journeys import Leg, Place
    from trafficctl_istio.evaluation.mesh import Cluster
    from trafficctl_istio.evaluation.pods import Pods
    from trafficctl_istio.evaluation.streams import Stream


def at_workload(leg: Leg, pods: Pods, cluster: Cluster) -> End:
    """Judge a stream at the pods that it was sent to."""
    place, session = leg.place, leg.stream.mesh_session
    station = Station(
        kind=HopKind.WORKLOAD,
        cluster=pods.cluster,
        party=pods.party,
        address=f"{place.address}:{place.port}",
        tls=spoken(leg.stream),
        identity=session.principal if session is not None else "",
    )
    visit = Visit(journey=leg.journey, station=station)
    if not pods.in_mesh:
        return _without_proxy(visit, place, leg.stream)
    mode, heads = cluster.mutual_tls(pods, place.port)
    visit = visit.by(*heads)
    if session is None:
        if mode is MutualTls.STRICT:
            text = f"{pods.party} takes only mutual TLS on port {place.port}, the call has none"
            return visit.ends(VerdictKind.DENIED, text, place)
        return _authorize(visit, leg, pods, cluster, leg.stream)
    if mode is MutualTls.DISABLE:
        text = f"{pods.party} takes no mutual TLS on port {place.port}"
        return visit.ends(VerdictKind.UNREACHABLE, text, place)
    if session.server_names and f"spiffe://{pods.principal}" not in session.server_names:
        text = f"the caller expects another server than spiffe://{pods.principal}"
        return visit.ends(VerdictKind.UNREACHABLE, text, place)
    return _authorize(visit, leg, pods, cluster, leg.stream.unwrapped())


def _authorize(visit: Visit, leg: Leg, pods: Pods, cluster: Cluster, inner: Stream) -> End:
    place, payload = leg.place, inner.payload
    http = _speech(place, pods, cluster, inner) is Speech.HTTP
    if http and inner.encrypted:
        text = f"port {place.port} of {pods.party} speaks HTTP, the bytes are TLS"
        return visit.ends(VerdictKind.UNREACHABLE, text, place)
    found = policed(
        visit, pods, cluster, place.port, payload, http=http, sni=leg.stream.sni, place=place
    )
    return found if isinstance(found, End) else found.visit.ends(VerdictKind.ALLOWED, place=place)


def _speech(place: Place, pods: Pods, cluster: Cluster, inner: Stream) -> Speech:
    """Say what a workload port speaks: as the first Service in front of it declares."""
    for found in cluster.services_of(pods):
        for port in found.ports:
            if port.target == place.port:
                return port.speech or inner.speech
    return inner.speech


def _without_proxy(visit: Visit, place: Place, stream: Stream) -> End:
    if stream.sessions:
        text = f"{visit.station.party} has no proxy and cannot take the TLS of one"
        return visit.ends(VerdictKind.UNREACHABLE, text, place)
    text = f"{visit.station.party} has no proxy, nothing restricts its callers"
    return visit.ends(VerdictKind.ALLOWED, text, place)
