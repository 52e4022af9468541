"""A frozen view of objects and inventory, read once and asked many times."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from trafficctl_istio.evaluation.gateway_servers import opened_at
from trafficctl_istio.evaluation.patterns import selects

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from trafficctl_sdk.explain import InventoryCluster

    from trafficctl_istio.evaluation.authentication import PeerRule, TokenRule
    from trafficctl_istio.evaluation.authorization import Policy
    from trafficctl_istio.evaluation.destination_rules import DestinationRule
    from trafficctl_istio.evaluation.gateway_servers import GatewayObject, Opened
    from trafficctl_istio.evaluation.pods import Pods
    from trafficctl_istio.evaluation.services import Endpoint, Guest, Service
    from trafficctl_istio.evaluation.shelves import HostShelf
    from trafficctl_istio.evaluation.sidecar_scopes import SidecarScope
    from trafficctl_istio.evaluation.virtual_services import VirtualService


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """What there is in one cluster; whatever has an age, the oldest first.

    :ivar services: by host; several only where namespaces compete for a host.
    :ivar by_address: the same, by virtual address.
    :ivar kubernetes: those that have pods by selector, by namespace.
    :ivar pods: by namespace, as are ``peer_rules`` to ``sidecars``.
    :ivar routings: by gateway, ``mesh`` or ``<namespace>/<name>``.
    :ivar guests: addresses that join the pods of a namespace, by namespace.
    :ivar memo: what is open at a port of some pods, by identity and number.
    """

    facts: InventoryCluster
    services: Mapping[str, tuple[Service, ...]]
    by_address: Mapping[str, tuple[Service, ...]]
    kubernetes: Mapping[str, tuple[Service, ...]]
    pods: Mapping[str, tuple[Pods, ...]]
    peer_rules: Mapping[str, tuple[PeerRule, ...]]
    token_rules: Mapping[str, tuple[TokenRule, ...]]
    policies: Mapping[str, tuple[Policy, ...]]
    rules: Mapping[str, HostShelf[DestinationRule]]
    sidecars: Mapping[str, tuple[SidecarScope, ...]]
    routings: Mapping[str, HostShelf[VirtualService]]
    gateways: tuple[GatewayObject, ...]
    guests: Mapping[str, tuple[Guest, ...]]
    memo: dict[tuple[int, int], Opened] = field(default_factory=dict, compare=False, repr=False)

    @property
    def id(self) -> str:
        """Give the cluster's id."""
        return self.facts.id

    @property
    def root_namespace(self) -> str:
        """Give the namespace whose objects hold for all."""
        return self.facts.mesh.root_namespace

    @property
    def wildcards(self) -> Iterator[str]:
        """Give the hosts that are wildcards."""
        return (it for it in self.services if it.startswith("*"))

    def services_of(self, behind: Pods) -> Iterator[Service]:
        """Give the Services that some pods stand behind."""
        return (it for it in self.kubernetes.get(behind.namespace, ()) if is_behind(behind, it))

    def pods_of(self, service: Service) -> list[Pods]:
        """Give the pods that stand behind a service."""
        return [it for it in self.pods.get(service.namespace, ()) if is_behind(it, service)]

    def joined(self, service: Service) -> list[Endpoint]:
        """Give the addresses that join the pods behind a service."""
        if not service.selector:
            return []
        found = self.guests.get(service.namespace, ())
        return [it.endpoint for it in found if selects(service.selector, it.endpoint.labels)]

    def opened(self, pods: Pods, port: int) -> Opened:
        """Give what Gateways open at a port of some pods."""
        key = (id(pods), port)
        found = self.memo.get(key)
        if found is None:
            found = opened_at(self.gateways, pods, tuple(self.services_of(pods)), port)
            self.memo[key] = found
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Mesh:
    """All clusters, by id.

    :ivar gateways: those that others can dial.
    :ivar by_address: the same, by address.
    """

    clusters: Mapping[str, Cluster]
    gateways: tuple[Pods, ...]
    by_address: Mapping[str, tuple[Pods, ...]]


def is_behind(group: Pods, service: Service) -> bool:
    """Say whether some pods stand behind a service of their cluster."""
    return (
        bool(service.selector)
        and service.namespace == group.namespace
        and selects(service.selector or {}, group.labels)
    )
