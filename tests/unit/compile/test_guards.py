"""What none of its guards tells of cannot change what a scope comes to."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from trafficctl_sdk.model.cluster import Cluster, GovernedNamespace
from trafficctl_sdk.model.workload import Workload

from tests.fakes import wishes
from tests.unit.compile.test_world import Step, addressed, histories, said, steps, tell
from trafficctl_server.compile.compiler import compile_scope
from trafficctl_server.compile.guards import (
    CLUSTERS,
    guards_of,
    intent_guards,
    namespaces_touched,
    scopes_touched,
    workload_guards,
)
from trafficctl_server.compile.movement import Movement
from trafficctl_server.compile.resolve import resolve
from trafficctl_server.compile.world import World
from trafficctl_server.intents.kinds import Resource


def guards_touched(world: World, step: str, wish: Resource) -> set[str]:
    """Give what the office touches with a change, made while it happens."""
    if isinstance(wish, Cluster):
        tell(world, step, wish)
        return {CLUSTERS}
    if isinstance(wish, Workload):
        versions = (world.workloads.get(wish.name), wish)
        guards = {it for one in versions if one is not None for it in workload_guards(one)}
        return guards | set(map(str, tell(world, step, wish)))
    touched = _of_intent(world, wish.name)
    tell(world, step, wish)
    return touched | _of_intent(world, wish.name)


def _of_intent(world: World, name: str) -> set[str]:
    intent = world.intents.get(name)
    if intent is None:
        return set()
    return {*scopes_touched(intent, world), *namespaces_touched(name, world)}


def look(before: list[Step], later: list[Step]) -> None:
    world = addressed()
    for step in before:
        tell(world, *step)
    for step in later:
        was = {
            scope: (said(compile_scope(scope, world)), guards_of([scope], world))
            for scope in world.all_scopes()
        }
        touched = guards_touched(world, *step)
        for scope, (compiled, guards) in was.items():
            if said(compile_scope(scope, world)) != compiled:
                assert guards & touched, (str(scope), step)


def look_afterwards(before: list[Step], later: list[Step]) -> None:
    """Need that touched names alone tell what a history moved, from how the world is at its end."""
    world = addressed()
    for step in before:
        tell(world, *step)
    was = {scope: said(compile_scope(scope, world)) for scope in world.all_scopes()}
    resolved = {name: resolve(it, world) for name, it in world.intents.items()}
    touched: set[str] = set()
    for step in later:
        touched |= guards_touched(world, *step)
    movement = Movement(touched, world)
    for scope in world.all_scopes():
        if said(compile_scope(scope, world)) != was.get(scope):
            assert CLUSTERS in touched or movement.moved(scope), str(scope)
    for name, intent in world.intents.items():
        assert movement.moved_intent(name) or not touched & intent_guards(intent, world)
        if name in resolved and resolve(intent, world) != resolved[name]:
            scopes = world.scopes_of_intent(name)
            moved = movement.moved_intent(intent.name) or any(movement.moved(it) for it in scopes)
            assert CLUSTERS in touched or moved or ("put", intent) in later, name


@settings(max_examples=12, deadline=None)
@given(before=histories, later=steps)
def test_what_has_moved_is_found_by_the_guards_that_are_there_afterwards(
    before: list[Step], later: list[Step]
) -> None:
    look_afterwards(before, [it for it in later if not isinstance(it[1], Cluster)])


@settings(max_examples=12, deadline=None)
@given(before=histories, later=steps)
def test_what_moves_a_scope_touches_a_guard_of_it(before: list[Step], later: list[Step]) -> None:
    look(before, later)


def test_another_name_of_a_destination_touches_the_namespaces_that_call_it() -> None:
    scoped = replace(
        wishes.governed(), outbound_scope=GovernedNamespace.OutboundScope.DECLARED_ONLY
    )
    before: list[Step] = [
        ("put", wishes.cluster("east", governed_namespaces=(scoped,))),
        ("put", wishes.workload("front", "east")),
        ("put", wishes.workload("back", "east")),
        ("put", wishes.intercluster("a", "back", "front")),
    ]
    unplaced = wishes.intercluster("b", "back", "cart", external_prefix="rear")
    look(before, [("put", unplaced), ("drop", unplaced)])


@pytest.mark.parametrize("mesh", ["", "none"])
def test_who_comes_beside_another_moves_what_is_remarked_of_it(mesh: str) -> None:
    """Accounts tell callers apart in a mesh, labels where there is none; others may share them."""
    world = addressed()
    labels = {"app": "front"}
    here = {"service_mesh": mesh} if mesh else {}
    for it in (
        wishes.cluster("east", **here),
        wishes.workload("front", "east", pod_labels=labels),
        wishes.intercluster("a", "unknown", "front"),
        wishes.cluster("west"),
        wishes.workload("far", "west"),
        wishes.intracluster("b", "far", "far"),
    ):
        tell(world, "put", it)
    (near, far) = (world.intents[it] for it in sorted(world.intents))
    before = resolve(near, world)
    double = wishes.workload(
        "double", "east", pod_labels=labels, service_account="front", project="p2"
    )
    movement = Movement(guards_touched(world, "put", double), world)
    assert resolve(near, world).remarks != before.remarks
    assert movement.moved_intent(near.name)
    assert not movement.moved_intent(far.name)


@pytest.mark.crash
@settings(max_examples=600, deadline=None)
@given(before=histories, later=steps)
def test_what_moves_a_scope_touches_a_guard_of_it_at_length(
    before: list[Step], later: list[Step]
) -> None:
    look(before, later)
    look_afterwards(before, [it for it in later if not isinstance(it[1], Cluster)])
