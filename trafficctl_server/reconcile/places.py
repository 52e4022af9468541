"""What was rendered last in each place: the marks, and where each scope has any."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trafficctl_sdk.slices import Scope

from trafficctl_server.compile.name_index import NameIndex
from trafficctl_server.reconcile.marks import mark_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from trafficctl_server.reconcile.marks import Mark
    from trafficctl_server.reconcile.rendering import Ledger, Place
    from trafficctl_server.store.records import SliceRow


class Places:
    """Keeps the marks in memory and in the ledger in step."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._marks: dict[Place, Mark] = {}
        self._clusters: NameIndex[str] = NameIndex()

    def load(self, rows: Iterable[SliceRow]) -> None:
        """Take what was rendered before this start."""
        for row in rows:
            mark = mark_of(row)
            self._marks[mark.scope, mark.cluster] = mark
            self._clusters.add(mark.scope, mark.cluster)

    def __iter__(self) -> Iterator[Mark]:
        return iter(self._marks.values())

    def scopes(self) -> Iterator[Scope]:
        """Give the scopes that have any place."""
        return (Scope.parse(scope) for scope, _ in self._clusters.items())

    def of(self, scope: Scope | str) -> Collection[str]:
        """Give the clusters that hold something of a scope, or for which it was compiled."""
        return frozenset(self._clusters.get(str(scope)))

    def mark(self, place: Place) -> Mark | None:
        """Give what was rendered last in a place."""
        return self._marks.get(place)

    def add(self, place: Place) -> None:
        """Note that a scope was compiled for a place."""
        self._clusters.add(*place)

    def put(self, mark: Mark) -> None:
        """Take what was rendered last in a place."""
        before = self._marks.get((mark.scope, mark.cluster))
        if before is not None and before.driver != mark.driver:
            self._ledger.unmark(before)
        self._marks[mark.scope, mark.cluster] = mark
        self._ledger.mark(mark)

    def drop(self, place: Place) -> None:
        """Know nothing of a place any more."""
        self._clusters.discard(*place)
        mark = self._marks.pop(place, None)
        if mark is not None:
            self._ledger.unmark(mark)
