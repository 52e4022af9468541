"""From a stream that a proxy sends to the places where it arrives."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from trafficctl_sdk.explain import VerdictKind

from trafficctl_istio.evaluation.authentication import MutualTls
from trafficctl_istio.evaluation.balancing import shares
from trafficctl_istio.evaluation.fields import NOTHING
from trafficctl_istio.evaluation.journeys import Place
from trafficctl_istio.evaluation.patterns import selects
from trafficctl_istio.evaluation.services import Endpoint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trafficctl_istio.evaluation.client_tls import ClientTls
    from trafficctl_istio.evaluation.destination_rules import Subset
    from trafficctl_istio.evaluation.fields import Json
    from trafficctl_istio.evaluation.journeys import End, Leg, Visit
    from trafficctl_istio.evaluation.mesh import Mesh
    from trafficctl_istio.evaluation.pods import Pods
    from trafficctl_istio.evaluation.services import Port, Service
    from trafficctl_istio.evaluation.streams import Stream
    from trafficctl_istio.evaluation.views import View


class Destination(NamedTuple):
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


class Sending(NamedTuple):
    """A stream that a proxy sends, with the rules that hold for it."""

    view: View
    mesh: Mesh
    to: Destination
    stream: Stream
    tls: ClientTls
    policy: Json = NOTHING
    subset: Subset | None = None

    def goes(self, visit: Visit) -> Iterator[Leg | End]:
        """Send it to every place that the destination stands for, each its part."""
        service = self.to.service
        if service.selector is None and not service.endpoints:
            yield self._to_name(visit)
            return
        behind = self._behind()
        if not behind:
            yield visit.lacks("pods", f"no pods are known behind {service.host}")
            return
        chosen = [
            (endpoint, pods)
            for endpoint, pods in behind
            if self.subset is None or selects(self.subset.labels, endpoint.labels)
        ]
        yield from self._spread(visit, chosen)

    def _behind(self) -> list[tuple[Endpoint, Pods | None]]:
        """Give all addresses: those of pods and those that are stated."""
        to, view = self.to, self.view
        pods = view.cluster.pods_of(to.service) if to.service.selector is not None else []
        stated = (*to.service.endpoints, *view.cluster.joined(to.service))
        return [
            *(
                (Endpoint(address=to.service.host, labels=it.labels, locality=view.locality), it)
                for it in pods
                if to.pod in {"", it.name}
            ),
            *((it, None) for it in stated if not to.pod),
        ]

    def _spread(
        self, visit: Visit, chosen: list[tuple[Endpoint, Pods | None]]
    ) -> Iterator[Leg | End]:
        if all(pods is not None for _, pods in chosen):
            parts = [(endpoint, 1 / len(chosen)) for endpoint, _ in chosen]
        else:
            endpoints = [endpoint for endpoint, _ in chosen]
            parts = shares(endpoints, self.policy, self.view.locality, self.view.pods.labels)
        if not parts:
            what = f"subset {self.to.subset} of {self.to.host}" if self.subset else self.to.host
            yield visit.ends(VerdictKind.UNREACHABLE, f"{what} has no pods or endpoints (503)")
        pods_at = {id(endpoint): pods for endpoint, pods in chosen}
        for endpoint, part in parts:
            pods = pods_at[id(endpoint)]
            if pods is not None:
                yield self._to_pods(visit.part(part), pods)
            else:
                yield self._to_endpoint(visit.part(part), endpoint)

    def _to_pods(self, visit: Visit, pods: Pods) -> Leg | End:
        port, cluster = self.to.port, self.view.cluster
        if port.target_name:
            text = f"the number of port {port.target_name} of {pods.party} is not known"
            return visit.lacks("target_port", text)
        mode, _ = cluster.mutual_tls(pods, port.target)
        takes = pods.in_mesh and (pods.gateway or mode is not MutualTls.DISABLE)
        place = self._place(self.to.service.host, port.target, pods)._replace(
            host=self.to.service.host,
            subset=self.to.subset,
        )
        return visit.leaves(place, self._wrapped(takes=takes))

    def _to_endpoint(self, visit: Visit, endpoint: Endpoint) -> Leg | End:
        to, stream = self.to, self._wrapped(takes=endpoint.mesh)
        number = endpoint.ports.get(to.port.name, to.port.target)
        gateways = self.mesh.by_address.get(endpoint.address, ())
        if not gateways:
            if to.service.external:
                return visit.leaves(self._place(endpoint.address, number), stream)
            text = f"no gateway of a known cluster has the address {endpoint.address}"
            return visit.lacks("gateway_address", text)
        for gateway in gateways:
            for port in gateway.facts.ports if gateway.facts else ():
                if port.external_port == number:
                    place = self._place(endpoint.address, port.target_port, gateway)
                    return visit.leaves(place, stream)
        text = f"{gateways[0].party} in {gateways[0].cluster} is not dialled on port {number}"
        return visit.ends(VerdictKind.UNREACHABLE, text)

    def _to_name(self, visit: Visit) -> Leg | End:
        """Send to where the name leads, as the resolver of the proxy says."""
        to, proxy, stream = self.to, self.view.pods, self.stream
        if not to.service.external:
            return visit.lacks("endpoints", f"where {to.host} leads is not known")
        if to.service.resolution == "NONE" and proxy.gateway:
            text = f"{to.host} has no resolution, so {proxy.party} sends it to itself"
            return visit.ends(VerdictKind.UNREACHABLE, text)
        host = (stream.payload.host or stream.sni) if to.host.startswith("*") else to.host
        if not host:
            return visit.lacks("host", f"which host of {to.host} is meant is not known")
        place = self._place(host, to.port.target)._replace(host=host)
        return visit.leaves(place, self._wrapped(takes=False))

    def _wrapped(self, *, takes: bool) -> Stream:
        """Put TLS around, where it is asked for or the other side takes it."""
        if self.tls.session is None or (self.tls.automatic and not takes):
            return self.stream
        return self.stream.wrapped(self.tls.session)

    def _place(self, address: str, port: int, pods: Pods | None = None) -> Place:
        return Place(
            address=address,
            port=port,
            called=self.to.port.number,
            pods=pods,
            cluster=pods.cluster if pods is not None else "",
            host=self.to.host,
        )
