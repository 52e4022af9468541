"""A frozen view of objects and inventory, read once and asked many times."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trafficctl_istio.evaluation.patterns import selects

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from trafficctl_sdk.explain import InventoryCluster

    from trafficctl_istio.evaluation.authentication import PeerRule, TokenRule
    from trafficctl_istio.evaluation.authorization import Policy
    from trafficctl_istio.evaluation.destination_rules import DestinationRule
    from trafficctl_istio.evaluation.gateway_servers import GatewayObject
    from trafficctl_istio.evaluation.pods import Pods
    from trafficctl_istio.evaluation.services import Service
    from trafficctl_istio.evaluation.sidecar_scopes import SidecarScope
    from trafficctl_istio.evaluation.virtual_services import VirtualService


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """What there is in one cluster; lists are in no order.

    :ivar services: by host; several only where namespaces compete for a host.
    """

    facts: InventoryCluster
    services: Mapping[str, tuple[Service, ...]]
    wildcards: tuple[str, ...]
    pods: tuple[Pods, ...]
    peer_rules: tuple[PeerRule, ...]
    token_rules: tuple[TokenRule, ...]
    policies: tuple[Policy, ...]
    rules: Mapping[str, tuple[DestinationRule, ...]]
    routings: tuple[VirtualService, ...]
    gateways: tuple[GatewayObject, ...]
    sidecars: tuple[SidecarScope, ...]

    @property
    def id(self) -> str:
        """Give the cluster's id."""
        return self.facts.id

    def services_of(self, behind: Pods) -> Iterator[Service]:
        """Give the Services that some pods stand behind, the oldest first."""
        for found in self.services.values():
            for service in found:
                if not service.entry and is_behind(behind, service):
                    yield service


@dataclass(frozen=True, slots=True, kw_only=True)
class Mesh:
    """All clusters, by id.

    :ivar gateways: those that others can dial, by address.
    """

    clusters: Mapping[str, Cluster]
    gateways: Mapping[str, tuple[Pods, ...]]


def is_behind(group: Pods, service: Service) -> bool:
    """Say whether some pods stand behind a service of their cluster."""
    return (
        bool(service.selector)
        and service.namespace == group.namespace
        and selects(service.selector or {}, group.labels)
    )
