"""Keeps the world in step with the store, and tells who works on it what was touched."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Final, TypeAlias, cast

from trafficctl_sdk.model.cluster import Cluster
from trafficctl_sdk.model.traffic_intent_group import TrafficIntentGroup
from trafficctl_sdk.model.workload import Workload
from trafficctl_sdk.slices import Scope

from trafficctl_server.compile.names import cluster_name, last_id
from trafficctl_server.intents.bodies import office
from trafficctl_server.intents.footprints import Footprints
from trafficctl_server.intents.kinds import CLUSTER, GROUP, INTENTS, KINDS, WORKLOAD
from trafficctl_server.intents.packing import Packing
from trafficctl_server.intents.pages import each_record
from trafficctl_server.store.errors import HistoryCompacted, StoreUnavailable
from trafficctl_server.store.records import ChangeKind

if TYPE_CHECKING:
    from trafficctl_sdk.intent_kinds import ConnectivityIntent

    from trafficctl_server.compile.world import World
    from trafficctl_server.intents.bodies import Bodies
    from trafficctl_server.intents.kinds import Resource
    from trafficctl_server.intents.precedence import Precedence
    from trafficctl_server.store.records import Change, Record
    from trafficctl_server.store.store import Store

FEEDING: Final = (CLUSTER.name, WORKLOAD.name, GROUP.name, *(it.name for it in INTENTS))
_BATCH: Final = 500
_PAUSE: Final = 1.0
"""Seconds until a store that could not be read is read again."""

Listener: TypeAlias = Callable[
    [Mapping[Scope, str], Mapping[str, Collection[Scope]], Collection[str]], None
]
"""Told the scopes touched, each with the trace of the change that did; the names changed, each with
the scopes that it touched; and the names of the intents that this may have changed the standing of.
Must not wait."""


Moved: TypeAlias = Callable[[], Awaitable[AbstractSet[str] | None]]
"""Gives the guards that were touched since what is kept of intents was right; none: all may be."""


def _pass_over(_record: Record) -> None:
    pass


async def _everything() -> AbstractSet[str] | None:
    return None


class WorldFeed:
    """Reads the store's changes in order and tells them to the world.

    :ivar revision: the world is as the store was at this revision.
    :ivar policies: by name of a group, how it may be changed, where it says so.
    :ivar moved: the revision that changed the world last, as far as this run knows.
    """

    def __init__(
        self,
        store: Store,
        bodies: Bodies,
        world: World,
        address: Callable[[int], str],
        precedence: Precedence,
    ) -> None:
        self.world = world
        self.revision = 0
        self.policies: dict[str, TrafficIntentGroup.ChangePolicy] = {}
        self.moved = 0
        self._store = store
        self._bodies = bodies
        self._packing = Packing(bodies)
        self.footprints = Footprints(store, world, self._packing, precedence)
        world.intents.unpack = self._packing.intent
        world.intents.unpack_brief = self._packing.brief
        self._address = address
        self._precedence = precedence
        self._listeners: list[Listener] = []
        self._progressed = asyncio.Event()
        self._traces: dict[str, str] = {}
        self._known: dict[str, tuple[str, int, str]] = {}  # of intents it is in their bytes

    def listen(self, listener: Listener) -> None:
        """Tell a listener of everything from now on."""
        self._listeners.append(listener)

    async def start(
        self, look: Callable[[Record], None] = _pass_over, moved: Moved = _everything
    ) -> None:
        """Read everything there is, once; what changes meanwhile is followed afterwards.

        :param look: given each record that is read: not those of intents of which what is kept is
            right.
        :param moved: asked once all is known but intents.
        """

        def take(record: Record) -> None:
            self._take(record)
            look(record)

        revision = self._store.revision
        allocated = await self._store.allocations()
        await self._precedence.each(allocated.items(), lambda it: self.allocated(dict([it])))
        await self.footprints.open()
        for kind in (CLUSTER, WORKLOAD, GROUP):
            await each_record(self._store, kind.name, self._precedence, take)
        touched = await moved()
        if touched is None:
            for kind in INTENTS:
                await each_record(self._store, kind.name, self._precedence, take)
        else:
            await self.footprints.read(touched, take)
        # The last run may have ended before it gave them back.
        self.world.unneeded |= {
            it for it in self.world.addresses if not self.world.needs_address(it)
        }
        self.moved = revision
        self._reach(revision)

    async def run(self) -> None:
        """Follow the store until cancelled."""
        while True:
            try:
                await self._store.wait(self.revision)
                await self._follow()
            except StoreUnavailable as error:
                _log.warning("change feed waits for the store", extra={"why": str(error)})
                await asyncio.sleep(_PAUSE)

    async def reached(self, revision: int) -> None:
        """Wait until the world is as the store was at a revision, or later."""
        while self.revision < revision:
            await self._progressed.wait()

    def _reach(self, revision: int) -> None:
        self.revision = max(self.revision, revision)
        progressed, self._progressed = self._progressed, asyncio.Event()
        progressed.set()

    def allocated(self, allocations: Mapping[str, int]) -> None:
        """Take addresses that were allocated, before the change that needed them is read."""
        for key, index in allocations.items():
            self.world.addresses[key] = self._address(index)

    def record(self, name: str) -> tuple[str, int]:
        """Give uid and generation of a resource that the world knows; empty: it does not."""
        packed = self.world.intents.packed(name)
        if packed:
            return self._packing.identity(name, packed)
        uid, generation, _ = self._known.get(name, ("", 0, ""))
        return uid, generation

    def clusters(self) -> list[tuple[str, str, int, str]]:
        """Give what tells each cluster of the world as it is from what it was, by name."""
        names = (cluster_name(it) for it in sorted(self.world.clusters))
        return [(it, *self._known[it]) for it in names]

    def note_trace(self, names: Iterable[str], trace: str) -> None:
        """Remember which trace a change that is about to be written belongs to."""
        if trace:
            self._traces.update(dict.fromkeys(names, trace))

    def forget_trace(self, names: Iterable[str]) -> None:
        """Take back :meth:`note_trace`: the change was not written."""
        for name in names:
            self._traces.pop(name, None)

    async def _follow(self) -> None:
        upto = self._store.revision
        touched: dict[Scope, str] = {}
        names: dict[str, set[Scope]] = {}
        async for change in self._since(self.revision, upto):
            scopes = self._apply(change)
            if scopes is not None:
                self.moved = change.revision
                names.setdefault(change.name, set()).update(scopes)
                trace = self._traces.pop(change.name, "")
                for scope in scopes:
                    touched[scope] = trace or touched.get(scope, "")
            upto = max(upto, change.revision)
        restated, self.world.restated = self.world.restated, set()
        if touched or names:
            for listener in self._listeners:
                listener(touched, names, restated)
        self._reach(upto)

    async def _since(self, after: int, upto: int) -> AsyncIterator[Change]:
        """Give whole revisions after one, at least up to another, however large they are."""
        seen = -1
        while after < upto:
            try:
                changes = await self._store.changes(after, _BATCH, FEEDING, seen=seen)
            except HistoryCompacted as error:
                raise RuntimeError("the change feed fell behind the store's history") from error
            if not changes:
                return
            for change in changes:
                yield change
            last = changes[-1]
            after, seen = (last.revision - 1, last.seq) if last.more else (last.revision, -1)

    def _apply(self, change: Change) -> set[Scope] | None:
        """Tell one change to the world; none: it changes nothing there (progress alone)."""
        if change.change is ChangeKind.DELETED:
            uid, _ = self.record(change.name)
            if uid != change.uid:
                return None
            return self._drop(change.record)
        return self._take(change.record)

    def _take(self, record: Record) -> set[Scope] | None:
        if record.delete_time is not None and record.kind != CLUSTER.name:
            uid, _ = self.record(record.name)
            return self._drop(record) if uid else set()
        if KINDS[record.kind].is_intent:
            if self.record(record.name) == (record.uid, record.generation):
                return None
            intent = cast("ConnectivityIntent", self._bodies.told(record))
            return told(intent, self.world, self._packing.pack(record, intent))
        stands = (record.uid, record.generation, self._standing(record))
        if self._known.get(record.name) == stands:
            return None
        self._known[record.name] = stands
        # Of a cluster it also counts what became of it: one that is drained is no place any more.
        read = self._bodies.present if record.kind == CLUSTER.name else self._bodies.told
        wish = read(record)
        if isinstance(wish, TrafficIntentGroup):
            self.policies.pop(record.name, None)
            if wish.change_policy is not None:
                self.policies[record.name] = wish.change_policy
            return set()
        return told(wish, self.world)

    def _standing(self, record: Record) -> str:
        """Give what else of a record counts: a cluster's state, labels and operator's wishes."""
        if record.kind != CLUSTER.name:
            return ""
        cluster = self._bodies.present(record)
        return f"{cluster.state}/{sorted(cluster.labels.items())}/{office(record)}"

    def _drop(self, record: Record) -> set[Scope]:
        self._known.pop(record.name, None)
        if record.kind == GROUP.name:
            self.policies.pop(record.name, None)
            return set()
        return forgotten(record.name, record.kind, self.world)


def told(wish: Resource, world: World, kept: bytes = b"") -> set[Scope]:
    """Tell a world of a resource as it is now; gives the scopes touched.

    :param kept: the bytes that an intent can be read from; none: the world keeps the object.
    """
    if isinstance(wish, TrafficIntentGroup):
        return set()
    if isinstance(wish, Cluster):
        return world.put_cluster(wish)
    if isinstance(wish, Workload):
        return world.put_workload(wish)
    return world.put_intent(wish, kept)


def forgotten(name: str, kind: str, world: World) -> set[Scope]:
    """Have a world forget a resource; gives the scopes touched."""
    if kind == CLUSTER.name:
        return world.drop_cluster(last_id(name))
    if kind == WORKLOAD.name:
        return world.drop_workload(name)
    return world.drop_intent(name)


_log = logging.getLogger(__name__)
