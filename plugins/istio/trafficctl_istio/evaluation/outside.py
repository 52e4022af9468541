"""What becomes of a stream that leaves the mesh."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trafficctl_sdk.explain import HopKind, VerdictKind

from trafficctl_istio.evaluation.journeys import Station, Visit
from trafficctl_istio.evaluation.streams import Speech, spoken

if TYPE_CHECKING:
    from trafficctl_istio.evaluation.journeys import End, Leg


def at_outside(leg: Leg) -> End:
    """End a call at a host outside; what that host makes of it is not ours to say."""
    place, stream = leg.place, leg.stream
    station = Station(
        kind=HopKind.EXTERNAL,
        cluster="",
        party=place.host,
        address=f"{place.address}:{place.port}",
        tls=spoken(stream),
    )
    visit = Visit(journey=leg.journey, station=station)
    if any(it.of_mesh for it in stream.sessions):
        text = f"{place.host} is sent mutual TLS of the mesh, which it cannot take"
        return visit.ends(VerdictKind.UNREACHABLE, text, place)
    if len(stream.sessions) + (stream.payload.speech is Speech.TLS) > 1:
        text = f"{place.host} is sent TLS inside TLS"
        return visit.ends(VerdictKind.UNREACHABLE, text, place)
    text = f"it leaves the mesh for {place.host}, port {place.port}"
    return visit.ends(VerdictKind.ALLOWED, text, place)
