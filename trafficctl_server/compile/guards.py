"""Names of what deciding rests on: who changes it touches them, who decided expects them unmoved.

Most are names of scopes. Others stand for one resource, or for what several may want to have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from trafficctl_sdk.model.inbound_intent import InboundIntent
from trafficctl_sdk.slices import ScopeKind

from trafficctl_server.compile.addresses import address_keys
from trafficctl_server.compile.facts import has_mesh
from trafficctl_server.compile.inventory import destination_of, places_of
from trafficctl_server.compile.names import WorkloadId, bundle_version_of, last_id
from trafficctl_server.compile.openings import domains_above, doors_of
from trafficctl_server.compile.references import (
    served_workload,
    workload_ids,
)
from trafficctl_server.compile.touching import outer_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from trafficctl_sdk.intent_kinds import ConnectivityIntent
    from trafficctl_sdk.model.workload import Workload
    from trafficctl_sdk.slices import Scope

    from trafficctl_server.compile.footprint import Footprint
    from trafficctl_server.compile.world import World

CLUSTERS: Final = "clusters"
"""The records of all clusters: what one of them says may bring anything anywhere."""

_BESIDE: Final = "beside"
_WORKLOAD: Final = "workload"
_PARTS: Final = 3
"""Ids in the name of a workload over all versions; the key of a scope has fewer."""

_SHARED: Final = (ScopeKind.WORKLOAD, ScopeKind.DESTINATION, ScopeKind.EXPOSED_HOST)
"""What all intents about it describe together, so that each part of it depends on all of them."""


def address_guard(key: str) -> str:
    """Give the name by which the need for a virtual address is guarded."""
    return f"address:{key}"


def group_guard(group: str) -> str:
    """Give the name of a group's own fields, such as how it may be changed."""
    return f"group:{group}"


def served_guard(workload: str) -> str:
    """Give the name of who serves a workload."""
    return f"served:{workload}"


def workload_guards(workload: Workload) -> set[str]:
    """Give the names of everything that changing a workload changes, as it is at one time."""
    of = bundle_version_of(workload.name)
    return {
        _workload_guard(WorkloadId(of.project, of.bundle, last_id(workload.name))),
        f"serving:{destination_of(workload)}",
        # With whom others share accounts and labels is remarked, and nothing is judged by it.
        *(f"{_BESIDE}:{it.cluster}/{it.namespace}/{it.account}" for it in places_of(workload)),
    }


def scopes_touched(intent: ConnectivityIntent, world: World) -> tuple[str, ...]:
    """Give the names of everything that adding or removing an intent of the world changes."""
    served = served_workload(intent)
    names = {
        # What a namespace may call follows from its callers, and nothing is judged by it.
        str(it)
        for it in world.scopes_of_intent(intent.name)
        if it.kind is not ScopeKind.NAMESPACE
    }
    names |= {address_guard(it) for it in address_keys(intent, world)}
    outer = outer_name(intent, world)
    if outer:
        names.add(f"outer:{outer}")
    if isinstance(intent, InboundIntent):
        names |= {
            f"below:{domain}"
            for it in world.scopes_of_intent(intent.name)
            if it.kind is ScopeKind.EXPOSED_HOST
            for domain in domains_above(it.key)
        }
        names |= {str(door) for door, _ in doors_of(intent, world)}
    return tuple(sorted(names | ({served_guard(served)} if served else set())))


def namespaces_touched(intent: str, world: World) -> tuple[str, ...]:
    """Give the names of the namespaces whose callable hosts an intent of the world changes.

    How a destination is called, all intents about it say together: so what its other callers'
    namespaces may call follows from each of them.
    """
    scopes = world.scopes_of_intent(intent)
    if world.scoped:
        served = [it for it in scopes if it.kind is ScopeKind.WORKLOAD]
        beside = {other for it in served for other in world.names_in(it)}
        scopes = scopes.union(*(world.scopes_of_intent(it) for it in beside))
    return tuple(sorted(str(it) for it in scopes if it.kind is ScopeKind.NAMESPACE))


def guarded_workload(guard: str) -> WorkloadId | None:
    """Give the workload that a guard stands for, in all its versions; none: for another thing."""
    kind, _, name = guard.partition(":")
    parts = name.split("/")
    return WorkloadId(*parts) if kind == _WORKLOAD and len(parts) == _PARTS else None


def guarded_neighbours(guard: str, world: World) -> Sequence[Workload]:
    """Give the workloads that a guard tells of beside its own; none: it is of another kind.

    What is remarked of the intents that name one of them follows from it, and no scope does. In a
    mesh these run under the same account; where there is none, labels may be shared by all.
    """
    kind, _, place = guard.partition(":")
    if kind != _BESIDE:
        return ()
    cluster, namespace, account = place.split("/")
    here = world.clusters.get(cluster)
    if here is None or has_mesh(here):
        return world.workloads_under(cluster, namespace, account)
    return world.workloads_beside(cluster, namespace)


def guards_of(scopes: Iterable[Scope], world: World) -> set[str]:
    """Give the names of everything that compiling scopes rests on."""
    names = {CLUSTERS}
    for scope in scopes:
        names |= scope_guards(scope)
        for intent in guarding(scope, world):
            names |= intent_guards(world.intents[intent], world)
    return names


def scope_guards(scope: Scope) -> set[str]:
    """Give those that tell of a scope whatever intents touch it."""
    names = {str(scope)}
    if scope.kind in (ScopeKind.WORKLOAD, ScopeKind.DESTINATION):
        names.add(f"serving:{scope.key}")
    if scope.kind is ScopeKind.EXPOSED_HOST:
        names |= {f"below:{it}" for it in domains_above(scope.key)}
    return names


def guarding(scope: Scope, world: World) -> Sequence[str]:
    """Name the intents on whose guards a scope rests too."""
    # What a namespace may call is told of with every caller there.
    return () if scope.kind is ScopeKind.NAMESPACE else world.names_in(scope)


def intent_guards(intent: ConnectivityIntent, world: World) -> set[str]:
    """Give the names of everything that resolving an intent of the world rests on."""
    return footprint_guards(world.footprint(intent.name), workload_ids(intent))


def footprint_guards(found: Footprint, workloads: Iterable[WorkloadId]) -> set[str]:
    """Give the same of an intent by what it touches and the workloads that it names."""
    names = {_workload_guard(it) for it in workloads}
    names |= {str(it) for it in found.scopes if it.kind in _SHARED}
    if found.outer:
        names.add(f"outer:{found.outer}")
    for door in found.doors:
        names |= {str(door), str(door.otherwise)}
    return names


def _workload_guard(workload: WorkloadId) -> str:
    return f"{_WORKLOAD}:{workload.project}/{workload.bundle}/{workload.workload}"
