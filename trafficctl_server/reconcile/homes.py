"""Where calling-side objects are or will be: our own namespace must be there too."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from trafficctl_sdk.slices import Scope, ScopeKind

from trafficctl_server.compile.facts import HOME_NAMESPACE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from trafficctl_server.reconcile.places import Places
    from trafficctl_server.reconcile.rendering import Ledger


class Homes:
    """The clusters that need our own namespace, and the destinations for which they do."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._needing: defaultdict[str, set[Scope]] = defaultdict(set)
        self._wanted: dict[Scope, tuple[str, ...]] = {}

    def remember(self, scope: Scope, places: Places) -> None:
        """Take where a destination was called when the last run compiled it, and needs it now."""
        if scope.kind is not ScopeKind.DESTINATION:
            return
        clusters = places.of(scope)
        marks = (places.mark((str(scope), it)) for it in sorted(clusters))
        self.wanted(scope, (it.cluster for it in marks if it is not None and it.calling))
        for cluster in self._clusters(scope, clusters):
            self._needing[cluster].add(scope)

    def clusters(self) -> Collection[str]:
        """Give the clusters that need it."""
        return self._needing.keys()

    def after(self, needing: Mapping[Scope, Collection[str]]) -> set[str]:
        """Give the clusters that would need it if these destinations needed it in theirs."""
        found = {it for clusters in needing.values() for it in clusters}
        for cluster, scopes in self._needing.items():
            others = len(scopes) - sum(it in scopes for it in needing)
            if others:
                found.add(cluster)
        return found

    def called_in(self, scope: Scope) -> frozenset[str]:
        """Give the clusters where a destination was called when it was compiled last."""
        return frozenset(self._wanted.get(scope, ()))

    def wanted(self, scope: Scope, clusters: Iterable[str]) -> None:
        """Take the clusters where a destination is called, as it was compiled last."""
        called = tuple(clusters)
        if called:
            self._wanted[scope] = called
        else:
            self._wanted.pop(scope, None)

    def look(self, scope: Scope, places: Iterable[str]) -> bool:
        """Find out where a destination needs it now; say whether the clusters are others then.

        :param places: the clusters that may hold something of the scope.
        """
        if scope.kind is not ScopeKind.DESTINATION:
            return False
        clusters = self._clusters(scope, places)
        before = set(self._needing)
        for cluster in [c for c, scopes in self._needing.items() if scope in scopes]:
            self._needing[cluster].discard(scope)
            if not self._needing[cluster]:
                del self._needing[cluster]
        for cluster in clusters:
            self._needing[cluster].add(scope)
        return before != set(self._needing)

    def _clusters(self, scope: Scope, places: Iterable[str]) -> set[str]:
        """Give the clusters where a destination needs our own namespace."""
        name = str(scope)
        held = (it for it in places if self._ledger.holds(name, it, HOME_NAMESPACE))
        return {*self.called_in(scope), *held}
