"""A frozen view of objects and inventory, read once and asked many times."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from trafficctl_istio.evaluation.authentication import mutual_tls, rules_at
from trafficctl_istio.evaluation.authorization import applied
from trafficctl_istio.evaluation.gateway_servers import opened_at
from trafficctl_istio.evaluation.memo import Memo
from trafficctl_istio.evaluation.patterns import selects

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping

    from trafficctl_sdk.explain import InventoryCluster

    from trafficctl_istio.evaluation.authentication import MutualTls, PeerRule, TokenRule
    from trafficctl_istio.evaluation.authorization import Policy
    from trafficctl_istio.evaluation.destination_rules import DestinationRule
    from trafficctl_istio.evaluation.gateway_servers import GatewayObject, Opened
    from trafficctl_istio.evaluation.heads import Head
    from trafficctl_istio.evaluation.journeys import End, Leg
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
    :ivar memo: what follows from all this for some pods, a service or a caller.
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
    memo: Memo = field(default_factory=Memo, compare=False, repr=False)

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

    def services_of(self, behind: Pods) -> tuple[Service, ...]:
        """Give the Services that some pods stand behind."""
        known = self.kubernetes.get(behind.namespace, ())
        return self.memo.answer(
            ("services", id(behind)), lambda: tuple(it for it in known if is_behind(behind, it))
        )

    def pods_of(self, service: Service) -> tuple[Pods, ...]:
        """Give the pods that stand behind a service."""
        known = self.pods.get(service.namespace, ())
        return self.memo.answer(
            ("pods", id(service)), lambda: tuple(it for it in known if is_behind(it, service))
        )

    def joined(self, service: Service) -> list[Endpoint]:
        """Give the addresses that join the pods behind a service."""
        if not service.selector:
            return []
        found = self.guests.get(service.namespace, ())
        return [it.endpoint for it in found if selects(service.selector, it.endpoint.labels)]

    def opened(self, pods: Pods, port: int) -> Opened:
        """Give what Gateways open at a port of some pods."""
        return self.memo.answer(
            ("opened", id(pods), port),
            lambda: opened_at(self.gateways, pods, self.services_of(pods), port),
        )

    def mutual_tls(self, pods: Pods, port: int) -> tuple[MutualTls, tuple[Head, ...]]:
        """Say what a port of some pods takes, and which objects say so."""
        return self.memo.answer(
            ("mutual TLS", id(pods), port),
            lambda: mutual_tls(self.peer_rules, pods, port, self.root_namespace),
        )

    def tokens_at(self, pods: Pods) -> tuple[TokenRule, ...]:
        """Give the rules about tokens that hold for some pods."""
        return self.memo.answer(
            ("tokens", id(pods)),
            lambda: rules_at(self.token_rules, pods, self.root_namespace),
        )

    def policies_at(self, pods: Pods) -> tuple[Policy, ...]:
        """Give the policies that hold for some pods."""
        return self.memo.answer(
            ("policies", id(pods)), lambda: applied(self.policies, pods, self.root_namespace)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Mesh:
    """All clusters, by id.

    :ivar gateways: those that others can dial.
    :ivar by_address: the same, by address.
    :ivar steps: of calls, that follow from all this and no letter; see ``following``.
    """

    clusters: Mapping[str, Cluster]
    gateways: tuple[Pods, ...]
    by_address: Mapping[str, tuple[Pods, ...]]
    steps: dict[Hashable, tuple[Leg | End, ...]] = field(
        default_factory=dict, compare=False, repr=False
    )


def is_behind(group: Pods, service: Service) -> bool:
    """Say whether some pods stand behind a service of their cluster."""
    return (
        bool(service.selector)
        and service.namespace == group.namespace
        and selects(service.selector or {}, group.labels)
    )
