"""Who else may call a destination: whom nobody names and who may fare as if; pure over worlds.

Identities do not tell clusters or workloads apart. So what runs under the account of a named
caller is admitted like it, and who calls from a namespace to which a way was laid may find it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from trafficctl_sdk.model.access import AnyClient, NamespaceCaller
from trafficctl_sdk.slices import Scope, ScopeKind

from trafficctl_server.compile.calls import CallerPods
from trafficctl_server.compile.facts import governance
from trafficctl_server.compile.inventory import destination_of, places_of
from trafficctl_server.compile.pod_labels import taken_along, taking_along
from trafficctl_server.reachability.moving import confined
from trafficctl_server.reachability.nodes import OTHERS, admitted_node
from trafficctl_server.reachability.parties import (
    UNNAMED,
    Party,
    Vantage,
    entrances,
    joined,
    named,
    party_of,
    somebody,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from trafficctl_server.compile.world import World


def everybody(
    called: Scope, worlds: Sequence[World], serving: Collection[str], moved: Collection[Scope]
) -> dict[str, Party]:
    """Give all who may call a destination in any of these worlds, by the id of their node.

    :param serving: the clusters where the destination is.
    :param moved: scopes that differ; that of a namespace decides about all who call from it.
    """
    known = joined(
        it for world in worlds for one in deciding(called, world) for it in named(one, world)
    )
    calling = {vantage.cluster for it in known.values() for vantage in it.vantages}
    there = {it for world in worlds for it in world.clusters}
    clusters = sorted({*calling, *serving} & there)
    if called.kind is ScopeKind.EXPOSED_HOST:
        if any(_is_anybody(it) for it in known.values()):
            return known
        return joined((*known.values(), _outsiders(worlds, clusters)))
    spread = [_spread(it, clusters) for it in known.values()]
    sharing = [it for world in worlds for it in _sharing(known.values(), clusters, world)]
    found = joined((*spread, *sharing))
    pairs = {it for world in worlds for it in _scoped(clusters, moved, world)}
    pairs |= {it for world in worlds for it in _spared(called, clusters, world)}
    rest = (_others(called, found, clusters, pairs), *_confined(called, worlds))
    return joined((*found.values(), *(it for it in rest if it.vantages)))


def deciding(called: Scope, world: World) -> list[Scope]:
    """Give what is called, and other services whose policies decide about its pods as well."""
    if called.kind is not ScopeKind.WORKLOAD:
        return [called]
    places = [it for one in world.workloads_serving(called.key) for it in places_of(one)]
    keys = {destination_of(it) for place in places for it in taking_along(place, world)}
    others = [Scope(kind=ScopeKind.WORKLOAD, key=it) for it in sorted(keys)]
    return [called, *(it for it in others if it != called)]


def _outsiders(worlds: Sequence[World], clusters: Sequence[str]) -> Party:
    """Give somebody outside who shows nothing, at every way in."""
    ways = {way: None for world in worlds for it in clusters for way in entrances(it, world)}
    return Party(
        node=OTHERS,
        vantages=tuple(Vantage(pods=CallerPods(), entrance=it) for it in ways),
    )


def _spread(party: Party, clusters: Sequence[str]) -> Party:
    """Let callers who are named by their account alone call from everywhere."""
    if party.node.workload or _is_anybody(party):
        return party
    elsewhere = tuple(
        replace(it, pods=replace(it.pods, cluster=cluster))
        for it in party.vantages[:1]
        for cluster in clusters
        if cluster not in {vantage.cluster for vantage in party.vantages}
    )
    return replace(party, vantages=(*party.vantages, *elsewhere))


def _sharing(known: Collection[Party], clusters: Sequence[str], world: World) -> Iterator[Party]:
    """Give the workloads that cannot be told from a named caller, by account or by labels."""
    for party in known:
        workload = world.workloads.get(party.node.workload)
        for place in places_of(workload) if workload is not None else ():
            for other in taken_along(place, world):
                here = [it for it in places_of(other) if it.cluster == place.cluster]
                yield replace(party_of(other, here), rules=party.rules, intents=party.intents)
        for namespace, account in {it.account for it in party.vantages}:
            for cluster in clusters if account != UNNAMED else ():
                for workload in world.workloads_under(cluster, namespace, account):
                    here = [
                        it
                        for it in places_of(workload)
                        if (it.cluster, it.account) == (cluster, account)
                    ]
                    found = party_of(workload, here)
                    yield replace(found, rules=party.rules, intents=party.intents)


def _others(
    called: Scope,
    known: Mapping[str, Party],
    clusters: Sequence[str],
    more: Collection[tuple[str, str]],
) -> Party:
    """Give somebody whom nobody names, in every namespace where that may make a difference.

    Where anybody is admitted, whom nobody names is among them.

    :param more: clusters and namespaces from which services may be called otherwise.
    """
    anybody = {
        vantage.cluster for it in known.values() if _is_anybody(it) for vantage in it.vantages
    }
    namespace = called.key.partition("/")[0]
    # Callers of a host outside are those of one namespace; others have a scope of their own.
    space = namespace if called.kind is ScopeKind.EXTERNAL else UNNAMED
    pairs = {(cluster, space) for cluster in clusters}
    pairs |= {
        (vantage.cluster, vantage.pods.namespace)
        for it in known.values()
        for vantage in it.vantages
    }
    if called.kind is ScopeKind.WORKLOAD:
        pairs |= set(more)
    return Party(
        node=replace(OTHERS, clusters=tuple(sorted({cluster for cluster, _ in pairs}))),
        vantages=tuple(
            Vantage(pods=somebody(cluster, it))
            for cluster, it in sorted(pairs)
            if not (cluster in anybody and it == UNNAMED)
        ),
    )


def _scoped(
    clusters: Sequence[str], moved: Collection[Scope], world: World
) -> Iterator[tuple[str, str]]:
    """Give the namespaces that differ and may call what is declared alone, with their cluster."""
    names = {it.key for it in moved if it.kind is ScopeKind.NAMESPACE}
    for cluster in clusters:
        yield from ((cluster, it) for it in names.intersection(world.scoped.get(cluster, ())))


def _spared(called: Scope, clusters: Sequence[str], world: World) -> Iterator[tuple[str, str]]:
    """Give the namespaces of whom records spare in a service's namespace, with their cluster."""
    namespace = called.key.partition("/")[0]
    for cluster in clusters:
        here = world.clusters.get(cluster)
        entry = governance(here, namespace) if here is not None else None
        for it in entry.spared_callers if entry is not None else ():
            if it.namespace:
                yield cluster, it.namespace


def _confined(called: Scope, worlds: Sequence[World]) -> Iterator[Party]:
    """Give somebody in each namespace that may call what is declared alone on one side."""
    inside = called.key.partition("/")[0] if called.kind is ScopeKind.EXTERNAL else ""
    for cluster, name in sorted(confined(worlds[0], worlds[-1])):
        if inside in ("", name):
            pods = somebody(cluster, name)
            yield Party(
                node=admitted_node(NamespaceCaller(namespace=name)),
                vantages=(Vantage(pods=pods),),
            )


def _is_anybody(party: Party) -> bool:
    return isinstance(party.node.admitted, AnyClient)
