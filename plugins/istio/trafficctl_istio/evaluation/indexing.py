"""Reads objects and inventory, once, into a ``Mesh``."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeAlias

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

_Reader: TypeAlias = "Callable[[Head, Json, InventoryCluster], Sequence[Any]]"


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
    found = _READERS.get((group, text(placed.body, "kind")))
    if found is None:
        return
    field, reader = found
    items = _items(placed, facts, reader)
    if field == "services":
        for service in items:
            into.services[service.host].append(service)
    else:
        getattr(into, field).extend(items)


def _items(placed: PlacedObject, facts: InventoryCluster, reader: _Reader) -> Sequence[Any]:
    """Read an object; one that stood in the last questions too is not read again."""
    kept = _KEPT.get(id(placed))
    if kept is not None and kept[0] is placed and (kept[1] is facts or kept[1] == facts):
        return kept[2]
    items = reader(head_of(placed), placed.body, facts)
    if len(_KEPT) >= _MOST:
        _KEPT.clear()
    _KEPT[id(placed)] = placed, facts, items  # as long as it is kept, its id is its own
    return items


def _service(head: Head, body: Json, facts: InventoryCluster) -> Sequence[Service]:
    return (services.from_service(head, body, facts.mesh.cluster_domain),)


def _entry(head: Head, body: Json, _: InventoryCluster) -> Sequence[Service]:
    return services.from_entry(head, body)


def _guest(head: Head, body: Json, _: InventoryCluster) -> Sequence[Guest]:
    return (services.guest(head, body),)


def _deployment(head: Head, body: Json, facts: InventoryCluster) -> Sequence[Pods]:
    found = pods.from_deployment(head, facts.id, body, facts.mesh.trust_domain)
    return (found,) if found else ()


def _rule(head: Head, body: Json, facts: InventoryCluster) -> Sequence[DestinationRule]:
    return (destination_rule(head, body, facts.mesh.cluster_domain),)


def _routing(head: Head, body: Json, facts: InventoryCluster) -> Sequence[VirtualService]:
    return (virtual_service(head, body, facts.mesh.cluster_domain),)


def _gateway(head: Head, body: Json, _: InventoryCluster) -> Sequence[GatewayObject]:
    return (gateway_object(head, body),)


def _sidecar(head: Head, body: Json, _: InventoryCluster) -> Sequence[SidecarScope]:
    return (sidecar_scope(head, body),)


def _peer_rule(head: Head, body: Json, _: InventoryCluster) -> Sequence[PeerRule]:
    return (authentication.peer_rule(head, body),)


def _token_rule(head: Head, body: Json, _: InventoryCluster) -> Sequence[TokenRule]:
    return (authentication.token_rule(head, body),)


def _policy(head: Head, body: Json, facts: InventoryCluster) -> Sequence[Policy]:
    own = TrustDomain(name=facts.mesh.trust_domain)
    return (authorization.policy(head, body, own),)


_READERS: Final[Mapping[tuple[str, str], tuple[str, _Reader]]] = {
    ("v1", "Service"): ("services", _service),
    ("apps", "Deployment"): ("pods", _deployment),
    ("networking.istio.io", "ServiceEntry"): ("services", _entry),
    ("networking.istio.io", "WorkloadEntry"): ("guests", _guest),
    ("networking.istio.io", "DestinationRule"): ("rules", _rule),
    ("networking.istio.io", "VirtualService"): ("routings", _routing),
    ("networking.istio.io", "Gateway"): ("gateways", _gateway),
    ("networking.istio.io", "Sidecar"): ("sidecars", _sidecar),
    ("security.istio.io", "PeerAuthentication"): ("peer_rules", _peer_rule),
    ("security.istio.io", "RequestAuthentication"): ("token_rules", _token_rule),
    ("security.istio.io", "AuthorizationPolicy"): ("policies", _policy),
}
"""What reads objects of a kind, and the field of ``_Read`` that it is for."""
_MOST: Final = 2000
_KEPT: Final[dict[int, tuple[PlacedObject, InventoryCluster, Sequence[Any]]]] = {}
"""What objects were read as, so many at most: both sides of a change share most of theirs."""


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
