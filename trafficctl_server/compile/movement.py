"""What rests on names that were touched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trafficctl_server.compile.guards import guarding, intent_guards, scope_guards

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from trafficctl_sdk.intent_kinds import ConnectivityIntent
    from trafficctl_sdk.slices import Scope

    from trafficctl_server.compile.world import World


class Movement:
    """Finds the scopes and intents of a world that touched names may have moved.

    The guards that a scope has now are enough: where none of them was touched, compiling reads
    what it read before, so they are those that it had before.

    :param touched: names of guards, see ``guards``; where ``CLUSTERS`` is one, all has moved.
    """

    def __init__(self, touched: AbstractSet[str], world: World) -> None:
        self._touched = touched
        self._world = world
        self._intents: dict[str, bool] = {}

    def moved_intent(self, intent: ConnectivityIntent) -> bool:
        """Say whether an intent may resolve to something else now."""
        found = self._intents.get(intent.name)
        if found is None:
            found = not self._touched.isdisjoint(intent_guards(intent, self._world))
            self._intents[intent.name] = found
        return found

    def moved(self, scope: Scope) -> bool:
        """Say whether a scope may come to something else now."""
        return not self._touched.isdisjoint(scope_guards(scope)) or any(
            self.moved_intent(it) for it in guarding(scope, self._world)
        )
