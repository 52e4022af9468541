"""Gateway objects: which of their servers a stream meets at a port of a gateway's pods."""

from __future__ import annotations

from collections import defaultdict
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What is open at one port of some pods.

    :ivar servers: in the order in which they count.
    :ivar by_host: those that end or route what they take, by their hosts, the first for each.
    :ivar passing: those that pass sessions of the mesh on, by their hosts.
    """

    servers: tuple[Server, ...]
    by_host: Mapping[str, Server]
    passing: Mapping[str, tuple[Server, ...]]

    def named(self, sni: str) -> Server | None:
        """Give the server of a TLS server name: the most specific."""
        if not sni:
            return self.by_host.get("*")
        best = most_specific(self.by_host, sni.lower())
        return self.by_host[best] if best else None

    def passing_on(self, host: str, namespace: str) -> Server | None:
        """Give a server that passes sessions on to a service of a namespace."""
        labels = host.split(".")
        above = (".".join(("*", *labels[at:])) for at in range(1, len(labels)))
        for pattern in (host, *above, "*"):
            for server in self.passing.get(pattern, ()):
                if server.admits(host, namespace):
                    return server
        return None


def opened_at(
    gateways: Iterable[GatewayObject], pods: Pods, services: Sequence[Service], port: int
) -> Opened:
    """Give what Gateways open at a port of some pods.

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
    servers = tuple(it for it in found if it.kind == found[0].kind)
    by_host: dict[str, Server] = {}
    passing: dict[str, list[Server]] = defaultdict(list)
    for server in servers:
        for _, host in server.hosts:
            if server.mode == "AUTO_PASSTHROUGH":
                passing[host].append(server)
            else:
                by_host.setdefault(host, server)
    return Opened(
        servers=servers,
        by_host=by_host,
        passing={host: tuple(it) for host, it in passing.items()},
    )


def _targets(services: Sequence[Service], number: int) -> set[int]:
    return {port.target for service in services for port in service.ports if port.number == number}
