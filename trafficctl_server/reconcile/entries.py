"""The ledger in memory: every object that we own or mean to own, and how far it got."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, TypeVar

import orjson
from trafficctl_sdk.slices import Scope

from trafficctl_server.clusters.target import ObjectKey
from trafficctl_server.store.records import LedgerKey, LedgerRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from trafficctl_sdk.slices import Origin, ScopeKind

K = TypeVar("K")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Why an object is not as wished.

    :ivar reason: a name of ``Convergence.Reason``.
    :ivar attempt: how many attempts failed so; 0 where nothing was tried.
    :ivar next_attempt: nanoseconds since the Unix epoch; 0: somebody must act first.
    """

    state: str
    reason: str
    detail: str
    attempt: int = 0
    next_attempt: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One object in one cluster.

    :ivar ledger_key: its key in the store.
    :ivar scope: name of the scope that renders it.
    :ivar desired: digest of the stamped object; empty for a tombstone.
    :ivar written: digest that the target durably holds; empty: none, or not known.
    :ivar attempted: digests whose delivery began and was not recorded as done, ``""``: a removal;
        any of them may be what the target holds instead of ``written``.
    :ivar origins: intents that want it as it is desired, with their fields;
        ``written_origins``: names and uids of those that wanted it as it was written.
    :ivar trace: carries the trace of the change that it came from (see ``telemetry.tracing``);
        ``trace_id`` is its id.
    :ivar target: identity of the target that ``written`` speaks about.
    :ivar released: someone let go what the brake held of it.
    :ivar durable: the ledger on disk says the same, so that it may be delivered.
    """

    ledger_key: LedgerKey
    scope: str
    desired: str
    written: str = ""
    attempted: tuple[str, ...] = ()
    origins: tuple[Origin, ...] = ()
    written_origins: tuple[tuple[str, str], ...] = ()
    target: str = ""
    wave: int = 0
    rendered_at: int = 0
    written_at: int = 0
    trouble: Trouble | None = None
    released: bool = False
    durable: bool = False
    trace: str = ""
    trace_id: str = ""

    @property
    def cluster(self) -> str:
        """The id of its cluster."""
        return self.ledger_key.cluster

    @property
    def key(self) -> ObjectKey:
        """The key of the object there, read anew: entries are many and seldom asked for it."""
        return ObjectKey.parse(self.ledger_key.key)

    @property
    def intents(self) -> frozenset[str]:
        """The intents that want it, or wanted it when it was written."""
        return frozenset(
            {*(it.intent for it in self.origins), *(name for name, _ in self.written_origins)}
        )

    @property
    def tombstone(self) -> bool:
        """Whether it is to be removed."""
        return not self.desired

    @property
    def settled(self) -> bool:
        """Whether the target holds what is desired."""
        return bool(self.desired) and self.written == self.desired and not self.attempted

    def row(self, manifest: bytes | None, written: bytes | None = None) -> LedgerRow:
        """Give its row; no manifest keeps the stored one.

        :param written: the object that was written, where it is not the desired one.
        """
        state: dict[str, Any] = {
            "fields": {it.intent: it.fields for it in self.origins},
            "written_origins": dict(self.written_origins),
            "trace": self.trace,
            "trace_id": self.trace_id,
            "rendered_at": self.rendered_at,
            "written_at": self.written_at,
        }
        if self.attempted:
            state["attempted"] = self.attempted
        if self.released:
            state["released"] = True
        if self.trouble is not None:
            state["trouble"] = {
                it: getattr(self.trouble, it)
                for it in ("state", "reason", "detail", "attempt", "next_attempt")
            }
        return LedgerRow(
            cluster=self.cluster,
            key=self.ledger_key.key,
            scope=self.scope,
            desired_digest=self.desired,
            written_digest=self.written,
            manifest=manifest,
            origins=tuple(it.intent for it in self.origins),
            state=orjson.dumps(state),
            tombstone=self.tombstone,
            target=self.target,
            wave=self.wave,
            written=written,
        )


@dataclass(slots=True)
class Entries:
    """All entries, found by cluster, scope and intent, and those that wait for their target."""

    _by_cluster: dict[str, dict[LedgerKey, Entry]] = field(default_factory=dict)
    # Few keys each and very many of them: a tuple takes a fifth of what a dict does.
    _by_place: dict[tuple[str, str], tuple[LedgerKey, ...]] = field(default_factory=dict)
    _by_intent: dict[str, tuple[LedgerKey, ...]] = field(default_factory=dict)
    _behind: defaultdict[str, dict[LedgerKey, None]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    _written: Counter[str] = field(default_factory=Counter)

    def get(self, key: LedgerKey) -> Entry | None:
        """Give the entry of a key."""
        return self._by_cluster.get(key.cluster, _NONE).get(key)

    def put(self, entry: Entry) -> None:
        """Take a new or changed entry."""
        key = entry.ledger_key
        before = self.get(key)
        if before is None or (before.scope, before.intents) != (entry.scope, entry.intents):
            if before is not None:
                self._unindex(key, before)
            _add(self._by_place, (entry.scope, entry.cluster), key)
            for intent in entry.intents:
                _add(self._by_intent, intent, key)
        self._by_cluster.setdefault(entry.cluster, {})[key] = entry
        if not entry.settled or entry.trouble is not None:
            self._behind[entry.cluster].setdefault(key)
        else:
            self._behind[entry.cluster].pop(key, None)
        self._written[entry.cluster] += bool(entry.written) - bool(before and before.written)

    def drop(self, key: LedgerKey) -> None:
        """Forget an entry."""
        entry = self.get(key)
        if entry is not None:
            self._unindex(key, entry)
            self._behind[entry.cluster].pop(key, None)
            self._written[entry.cluster] -= bool(entry.written)
            del self._by_cluster[entry.cluster][key]

    def in_cluster(self, cluster: str) -> Iterator[Entry]:
        """Give the entries of a cluster."""
        return iter(list(self._by_cluster.get(cluster, _NONE).values()))

    def behind(self, cluster: str) -> list[Entry]:
        """Give the entries of a cluster that are not as wished, or in trouble."""
        return [self._by_cluster[cluster][it] for it in self._behind.get(cluster, ())]

    def count(self, cluster: str) -> int:
        """Say how many objects are ours in a cluster, or shall be."""
        return len(self._by_cluster.get(cluster, _NONE))

    def written(self, cluster: str) -> int:
        """Say how many objects the target of a cluster holds for us."""
        return self._written[cluster]

    def at(self, scope: Scope | str, cluster: str) -> list[Entry]:
        """Give the entries of one scope in one cluster."""
        return self._each(self._by_place.get((str(scope), cluster), ()))

    def of_intent(self, intent: str) -> list[Entry]:
        """Give the entries that an intent wants, or wanted when they were written."""
        return self._each(self._by_intent.get(intent, ()))

    def scopes_of(self, intent: str) -> set[Scope]:
        """Give the scopes of the entries of an intent."""
        return {Scope.parse(it.scope) for it in self.of_intent(intent)}

    def standing(self, intent: str, cluster: str, kind: ScopeKind, field: str) -> set[str]:
        """Give the scopes of a kind with an object wanted in which a field of an intent is."""
        return {
            it.scope
            for it in self.of_intent(intent)
            if it.cluster == cluster
            and not it.tombstone
            and Scope.parse(it.scope).kind is kind
            and any(origin.intent == intent and field in origin.fields for origin in it.origins)
        }

    def scopes(self) -> set[str]:
        """Give the names of the scopes that anything of ours belongs to."""
        return {scope for scope, _ in self._by_place}

    def clusters(self) -> Iterable[str]:
        """Give the clusters in which anything is ours."""
        return [cluster for cluster, keys in self._by_cluster.items() if keys]

    def _each(self, keys: Iterable[LedgerKey]) -> list[Entry]:
        return [self._by_cluster[it.cluster][it] for it in keys]

    def _unindex(self, key: LedgerKey, entry: Entry) -> None:
        _remove(self._by_place, (entry.scope, entry.cluster), key)
        for intent in entry.intents:
            _remove(self._by_intent, intent, key)


_NONE: Final[Mapping[LedgerKey, Entry]] = {}


def _add(index: dict[K, tuple[LedgerKey, ...]], where: K, key: LedgerKey) -> None:
    index[where] = (*index.get(where, ()), key)


def _remove(index: dict[K, tuple[LedgerKey, ...]], where: K, key: LedgerKey) -> None:
    left = tuple(it for it in index.get(where, ()) if it != key)
    if left:
        index[where] = left
    else:
        index.pop(where, None)


def withdrawn(entry: Entry) -> Entry:
    """Give the tombstone of an entry: wanted by nobody, still there as it was written."""
    return replace(entry, desired="", origins=(), trouble=None, released=False, durable=False)
