"""The reconciler: follows the world and keeps compiling, rendering and delivery going."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import TYPE_CHECKING, Final

from trafficctl_server.clusters.registry import DIRECTORY
from trafficctl_server.compile.admission import is_leaving
from trafficctl_server.compile.names import last_id
from trafficctl_server.intents.bodies import office
from trafficctl_server.intents.kinds import CLUSTER, GROUP, INTENTS
from trafficctl_server.intents.pages import each_entry, each_slice
from trafficctl_server.reconcile.addressing import Addressing
from trafficctl_server.reconcile.auditing import Auditing
from trafficctl_server.reconcile.book import StatusBook
from trafficctl_server.reconcile.checking import Checking
from trafficctl_server.reconcile.checkpoints import Checkpoints
from trafficctl_server.reconcile.compiling import Compiling
from trafficctl_server.reconcile.delivering import DeliveryQueue
from trafficctl_server.reconcile.departures import Departure, Departures
from trafficctl_server.reconcile.in_force import in_force
from trafficctl_server.reconcile.journal import Journal
from trafficctl_server.reconcile.keeping import LedgerKeeper
from trafficctl_server.reconcile.patience import Patience
from trafficctl_server.reconcile.patrol import Patrol
from trafficctl_server.reconcile.reading import LedgerReader
from trafficctl_server.reconcile.resuming import Resuming
from trafficctl_server.reconcile.situations import Situations
from trafficctl_server.store.errors import StoreUnavailable
from trafficctl_server.store.records import Remove

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from trafficctl_sdk.slices import Scope

    from trafficctl_server.clusters.registry import Targets
    from trafficctl_server.compile.world import World
    from trafficctl_server.drivers.host import DriverHost
    from trafficctl_server.intents.admission import DriverAdmission
    from trafficctl_server.intents.precedence import Precedence
    from trafficctl_server.intents.world_feed import WorldFeed
    from trafficctl_server.reconcile.backoff import Backoff
    from trafficctl_server.reconcile.journal import Said
    from trafficctl_server.store.records import LedgerKey, Record
    from trafficctl_server.store.store import Store
    from trafficctl_server.telemetry.tracing import Tracing

_PAUSE: Final = 1.0
"""Seconds until what could not be done with the store is tried again."""

_INTENTS: Final = frozenset(it.name for it in INTENTS)
_log = logging.getLogger(__name__)


class Reconciler:
    """Makes wishes true; start it, run it, cancel it.

    :ivar remembered: set once all is known that the last run knew.
    """

    def __init__(
        self,
        *,
        store: Store,
        feed: WorldFeed,
        drivers: DriverHost,
        admission: DriverAdmission,
        targets: Targets,
        instance: str,
        pool: str,
        backoff: Backoff,
        scan_interval: float,
        tracing: Tracing,
        precedence: Precedence,
        clock: Callable[[], int] = time.time_ns,
    ) -> None:
        self._store = store
        self._feed = feed
        self._world: World = feed.world
        self._admission = admission
        self._targets = targets
        self._backoff = backoff
        self._patrol = Patrol(scan_interval)
        self._tracing = tracing
        self._precedence = precedence
        self._clock = clock
        self._queues: dict[str, DeliveryQueue] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._names: dict[str, set[Scope]] = {}
        self._named = asyncio.Event()
        self.remembered = asyncio.Event()
        self.keeper = LedgerKeeper(
            store=store,
            world=self._world,
            instance=instance,
            wake=self._wake,
            unfinished=self._unfinished_in,
            trace_id=lambda: tracing.trace_id,
            clock=clock,
        )
        self.addressing = Addressing(store, feed, self.keeper.entries)
        self.compiling = Compiling(
            world=self._world,
            admission=admission,
            drivers=drivers,
            ledger=self.keeper,
            allocate=self.addressing.allocate,
            changed=self._changed,
            progressed=self.keeper.go_on,
            tracing=tracing,
            precedence=precedence,
        )
        self._departures = Departures(
            self.keeper.entries,
            self.compiling.unfinished,
            lambda group: self._book.intents_in(group),  # noqa: PLW0108 - it is made below
        )
        self.reader = LedgerReader(self.compiling, self.keeper, store, targets)
        self.checking = Checking(self._world, admission, targets, self.keeper)
        situations = Situations(
            self._world, admission, self.compiling, self.keeper, self._departures
        )
        self._book = StatusBook(
            situations.of,
            self.keeper.entry,
            feed.record,
            self.keeper.cluster_progress,
            clock,
        )
        self._journal = Journal(
            store,
            said=self._book.said,
            statuses=self._statuses,
            committed=self.keeper.committed,
            patience=Patience(self._under_way),
            precedence=precedence,
        )
        self.keeper.connect(self._journal, self._book)
        self.checkpoints = Checkpoints(
            store=store,
            journal=self._journal,
            feed=feed,
            drivers=drivers,
            pool=pool,
            rest=self._rest,
            revisited=self.compiling.revisited,
        )
        self.resuming = Resuming(
            store=store,
            feed=feed,
            admission=admission,
            compiling=self.compiling,
            book=self._book,
            checkpoints=self.checkpoints,
            precedence=precedence,
        )
        self._auditing = Auditing(
            world=self._world,
            admission=admission,
            compiling=self.compiling,
            precedence=precedence,
            restless=lambda: self._rest() is None,
            doubt=self._journal.doubt,
            review=self._review,
        )

    def idle(self) -> bool:
        """Say whether nothing is under way: all compiled, rendered, written and said."""
        return (
            self._rest() is not None
            and not self._under_way()
            and self._journal.idle()
            and all(
                it.trouble is not None
                for cluster in self.keeper.entries.clusters()
                for it in self.keeper.entries.behind(cluster)
            )
        )

    def _rest(self) -> int | None:
        """Give the revision that all is compiled, rendered and said of; none: not all is."""
        resting = (
            self._feed.revision >= self._store.revision
            and self.compiling.idle()
            and self.remembered.is_set()
            and self._book.at_rest
            and not self._names
        )
        return self._feed.revision if resting else None

    def _review(self, intent: str) -> None:
        self._book.touch(intent)
        self._journal.nudge()

    def _under_way(self) -> bool:
        """Say whether anything is compiled, rendered, written or delivered just now."""
        working = not self.compiling.idle() or self._journal.ahead
        return working or not all(it.idle() for it in self._queues.values())

    def _unfinished_in(self, cluster: str) -> bool:
        return self.compiling.unfinished_in(cluster)

    def owned(self, cluster: str) -> int:
        """Say how many objects are ours in a cluster."""
        return self.keeper.entries.count(cluster)

    async def remember(self) -> None:
        """Read what stands; what the world is told afterwards is judged by it."""
        await each_entry(self._store, self._precedence, self.keeper.entries.remember)
        await self.keeper.start()
        self._world.in_force = in_force(self.compiling, self.keeper.entries, self._admission)

    async def start(self) -> None:
        """Take up where the last run ended."""
        places, homes = self.compiling.places, self.compiling.homes
        await each_slice(self._store, self._precedence, places.remember)
        await self._precedence.each(places.scopes(), lambda it: homes.remember(it, places))
        self._feed.listen(self._heard)
        for record in self.resuming.found():
            self._look_at(record, set())
        await self.resuming.resume()
        # What a start restates was looked at with it: the first change must not do it again.
        self._world.restated.clear()
        for cluster in {*self._world.clusters, *self.keeper.entries.clusters()}:
            self._deliver_to(cluster)
        self._journal.nudge()

    async def run(self) -> None:
        """Work until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._write(), name="journal")
            group.create_task(self.compiling.run(), name="compile")
            group.create_task(self._follow_names(), name="names")
            group.create_task(self.addressing.run(), name="addresses")
            group.create_task(self.checkpoints.run(), name="checkpoints")
            group.create_task(self._auditing.run(), name="audit")
            try:
                await asyncio.Event().wait()
            finally:
                for task in self._tasks.values():
                    task.cancel()
                await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    async def _write(self) -> None:
        """Keep ledger and states; not before all is compiled, or each start would unsettle all.

        What was said before is read then, as nothing but saying more rests on it.
        """
        await self.compiling.compiled()
        while not self.remembered.is_set():
            try:
                await self.resuming.remember()
                self.remembered.set()
            except StoreUnavailable as error:
                _log.warning("states wait for the store", extra={"why": str(error)})
                await asyncio.sleep(_PAUSE)
        await self._journal.run()

    # What the world tells.

    def _heard(
        self,
        scopes: Mapping[Scope, str],
        names: Mapping[str, Collection[Scope]],
        restated: Collection[str],
    ) -> None:
        for scope, trace in scopes.items():
            self.compiling.touch([scope], trace)
        for name, touched in names.items():
            self._names.setdefault(name, set()).update(touched)
        for name in (*names, *restated):
            if name in self._world.intents:
                self._book.touch(name)
        self._named.set()
        self._journal.nudge()

    async def _follow_names(self) -> None:
        """Look at what was created, changed or deleted by name."""
        while True:
            await self._named.wait()
            self._named.clear()
            for name, scopes in list(self._names.items()):
                try:
                    record = await self._store.get(name)
                except StoreUnavailable:
                    await asyncio.sleep(_PAUSE)
                    self._named.set()
                    break
                if record is not None:
                    self._look_at(record, scopes)
                if self._names.get(name) is scopes:
                    del self._names[name]
            self._journal.nudge()

    def _look_at(self, record: Record, scopes: set[Scope]) -> None:
        if record.kind == CLUSTER.name:
            self._look_at_cluster(record)
        if record.kind == GROUP.name:
            self._book.group(record.name, record.uid, record.generation)
        if record.delete_time is None:
            self._departures.drop(record.name)
            return
        self._departures.add(
            Departure(
                name=record.name,
                kind=record.kind,
                uid=record.uid,
                accepted_time=record.delete_time,
                generation=record.generation,
                scopes=scopes | self.keeper.entries.scopes_of(record.name),
            )
        )
        if record.kind in _INTENTS:
            self._book.touch(record.name)
            for it in self.keeper.entries.of_intent(record.name):
                self._wake(it.cluster)  # the brake may have held what is now deleted by name

    def _look_at_cluster(self, record: Record) -> None:
        cluster = last_id(record.name)
        asked = office(record)
        self.keeper.held_changes.released[cluster] = str(asked.get("released", ""))
        self.keeper.said_before(cluster, record.progress)
        if record.delete_time is not None and asked.get("forget"):
            self.keeper.forget_cluster(cluster)
        self._deliver_to(cluster)
        self._book.touch_cluster(cluster)
        self._wake(cluster)

    # What goes on at the targets.

    def _deliver_to(self, cluster: str) -> None:
        if cluster in self._queues:
            return
        queue = DeliveryQueue(
            cluster,
            self._targets.target_for(cluster, DIRECTORY),
            self.keeper,
            backoff=self._backoff,
            patrol=self._patrol,
            clock=self._clock,
            tracing=self._tracing,
            precedence=self._precedence,
            rested=self._journal.look,
        )
        self._queues[cluster] = queue
        self._tasks[cluster] = asyncio.create_task(queue.run(), name=f"deliver {cluster}")

    def _wake(self, cluster: str) -> None:
        self._deliver_to(cluster)
        self._queues[cluster].wake()

    # What became of it.

    def _changed(self, scope: Scope) -> None:
        for intent in self._world.names_in(scope):
            self._book.touch(intent)
        for name in self._departures.touching(scope):
            self._book.touch(name)
        self._journal.nudge()

    def _statuses(self, entries: Collection[LedgerKey]) -> Said:
        """Give what is to be said and what is gone, for the next commit."""
        gone: list[Remove] = []
        for it in self._departures.gone():
            if it.name in self._world.intents:
                continue  # it was created anew meanwhile, and what was said of it goes on
            gone.append(Remove(name=it.name, uid=it.uid))
            gone += self._forget(it)
            self._journal.nudge()  # what held it, such as its group, may be gone now too
        for cluster, here in self._world.clusters.items():
            if is_leaving(here):
                self._book.touch_cluster(cluster)
        puts, progress, removes = self._book.collect(entries, short=self._precedence.requested)
        if self._book.waiting:
            self._journal.go_on()
        if self._world.unneeded:
            self.addressing.look()
        return puts, progress, [*gone, *removes]

    def _forget(self, it: Departure) -> list[Remove]:
        if it.kind == GROUP.name:
            self._book.forget_group(it.name)
        if it.kind == CLUSTER.name:
            cluster = last_id(it.name)
            self.keeper.forget_target(cluster)
            task = self._tasks.pop(cluster, None)
            if task is not None:
                task.cancel()
            self._queues.pop(cluster, None)
        return self._book.forget_intent(it.name) if it.kind in _INTENTS else []
