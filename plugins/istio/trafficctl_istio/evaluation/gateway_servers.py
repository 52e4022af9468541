"""Gateway objects: which of their servers a stream meets at a port of a gateway's pods."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from trafficctl_istio.evaluation.fields import entries, inner, labels, number, text, texts
from trafficctl_istio.evaluation.hosts import covers, most_specific
from trafficctl_istio.evaluation.patterns import selects

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from trafficctl_istio.evaluation.fields import Json
    from trafficctl_istio.evaluation.heads import Head
    from trafficctl_istio.evaluation.pods import Pods
    from trafficctl_istio.evaluation.services import Service

_TLS_PROTOCOLS: Final = frozenset({"HTTPS", "TLS"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """One server of a Gateway.

    :ivar hosts: each with the namespace whose VirtualServices may bind to it, ``*`` for any.
    :ivar mode: of its TLS; empty: it speaks plaintext.
    :ivar redirects: plain requests are told to come by HTTPS.
    :ivar certificate_names: of which a client's certificate must have one; empty: any will do.
    """

    head: Head
    port: int
    protocol: str
    hosts: tuple[tuple[str, str], ...]
    mode: str
    redirects: bool
    certificate_names: tuple[str, ...]

    @property
    def gateway(self) -> str:
        """Give the Gateway's name as VirtualServices write it."""
        return f"{self.head.namespace}/{self.head.name}"

    @property
    def http(self) -> bool:
        """Say whether it understands the requests that it takes."""
        return self.protocol in {"HTTP", "HTTP2", "GRPC", "GRPC-WEB", "HTTPS"} and (
            self.mode not in {"PASSTHROUGH", "AUTO_PASSTHROUGH"}
        )

    @property
    def kind(self) -> str:
        """Say which servers it can share a port with."""
        if self.protocol in _TLS_PROTOCOLS:
            return "TLS"
        return "HTTP" if self.http else "TCP"

    def admits(self, host: str, namespace: str) -> bool:
        """Say whether it has a host, for objects of a namespace."""
        return any(covers(known, host) and owner in {"*", namespace} for owner, known in self.hosts)


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewayObject:
    """One Gateway."""

    head: Head
    selector: Mapping[str, str]
    servers: tuple[Server, ...]


def gateway_object(head: Head, body: Json) -> GatewayObject:
    """Read a Gateway."""
    return GatewayObject(
        head=head,
        selector=labels(body, "spec", "selector"),
        servers=tuple(_server(head, it) for it in entries(body, "spec", "servers")),
    )


def _server(head: Head, body: Json) -> Server:
    protocol = text(body, "port", "protocol").upper()
    tls = inner(body, "tls")
    return Server(
        head=head,
        port=number(body, "port", "number"),
        protocol=protocol,
        hosts=tuple(_host(it.lower(), head.namespace) for it in texts(body, "hosts")),
        mode=text(tls, "mode") or ("SIMPLE" if protocol in _TLS_PROTOCOLS else ""),
        redirects=tls.get("httpsRedirect") is True,
        certificate_names=texts(tls, "subjectAltNames"),
    )


def _host(written: str, namespace: str) -> tuple[str, str]:
    owner, slash, host = written.rpartition("/")
    return (namespace if owner == "." else owner, host) if slash else ("*", host)


def servers_at(
    gateways: Iterable[GatewayObject], pods: Pods, services: Sequence[Service], port: int
) -> tuple[Server, ...]:
    """Give the servers at a port of some pods.

    A server's port is one of the gateway's Service, which says the port of the pods. What does not
    go with the first server on a port is left out.

    :param gateways: the oldest first.
    :param services: that the pods stand behind.
    """
    found = [
        server
        for gateway in gateways
        if selects(gateway.selector, pods.labels)
        for server in gateway.servers
        if port in (_targets(services, server.port) or {server.port})
    ]
    return tuple(it for it in found if it.kind == found[0].kind)


def _targets(services: Sequence[Service], number: int) -> set[int]:
    return {port.target for service in services for port in service.ports if port.number == number}


def by_server_name(servers: Sequence[Server], sni: str) -> Server | None:
    """Give the server of a TLS server name: the most specific, among equals the first."""
    hosts = {host for it in servers if it.mode != "AUTO_PASSTHROUGH" for _, host in it.hosts}
    best = most_specific(hosts, sni.lower()) if sni else ("*" if "*" in hosts else "")
    for server in servers:
        if server.mode != "AUTO_PASSTHROUGH" and any(best == host for _, host in server.hosts):
            return server
    return None
