"""What a cluster's proxies know by name: Services and ServiceEntries."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from trafficctl_istio.evaluation.fields import entries, inner, labels, number, text, texts
from trafficctl_istio.evaluation.streams import Speech

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trafficctl_sdk.explain import InventoryService
    from trafficctl_sdk.slices.cluster_facts import GatewayFacts

    from trafficctl_istio.evaluation.fields import Json
    from trafficctl_istio.evaluation.heads import Head

_HTTP: Final = frozenset({"HTTP", "HTTP2", "GRPC", "GRPC-WEB", "GRPC_WEB", "HTTP_PROXY"})
_TLS: Final = frozenset({"HTTPS", "TLS"})
_KNOWN: Final = _HTTP | _TLS | {"TCP", "TCP_SERVER_FIRST", "MYSQL", "MONGO", "REDIS"}
_EXPORT: Final = "networking.istio.io/exportTo"
_APP_PROTOCOLS: Final = {"KUBERNETES.IO/H2C": "HTTP2", "KUBERNETES.IO/WS": "HTTP"}


def speech_of(protocol: str) -> Speech | None:
    """Say what a port speaks; none: proxies look at the first bytes."""
    if protocol in _HTTP:
        return Speech.HTTP
    if protocol in _TLS:
        return Speech.TLS
    return Speech.TCP if protocol else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Port:
    """One port of a service.

    :ivar protocol: upper case; empty: not declared.
    :ivar target: number of the port behind; of pods, or of endpoints that name none.
    :ivar target_name: where pods know the port by name alone.
    """

    number: int
    name: str
    protocol: str
    target: int
    target_name: str = ""

    @property
    def speech(self) -> Speech | None:
        """Say what the port speaks; none: proxies look at the first bytes."""
        return speech_of(self.protocol)

    @property
    def grpc(self) -> bool:
        """Say whether calls are gRPC."""
        return self.protocol.startswith("GRPC")


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One address of a ServiceEntry.

    :ivar ports: numbers that differ from the entry's own, by port name.
    :ivar mesh: said to take the mesh's mutual TLS.
    """

    address: str
    ports: Mapping[str, int] = field(default_factory=dict)
    locality: str = ""
    weight: int = 0
    labels: Mapping[str, str] = field(default_factory=dict)
    mesh: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One name that can be called.

    :ivar head: of the object; none for a Service that the inventory alone knows.
    :ivar entry: it comes from a ServiceEntry.
    :ivar external: it runs outside of the mesh.
    :ivar selector: of the pods behind; none: there are endpoints instead.
    """

    host: str
    namespace: str
    name: str
    ports: tuple[Port, ...]
    head: Head | None = None
    entry: bool = False
    external: bool = False
    headless: bool = False
    resolution: str = ""
    selector: Mapping[str, str] | None = None
    endpoints: tuple[Endpoint, ...] = ()
    addresses: tuple[str, ...] = ()
    server_names: tuple[str, ...] = ()
    export_to: tuple[str, ...] = ()

    def port(self, number: int) -> Port | None:
        """Give one port by its number."""
        return next((it for it in self.ports if it.number == number), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """One WorkloadEntry: an address that joins the pods of its namespace by its labels."""

    head: Head
    endpoint: Endpoint


def guest(head: Head, body: Json) -> Guest:
    """Read a WorkloadEntry."""
    return Guest(head=head, endpoint=_endpoint(inner(body, "spec")))


def from_inventory(service: InventoryService, domain: str) -> Service:
    """Give a Service that the inventory knows."""
    return Service(
        host=f"{service.name}.{service.namespace}.svc.{domain}",
        namespace=service.namespace,
        name=service.name,
        ports=tuple(
            Port(number=it.port, name=it.name, protocol=it.protocol.value, target=it.target)
            for it in service.ports
            if it.protocol.value in _KNOWN
        ),
        headless=service.headless,
        selector=service.selector,
    )


def from_gateway(facts: GatewayFacts, domain: str) -> Service:
    """Give the Service of a gateway, as the cluster's record states it."""
    return Service(
        host=f"{facts.service}.{facts.namespace}.svc.{domain}",
        namespace=facts.namespace,
        name=facts.service,
        ports=tuple(
            Port(number=it.port, name="", protocol="TCP", target=it.target_port)
            for it in facts.ports
        ),
        selector=facts.selector,
    )


def from_service(head: Head, body: Json, domain: str) -> Service:
    """Read a Service; protocols follow from the names of its ports."""
    ports = [
        Port(
            number=number(it, "port"),
            name=text(it, "name"),
            protocol=_declared(it),
            target=number(it, "targetPort") or number(it, "port"),
            target_name="" if number(it, "targetPort") else text(it, "targetPort"),
        )
        for it in entries(body, "spec", "ports")
        if text(it, "protocol") != "UDP"
    ]
    exported = text(body, "metadata", "annotations", _EXPORT)
    return Service(
        host=f"{head.name}.{head.namespace}.svc.{domain}",
        namespace=head.namespace,
        name=head.name,
        ports=tuple(ports),
        head=head,
        headless=text(body, "spec", "clusterIP") == "None",
        selector=labels(body, "spec", "selector"),
        export_to=tuple(it.strip() for it in exported.split(",") if it.strip()),
    )


def from_entry(head: Head, body: Json) -> tuple[Service, ...]:
    """Read a ServiceEntry: one service for each of its hosts."""
    spec = inner(body, "spec")
    external = text(spec, "location") != "MESH_INTERNAL"
    selector = labels(spec, "workloadSelector", "labels") or None
    ports = tuple(
        Port(
            number=number(it, "number"),
            name=text(it, "name"),
            protocol=text(it, "protocol").upper(),
            target=number(it, "targetPort") or number(it, "number"),
        )
        for it in entries(spec, "ports")
    )
    return tuple(
        Service(
            host=host.lower(),
            namespace=head.namespace,
            name=head.name,
            ports=ports,
            head=head,
            entry=True,
            external=external,
            resolution=text(spec, "resolution") or "NONE",
            selector=selector,
            endpoints=tuple(_endpoint(it) for it in entries(spec, "endpoints")),
            addresses=texts(spec, "addresses"),
            server_names=texts(spec, "subjectAltNames"),
            export_to=texts(spec, "exportTo"),
        )
        for host in texts(spec, "hosts")
    )


def _endpoint(body: Json) -> Endpoint:
    marks = labels(body, "labels")
    said = marks.get("security.istio.io/tlsMode", "")
    return Endpoint(
        address=text(body, "address"),
        ports={name: number(body, "ports", name) for name in inner(body, "ports")},
        locality=text(body, "locality"),
        weight=number(body, "weight"),
        labels=marks,
        mesh=said == "istio" if said else text(body, "serviceAccount") != "",
    )


def _declared(port: Json) -> str:
    """Give the protocol that a Service declares by ``appProtocol`` or by the port's name."""
    stated = text(port, "appProtocol").upper()
    if stated:
        return _APP_PROTOCOLS.get(stated, stated if stated in _KNOWN else "TCP")
    name = text(port, "name").upper()
    for known in ("GRPC-WEB", *sorted(_KNOWN)):
        if name == known or name.startswith(f"{known}-"):
            return known
    return ""
