"""What one proxy sees of its cluster."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trafficctl_istio.evaluation.destination_rules import rule_for
from trafficctl_istio.evaluation.hosts import exported, most_specific, names_tried
from trafficctl_istio.evaluation.sidecar_scopes import scope_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trafficctl_istio.evaluation.destination_rules import DestinationRule
    from trafficctl_istio.evaluation.mesh import Cluster
    from trafficctl_istio.evaluation.pods import Pods
    from trafficctl_istio.evaluation.services import Service
    from trafficctl_istio.evaluation.sidecar_scopes import SidecarScope
    from trafficctl_istio.evaluation.virtual_services import VirtualService


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a dialled name means.

    :ivar host: the whole name.
    :ivar pod: name of the one pod that it means; empty: all.
    """

    host: str
    service: Service
    pod: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One proxy and what it sees.

    :ivar pods: that the proxy is in.
    :ivar scope: the Sidecar that holds for it; none: it is told of everything.
    """

    cluster: Cluster
    pods: Pods
    scope: SidecarScope | None = None

    def service(self, host: str) -> Service | None:
        """Give the service that a route names; what routes lead to, a Sidecar does not hide."""
        return self._covering(host, None)

    def dialled(self, host: str, port: int) -> Found | None:
        """Find what a name means to the application beside the proxy; none: nothing."""
        for name in names_tried(host, self.pods.namespace, self.cluster.facts.mesh.cluster_domain):
            service = self._named(name, port)
            if service is not None:
                return Found(host=name, service=service)
            pod, _, rest = name.partition(".")
            whole = self._named(rest, port)
            if whole is not None and whole.headless and self._has_pod(pod, whole):
                return Found(host=name, service=whole, pod=pod)
        behind = self._by_address(host, port)
        if behind is not None:
            return Found(host=behind.host, service=behind)
        service = self._covering(host.lower(), port)
        return Found(host=host.lower(), service=service) if service is not None else None

    def _covering(self, host: str, port: int | None) -> Service | None:
        """Give the service of a host; wildcards stand in for what has no service of its own."""
        found = self._named(host, port)
        if found is None:
            wildcards = [it for it in self.cluster.wildcards if self._named(it, port) is not None]
            found = self._named(most_specific(wildcards, host), port)
        return found

    def _by_address(self, address: str, port: int) -> Service | None:
        found = self.cluster.by_address.get(address, ())
        return next((it for it in found if self._sees(it, port)), None)

    def _named(self, host: str, port: int | None) -> Service | None:
        """Give the service of exactly this host; the proxy's own namespace goes first."""
        found = [it for it in self.cluster.services.get(host, ()) if self._sees(it, port)]
        own = [it for it in found if it.namespace == self.pods.namespace]
        return next(iter(own or found), None)

    def _sees(self, service: Service, port: int | None) -> bool:
        """Say whether a service is exported here, and told of at a port if one is asked about."""
        if not exported(service.export_to, service.namespace, self.pods.namespace):
            return False
        if port is None or self.scope is None:
            return True
        return self.scope.tells_of(service.host, service.namespace, port)

    def _has_pod(self, name: str, service: Service) -> bool:
        return any(it.name == name for it in self.cluster.pods.get(service.namespace, ()))

    def rule(self, service: Service) -> DestinationRule | None:
        """Give the DestinationRule that the proxy follows for a service."""
        return rule_for(self.cluster.rules, service, self.pods, self.cluster.root_namespace)

    def routings(self, gateway: str, host: str = "") -> Iterator[VirtualService]:
        """Give the VirtualServices of a gateway that the proxy sees, the oldest first.

        :param gateway: ``mesh``, or ``<namespace>/<name>``.
        :param host: that they must be for; empty: any.
        """
        shelf = self.cluster.routings.get(gateway)
        if shelf is None:
            return
        for it in shelf.covering(host) if host else shelf.all:
            seen = exported(it.export_to, it.head.namespace, self.pods.namespace)
            if seen and (self.scope is None or self._tells_of(self.scope, it)):
                yield it

    def _tells_of(self, scope: SidecarScope, routing: VirtualService) -> bool:
        return any(scope.tells_of(it, routing.head.namespace, 0) for it in routing.hosts)

    @property
    def locality(self) -> str:
        """Give where the proxy runs, ``<region>/<zone>/<sub zone>``."""
        stated = self.cluster.facts.locality
        if stated is None:
            return ""
        return f"{stated.region}/{stated.zone}/{stated.sub_zone}".rstrip("/")


def view_of(pods: Pods, cluster: Cluster) -> View:
    """Give what the proxy of some pods sees; those without a proxy are told of by DNS alone."""
    if not pods.in_mesh:
        return View(cluster=cluster, pods=pods)
    scope = scope_of(cluster.sidecars, pods, cluster.root_namespace)
    return View(cluster=cluster, pods=pods, scope=scope)
