"""The keeper of the ledger: every change of it goes through here, into memory and to disk."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import orjson
from trafficctl_sdk.model.cluster import Cluster

from trafficctl_server.clusters.target import Drift
from trafficctl_server.compile.admission import is_leaving
from trafficctl_server.compile.names import cluster_name
from trafficctl_server.reconcile.brake import braked, tripped
from trafficctl_server.reconcile.entries import Entries
from trafficctl_server.reconcile.entry import Entry, Trouble
from trafficctl_server.reconcile.held_changes import BRAKE_TRIPPED, HeldChanges
from trafficctl_server.reconcile.ledger import Entered, enter, withdraw
from trafficctl_server.store.records import ProgressPut, SliceKey

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from trafficctl_sdk.manifests import Rendering
    from trafficctl_sdk.slices import TrafficSlice

    from trafficctl_server.compile.world import World
    from trafficctl_server.reconcile.book import StatusBook
    from trafficctl_server.reconcile.brake import Tripped
    from trafficctl_server.reconcile.journal import Journal
    from trafficctl_server.reconcile.marks import Mark
    from trafficctl_server.store.records import LedgerKey
    from trafficctl_server.store.store import Store


class LedgerKeeper:
    """Keeps the ledger in memory and on disk in step.

    :ivar replaced_targets: clusters whose target was found to be another one.
    :ivar held_changes: what the brake holds.
    :param unfinished: whether it is not known yet what everything comes to in a cluster.
    """

    def __init__(
        self,
        *,
        store: Store,
        world: World,
        instance: str,
        wake: Callable[[str], None],
        unfinished: Callable[[str], bool],
        trace_id: Callable[[], str],
        clock: Callable[[], int] = time.time_ns,
    ) -> None:
        self.entries = Entries()
        self.replaced_targets: set[str] = set()
        self.held_changes = HeldChanges()
        self._store = store
        self._world = world
        self._instance = instance
        self._wake = wake
        self._unfinished = unfinished
        self._trace_id = trace_id
        self._clock = clock
        self._bodies: dict[LedgerKey, bytes] = {}
        self._identities: dict[str, str] = {}
        self._postponed: set[str] = set()
        self._journal: Journal
        self._book: StatusBook

    def connect(self, journal: Journal, book: StatusBook) -> None:
        """Know where changes are written and where they are told."""
        self._journal = journal
        self._book = book

    async def start(self) -> None:
        """Take which targets the entries speak of."""
        self._identities = {it.cluster: it.identity for it in await self._store.targets()}

    # For compiling.

    def enter(self, slice_: TrafficSlice, rendering: Rendering, trace: str) -> None:
        """Take a rendering. :raises Trespass: it holds what another scope rules."""
        entered = enter(
            slice_,
            rendering,
            self.entries,
            instance=self._instance,
            trace=trace,
            trace_id=self._trace_id(),
            now=self._clock(),
        )
        self._take(entered)

    def withdraw(self, scope: str, cluster: str) -> None:
        """Take back everything of a scope in a cluster; an orphan is left where it is."""
        here = self._world.clusters.get(cluster)
        if here is not None and here.deletion_policy is Cluster.DeletionPolicy.ORPHAN:
            for it in self.entries.at(scope, cluster):
                self.drop(it)
            return
        self._take(withdraw(self.entries.at(scope, cluster)))

    def mark(self, mark: Mark) -> None:
        """Keep which slice was rendered."""
        self._journal.slice(mark.row())

    def unmark(self, mark: Mark) -> None:
        """Forget which slice was rendered."""
        self._journal.forget_slice(
            SliceKey(scope=mark.scope, cluster=mark.cluster, driver=mark.driver)
        )

    def holds(self, scope: str, cluster: str, namespace: str) -> bool:
        """Say whether a scope has anything in a namespace of a cluster."""
        return self.entries.wants(scope, cluster, namespace)

    # For delivering.

    def entries_in(self, cluster: str) -> Iterable[Entry]:
        """Give the ledger's entries of a cluster, each as it is when its turn comes."""
        return self.entries.in_cluster(cluster)

    def behind(self, cluster: str) -> list[Entry]:
        """Give the entries of a cluster that are not as wished, or in trouble."""
        return self.entries.behind(cluster)

    def entry(self, key: LedgerKey) -> Entry | None:
        """Give one entry as it is now."""
        return self.entries.get(key)

    def put(
        self, entry: Entry, manifest: bytes | None = None, written: bytes | None = None
    ) -> None:
        """Take a changed entry and make it durable.

        :param written: the object that was written, where it is not the desired one.
        """
        before = self.entries.get(entry.ledger_key)
        if before is not None and before != entry:
            self._book.touch_entry(before)
        after = replace(entry, durable=False)
        if manifest is not None:
            self._bodies[entry.ledger_key] = manifest
        elif entry.settled or entry.tombstone:
            self._bodies.pop(entry.ledger_key, None)
        self.entries.put(after)
        self._journal.entry(after, manifest, written)
        self._book.touch_entry(after)

    def note(self, entry: Entry) -> None:
        """Take which deliveries of an entry began; at a start all may have, see ``Entry.of``."""
        self.entries.put(entry)

    def drop(self, entry: Entry) -> None:
        """Forget an entry, durably."""
        self._bodies.pop(entry.ledger_key, None)
        self.entries.drop(entry.ledger_key)
        self._journal.forget(entry.ledger_key)
        self._book.touch_entry(entry)

    async def manifests(self, keys: Sequence[LedgerKey]) -> Mapping[LedgerKey, bytes]:
        """Give the stamped objects of entries as JSON."""
        missing = [it for it in keys if it not in self._bodies]
        stored = await self._store.manifests(missing) if missing else {}
        return {**stored, **{it: self._bodies[it] for it in keys if it in self._bodies}}

    def origins_of(self, entry: Entry) -> tuple[tuple[str, str], ...]:
        """Give names and uids of the intents that want an entry as it is."""
        known = ((it.intent, self._world.intents.get(it.intent)) for it in entry.origins)
        return tuple((name, intent.uid if intent is not None else "") for name, intent in known)

    def drift(self, cluster: str) -> Drift:
        """Say what to do about edits by hand."""
        here = self._world.clusters.get(cluster)
        reports = here is not None and here.drift_policy is Cluster.DriftPolicy.REPORT
        return Drift.REPORT if reports else Drift.REPAIR

    def identity(self, cluster: str) -> str:
        """Give the identity of the target that the ledger speaks about; empty: none yet."""
        return self._identities.get(cluster, "")

    def identified(self, cluster: str, identity: str) -> None:
        """Take the identity of the target, durably."""
        self._identities[cluster] = identity
        self._journal.target(cluster, identity)

    def replaced(self, cluster: str) -> None:
        """Say that another target answers than before."""
        self.replaced_targets.add(cluster)
        self._book.touch_cluster(cluster)
        for it in self.entries.in_cluster(cluster):
            self._book.touch_entry(it)

    def braked(self, cluster: str) -> Collection[LedgerKey]:
        """Give the keys of what must not go out now; tells the cluster's record what is held.

        An accident comes in parts, each of them small: it is judged when all of it is known.
        """
        here = self._world.clusters.get(cluster)
        if here is None or is_leaving(here):
            self._tell_held(cluster, None)
            return ()
        found = braked(
            self.entries.behind(cluster),
            self.entries.written(cluster),
            here.brake,
            by_name=self._by_name,
        )
        if (found.removed or found.changed) and self._unfinished(cluster):
            self._postponed.add(cluster)
            return {it.ledger_key for it in (*found.removed, *found.changed)}
        held = tripped(found, here.brake, held_of=self.held_changes.owned(cluster))
        if held is not None and held.digest == self.held_changes.released.get(cluster):
            for it in held.entries:
                self.put(replace(it, released=True, trouble=None))
            return self.braked(cluster)
        self._tell_held(cluster, held)
        return {it.ledger_key for it in held.entries} if held is not None else ()

    def go_on(self) -> None:
        """Go on with what waited until all of it is known: deliveries, and states."""
        for cluster in [it for it in self._postponed if not self._unfinished(it)]:
            self._postponed.discard(cluster)
            self._wake(cluster)
        self._journal.look()

    async def durable(self) -> None:
        """Wait until the ledger on disk says what the ledger in memory says."""
        await self._journal.settled()

    # For the journal and the reconciler.

    def committed(self, entries: Iterable[Entry]) -> None:
        """Deliver what is durable now."""
        clusters = set()
        for entry in entries:
            now = self.entries.get(entry.ledger_key)
            if now is not None and replace(now, durable=True, attempted=entry.attempted) == entry:
                self.entries.put(replace(now, durable=True))
                if entry.settled:
                    self._bodies.pop(entry.ledger_key, None)
                elif entry.trouble is None:
                    clusters.add(entry.cluster)
        for cluster in clusters:
            self._wake(cluster)

    def forget_cluster(self, cluster: str) -> None:
        """Give a cluster up: what it holds is no longer ours to remove."""
        for it in list(self.entries.in_cluster(cluster)):
            self.drop(it)

    def forget_target(self, cluster: str) -> None:
        """Know nothing of a cluster's target any more."""
        if self._identities.pop(cluster, ""):
            self._journal.target(cluster, "")
        self.held_changes.forget(cluster)
        self._postponed.discard(cluster)
        self.replaced_targets.discard(cluster)

    def said_before(self, cluster: str, progress: bytes) -> None:
        """Take from a cluster's record what no restart forgets.

        That is what was held there, until it is judged, and that its target was replaced.
        """
        said = orjson.loads(progress) if progress else {}
        if said.get("replaced"):
            self.replaced_targets.add(cluster)
        self.held_changes.said_before(cluster, said.get("held"))

    def cluster_progress(self, cluster: str, uid: str) -> ProgressPut:
        """Give what the cluster's record says of our work there."""
        here = self._world.clusters.get(cluster)
        said: dict[str, object] = {}
        if here is not None and is_leaving(here) and not self.entries.count(cluster):
            said["state"] = Cluster.State.DRAINED.value
        if cluster in self.replaced_targets:
            said["replaced"] = True
        held = self.held_changes.said(cluster, lambda it: self.entries.get(it.ledger_key) or it)
        if held is not None:
            said["held"] = held
        return ProgressPut(
            name=cluster_name(cluster),
            uid=uid,
            progress=orjson.dumps(said, option=orjson.OPT_SORT_KEYS),
        )

    def _take(self, entered: Entered) -> None:
        for entry, manifest in entered.puts:
            self.put(entry, manifest)
        for entry in entered.drops:
            self.drop(entry)

    def _by_name(self, entry: Entry) -> bool:
        """Say whether all that wanted an object was deleted by name."""
        return bool(entry.written_origins) and not any(
            (there := self._world.intents.get(name)) is not None and there.uid == uid
            for name, uid in entry.written_origins
        )

    def _tell_held(self, cluster: str, held: Tripped | None) -> None:
        if not self.held_changes.judged(cluster, held, self._clock()):
            return
        now_held = {it.ledger_key for it in held.entries} if held is not None else set()
        for it in self.entries.behind(cluster):
            trouble = it.trouble
            if held is not None and it.ledger_key in now_held:
                trouble = Trouble(state="HELD", reason=BRAKE_TRIPPED, detail=held.reason)
            elif trouble is not None and trouble.reason == BRAKE_TRIPPED:
                trouble = None
            if it.trouble != trouble:
                self.put(replace(it, trouble=trouble))
        self._book.touch_cluster(cluster)
        self._journal.nudge()
