"""How a caller outside of all clusters comes in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from trafficctl_sdk.explain import VerdictKind

from trafficctl_istio.evaluation.callers import payload
from trafficctl_istio.evaluation.hosts import most_specific
from trafficctl_istio.evaluation.journeys import End, Journey, Leg, Place
from trafficctl_istio.evaluation.streams import Session, Speech, Stream

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trafficctl_sdk.explain import ExplainRequest

    from trafficctl_istio.evaluation.gateway_servers import Opened
    from trafficctl_istio.evaluation.mesh import Mesh
    from trafficctl_istio.evaluation.pods import Pods
    from trafficctl_istio.evaluation.streams import Letter

_NAMED_BY_NO_RULE: Final = "0.0.0.0"  # noqa: S104 - an address to compare, nothing is bound to it


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entrance:
    """A port of a gateway that can be dialled from outside, with what it opens."""

    pods: Pods
    port: int
    opened: Opened

    def knows(self, host: str) -> bool:
        """Say whether anything for the host is opened."""
        return bool(most_specific(self.opened.by_host, host))


def from_outside(request: ExplainRequest, letter: Letter, mesh: Mesh) -> Iterator[Leg | End]:
    """Begin a call outside: at the entrance that is named, or at each that knows the host."""
    source = request.source_address or _NAMED_BY_NO_RULE
    journey = Journey(address=source, original_address=source)
    entrances = list(_entrances(request, mesh))
    if not request.entrance:
        entrances = [it for it in entrances if it.knows(request.host.lower())]
    if not entrances:
        where = request.entrance or "no ingress gateway"
        text = f"{where} takes {request.host} on port {request.port}"
        if request.entrance:
            text = f"{where} is not dialled on port {request.port}"
        yield End(journey=journey.note(text), kind=VerdictKind.UNREACHABLE)
    for it in entrances:
        facts = it.pods.facts
        address = next(iter(facts.addresses if facts is not None else ()), it.pods.party)
        place = Place(
            address=address,
            port=it.port,
            pods=it.pods,
            cluster=it.pods.cluster,
            host=request.host,
        )
        part = journey.with_part(1 / len(entrances))
        yield Leg(journey=part, place=place, stream=_stream(request, letter, it.opened))


def _entrances(request: ExplainRequest, mesh: Mesh) -> Iterator[_Entrance]:
    for pods in mesh.gateways:
        if pods.facts is None or request.entrance not in {"", f"{pods.cluster}/{pods.party}"}:
            continue
        for port in pods.facts.ports:
            if port.external_port == request.port:
                opened = mesh.clusters[pods.cluster].opened(pods, port.target_port)
                yield _Entrance(pods=pods, port=port.target_port, opened=opened)


def _stream(request: ExplainRequest, letter: Letter, opened: Opened) -> Stream:
    """Give what a client sends that knows what it will meet."""
    host = request.host.lower()
    kind = opened.servers[0].kind if opened.servers else "HTTP"
    if kind != "TLS":
        speech = Speech.HTTP if kind == "HTTP" else Speech.TCP
        return Stream(payload=payload(request, speech, host, letter))
    server = opened.named(host)
    if server is None or server.mode == "PASSTHROUGH":
        return Stream(payload=payload(request, Speech.TLS, host, letter))
    session = Session(sni=host, certificate_name=request.certificate_name)
    speech = Speech.HTTP if server.http else Speech.TCP
    return Stream(payload=payload(request, speech, host, letter), sessions=(session,))
