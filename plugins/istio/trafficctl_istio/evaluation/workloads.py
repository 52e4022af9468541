"""What a workload's own proxy does with a stream that arrives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trafficctl_sdk.explain import HopKind, HopTls, VerdictKind

from trafficctl_istio.evaluation.authentication import MutualTls, accept_tokens, mutual_tls
from trafficctl_istio.evaluation.authorization import applied, judge
from trafficctl_istio.evaluation.journeys import Station, Visit
from trafficctl_istio.evaluation.requests import Seen
from trafficctl_istio.evaluation.streams import Speech

if TYPE_CHECKING:
    from trafficctl_istio.evaluation.journeys import End, Leg, Place
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
        tls=_tls(leg.stream),
        identity=session.principal if session is not None else "",
    )
    visit = Visit(journey=leg.journey, station=station)
    if not pods.in_mesh:
        return _without_proxy(visit, place, leg.stream)
    root = cluster.facts.mesh.root_namespace
    mode, heads = mutual_tls(cluster.peer_rules, pods, place.port, root)
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
    place, payload, root = leg.place, inner.payload, cluster.facts.mesh.root_namespace
    http = _speech(place, pods, cluster, inner) is Speech.HTTP
    if http and inner.encrypted:
        text = f"port {place.port} of {pods.party} speaks HTTP, the bytes are TLS"
        return visit.ends(VerdictKind.UNREACHABLE, text, place)
    tokens = accept_tokens(cluster.token_rules, pods, root, payload.claims if http else ())
    visit = visit.by(*tokens.heads)
    if tokens.refusal:
        return visit.ends(VerdictKind.DENIED, tokens.refusal, place)
    seen = Seen(
        http=http,
        principal=visit.station.identity,
        port=place.port,
        address=leg.journey.address,
        original_address=leg.journey.address,
        sni=leg.stream.sni,
        authority=payload.authority,
        method=payload.method,
        path=payload.path.partition("?")[0],
        headers=payload.headers,
        claims=tokens.claims,
    )
    found = judge(applied(cluster.policies, pods, root), seen)
    visit = visit.by(*found.heads)
    text = f"at {pods.party}, port {place.port}: {found.text}"
    if found.admitted is None:
        return visit.lacks("policy_input", text, place)
    return visit.ends(VerdictKind.ALLOWED if found.admitted else VerdictKind.DENIED, text, place)


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


def _tls(stream: Stream) -> HopTls:
    if stream.mesh_session is not None:
        return HopTls.MUTUAL
    if stream.sessions:
        return HopTls.SIMPLE
    return HopTls.PASSED_THROUGH if stream.encrypted else HopTls.PLAINTEXT
