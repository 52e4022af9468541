"""Who may call whom by the word of intents: the edges of the picture; pure over a world."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from trafficctl_sdk.model.access import AccessRule
from trafficctl_sdk.model.inbound_intent import InboundIntent
from trafficctl_sdk.model.outbound_intent import OutboundIntent
from trafficctl_sdk.slices import Scope, ScopeKind

from trafficctl_server.compile.inventory import destination_of, places_of
from trafficctl_server.compile.references import served_workload
from trafficctl_server.compile.selectors import selected
from trafficctl_server.compile.statements import service_ports
from trafficctl_server.compile.touching import external
from trafficctl_server.reachability.nodes import Node, host_node, workload_node
from trafficctl_server.reachability.parties import Party, joined, named_by
from trafficctl_server.reachability.probes import outer_port

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from trafficctl_sdk.intent_kinds import ConnectivityIntent
    from trafficctl_sdk.model.common import ClusterSelector

    from trafficctl_server.compile.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """One node may call another.

    :ivar party: who calls, with the rules of all intents behind the edge, and their names.
    :ivar ports: sorted; empty: what gets through cannot be told.
    :ivar called: what is called, as scopes name it: one for each way to name it.
    """

    party: Party
    destination: Node
    ports: tuple[int, ...]
    called: tuple[Scope, ...]

    @property
    def key(self) -> tuple[str, str]:
        """The ids of both ends."""
        return self.party.node.id, self.destination.id


class Picture:
    """The edges of the intents below a parent; each stands where its first intent stands.

    :param names: of the intents below the parent, sorted.
    """

    def __init__(
        self, world: World, names: Sequence[str], clusters: ClusterSelector | None
    ) -> None:
        self._world = world
        self._names = names
        self._known = frozenset(names)
        self._shown = None if clusters is None else frozenset(selected(clusters, world.clusters))
        self._edges: dict[str, dict[tuple[str, str], Edge]] = {}

    def edges(self, after: str, skip: int) -> Iterator[tuple[str, int, Edge]]:
        """Give edges, each with the name of its first intent and its place among that one's.

        :param after: where to begin: with this intent, or the next.
        :param skip: so many edges of it are passed over.
        """
        start = bisect_left(self._names, after)
        for name in self._names[start:]:
            passed = skip if name == after else 0
            for place, edge in enumerate(self._beginning_with(name)):
                if place >= passed:
                    yield name, place, edge
            self._edges.pop(name, None)

    def _beginning_with(self, name: str) -> Iterator[Edge]:
        for key, edge in sorted(self._of(name).items()):
            found = [edge]
            for other in sorted(self._beside(edge)):
                its = self._of(other).get(key)
                found += [its] if its is not None else []
            if min(it.party.intents for it in found) == (name,):
                whole = _together(found)
                if self._is_shown(whole):
                    yield self._narrowed(whole)

    def _of(self, name: str) -> dict[tuple[str, str], Edge]:
        if name not in self._edges:
            intent = self._world.intents.get(name)
            found = edges_of(intent, self._world) if intent is not None else ()
            self._edges[name] = _by_key(found)
        return self._edges[name]

    def _beside(self, edge: Edge) -> set[str]:
        """Give the other intents below the parent about the same destination."""
        found: set[str] = set()
        if edge.destination.workload:
            found |= set(self._world.intents_referring_to(edge.destination.workload))
        for scope in edge.called:
            found |= {it.name for it in self._world.intents_in(scope)}
        return (found & self._known) - set(edge.party.intents)

    def _is_shown(self, edge: Edge) -> bool:
        return all(
            self._shown is None or _is_outside(it) or not self._shown.isdisjoint(it.clusters)
            for it in (edge.party.node, edge.destination)
        )

    def _narrowed(self, edge: Edge) -> Edge:
        if self._shown is None:
            return edge
        node = _narrowed(edge.party.node, self._shown)
        vantages = tuple(it for it in edge.party.vantages if it.cluster in self._shown)
        return replace(
            edge,
            party=replace(edge.party, node=node, vantages=vantages),
            destination=_narrowed(edge.destination, self._shown),
        )


def _is_outside(node: Node) -> bool:
    return bool(node.host) or (node.admitted is not None and not node.clusters)


def _narrowed(node: Node, shown: Collection[str]) -> Node:
    return replace(node, clusters=tuple(it for it in node.clusters if it in shown))


def edges_of(intent: ConnectivityIntent, world: World) -> Iterator[Edge]:
    """Give the edges of one intent alone: for whomever it admits to anything."""
    for destination, ports, called in _destinations(intent, world):
        for party in named_by(intent, called, world):
            if any(it.action is AccessRule.Action.ALLOW for it in party.rules):
                yield Edge(party=party, destination=destination, ports=ports, called=(called,))


def _destinations(
    intent: ConnectivityIntent, world: World
) -> Iterator[tuple[Node, tuple[int, ...], Scope]]:
    if isinstance(intent, OutboundIntent):
        spaces = {
            it.key.partition("/")[0]
            for it in world.scopes_of_intent(intent.name)
            if it.kind is ScopeKind.EXTERNAL
        }
        for outside in intent.hosts:
            ports = tuple(sorted({outer_port(it) for it in outside.ports}))
            for space in sorted(spaces) or [""]:
                yield host_node(outside.host), ports, external(space, outside.host)
        return
    name = served_workload(intent)
    workload = world.workloads.get(name)
    clusters = [it.cluster for it in places_of(workload)] if workload is not None else []
    node = workload_node(name, clusters)
    key = destination_of(workload) if workload is not None else ""
    if not isinstance(intent, InboundIntent):
        yield node, service_ports(intent), Scope(kind=ScopeKind.WORKLOAD, key=key)
        return
    ports = tuple(sorted({it.port for it in intent.listeners}))
    hosts = [it for it in world.scopes_of_intent(intent.name) if it.kind is ScopeKind.EXPOSED_HOST]
    for scope in sorted(hosts) or [Scope(kind=ScopeKind.EXPOSED_HOST, key="")]:
        yield node, ports, scope


def _by_key(edges: Iterable[Edge]) -> dict[tuple[str, str], Edge]:
    found: dict[tuple[str, str], list[Edge]] = {}
    for it in edges:
        found.setdefault(it.key, []).append(it)
    return {key: _together(its) for key, its in found.items()}


def _together(edges: Sequence[Edge]) -> Edge:
    """Give one edge for several with the same ends."""
    (party,) = joined(it.party for it in edges).values()
    return replace(
        edges[0],
        party=party,
        ports=tuple(sorted({port for it in edges for port in it.ports})),
        called=tuple(sorted({scope for it in edges for scope in it.called if scope.key})),
    )
