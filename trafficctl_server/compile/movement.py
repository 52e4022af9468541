"""What rests on names that were touched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trafficctl_server.compile.guards import (
    footprint_guards,
    guarded_neighbours,
    guarded_workload,
    guarding,
    scope_guards,
)
from trafficctl_server.compile.workload_index import workload_id

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from trafficctl_sdk.slices import Scope

    from trafficctl_server.compile.world import World


class Movement:
    """Finds the scopes and intents of a world that touched names may have moved; reads no intent.

    The guards that a scope has now are enough: where none of them was touched, compiling reads
    what it read before, so they are those that it had before.

    :param touched: names of guards, see ``guards``; where ``CLUSTERS`` is one, all has moved.
    """

    def __init__(self, touched: AbstractSet[str], world: World) -> None:
        self._touched = touched
        self._world = world
        workloads = (it for it in map(guarded_workload, touched) if it is not None)
        self._naming = {name for it in workloads for name in world.intents_naming(it)}
        neighbours = {
            workload_id(it.name) for guard in touched for it in guarded_neighbours(guard, world)
        }
        self._beside = {name for it in neighbours for name in world.intents_naming(it)}

    def moved_intent(self, intent: str) -> bool:
        """Say whether an intent, by its name, may resolve to something else now."""
        return intent in self._beside or self._moves(intent)

    def moved(self, scope: Scope) -> bool:
        """Say whether a scope may come to something else now."""
        return not self._touched.isdisjoint(scope_guards(scope)) or any(
            map(self._moves, guarding(scope, self._world))
        )

    def _moves(self, intent: str) -> bool:
        if intent in self._naming:
            return True
        return not self._touched.isdisjoint(footprint_guards(self._world.footprint(intent), ()))
