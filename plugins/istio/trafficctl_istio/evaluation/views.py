"""What one proxy sees of its cluster."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trafficctl_istio.evaluation.destination_rules import rule_for
from trafficctl_istio.evaluation.hosts import exported, most_specific, names_tried

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trafficctl_istio.evaluation.destination_rules import DestinationRule
    from trafficctl_istio.evaluation.mesh import Cluster
    from trafficctl_istio.evaluation.pods import Pods
    from trafficctl_istio.evaluation.services import Service
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
    """

    cluster: Cluster
    pods: Pods

    @property
    def root_namespace(self) -> str:
        """Give the namespace whose objects hold for all."""
        return self.cluster.facts.mesh.root_namespace

    def service(self, host: str) -> Service | None:
        """Give the service of a host that is written out; wildcards stand in for others.

        Where namespaces compete for one host, the proxy's own goes first.
        """
        found = self._visible(host)
        if found is None and self.cluster.wildcards:
            wildcards = [it for it in self.cluster.wildcards if self._visible(it) is not None]
            found = self._visible(most_specific(wildcards, host))
        return found

    def dialled(self, host: str) -> Found | None:
        """Find what a name means to the application beside the proxy; none: nothing."""
        for name in names_tried(host, self.pods.namespace, self.cluster.facts.mesh.cluster_domain):
            service = self._visible(name)
            if service is not None:
                return Found(host=name, service=service)
            pod, _, rest = name.partition(".")
            whole = self._visible(rest)
            if whole is not None and whole.headless and self._has_pod(pod, whole):
                return Found(host=name, service=whole, pod=pod)
        return self._by_address(host) or self._by_wildcard(host)

    def _by_wildcard(self, host: str) -> Found | None:
        service = self.service(host.lower())
        return Found(host=host.lower(), service=service) if service is not None else None

    def _by_address(self, host: str) -> Found | None:
        for found in self.cluster.services.values():
            for service in found:
                if host in service.addresses and self._sees(service):
                    return Found(host=service.host, service=service)
        return None

    def _visible(self, host: str) -> Service | None:
        found = [it for it in self.cluster.services.get(host, ()) if self._sees(it)]
        own = [it for it in found if it.namespace == self.pods.namespace]
        return next(iter(own or found), None)

    def _sees(self, service: Service) -> bool:
        return exported(service.export_to, service.namespace, self.pods.namespace)

    def _has_pod(self, name: str, service: Service) -> bool:
        return any(
            it.name == name and it.namespace == service.namespace for it in self.cluster.pods
        )

    def rule(self, service: Service) -> DestinationRule | None:
        """Give the DestinationRule that the proxy follows for a service."""
        return rule_for(self.cluster.rules, service, self.pods, self.root_namespace)

    @property
    def routings(self) -> Iterator[VirtualService]:
        """Give the VirtualServices that the proxy sees, the oldest first."""
        for it in self.cluster.routings:
            if exported(it.export_to, it.head.namespace, self.pods.namespace):
                yield it

    @property
    def locality(self) -> str:
        """Give where the proxy runs, ``<region>/<zone>/<sub zone>``."""
        stated = self.cluster.facts.locality
        if stated is None:
            return ""
        return f"{stated.region}/{stated.zone}/{stated.sub_zone}".rstrip("/")
