"""What was rendered last in each place: the marks, and where each scope has any."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from trafficctl_sdk.slices import Scope

from trafficctl_server.compile.name_index import NameIndex
from trafficctl_server.reconcile.digests import packed, unpacked
from trafficctl_server.reconcile.marks import Mark, mark_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from trafficctl_server.reconcile.digests import Digest
    from trafficctl_server.reconcile.rendering import Ledger, Place
    from trafficctl_server.store.records import SliceRow


class Places:
    """Keeps the marks in memory and in the ledger in step."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        # By cluster and scope; of most marks all but the digest is alike, and one object.
        self._marks: dict[str, dict[str, tuple[Mark, Digest]]] = {}
        self._alike: dict[tuple[str, str, bool], Mark] = {}
        self._clusters: NameIndex[str] = NameIndex()

    def remember(self, row: SliceRow) -> None:
        """Take what was rendered before this start."""
        alike = self._alike.get((row.driver, row.driver_version, row.calling))
        if alike is None or row.failure:
            self._keep(mark_of(row))
        else:
            self._put(row.scope, row.cluster, alike, row.digest)
        self._clusters.add(sys.intern(row.scope), sys.intern(row.cluster))

    def __iter__(self) -> Iterator[Mark]:
        for cluster, marks in self._marks.items():
            for scope, (alike, digest) in marks.items():
                yield _mark(alike, scope, cluster, digest)

    def scopes(self) -> Iterator[Scope]:
        """Give the scopes that have any place."""
        return (Scope.parse(scope) for scope, _ in self._clusters.items())

    def of(self, scope: Scope | str) -> Collection[str]:
        """Give the clusters that hold something of a scope, or for which it was compiled."""
        return frozenset(self._clusters.get(str(scope)))

    def mark(self, place: Place) -> Mark | None:
        """Give what was rendered last in a place."""
        scope, cluster = place
        kept = self._marks.get(cluster, {}).get(scope)
        return None if kept is None else _mark(kept[0], scope, cluster, kept[1])

    def add(self, place: Place) -> None:
        """Note that a scope was compiled for a place."""
        self._clusters.add(*place)

    def put(self, mark: Mark) -> None:
        """Take what was rendered last in a place."""
        before = self.mark((mark.scope, mark.cluster))
        if before is not None and before.driver != mark.driver:
            self._ledger.unmark(before)
        self._keep(mark)
        self._ledger.mark(mark)

    def drop(self, place: Place) -> None:
        """Know nothing of a place any more."""
        self._clusters.discard(*place)
        mark = self.mark(place)
        if mark is not None:
            del self._marks[mark.cluster][mark.scope]
            self._ledger.unmark(mark)

    def _keep(self, mark: Mark) -> None:
        alike = replace(mark, scope="", cluster="", digest="")
        if alike.failing is None and not alike.notices:
            alike = self._alike.setdefault((alike.driver, alike.version, alike.calling), alike)
        self._put(mark.scope, mark.cluster, alike, mark.digest)

    def _put(self, scope: str, cluster: str, alike: Mark, digest: str) -> None:
        marks = self._marks.setdefault(cluster, {})
        marks[sys.intern(scope)] = alike, packed(digest)


def _mark(alike: Mark, scope: str, cluster: str, digest: Digest) -> Mark:
    return Mark(
        scope=scope,
        cluster=cluster,
        driver=alike.driver,
        version=alike.version,
        digest=unpacked(digest),
        calling=alike.calling,
        failing=alike.failing,
        notices=alike.notices,
    )
