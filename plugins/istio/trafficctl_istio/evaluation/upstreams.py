"""From a chosen destination to the places where its calls arrive."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from trafficctl_sdk.explain import VerdictKind

from trafficctl_istio.evaluation.authentication import MutualTls, mutual_tls
from trafficctl_istio.evaluation.balancing import shares
from trafficctl_istio.evaluation.client_tls import ClientTls, client_tls
from trafficctl_istio.evaluation.destination_rules import policy_at
from trafficctl_istio.evaluation.journeys import Place
from trafficctl_istio.evaluation.patterns import selects

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trafficctl_istio.evaluation.destination_rules import Subset
    from trafficctl_istio.evaluation.fields import Json
    from trafficctl_istio.evaluation.journeys import End, Leg, Visit
    from trafficctl_istio.evaluation.mesh import Mesh
    from trafficctl_istio.evaluation.pods import Pods
    from trafficctl_istio.evaluation.services import Endpoint, Port, Service
    from trafficctl_istio.evaluation.streams import Stream
    from trafficctl_istio.evaluation.views import View


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """What a route names.

    :ivar host: as the client asks for it; differs from the service's where that is a wildcard.
    :ivar subset: name; empty: all of it.
    :ivar pod: name of the one pod that is meant; empty: any.
    """

    host: str
    service: Service
    port: Port
    subset: str = ""
    pod: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sending:
    """A stream that a proxy sends, with the rules that hold for it."""

    view: View
    to: Destination
    stream: Stream
    tls: ClientTls
    policy: Json = field(default_factory=dict)
    subset: Subset | None = None

    def wrapped(self, *, takes: bool) -> Stream:
        """Put TLS around, where it is asked for or the other side takes it."""
        if self.tls.session is None or (self.tls.automatic and not takes):
            return self.stream
        return self.stream.wrapped(self.tls.session)

    def place(self, address: str, port: int, pods: Pods | None = None) -> Place:
        """Give a place where the stream arrives."""
        return Place(
            address=address,
            port=port,
            service=self.to.service,
            pods=pods,
            cluster=pods.cluster if pods is not None else "",
            host=self.to.host,
            subset=self.to.subset,
        )


def upstream(
    visit: Visit, view: View, mesh: Mesh, to: Destination, stream: Stream
) -> Iterator[Leg | End]:
    """Send a stream to a destination, as the proxy's DestinationRule says."""
    rule = view.rule(to.service)
    visit = visit.by(to.service.head, rule.head if rule is not None else None)
    subset = rule.subset(to.subset) if rule is not None and to.subset else None
    if to.subset and subset is None:
        text = f"no DestinationRule seen by {view.pods.party} has subset {to.subset} of {to.host}"
        yield visit.ends(VerdictKind.UNREACHABLE, f"{text} (503)")
        return
    policy = policy_at(rule, to.port.number, subset)
    tls = client_tls(
        policy,
        rule=rule,
        service=to.service,
        port=to.port,
        subset=to.subset,
        proxy=view.pods,
        stream=stream,
    )
    sending = _Sending(view=view, to=to, stream=stream, tls=tls, policy=policy, subset=subset)
    if to.service.selector is not None:
        yield from _to_pods(visit, sending)
    elif to.service.endpoints:
        yield from _to_endpoints(visit, sending, mesh)
    else:
        yield _to_name(visit, sending)


def plain_to_pods(visit: Visit, view: View, to: Destination, stream: Stream) -> Iterator[Leg | End]:
    """Send a stream to the pods of a Service as it is, past all rules of proxies."""
    plain = ClientTls(session=None)
    return _to_pods(visit, _Sending(view=view, to=to, stream=stream, tls=plain))


def as_it_is(
    visit: Visit, view: View, mesh: Mesh, to: Destination, stream: Stream
) -> Iterator[Leg | End]:
    """Pass a session on to a service; nothing if the proxy does not know the subset."""
    rule = view.rule(to.service) if to.subset else None
    subset = rule.subset(to.subset) if rule is not None else None
    if to.subset and subset is None:
        return
    visit = visit.by(rule.head if rule is not None else None)
    plain = ClientTls(session=None)
    sending = _Sending(view=view, to=to, stream=stream, tls=plain, subset=subset)
    if to.service.selector is not None:
        yield from _to_pods(visit, sending)
    else:
        yield from _to_endpoints(visit, sending, mesh)


def _to_pods(visit: Visit, sending: _Sending) -> Iterator[Leg | End]:
    to, subset, cluster = sending.to, sending.subset, sending.view.cluster
    behind = [it for it in cluster.pods_of(to.service) if not to.pod or it.name == to.pod]
    chosen = [it for it in behind if subset is None or selects(subset.labels, it.labels)]
    if not behind:
        yield visit.lacks("pods", f"no pods are known behind {to.service.host}")
        return
    if not chosen:
        text = f"subset {to.subset} of {to.host} has no pods (503)"
        yield visit.ends(VerdictKind.UNREACHABLE, text)
        return
    if to.port.target_name:
        text = f"the number of port {to.port.target_name} of the pods of {to.host} is not known"
        yield visit.lacks("target_port", text)
        return
    root = cluster.root_namespace
    for pods in chosen:
        mode, _ = mutual_tls(cluster.peer_rules, pods, to.port.target, root)
        takes = pods.in_mesh and (pods.gateway or mode is not MutualTls.DISABLE)
        place = sending.place(to.service.host, to.port.target, pods)
        yield visit.part(1 / len(chosen)).leaves(place, sending.wrapped(takes=takes))


def _to_endpoints(visit: Visit, sending: _Sending, mesh: Mesh) -> Iterator[Leg | End]:
    view, subset = sending.view, sending.subset
    endpoints = [
        it
        for it in sending.to.service.endpoints
        if subset is None or selects(subset.labels, it.labels)
    ]
    spread = shares(endpoints, sending.policy, view.locality, view.pods.labels)
    if not spread:
        text = f"{sending.to.host} has no endpoint to call (503)"
        yield visit.ends(VerdictKind.UNREACHABLE, text)
    for endpoint, part in spread:
        yield _to_endpoint(visit.part(part), sending, endpoint, mesh)


def _to_endpoint(visit: Visit, sending: _Sending, endpoint: Endpoint, mesh: Mesh) -> Leg | End:
    to, stream = sending.to, sending.wrapped(takes=endpoint.mesh)
    number = endpoint.ports.get(to.port.name, to.port.target)
    gateways = mesh.by_address.get(endpoint.address, ())
    if not gateways:
        if to.service.external:
            return visit.leaves(sending.place(endpoint.address, number), stream)
        text = f"no gateway of a known cluster has the address {endpoint.address}"
        return visit.lacks("gateway_address", text)
    for gateway in gateways:
        for port in gateway.facts.ports if gateway.facts else ():
            if port.external_port == number:
                place = sending.place(endpoint.address, port.target_port, gateway)
                return visit.leaves(place, stream)
    text = f"{gateways[0].party} in {gateways[0].cluster} is not dialled on port {number}"
    return visit.ends(VerdictKind.UNREACHABLE, text)


def _to_name(visit: Visit, sending: _Sending) -> Leg | End:
    """Send to where the name leads, as the resolver of the proxy says."""
    to, proxy = sending.to, sending.view.pods
    if not to.service.external:
        return visit.lacks("endpoints", f"where {to.host} leads is not known")
    if to.service.resolution == "NONE" and proxy.gateway:
        text = f"{to.host} has no resolution, so {proxy.party} sends it to itself"
        return visit.ends(VerdictKind.UNREACHABLE, text)
    stream = sending.stream
    host = (stream.payload.host or stream.sni) if to.host.startswith("*") else to.host
    if not host:
        return visit.lacks("host", f"which host of {to.host} is meant is not known")
    place = replace(sending.place(host, to.port.target), host=host)
    return visit.leaves(place, sending.wrapped(takes=False))
