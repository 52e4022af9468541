"""Random changes of a random world: what clients may do to it in one go."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from trafficctl_sdk.model.cluster import Cluster, GovernedNamespace
from trafficctl_sdk.model.workload import Placement, Workload

from tests.property import wanted
from tests.property.dice import Dice
from tests.property.worlds import Wishes


def changed(dice: Dice, wishes: Wishes) -> Wishes:
    """Give the same wishes after one to three changes."""
    for _ in range(dice.one((1, 1, 2, 3)) if wishes.workloads else 0):
        wishes = dice.one(_CHANGES)(dice, wishes)
    return wishes


def _gone(dice: Dice, wishes: Wishes) -> Wishes:
    if not wishes.intents:
        return wishes
    gone = dice.one(wishes.intents)
    return replace(wishes, intents=tuple(it for it in wishes.intents if it is not gone))


def _new(dice: Dice, wishes: Wishes) -> Wishes:
    fresh = wanted.intents(dice, wishes.clusters, wishes.workloads)[:2]
    taken = len([it for it in wishes.intents if "/n" in it.name.rpartition("s/")[1]])
    named = (
        replace(it, name=f"{it.name.rpartition('/')[0]}/n{taken}{number}")
        for number, it in enumerate(fresh)
    )
    return replace(wishes, intents=(*wishes.intents, *named))


def _other_rules(dice: Dice, wishes: Wishes) -> Wishes:
    """Give an intent the callers of another that speaks of the same kind of things."""
    if not wishes.intents:
        return wishes
    one = dice.one(wishes.intents)
    alike = [it for it in wishes.intents if type(it) is type(one)]
    other = dice.one(alike)
    callers = other.callers
    if dice.once_in(2):
        first = replace(one.callers[0], access=other.callers[0].access)
        callers = (first, *one.callers[1:])
    now = replace(one, callers=callers, generation=one.generation + 1)
    return replace(wishes, intents=tuple(now if it is one else it for it in wishes.intents))


def _moved(dice: Dice, wishes: Wishes) -> Wishes:
    one = dice.one(wishes.workloads)
    names = [it.name for it in wishes.clusters]
    places = tuple(Placement(cluster=it) for it in dice.some(names, 1, len(names)))
    now = replace(one, placements=places)
    return replace(wishes, workloads=_in_place(wishes.workloads, one, now))


def _governed(dice: Dice, wishes: Wishes) -> Wishes:
    one = dice.one(wishes.clusters)
    if not one.governed_namespaces:
        return wishes
    entry = dice.one(one.governed_namespaces)
    access = GovernedNamespace.DefaultAccess
    other = access.LEAVE if entry.default_access is access.DENY_ALL else access.DENY_ALL
    entries = tuple(
        replace(it, default_access=other) if it is entry else it for it in one.governed_namespaces
    )
    now = replace(one, governed_namespaces=entries)
    clusters: tuple[Cluster, ...] = tuple(now if it is one else it for it in wishes.clusters)
    return replace(wishes, clusters=clusters)


def _scoped(dice: Dice, wishes: Wishes) -> Wishes:
    """Let a namespace call what is declared and nothing else, or lift that."""
    one = dice.one(wishes.clusters)
    if not one.governed_namespaces:
        return wishes
    entry = dice.one(one.governed_namespaces)
    scope = GovernedNamespace.OutboundScope
    other = scope.ANY if entry.outbound_scope is scope.DECLARED_ONLY else scope.DECLARED_ONLY
    entries = tuple(
        replace(it, outbound_scope=other) if it is entry else it for it in one.governed_namespaces
    )
    now = replace(one, governed_namespaces=entries)
    return replace(wishes, clusters=tuple(now if it is one else it for it in wishes.clusters))


def _in_place(of: tuple[Workload, ...], one: Workload, now: Workload) -> tuple[Workload, ...]:
    return tuple(now if it is one else it for it in of)


_CHANGES: Final[tuple[Callable[[Dice, Wishes], Wishes], ...]] = (
    _gone,
    _new,
    _new,
    _other_rules,
    _other_rules,
    _moved,
    _governed,
    _scoped,
)
