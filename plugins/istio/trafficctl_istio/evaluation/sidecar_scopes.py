"""Sidecar objects: which part of the mesh a proxy is told of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trafficctl_istio.evaluation.fields import entries, labels, number, texts
from trafficctl_istio.evaluation.hosts import covers
from trafficctl_istio.evaluation.patterns import selects

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trafficctl_istio.evaluation.fields import Json
    from trafficctl_istio.evaluation.heads import Head
    from trafficctl_istio.evaluation.pods import Pods


@dataclass(frozen=True, slots=True, kw_only=True)
class Egress:
    """Hosts that a proxy is told of.

    :ivar port: that they are for; 0: every port that has no entry of its own.
    :ivar hosts: each with its namespace, ``*`` for any, ``~`` for what is left out.
    """

    port: int
    hosts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SidecarScope:
    """One Sidecar; without egress it tells of everything."""

    head: Head
    selector: Mapping[str, str]
    egress: tuple[Egress, ...]

    def tells_of(self, host: str, namespace: str, port: int) -> bool:
        """Say whether it tells of a host of a namespace at a port; port 0: at any."""
        if not self.egress:
            return True
        hosts = [known for it in self._at(port) for known in it.hosts]
        return any(
            owner in {"*", namespace} and _overlap(known, host) for owner, known in hosts
        ) and not any(owner == "~" and covers(known, host) for owner, known in hosts)

    def _at(self, port: int) -> list[Egress]:
        if not port:
            return list(self.egress)
        own = [it for it in self.egress if it.port == port]
        return own or [it for it in self.egress if not it.port]


def sidecar_scope(head: Head, body: Json) -> SidecarScope:
    """Read a Sidecar."""
    return SidecarScope(
        head=head,
        selector=labels(body, "spec", "workloadSelector", "labels"),
        egress=tuple(
            Egress(
                port=number(it, "port", "number"),
                hosts=tuple(_host(host.lower(), head.namespace) for host in texts(it, "hosts")),
            )
            for it in entries(body, "spec", "egress")
        ),
    )


def scope_of(
    scopes: Mapping[str, tuple[SidecarScope, ...]], pods: Pods, root_namespace: str
) -> SidecarScope | None:
    """Give the Sidecar that holds for a proxy; none: it is told of everything.

    One that selects it goes first, then that of its namespace, then that of the root namespace;
    among equals the oldest. Gateways have none.

    :param scopes: by namespace, the oldest first.
    """
    if pods.gateway:
        return None
    own = scopes.get(pods.namespace, ())
    chosen = [
        *(it for it in own if it.selector and selects(it.selector, pods.labels)),
        *(it for it in own if not it.selector),
        *(it for it in scopes.get(root_namespace, ()) if not it.selector),
    ]
    return chosen[0] if chosen else None


def _overlap(known: str, host: str) -> bool:
    return covers(known, host) or covers(host, known)


def _host(written: str, namespace: str) -> tuple[str, str]:
    owner, _, host = written.partition("/")
    return (namespace if owner == "." else owner), host
