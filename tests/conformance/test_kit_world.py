"""The kit asks drivers about what the server would ask them: same slices from the same intents."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

import pytest
from trafficctl.v2 import (
    inbound_intent_pb2,
    intercluster_intent_pb2,
    intracluster_intent_pb2,
    outbound_intent_pb2,
)
from trafficctl_networkpolicy.capabilities import INFO as PACKET_FILTER
from trafficctl_sdk.codec import leaves, to_json
from trafficctl_sdk.conformance.probes import probes
from trafficctl_sdk.conformance.wishes.bases import Way, completed, is_taken
from trafficctl_sdk.conformance.wishes.catalogue import wishes
from trafficctl_sdk.conformance.wishes.unsaid import why_unsaid
from trafficctl_sdk.conformance.wishes.wish import Pair
from trafficctl_sdk.conformance.world import places
from trafficctl_sdk.conformance.world.serving import service_ports
from trafficctl_sdk.conformance.world.slicing import slices_of
from trafficctl_sdk.conformance.world.without_mesh import by_pods
from trafficctl_sdk.core_fields import served_by_core
from trafficctl_sdk.errors import Violation
from trafficctl_sdk.intent_kinds import INTENT_KINDS, ConnectivityIntent
from trafficctl_sdk.model.cluster import Cluster, Gateway, GatewayPort, GovernedNamespace, MeshFacts
from trafficctl_sdk.model.common import Addressing
from trafficctl_sdk.model.inbound_intent import InboundIntent
from trafficctl_sdk.model.intercluster_intent import InterclusterIntent
from trafficctl_sdk.model.intracluster_intent import IntraclusterIntent
from trafficctl_sdk.model.outbound_intent import OutboundIntent
from trafficctl_sdk.model.workload import Placement, Subset, Workload, WorkloadPort
from trafficctl_sdk.slices import ScopeKind, TrafficSlice

from tests.docs.intents_page import every_leaf
from tests.fakes.wishes import governed
from trafficctl_server.api.messages import to_message
from trafficctl_server.api.validation import violations
from trafficctl_server.compile.branches import Trunk
from trafficctl_server.compile.compiler import compile_scope
from trafficctl_server.compile.resolve import view_of
from trafficctl_server.compile.world import World
from trafficctl_server.intents.rules.callers import caller_violations
from trafficctl_server.intents.rules.identity import identity_violations
from trafficctl_server.intents.rules.inventory import (
    account_violations,
    addressing_mismatches,
    known_protocols,
    protocol_mismatches,
    unknown_protocols,
)
from trafficctl_server.intents.rules.shape import override_violations, policy_violations
from trafficctl_server.intents.rules.tokens import token_violations

VERSION = "1.30"
DECLARED_ONLY = GovernedNamespace.OutboundScope.DECLARED_ONLY
BUNDLE = places.PARENT.partition("/trafficIntentGroups")[0]
MESSAGES: dict[type, Any] = {
    InterclusterIntent: intercluster_intent_pb2.InterclusterIntent,
    IntraclusterIntent: intracluster_intent_pb2.IntraclusterIntent,
    OutboundIntent: outbound_intent_pb2.OutboundIntent,
    InboundIntent: inbound_intent_pb2.InboundIntent,
}
KINDS = ("intercluster", "intracluster", "outbound", "inbound")


class Everything:
    """What a driver declares that declares all there is."""

    def __contains__(self, path: object) -> bool:
        return True

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def intents(kind: str) -> Iterator[ConnectivityIntent]:
    ways = tuple(Way) if kind in ("intercluster", "outbound") else (Way.DIRECT,)
    for wish in wishes(kind):
        bodies = (wish.one, wish.other) if isinstance(wish, Pair) else wish.bodies.values()
        for body in bodies:
            for way in ways:
                intent = completed(kind, body, wish.protocol, Everything(), way)
                if is_taken(way, intent):
                    yield intent


def cluster(name: str, mesh: str = "istio") -> Cluster:
    east_west = Gateway(
        id="east-west",
        role=Gateway.Role.EAST_WEST,
        namespace="istio-system",
        selector={"istio": "eastwestgateway"},
        service="istio-eastwestgateway",
        addresses=(places.ADDRESSES.get(name, "192.0.2.1"),),
    )
    ingresses = (
        Gateway(
            id=it,
            role=Gateway.Role.INGRESS,
            namespace="istio-ingress",
            selector={"istio": it},
            service=f"istio-{it}",
            addresses=("198.51.100.1",),
            ports=tuple(
                GatewayPort(port=port, target_port=8000 + port) for port in places.INGRESS_PORTS
            ),
        )
        for it in places.INGRESSES
    )
    return Cluster(
        name=f"clusters/{name}",
        service_mesh=mesh,
        directory=Cluster.Directory(),
        labels=places.LABELS.get(name, {}),
        locality=places.LOCALITIES[name],
        external_domain=places.EXTERNAL_DOMAIN,
        mesh=MeshFacts(mesh_id="mesh", version=VERSION),
        gateways=(east_west, *ingresses),
        governed_namespaces=tuple(
            replace(
                governed(it, projects=("store",)),
                outbound_scope=DECLARED_ONLY if mesh == "none" else None,
            )
            for it in ("back", "front", places.NAMESPACE)
        ),
    )


def workload(name: str, *clusters: str) -> Workload:
    """Give a workload that nobody serves."""
    return Workload(
        name=f"{BUNDLE}/workloads/{name}",
        namespace=places.NAMESPACE,
        service=name,
        service_account=name,
        pod_labels={"app": name},
        ports=(WorkloadPort(port=80),),
        placements=tuple(Placement(cluster=f"clusters/{it}") for it in clusters),
    )


def service(intent: InterclusterIntent | IntraclusterIntent | InboundIntent) -> Workload:
    """Give the workload that an intent is about; what the intent says of it is so."""
    destination = intent.destination
    headless = destination is not None and destination.addressing is Addressing.Mode.HEADLESS
    return replace(
        workload(places.SERVICE),
        ports=tuple(
            WorkloadPort(port=port, protocol=protocol, target_number=8000 + port)
            for port, protocol in service_ports(intent).items()
        ),
        addressing=Addressing.Mode.HEADLESS if headless else None,
        subsets=tuple(Subset(id=it, labels={"version": it}) for it in places.SUBSETS),
        placements=tuple(
            Placement(
                cluster=f"clusters/{it}",
                service_account=places.ACCOUNTS[it],
                pods=places.PODS if headless else (),
            )
            for it in places.SERVING
        ),
    )


class Addresses(Trunk[str, str]):
    def __missing__(self, key: str) -> str:
        kind, _, about = key.partition("/")
        return places.virtual_address(
            {"service": places.SERVICE, "pod": about.rpartition("/")[2]}.get(kind, about)
        )


def world_with(kind: str, intent: ConnectivityIntent, mesh: str = "istio") -> World:
    """Give the kit's world as the server would know it, with one intent in it."""
    world = World()
    world.addresses = Addresses()
    for name in (places.CALLING, *places.SERVING):
        world.put_cluster(cluster(name, mesh))
    callers = places.SERVED if kind == "intracluster" else places.CALLING
    for name in ("page", "audit", *places.MIRRORS):
        world.put_workload(workload(name, callers))
    if not isinstance(intent, OutboundIntent):
        world.put_workload(service(intent))
    world.put_intent(intent)
    return world


def compiled(intent: ConnectivityIntent, world: World) -> list[TrafficSlice]:
    return [
        it
        for scope in world.scopes_of_intent(intent.name)
        if scope.kind is not ScopeKind.NAMESPACE
        for it in compile_scope(scope, world).slices
        if it.cluster in (places.CALLING, places.SERVED)
    ]


def declared(intent: ConnectivityIntent, world: World) -> list[TrafficSlice]:
    """Give the slices of namespaces that call, without what their records say besides."""
    return [
        replace(it, namespace=replace(it.namespace, deny_all=False))
        for scope in world.scopes_of_intent(intent.name)
        if scope.kind is ScopeKind.NAMESPACE
        for it in compile_scope(scope, world).slices
        if it.cluster == places.CALLING and it.namespace is not None
    ]


def by_scope(slices: Iterable[TrafficSlice]) -> dict[str, object]:
    return {f"{it.scope} {it.cluster}": to_json(it) for it in slices}


def flaws(intent: ConnectivityIntent, world: World) -> list[Violation]:
    """Give what the server's constraints and rules have against an intent."""
    protocols = known_protocols(intent, world)
    found = [
        *violations(to_message(intent, MESSAGES[type(intent)])),
        *override_violations(intent),
        *policy_violations(intent, protocols),
        *caller_violations(intent, protocols),
        *token_violations(intent),
        *unknown_protocols(intent, world),
        *account_violations(intent, world),
        *protocol_mismatches(intent, world),
        *addressing_mismatches(intent, world),
    ]
    if not isinstance(intent, OutboundIntent):
        found += identity_violations(intent, view_of(intent, world))
    return found


def look_at(kind: str, every: int) -> None:
    """Hold the kit to the server, at every so manieth intent of a kind."""
    for intent in islice(intents(kind), 0, None, every):
        world = world_with(kind, intent)
        assert flaws(intent, world) == [], to_json(intent)
        ours = by_scope(slices_of(intent, VERSION))
        assert ours == by_scope(compiled(intent, world)), to_json(intent)


@pytest.mark.parametrize("kind", KINDS)
def test_the_kit_asks_about_what_the_server_takes_with_the_slices_it_makes(kind: str) -> None:
    look_at(kind, 5)


@pytest.mark.crash
@pytest.mark.parametrize("kind", KINDS)
def test_all_that_the_kit_asks_about_is_what_the_server_makes(kind: str) -> None:
    look_at(kind, 1)


def test_it_is_so_where_clusters_have_no_mesh_too() -> None:
    capabilities = frozenset(it.path for it in PACKET_FILTER.capabilities)
    for kind in ("intracluster", "outbound"):
        found = probes((kind,), capabilities)
        looked_at = {id(it.intent): it.intent for some in found.by_leaf.values() for it in some}
        for intent in looked_at.values():
            world = world_with(kind, intent, "none")
            theirs = compiled(intent, world)
            if kind == "outbound":
                theirs += declared(intent, world)
            ours = by_scope(by_pods(slices_of(intent, VERSION), intent))
            assert ours == by_scope(theirs), to_json(intent)
        assert len(looked_at) > 10


def test_the_kit_says_every_field_of_the_model_or_why_not() -> None:
    leaves_of = {kind: set(every_leaf(INTENT_KINDS[kind])) for kind in KINDS}
    known = set[str]().union(*leaves_of.values())
    wholes = {it.rpartition(".")[0] for it in known}
    said = {leaf.pattern for kind in KINDS for intent in intents(kind) for leaf in leaves(intent)}
    core = {it for kind in KINDS for it in leaves_of[kind] if served_by_core(kind, it)}
    assert {it for it in known - wholes - said - core if not why_unsaid(it)} == set()
