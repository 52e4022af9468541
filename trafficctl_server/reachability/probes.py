"""Which calls tell whether anything changes for the callers of a destination; pure over worlds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from trafficctl_sdk.explain import ExplainRequest
from trafficctl_sdk.model.common import Protocol
from trafficctl_sdk.model.inbound_intent import InboundIntent
from trafficctl_sdk.model.outbound_intent import OutboundIntent
from trafficctl_sdk.slices import Scope, ScopeKind

from trafficctl_server.compile.calls import CallerPods, Concern, concern
from trafficctl_server.compile.facts import governance, has_mesh
from trafficctl_server.compile.inventory import destination_of, places_of
from trafficctl_server.compile.references import served_workload
from trafficctl_server.compile.resolve import view_at
from trafficctl_server.reachability.asking import Asked, name_for
from trafficctl_server.reachability.nodes import UNDECLARED, Node, host_node, workload_node
from trafficctl_server.reachability.operations import operations
from trafficctl_server.reachability.parties import UNNAMED, intents_about, issuers_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from trafficctl_sdk.intent_kinds import ConnectivityIntent
    from trafficctl_sdk.model.access import AccessRule
    from trafficctl_sdk.model.outbound_intent import ExternalPort
    from trafficctl_sdk.model.workload import Workload

    from trafficctl_server.compile.world import World
    from trafficctl_server.reachability.operations import Operation
    from trafficctl_server.reachability.parties import Party, Vantage

_REQUESTS: Final = frozenset(
    {
        Protocol.Value.HTTP,
        Protocol.Value.HTTP2,
        Protocol.Value.GRPC,
        Protocol.Value.GRPC_WEB,
        Protocol.Value.HTTPS,
    }
)
"""Protocols in which rules may tell requests apart."""
_HTTP_PORT: Final = 80
_TLS_PORT: Final = 443
_BELOW: Final = "any"
"""A first label for names below a wildcard."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """One port of a destination, under one name.

    :ivar workload: the name is that by which each caller calls this workload; else ``host`` is.
    """

    port: int
    http: bool
    host: str = ""
    workload: Workload | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """One call, asked about in one or more worlds.

    :ivar vantage: where it comes from.
    """

    party: Party
    vantage: Vantage
    door: Door
    operation: Operation


def destination_node(called: Scope, worlds: Sequence[World]) -> Node:
    """Give the node of what is called."""
    if called.kind is ScopeKind.EXTERNAL:
        return host_node(called.key.partition("/")[2])
    found = [it for world in worlds for it in served(called, world)]
    if not found:
        return host_node(called.key)
    name = min(it.name for it in found)
    clusters = {place.cluster for it in found for place in places_of(it)}
    return workload_node(name, clusters)


def served(called: Scope, world: World) -> list[Workload]:
    """Give the workloads behind what is called, sorted by name; none behind a host outside."""
    if called.kind is ScopeKind.WORKLOAD:
        return world.workloads_serving(called.key)
    names = {served_workload(it) for it in world.intents_in(called)}
    return [world.workloads[it] for it in sorted(names) if it in world.workloads]


def doors(called: Scope, world: World) -> dict[tuple[int, str], Door]:
    """Give the ports of what is called, by number and name; of a service, by its workloads."""
    found = {
        ScopeKind.EXTERNAL: _outer_doors,
        ScopeKind.EXPOSED_HOST: _exposed_doors,
        ScopeKind.WORKLOAD: _service_doors,
    }[called.kind](called, world)
    return {(it.port, it.workload.name if it.workload else it.host): it for it in found}


def _service_doors(called: Scope, world: World) -> Iterator[Door]:
    view = view_at(called.key, world)
    for workload in world.workloads_serving(called.key):
        for port in workload.ports:
            protocol = view.protocol(port.port) or port.protocol
            yield Door(port=port.port, http=protocol in _REQUESTS, workload=workload)


def _exposed_doors(called: Scope, world: World) -> Iterator[Door]:
    host = _example(called.key)
    for intent in world.intents_in(called):
        for listener in intent.listeners if isinstance(intent, InboundIntent) else ():
            http = listener.protocol in _REQUESTS and listener.passthrough is None
            yield Door(port=listener.port, http=http, host=host)
            if listener.redirect_from_port:
                yield Door(port=listener.redirect_from_port, http=True, host=host)


def _outer_doors(called: Scope, world: World) -> Iterator[Door]:
    name = called.key.partition("/")[2]
    if name == UNDECLARED:
        for number in (_HTTP_PORT, _TLS_PORT):
            yield Door(port=number, http=False, host=f"{UNNAMED}.invalid")
    for intent in world.intents_in(called):
        for outside in intent.hosts if isinstance(intent, OutboundIntent) else ():
            for port in outside.ports if outside.host == name else ():
                http = port.protocol in _REQUESTS - {Protocol.Value.HTTPS}
                yield Door(port=outer_port(port), http=http, host=_example(name))


def outer_port(port: ExternalPort) -> int:
    """Give the number that a port of a host outside has, stated or not."""
    return port.port or (_HTTP_PORT if port.protocol is Protocol.Value.HTTP else _TLS_PORT)


def _example(host: str) -> str:
    """Give a name that a host means: itself, or one below a wildcard."""
    return f"{_BELOW}{host[1:]}" if host.startswith("*.") else host


def probes(called: Scope, parties: Sequence[Party], worlds: Sequence[World]) -> Iterator[Probe]:
    """Give the calls of parties to what is called that stand for all of theirs."""
    open_ = {key: it for world in worlds for key, it in doors(called, world).items()}
    about = [it for world in worlds for it in _about(called, world)]
    issuers = issuers_of(about)
    paths = _paths(called, about, worlds)
    everybody = [rule for it in parties if it.broad for rule in it.rules]
    by_account: dict[tuple[str, str], list[AccessRule]] = {}
    for it in parties:
        for account in {vantage.account for vantage in it.vantages}:
            by_account.setdefault(account, []).extend(it.rules)
    for party in parties:
        accounts = {vantage.account for vantage in party.vantages}
        rules = [*everybody, *(rule for it in accounts for rule in by_account[it])]
        for _, door in sorted(open_.items()):
            for operation in operations(rules, issuers, http=door.http, paths=paths):
                for vantage in party.vantages:
                    yield Probe(party=party, vantage=vantage, door=door, operation=operation)


def _about(called: Scope, world: World) -> list[ConnectivityIntent]:
    """Give the intents whose tokens and routes calls may meet."""
    found = intents_about(called, world)
    for workload in served(called, world):
        scope = Scope(kind=ScopeKind.WORKLOAD, key=destination_of(workload))
        found += world.intents_in(scope)
    return found


def _paths(
    called: Scope, about: Sequence[ConnectivityIntent], worlds: Sequence[World]
) -> list[str]:
    """Give the paths that routes and spared callers tell apart."""
    paths: set[str] = set()
    for intent in about:
        if isinstance(intent, InboundIntent) and called.kind is ScopeKind.EXPOSED_HOST:
            prefix = intent.path_prefix.rstrip("/")
            if prefix:  # any path lies below none
                paths |= {prefix, f"{prefix}/{_BELOW}", f"{prefix}{_BELOW}"}
    for world in worlds:
        for workload in served(called, world) if called.kind is ScopeKind.WORKLOAD else ():
            for place in places_of(workload):
                here = world.clusters.get(place.cluster)
                entry = governance(here, place.namespace) if here is not None else None
                for it in entry.spared_callers if entry is not None else ():
                    paths |= set(it.paths)
    return sorted(paths)


class Placing:
    """Puts probes in one world; remembers what many of them share."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._concerns: dict[tuple[str, str, str, str], Concern] = {}
        self._names: dict[tuple[str, str], str] = {}

    def name(self, probe: Probe) -> str:
        """Give the name by which a probe's caller calls its destination here; empty: by none."""
        workload, cluster = probe.door.workload, probe.vantage.pods.cluster
        if workload is None:
            return probe.door.host
        key = (workload.name, cluster)
        if key not in self._names:
            known = self._world.workloads.get(workload.name)
            self._names[key] = (
                name_for(probe.vantage.pods, known, self._world)
                if known is not None and cluster in self._world.clusters
                else ""
            )
        return self._names[key]

    def asked(self, probe: Probe, host: str, other: Asked | None = None) -> Asked | None:
        """Give the call that a probe stands for; none: its caller cannot be here.

        :param other: the same in another world; its request is this one's, if it is put alike.
        """
        vantage = probe.vantage
        here = self._world.clusters.get(vantage.cluster)
        if here is None:
            return None
        pods = vantage.pods
        in_mesh = bool(pods.cluster) and vantage.in_mesh and has_mesh(here)
        request = other.request if other is not None else None
        if request is None or request.in_mesh != in_mesh:
            request = _request(probe, host, in_mesh=in_mesh)
        return Asked(
            caller_cluster=pods.cluster, concern=self._concern(pods, host), request=request
        )

    def _concern(self, pods: CallerPods, host: str) -> Concern:
        key = (pods.cluster, pods.namespace, pods.account, host)
        if key not in self._concerns:
            self._concerns[key] = concern(pods, host, self._world)
        return self._concerns[key]


def _request(probe: Probe, host: str, *, in_mesh: bool) -> ExplainRequest:
    vantage, operation = probe.vantage, probe.operation
    return ExplainRequest(
        cluster=vantage.pods.cluster,
        namespace=vantage.pods.namespace,
        service_account=vantage.pods.account,
        pod_labels=vantage.pods.pod_labels,
        in_mesh=in_mesh,
        host=host,
        port=probe.door.port,
        method=operation.method,
        path=operation.path,
        headers=dict(operation.headers),
        claims=(*vantage.claims, *operation.claims),
        entrance=vantage.entrance,
        source_address=vantage.source_address,
        certificate_name=vantage.certificate_name,
    )
