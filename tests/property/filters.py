"""Random worlds without a mesh, and who reaches whom in them by the words of the intents alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from ipaddress import ip_address, ip_network
from typing import Final, TypeAlias

from hypothesis import strategies as st
from trafficctl_sdk.intent_kinds import ConnectivityIntent
from trafficctl_sdk.model.access import Caller, NamespaceCaller
from trafficctl_sdk.model.cluster import Cluster, GovernedNamespace, SparedCaller
from trafficctl_sdk.model.common import ClusterSelector, IntentPort, Protocol
from trafficctl_sdk.model.intracluster_intent import IntraclusterIntent
from trafficctl_sdk.model.outbound_intent import ExternalHost, ExternalPort, OutboundIntent
from trafficctl_sdk.model.workload import Workload, WorkloadPort

from tests.fakes import wishes

EDGE: Final = "edge"
NAMESPACES: Final = ("shop", "back")
NAMES: Final = ("a", "b", "c", "d")
ADDRESSES: Final = ("203.0.113.7", "198.51.100.5", "192.0.2.1")
NETWORKS: Final = ("203.0.113.0/24", "198.51.100.0/25")
DOORS: Final = (80, 81, 53)
OUTER: Final = (443, 123)
_EVERYWHERE: Final = ClusterSelector(all_clusters=ClusterSelector.AllClusters())
_LABELS: Final = ({"app": "x"}, {"app": "x", "tier": "f"}, {"app": "y"}, {"tier": "f"})
_PORTS: Final = (
    WorkloadPort(port=80, protocol=Protocol.Value.HTTP, target_number=8080),
    WorkloadPort(port=81, protocol=Protocol.Value.TCP, target_name="admin"),
    WorkloadPort(port=53, protocol=Protocol.Value.UDP, target_number=8080),
)

Told: TypeAlias = bool | None
"""None: it hangs on what nobody knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What is there and what is wished, all in one cluster."""

    cluster: Cluster
    workloads: tuple[Workload, ...]
    intents: tuple[ConnectivityIntent, ...]

    def entry(self, namespace: str) -> GovernedNamespace:
        return next(it for it in self.cluster.governed_namespaces if it.namespace == namespace)

    def workload(self, name: str) -> Workload:
        return next(it for it in self.workloads if it.name.endswith(f"/{name}"))


@st.composite
def scenes(draw: st.DrawFn) -> Scene:
    """Give worlds in which labels may overlap, and namespaces are shut in every way."""
    shared = draw(st.booleans())
    cluster = wishes.cluster(EDGE, service_mesh="none", gateways=())
    entries = tuple(draw(_entries(it)) for it in NAMESPACES)
    workloads = tuple(
        wishes.workload(
            name,
            EDGE,
            namespace=draw(st.sampled_from(NAMESPACES)),
            pod_labels=draw(st.sampled_from(_LABELS)) if shared else {"app": name},
            ports=_PORTS,
        )
        for name in NAMES
    )
    intents = draw(st.lists(st.one_of(_inside(), _outside()), max_size=5))
    named = tuple(replace(it, name=f"{it.name}{at}") for at, it in enumerate(intents))
    return Scene(
        cluster=replace(cluster, governed_namespaces=entries), workloads=workloads, intents=named
    )


def enters(scene: Scene, caller: Workload, server: Workload, port: int) -> Told:
    """Say whether pods take a call: by what is granted to any pods with labels that they carry."""
    entry = scene.entry(server.namespace)
    if entry.default_access is not GovernedNamespace.DefaultAccess.DENY_ALL:
        return True
    found: list[Told] = [
        _same_door(server, port, it.workload_ports)
        for it in entry.spared_callers
        if it.namespace in ("", caller.namespace)
    ]
    for intent, callers in _granting(scene):
        served = scene.workload(_served(intent))
        if _carries(server, served) and any(_means(scene, it, caller) for it in callers):
            found += [_same_port(server, port, served, it.port) for it in intent.ports]
    return _any(found)


def leaves(scene: Scene, caller: Workload, server: Workload, port: int) -> Told:
    """Say whether a caller's pods may send a call to pods.

    Whether pods are in a network that is declared as outside is not known.
    """
    if not _is_held(scene, caller):
        return True
    declared = [
        _same_port(server, port, scene.workload(_served(intent)), it.port)
        for intent, callers in _granting(scene)
        if _carries(server, scene.workload(_served(intent)))
        and any(_means(scene, one, caller) for one in callers)
        for it in intent.ports
    ]
    outside = [
        None if _same(_target(server, port), _transport(it)) is not False else False
        for host in _declared_outside(scene, caller)
        for it in host.ports
    ]
    return _any([*declared, *outside])


def goes_out(scene: Scene, caller: Workload, address: str, port: int) -> bool:
    """Say whether a caller's pods may call an address outside, over TCP."""
    if not _is_held(scene, caller):
        return True
    return any(
        any(ip_address(address) in ip_network(it) for it in _networks(host))
        and ("TCP", port) in map(_transport, host.ports)
        for host in _declared_outside(scene, caller)
    )


def behind(scene: Scene, service: Workload) -> list[Workload]:
    """Give all whose pods a Service leads to: those that carry its labels."""
    return [it for it in scene.workloads if _carries(it, service)]


def is_told_apart(scene: Scene, service: Workload) -> bool:
    """Say whether the pods behind a Service carry its own workload's labels alone."""
    found = behind(scene, service)
    return found == [service] and all(
        it is service or not _carries(service, it) for it in scene.workloads
    )


def _granting(scene: Scene) -> Iterator[tuple[IntraclusterIntent, tuple[Caller, ...]]]:
    """Give the intents in force: one that restricts callers waits where nothing is governed."""
    for intent in scene.intents:
        if isinstance(intent, IntraclusterIntent):
            served = scene.workload(_served(intent))
            entry = scene.entry(served.namespace)
            governed = entry.default_access is GovernedNamespace.DefaultAccess.DENY_ALL
            if governed or any(it.any_client is not None for it in intent.callers):
                yield intent, intent.callers


def _means(scene: Scene, caller: Caller, pods: Workload) -> bool:
    if caller.any_client is not None:
        return True
    if caller.namespace is not None:
        return caller.namespace.namespace == pods.namespace
    assert caller.workload is not None
    return _carries(pods, scene.workload(caller.workload.workload))


def _carries(pods: Workload, labels_of: Workload) -> bool:
    """Say whether pods carry all labels of another workload of their namespace."""
    same = pods.namespace == labels_of.namespace
    return same and labels_of.pod_labels.items() <= pods.pod_labels.items()


def _same_port(server: Workload, port: int, granted: Workload, granted_port: int) -> Told:
    return _same(_target(server, port), _target(granted, granted_port))


def _same_door(server: Workload, port: int, numbers: tuple[int, ...]) -> Told:
    return _any(_same(_target(server, port), ("TCP", it)) for it in numbers)


def _same(one: tuple[str, int | str], other: tuple[str, int | str]) -> Told:
    if one[0] != other[0]:
        return False
    if isinstance(one[1], str) is not isinstance(other[1], str):
        return None
    return one[1] == other[1]


def _target(server: Workload, port: int) -> tuple[str, int | str]:
    it = next(it for it in server.ports if it.port == port)
    transport = "UDP" if it.protocol is Protocol.Value.UDP else "TCP"
    return transport, it.target_name or it.target_number or port


def _is_held(scene: Scene, caller: Workload) -> bool:
    entry = scene.entry(caller.namespace)
    return entry.outbound_scope is GovernedNamespace.OutboundScope.DECLARED_ONLY


def _any(answers: Iterator[Told] | list[Told]) -> Told:
    found = list(answers)
    if True in found:
        return True
    return None if None in found else False


def _served(intent: IntraclusterIntent) -> str:
    assert intent.destination is not None
    return intent.destination.workload


def _declared_outside(scene: Scene, caller: Workload) -> Iterator[ExternalHost]:
    for intent in scene.intents:
        if isinstance(intent, OutboundIntent) and any(
            _means(scene, it, caller) for it in intent.callers
        ):
            yield from intent.hosts


def _transport(port: ExternalPort) -> tuple[str, int | str]:
    return "UDP" if port.protocol is Protocol.Value.UDP else "TCP", port.port


def _networks(host: ExternalHost) -> tuple[str, ...]:
    if host.static is not None:
        return host.static.addresses
    assert host.original_destination is not None
    return host.original_destination.cidrs


@st.composite
def _entries(draw: st.DrawFn, namespace: str) -> GovernedNamespace:
    scope = GovernedNamespace.OutboundScope
    spared = SparedCaller(
        namespace=draw(st.sampled_from(("", "back"))),
        workload_ports=(draw(st.sampled_from((8080, 9090))),),
    )
    return replace(
        wishes.governed(namespace, deny=draw(st.booleans())),
        outbound_scope=draw(st.sampled_from((scope.ANY, scope.DECLARED_ONLY))),
        spared_callers=(spared,) if draw(st.booleans()) else (),
    )


_WORKLOADS: Final = st.sampled_from(NAMES).map(wishes.caller)
_IN_NAMESPACES: Final = st.sampled_from(NAMESPACES).map(
    lambda it: Caller(
        namespace=NamespaceCaller(namespace=it, clusters=_EVERYWHERE), access=(wishes.ALLOW_ALL,)
    )
)
_CALLERS: Final[Mapping[bool, st.SearchStrategy[Caller]]] = {
    True: st.one_of(_WORKLOADS, _IN_NAMESPACES, st.just(wishes.anyone())),
    False: st.one_of(_WORKLOADS, _IN_NAMESPACES),
}


@st.composite
def _inside(draw: st.DrawFn) -> IntraclusterIntent:
    ports = draw(st.lists(st.sampled_from(DOORS), min_size=1, max_size=2, unique=True))
    callers = draw(st.lists(_CALLERS[True], min_size=1, max_size=2))
    intent = wishes.intracluster("i", draw(st.sampled_from(NAMES)), *callers)
    return replace(intent, ports=tuple(IntentPort(port=it) for it in ports))


@st.composite
def _outside(draw: st.DrawFn) -> OutboundIntent:
    where = draw(st.sampled_from((*ADDRESSES[:2], *NETWORKS)))
    host = f"h{draw(st.integers(0, 1))}-{where.replace('.', '-').replace('/', '-')}.example"
    port = draw(st.sampled_from(OUTER))
    protocol = Protocol.Value.UDP if port == 123 else Protocol.Value.HTTPS
    resolution = (
        {"original_destination": ExternalHost.OriginalDestination(cidrs=(where,))}
        if "/" in where
        else {"static": ExternalHost.Static(addresses=(where,))}
    )
    outside = ExternalHost(
        host=host, ports=(ExternalPort(port=port, protocol=protocol),), **resolution
    )
    callers = draw(st.lists(_CALLERS[False], min_size=1, max_size=2))
    intent = wishes.outbound("i", host, *callers)
    return replace(intent, hosts=(outside,))
