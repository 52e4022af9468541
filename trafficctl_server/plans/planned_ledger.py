"""The ledger as it would be: what it holds now, and what a plan changes of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from trafficctl_sdk.slices import Scope

    from trafficctl_server.reconcile.entries import Entries
    from trafficctl_server.reconcile.entry import Entry
    from trafficctl_server.reconcile.ledger import Entered
    from trafficctl_server.store.records import LedgerKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One entry that a plan touches.

    :ivar before: as it was found; ``after``: as it would be; none: there is none.
    :ivar body: the object as JSON where it would be written anew.
    """

    before: Entry | None
    after: Entry | None
    body: bytes | None = None


class PlannedLedger:
    """Reads through to the live entries and keeps its own changes apart."""

    def __init__(self, live: Entries) -> None:
        self._live = live
        self._changes: dict[LedgerKey, Planned] = {}
        self._at: defaultdict[tuple[str, str], dict[LedgerKey, None]] = defaultdict(dict)

    @property
    def changes(self) -> Mapping[LedgerKey, Planned]:
        """Every entry that was touched."""
        return self._changes

    def get(self, key: LedgerKey) -> Entry | None:
        """Give the entry of a key."""
        planned = self._changes.get(key)
        return planned.after if planned is not None else self._live.get(key)

    def body(self, key: LedgerKey) -> bytes | None:
        """Give an object as JSON where it would be written anew."""
        planned = self._changes.get(key)
        return planned.body if planned is not None else None

    def at(self, scope: Scope | str, cluster: str) -> list[Entry]:
        """Give the entries of one scope in one cluster."""
        place = (str(scope), cluster)
        kept = [it for it in self._live.at(*place) if it.ledger_key not in self._changes]
        return [*kept, *self._planned_at(place)]

    def holds(self, scope: str, cluster: str, namespace: str) -> bool:
        """Say whether a scope has anything in a namespace of a cluster."""
        found = self.at(scope, cluster)
        return any(it.key.namespace == namespace and not it.tombstone for it in found)

    def behind(self, cluster: str) -> list[Entry]:
        """Give the entries of a cluster that would not be as wished, or in trouble."""
        kept = [it for it in self._live.behind(cluster) if it.ledger_key not in self._changes]
        planned = (it.after for key, it in self._changes.items() if key.cluster == cluster)
        return [*kept, *(it for it in planned if it is not None and not it.settled)]

    def written(self, cluster: str) -> int:
        """Say how many objects the target of a cluster holds for us."""
        return self._live.written(cluster)

    def clusters(self) -> Collection[str]:
        """Give the clusters where anything was touched."""
        return {key.cluster for key in self._changes}

    def take(self, entered: Entered) -> None:
        """Take what a rendering changes."""
        for entry, body in entered.puts:
            self._set(entry.ledger_key, entry, body)
        for entry in entered.drops:
            self._set(entry.ledger_key, None, None)

    def forget(self, entry: Entry) -> None:
        """Forget an entry and leave its object where it is."""
        self._set(entry.ledger_key, None, None)

    def _set(self, key: LedgerKey, after: Entry | None, body: bytes | None) -> None:
        known = self._changes.get(key)
        if known is not None and known.after is not None:
            self._at[known.after.scope, key.cluster].pop(key, None)
        before = known.before if known is not None else self._live.get(key)
        self._changes[key] = Planned(before=before, after=after, body=body)
        if after is not None:
            self._at[after.scope, key.cluster][key] = None

    def _planned_at(self, place: tuple[str, str]) -> Iterator[Entry]:
        for key in self._at.get(place, ()):
            after = self._changes[key].after
            if after is not None:
                yield after
