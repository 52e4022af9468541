"""What is being deleted, and when it is gone: once every cluster has confirmed it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from trafficctl_server.compile.names import last_id
from trafficctl_server.intents.kinds import CLUSTER, GROUP

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from trafficctl_sdk.slices import Scope

    from trafficctl_server.reconcile.entries import Entries


@dataclass(slots=True)
class Departure:
    """One resource on its way out.

    :ivar scopes: those that it touched; its going is confirmed there.
    """

    name: str
    kind: str
    uid: str
    accepted_time: int
    generation: int
    scopes: set[Scope] = field(default_factory=set)


class Departures:
    """Everything that is being deleted.

    :param unfinished: of some scopes, those that are still being compiled or rendered.
    :param intents_in: how many intents of a group are still known.
    """

    def __init__(
        self,
        entries: Entries,
        unfinished: Callable[[Collection[Scope]], bool],
        intents_in: Callable[[str], int],
    ) -> None:
        self._entries = entries
        self._unfinished = unfinished
        self._intents_in = intents_in
        self._leaving: dict[str, Departure] = {}
        self._by_scope: defaultdict[Scope, set[str]] = defaultdict(set)

    def add(self, departure: Departure) -> None:
        """Take a resource that was deleted."""
        there = self._leaving.get(departure.name)
        if there is not None and there.uid == departure.uid:
            there.scopes |= departure.scopes
        else:
            self.drop(departure.name)
            self._leaving[departure.name] = departure
        for scope in departure.scopes:
            self._by_scope[scope].add(departure.name)

    def get(self, name: str) -> Departure | None:
        """Give a departure by its name."""
        return self._leaving.get(name)

    def drop(self, name: str) -> None:
        """Forget a departure: the name is taken by a new resource."""
        departure = self._leaving.pop(name, None)
        for scope in departure.scopes if departure is not None else ():
            self._by_scope[scope].discard(name)
            if not self._by_scope[scope]:
                del self._by_scope[scope]

    def touching(self, scope: Scope) -> Iterable[str]:
        """Name those that touched a scope."""
        return self._by_scope.get(scope, ())

    def gone(self) -> Iterator[Departure]:
        """Take out what every cluster has confirmed."""
        for it in list(self._leaving.values()):
            if self._is_gone(it):
                self.drop(it.name)
                yield it

    def _is_gone(self, it: Departure) -> bool:
        if it.kind == GROUP.name:
            return not self._intents_in(it.name)
        if it.kind == CLUSTER.name:
            return not self._entries.count(last_id(it.name))
        if self._unfinished(it.scopes):
            return False
        return not self._entries.of_intent(it.name)
