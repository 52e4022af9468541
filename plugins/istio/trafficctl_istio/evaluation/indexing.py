"""Reads objects and inventory, once, into a ``Mesh``."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from trafficctl_istio.evaluation import authentication, authorization, pods, services
from trafficctl_istio.evaluation.destination_rules import destination_rule
from trafficctl_istio.evaluation.fields import text
from trafficctl_istio.evaluation.gateway_servers import gateway_object
from trafficctl_istio.evaluation.heads import head_of
from trafficctl_istio.evaluation.mesh import Cluster, Mesh
from trafficctl_istio.evaluation.requests import TrustDomain
from trafficctl_istio.evaluation.shelves import (
    headed_by_namespace,
    host_shelf,
    placed_by_namespace,
)
from trafficctl_istio.evaluation.sidecar_scopes import sidecar_scope
from trafficctl_istio.evaluation.virtual_services import virtual_service

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from trafficctl_sdk.explain import Inventory, InventoryCluster, PlacedObject

    from trafficctl_istio.evaluation.authentication import PeerRule, TokenRule
    from trafficctl_istio.evaluation.authorization import Policy
    from trafficctl_istio.evaluation.destination_rules import DestinationRule
    from trafficctl_istio.evaluation.fields import Json
    from trafficctl_istio.evaluation.gateway_servers import GatewayObject
    from trafficctl_istio.evaluation.heads import Head
    from trafficctl_istio.evaluation.pods import Pods
    from trafficctl_istio.evaluation.services import Guest, Service
    from trafficctl_istio.evaluation.sidecar_scopes import SidecarScope
    from trafficctl_istio.evaluation.virtual_services import VirtualService


@dataclass(slots=True)
class _Read:
    """What was read of one cluster so far."""

    services: dict[str, list[Service]] = field(default_factory=lambda: defaultdict(list))
    pods: list[Pods] = field(default_factory=list)
    peer_rules: list[PeerRule] = field(default_factory=list)
    token_rules: list[TokenRule] = field(default_factory=list)
    policies: list[Policy] = field(default_factory=list)
    rules: list[DestinationRule] = field(default_factory=list)
    routings: list[VirtualService] = field(default_factory=list)
    gateways: list[GatewayObject] = field(default_factory=list)
    sidecars: list[SidecarScope] = field(default_factory=list)
    guests: list[Guest] = field(default_factory=list)


def index(objects: Sequence[PlacedObject], inventory: Inventory) -> Mesh:
    """Read objects and inventory.

    Objects of clusters that the inventory does not know are left out; kinds that do not decide
    about calls are skipped.
    """
    known = {it.id: it for it in inventory.clusters}
    read = {name: _Read() for name in sorted(known)}
    for placed in objects:
        if placed.cluster in known:
            _read(placed, known[placed.cluster], read[placed.cluster])
    for group in inventory.pods:
        if group.cluster in known:
            domain = known[group.cluster].mesh.trust_domain
            read[group.cluster].pods.extend(pods.from_inventory(group, domain))
    for facts in inventory.clusters:
        for gateway in facts.gateways:
            read[facts.id].pods.append(pods.from_gateway(facts.id, gateway))
            _add(services.from_gateway(gateway, facts.mesh.cluster_domain), read[facts.id])
    for stated in inventory.services:
        if stated.cluster in known:
            domain = known[stated.cluster].mesh.cluster_domain
            _add(services.from_inventory(stated, domain), read[stated.cluster])
    clusters = {name: _cluster(known[name], read[name]) for name in sorted(known)}
    return _mesh(clusters, [it for found in read.values() for it in found.pods])


def _mesh(clusters: Mapping[str, Cluster], everybody: Sequence[Pods]) -> Mesh:
    by_address: dict[str, list[Pods]] = defaultdict(list)
    for it in everybody:
        for address in it.facts.addresses if it.facts is not None else ():
            by_address[address].append(it)
    return Mesh(
        clusters=clusters,
        gateways=tuple(it for it in everybody if it.facts is not None),
        by_address={address: tuple(found) for address, found in by_address.items()},
    )


def _add(service: Service, into: _Read) -> None:
    """Add a Service, unless an object tells more of it."""
    if all(it.entry for it in into.services[service.host]):
        into.services[service.host].append(service)


def _read(placed: PlacedObject, facts: InventoryCluster, into: _Read) -> None:
    group = text(placed.body, "apiVersion").partition("/")[0]
    reader = _READERS.get((group, text(placed.body, "kind")))
    if reader is not None:
        reader(head_of(placed), placed.body, facts, into)


def _read_service(head: Head, body: Json, facts: InventoryCluster, into: _Read) -> None:
    service = services.from_service(head, body, facts.mesh.cluster_domain)
    into.services[service.host].append(service)


def _read_entry(head: Head, body: Json, _: InventoryCluster, into: _Read) -> None:
    for service in services.from_entry(head, body):
        into.services[service.host].append(service)


def _read_guest(head: Head, body: Json, _: InventoryCluster, into: _Read) -> None:
    into.guests.append(services.guest(head, body))


def _read_deployment(head: Head, body: Json, facts: InventoryCluster, into: _Read) -> None:
    found = pods.from_deployment(head, facts.id, body, facts.mesh.trust_domain)
    into.pods.extend([found] if found else [])


def _read_rule(head: Head, body: Json, facts: InventoryCluster, into: _Read) -> None:
    into.rules.append(destination_rule(head, body, facts.mesh.cluster_domain))


def _read_routing(head: Head, body: Json, facts: InventoryCluster, into: _Read) -> None:
    into.routings.append(virtual_service(head, body, facts.mesh.cluster_domain))


def _read_gateway(head: Head, body: Json, _: InventoryCluster, into: _Read) -> None:
    into.gateways.append(gateway_object(head, body))


def _read_sidecar(head: Head, body: Json, _: InventoryCluster, into: _Read) -> None:
    into.sidecars.append(sidecar_scope(head, body))


def _read_peer_rule(head: Head, body: Json, _: InventoryCluster, into: _Read) -> None:
    into.peer_rules.append(authentication.peer_rule(head, body))


def _read_token_rule(head: Head, body: Json, _: InventoryCluster, into: _Read) -> None:
    into.token_rules.append(authentication.token_rule(head, body))


def _read_policy(head: Head, body: Json, facts: InventoryCluster, into: _Read) -> None:
    own = TrustDomain(name=facts.mesh.trust_domain)
    into.policies.append(authorization.policy(head, body, own))


_READERS: Final[Mapping[tuple[str, str], Callable[[Head, Json, InventoryCluster, _Read], None]]] = {
    ("v1", "Service"): _read_service,
    ("apps", "Deployment"): _read_deployment,
    ("networking.istio.io", "ServiceEntry"): _read_entry,
    ("networking.istio.io", "WorkloadEntry"): _read_guest,
    ("networking.istio.io", "DestinationRule"): _read_rule,
    ("networking.istio.io", "VirtualService"): _read_routing,
    ("networking.istio.io", "Gateway"): _read_gateway,
    ("networking.istio.io", "Sidecar"): _read_sidecar,
    ("security.istio.io", "PeerAuthentication"): _read_peer_rule,
    ("security.istio.io", "RequestAuthentication"): _read_token_rule,
    ("security.istio.io", "AuthorizationPolicy"): _read_policy,
}


def _cluster(facts: InventoryCluster, read: _Read) -> Cluster:
    services = {host: sorted(found, key=_precedence) for host, found in read.services.items()}
    flat = [it for found in services.values() for it in found]
    addresses: dict[str, list[Service]] = defaultdict(list)
    for service in flat:
        for address in service.addresses:
            addresses[address].append(service)
    routings: dict[str, list[VirtualService]] = defaultdict(list)
    for routing in read.routings:
        for gateway in routing.gateways:
            routings[gateway].append(routing)
    return Cluster(
        facts=facts,
        services={host: tuple(found) for host, found in services.items()},
        by_address={address: tuple(found) for address, found in addresses.items()},
        kubernetes=placed_by_namespace(it for it in flat if not it.entry),
        pods=placed_by_namespace(read.pods),
        peer_rules=headed_by_namespace(read.peer_rules),
        token_rules=headed_by_namespace(read.token_rules),
        policies=headed_by_namespace(read.policies),
        sidecars=headed_by_namespace(read.sidecars),
        rules={
            namespace: host_shelf((it, (it.host,)) for it in found)
            for namespace, found in headed_by_namespace(read.rules).items()
        },
        routings={
            gateway: host_shelf((it, it.hosts) for it in found)
            for gateway, found in routings.items()
        },
        guests=headed_by_namespace(read.guests),
        gateways=tuple(sorted(read.gateways, key=lambda it: it.head.age)),
    )


def _precedence(service: Service) -> tuple[bool, tuple[str, str, str]]:
    """Put a Service before ServiceEntries, which only decorate it; then the oldest."""
    head = service.head
    return (service.entry, head.age if head else ("", service.name, service.namespace))
