"""The ledger in memory: every object that we own or mean to own, and how far it got."""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from trafficctl_sdk.slices import Scope

from trafficctl_server.clusters.target import ObjectKey
from trafficctl_server.reconcile.entry import Entry
from trafficctl_server.reconcile.settled import Settled, packed, packed_row, unpacked
from trafficctl_server.store.records import LedgerKey

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from trafficctl_sdk.slices import ScopeKind

    from trafficctl_server.store.records import LedgerRow

_LOOKED_AT: Final = 8
"""So many entries of its place are looked at for what an entry has in common with them."""
_RECENT: Final = 1024
"""So many that were read stay objects, about 1.5 MiB; then it starts anew."""


@dataclass(slots=True)
class Entries:
    """All entries, found by cluster, scope and intent, and those that wait for their target.

    Those that are as wished are bytes (see :mod:`settled`), and read whenever they are asked for.
    """

    # By cluster and by name, which is cluster and key in one; the indexes hold the same names.
    _kept: dict[str, dict[str, Entry | Settled]] = field(default_factory=dict)
    # Few names each and very many of them: a tuple takes a fifth of what a dict does.
    _by_place: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)
    _by_intent: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _recent: dict[str, Entry] = field(default_factory=dict)
    _behind: defaultdict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    _written: Counter[str] = field(default_factory=Counter)

    def get(self, key: LedgerKey) -> Entry | None:
        """Give the entry of a key."""
        name = _name(key)
        kept = self._kept.get(key.cluster, _NONE).get(name)
        return None if kept is None else self._read(name, kept)

    def put(self, entry: Entry) -> None:
        """Take a new or changed entry."""
        cluster, name = entry.cluster, _name(entry.ledger_key)
        kept = self._kept.setdefault(cluster, {})
        before = kept.get(name)
        if before is None:
            self._index(cluster, name, entry)
        elif (before.scope, before.intents) != (entry.scope, entry.intents):
            name = self._unindex(cluster, name, before)
            self._index(cluster, name, entry)
        self._recent.pop(name, None)
        kept[name] = packed(entry, self._beside(cluster, entry.scope)) or entry
        if not entry.settled or entry.trouble is not None:
            self._behind[cluster].setdefault(name)
        else:
            self._behind[cluster].pop(name, None)
        self._written[cluster] += bool(entry.written) - bool(before is not None and before.written)

    def remember(self, row: LedgerRow) -> None:
        """Take what a start reads: an entry that is not there yet."""
        name = f"{row.cluster}/{row.key}"
        settled = packed_row(row, self._beside(row.cluster, row.scope))
        if settled is None:
            self.put(Entry.of(row))
            return
        self._kept.setdefault(row.cluster, {})[name] = settled
        self._index(row.cluster, name, settled)
        self._written[row.cluster] += 1

    def drop(self, key: LedgerKey) -> None:
        """Forget an entry."""
        cluster, name = key.cluster, _name(key)
        before = self._kept.get(cluster, _NONE).get(name)
        if before is not None:
            self._unindex(cluster, name, before)
            self._behind[cluster].pop(name, None)
            self._written[cluster] -= bool(before.written)
            del self._kept[cluster][name]

    def in_cluster(self, cluster: str) -> Iterator[Entry]:
        """Give the entries of a cluster that are there now, each as it is when its turn comes."""
        kept = self._kept.get(cluster, _NONE)
        return (_entry(name, it) for name in list(kept) if (it := kept.get(name)) is not None)

    def behind(self, cluster: str) -> list[Entry]:
        """Give the entries of a cluster that are not as wished, or in trouble."""
        return self._each(self._behind.get(cluster, ()))

    def count(self, cluster: str) -> int:
        """Say how many objects are ours in a cluster, or shall be."""
        return len(self._kept.get(cluster, _NONE))

    def written(self, cluster: str) -> int:
        """Say how many objects the target of a cluster holds for us."""
        return self._written[cluster]

    def at(self, scope: Scope | str, cluster: str) -> list[Entry]:
        """Give the entries of one scope in one cluster."""
        return self._each(self._by_place.get(cluster, {}).get(str(scope), ()))

    def wants(self, scope: str, cluster: str, namespace: str) -> bool:
        """Say whether an object of a scope is wanted in a namespace of a cluster."""
        names = self._by_place.get(cluster, {}).get(scope, ())
        return any(
            ObjectKey.parse(_place(it)[1]).namespace == namespace
            and (isinstance(kept := self._named(it), Settled) or not kept.tombstone)
            for it in names
        )

    def of_intent(self, intent: str) -> list[Entry]:
        """Give the entries that an intent wants, or wanted when they were written."""
        return self._each(self._by_intent.get(intent, ()))

    def scopes_of(self, intent: str) -> set[Scope]:
        """Give the scopes of the entries of an intent."""
        return {Scope.parse(self._named(it).scope) for it in self._by_intent.get(intent, ())}

    def standing(self, intent: str, cluster: str, kind: ScopeKind, field: str) -> set[str]:
        """Give the scopes of a kind with an object wanted in which a field of an intent is."""
        there = (it for it in self._by_intent.get(intent, ()) if _place(it)[0] == cluster)
        return {
            it.scope
            for it in self._each(there)
            if not it.tombstone
            and Scope.parse(it.scope).kind is kind
            and any(origin.intent == intent and field in origin.fields for origin in it.origins)
        }

    def scopes(self) -> set[str]:
        """Give the names of the scopes that anything of ours belongs to."""
        return {scope for places in self._by_place.values() for scope in places}

    def clusters(self) -> Iterable[str]:
        """Give the clusters in which anything is ours."""
        return [cluster for cluster, kept in self._kept.items() if kept]

    def _named(self, name: str) -> Entry | Settled:
        return self._kept[_place(name)[0]][name]

    def _each(self, names: Iterable[str]) -> list[Entry]:
        return [self._read(it, self._named(it)) for it in names]

    def _read(self, name: str, kept: Entry | Settled) -> Entry:
        if isinstance(kept, Entry):
            return kept
        entry = self._recent.get(name)
        if entry is None:
            entry = _entry(name, kept)
            if len(self._recent) >= _RECENT:
                self._recent.clear()
            self._recent[name] = entry
        return entry

    def _beside(self, cluster: str, scope: str) -> list[Settled]:
        """Give a few entries of a place that are as wished."""
        names = self._by_place.get(cluster, {}).get(scope, ())[:_LOOKED_AT]
        kept = self._kept.get(cluster, _NONE)
        return [it for name in names if isinstance(it := kept.get(name), Settled)]

    def _index(self, cluster: str, name: str, entry: Entry | Settled) -> None:
        _add(self._by_place.setdefault(cluster, {}), sys.intern(entry.scope), name)
        for intent in entry.intents:
            _add(self._by_intent, sys.intern(intent), name)

    def _unindex(self, cluster: str, name: str, entry: Entry | Settled) -> str:
        """Take an entry out of the indexes; gives its name as the very object that they held."""
        same = _remove(self._by_place[cluster], entry.scope, name)
        for intent in entry.intents:
            _remove(self._by_intent, intent, name)
        return same


_NONE: Final[Mapping[str, Entry | Settled]] = {}


def _name(key: LedgerKey) -> str:
    return f"{key.cluster}/{key.key}"


def _place(name: str) -> tuple[str, str]:
    """Give the cluster and the key of a name: no id of a cluster holds a slash."""
    cluster, _, key = name.partition("/")
    return cluster, key


def _entry(name: str, kept: Entry | Settled) -> Entry:
    if isinstance(kept, Entry):
        return kept
    cluster, key = _place(name)
    return unpacked(LedgerKey(cluster=cluster, key=key), kept)


def _add(index: dict[str, tuple[str, ...]], where: str, name: str) -> None:
    index[where] = (*index.get(where, ()), name)


def _remove(index: dict[str, tuple[str, ...]], where: str, name: str) -> str:
    names = index[where]
    same = names[names.index(name)]
    left = tuple(it for it in names if it is not same)
    if left:
        index[where] = left
    else:
        del index[where]
    return same
