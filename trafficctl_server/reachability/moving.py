"""Which scopes differ between two views, and what is called that they may decide about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from trafficctl_sdk.slices import Scope, ScopeKind

from trafficctl_server.compile.facts import HOME_NAMESPACE
from trafficctl_server.compile.inventory import destination_of
from trafficctl_server.compile.names import last_id
from trafficctl_server.compile.pod_labels import sharing_pods
from trafficctl_server.compile.touching import external, namespace
from trafficctl_server.reachability.nodes import UNDECLARED
from trafficctl_server.reachability.views import Unseen

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from trafficctl_server.compile.world import World
    from trafficctl_server.reachability.views import View
    from trafficctl_server.store.records import LedgerKey

_CHUNK: Final = 200
_HOME: Final = namespace(HOME_NAMESPACE)


async def moved(before: View, after: View, scopes: Collection[Scope]) -> frozenset[Scope]:
    """Give the scopes whose objects differ, or the servers or clusters behind them.

    What cannot be seen counts as different.
    """
    one, other = before.world, after.world
    clusters = one.clusters.keys() | other.clusters.keys()
    changed = {it for it in clusters if one.clusters.get(it) != other.clusters.get(it)}
    found: set[Scope] = set()
    # Our own namespace is where callers' objects stand; by itself it decides about no call.
    todo = sorted({it for it in scopes if it != _HOME})
    for start in range(0, len(todo), _CHUNK):
        chunk = todo[start : start + _CHUNK]
        try:
            was, now = [await _bodies(it, chunk, clusters) for it in (before, after)]
        except Unseen:
            found.update(chunk)
            continue
        for scope in chunk:
            here, there = was.get(str(scope), {}), now.get(str(scope), {})
            places = {it.cluster for it in (*here, *there)} | _places(scope, one, other)
            if here != there or places & changed or _servers(scope, one) != _servers(scope, other):
                found.add(scope)
    return frozenset(found)


async def _bodies(
    view: View, scopes: Collection[Scope], clusters: Collection[str]
) -> dict[str, dict[LedgerKey, bytes]]:
    found: dict[str, dict[LedgerKey, bytes]] = {}
    for entry, body in await view.objects(scopes, clusters):
        found.setdefault(entry.scope, {})[entry.ledger_key] = body
    return found


def _servers(scope: Scope, world: World) -> list[object]:
    if scope.kind in (ScopeKind.WORKLOAD, ScopeKind.DESTINATION):
        return list(world.workloads_serving(scope.key))
    return []


def _places(scope: Scope, *worlds: World) -> set[str]:
    if scope.kind not in (ScopeKind.WORKLOAD, ScopeKind.DESTINATION):
        return set()
    return {
        last_id(it.cluster)
        for world in worlds
        for workload in world.workloads_serving(scope.key)
        for it in workload.placements
    }


def confined(before: World, after: World) -> set[tuple[str, str]]:
    """Give cluster and name of each namespace that may call what is declared alone on one side."""
    one, other = (
        {(cluster, it) for cluster, names in world.scoped.items() for it in names}
        for world in (before, after)
    )
    return one ^ other


def called_by(scopes: Collection[Scope], before: World, after: World) -> set[Scope]:
    """Give all that is called and that these scopes may decide about.

    A service is named by the scope of its workload; a host outside and an outer name by their own.
    """
    worlds = (before, after)
    found: set[Scope] = set()
    for scope in scopes:
        for world in worlds:
            found |= set(_called_by(scope, world))
    found |= set(_undeclared(*worlds))
    for scope in [it for it in found if it.kind is ScopeKind.WORKLOAD]:
        for world in worlds:
            found |= {*_doors_to(scope, world), *_alike(scope, world)}
    return found


def _called_by(scope: Scope, world: World) -> Iterator[Scope]:
    match scope.kind:
        case ScopeKind.WORKLOAD | ScopeKind.DESTINATION:
            yield Scope(kind=ScopeKind.WORKLOAD, key=scope.key)
        case ScopeKind.EXTERNAL | ScopeKind.EXPOSED_HOST:
            yield scope
        case ScopeKind.GATEWAY:
            yield from _by_intents(scope, world)
        case _:
            yield from _by_intents(scope, world)
            for workload in world.workloads.values():
                if workload.namespace == scope.key:
                    yield Scope(kind=ScopeKind.WORKLOAD, key=destination_of(workload))


def _undeclared(before: World, after: World) -> Iterator[Scope]:
    """Give all that a namespace can call, or no longer can, though no intent declares it."""
    moving = confined(before, after)
    clusters = {cluster for cluster, _ in moving}
    for name in sorted({it for _, it in moving}):
        yield external(name, UNDECLARED)
    for world in (before, after) if clusters else ():
        for workload in world.workloads.values():
            if any(last_id(it.cluster) in clusters for it in workload.placements):
                yield Scope(kind=ScopeKind.WORKLOAD, key=destination_of(workload))


def _by_intents(scope: Scope, world: World) -> Iterator[Scope]:
    kinds = (ScopeKind.WORKLOAD, ScopeKind.EXTERNAL, ScopeKind.EXPOSED_HOST)
    for intent in world.intents_in(scope):
        yield from (it for it in world.scopes_of_intent(intent.name) if it.kind in kinds)


def _alike(scope: Scope, world: World) -> Iterator[Scope]:
    """Give the services whose pods are taken for those of another, where labels tell pods apart."""
    for workload in sharing_pods(world.workloads_serving(scope.key), world):
        yield Scope(kind=ScopeKind.WORKLOAD, key=destination_of(workload))


def _doors_to(scope: Scope, world: World) -> Iterator[Scope]:
    """Give the outer names that lead to a service."""
    for intent in world.intents_in(scope):
        for it in world.scopes_of_intent(intent.name):
            if it.kind is ScopeKind.EXPOSED_HOST:
                yield it
