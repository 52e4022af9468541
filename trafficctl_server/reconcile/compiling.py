"""Compiles what was touched, and no more: equal slices render nothing."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict, defaultdict
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Final

from trafficctl_sdk.model.convergence import Convergence

from trafficctl_server.compile.addresses import unallocated
from trafficctl_server.compile.compiler import compile_scope
from trafficctl_server.compile.facts import HOME_NAMESPACE
from trafficctl_server.compile.touching import namespace
from trafficctl_server.drivers.results import Failure, RefusedSlice
from trafficctl_server.drivers.slice_bytes import slice_digest
from trafficctl_server.reconcile.converging import Failing
from trafficctl_server.reconcile.homes import Homes
from trafficctl_server.reconcile.ledger import Trespass
from trafficctl_server.reconcile.marks import Mark, failing_of, is_calling, unrendered
from trafficctl_server.reconcile.places import Places
from trafficctl_server.reconcile.rendering import RenderQueue
from trafficctl_server.reconcile.wanting import (
    calling,
    contradicted,
    is_rendered,
    left,
    outlived,
    renders,
    withdrawn,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence

    from trafficctl_sdk.slices import Scope, TrafficSlice

    from trafficctl_server.compile.compiler import Compiled
    from trafficctl_server.compile.scopes.kept import Kept
    from trafficctl_server.compile.world import World
    from trafficctl_server.drivers.host import DriverHost
    from trafficctl_server.drivers.results import RenderResult
    from trafficctl_server.intents.admission import DriverAdmission
    from trafficctl_server.intents.precedence import Precedence
    from trafficctl_server.reconcile.rendering import Ledger, Place
    from trafficctl_server.telemetry.tracing import Tracing

_BREATH: Final = 20
"""So many scopes are compiled before others get their turn on the event loop."""

_log = logging.getLogger(__name__)
_HOME: Final = namespace(HOME_NAMESPACE)


class Compiling:
    """Knows which scopes are to be compiled and what each came to.

    :ivar homes: where our own namespace is needed.
    :ivar places: what was rendered last, and where.
    :ivar revisited: scopes that the next start compiles too: what they came to follows from more
        than what guards tell of, such as what is in force, or a pool that was full.
    :ivar unmoved: scopes that are still as the last run compiled them, since nothing moved.
    :param allocate: gets virtual addresses for keys that have none, where it can.
    :param changed: told each scope that something changed for; must not wait.
    :param progressed: called when a rendering came or all was compiled; must not wait.
    """

    def __init__(
        self,
        *,
        world: World,
        admission: DriverAdmission,
        drivers: DriverHost,
        ledger: Ledger,
        allocate: Callable[[Sequence[str]], Awaitable[None]],
        changed: Callable[[Scope], None],
        progressed: Callable[[], None],
        tracing: Tracing,
        precedence: Precedence,
    ) -> None:
        self._world = world
        self._admission = admission
        self._drivers = drivers
        self._ledger = ledger
        self._allocate = allocate
        self._changed = changed
        self._progressed = progressed
        self._tracing = tracing
        self._precedence = precedence
        self._dirty: OrderedDict[Scope, str] = OrderedDict()
        self.unmoved: set[Scope] = set()
        self._looked_at = 0
        self._outdated = 0
        self._wake = asyncio.Event()
        self._compiled = asyncio.Event()
        self._wanted: dict[Place, str] = {}
        self._traces: dict[Place, str] = {}
        self._blocked: dict[Scope, Failing] = {}
        self._held: dict[Place, Failing] = {}
        self._queues: dict[str, RenderQueue] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self._asked = False
        self.homes = Homes(ledger)
        self.places = Places(ledger)
        self.revisited: set[Scope] = set()
        self._contested: defaultdict[Place, set[Scope]] = defaultdict(set)
        self._waiting: list[asyncio.Future[None]] = []

    def touch(self, scopes: Iterable[Scope], trace: str = "") -> None:
        """Compile these scopes soon."""
        for scope in scopes:
            self._dirty[scope] = trace or self._dirty.get(scope, "")
        self._wake.set()

    def standing_asked(self) -> None:
        """Note that what is compiled now follows from what is in force, too."""
        self._asked = True

    def idle(self) -> bool:
        """Say whether nothing is to be compiled or rendered."""
        return not self._dirty and not self._wanted

    def unfinished(self, scopes: Collection[Scope]) -> bool:
        """Say whether any of these is still to be compiled or rendered."""
        return any(
            scope in self._dirty
            or any((str(scope), c) in self._wanted for c in self.places.of(scope))
            for scope in scopes
        )

    def unfinished_in(self, cluster: str) -> bool:
        """Say whether it is not known yet what all scopes come to in a cluster."""
        return bool(self._dirty) or any(it == cluster for _, it in self._wanted)

    async def compiled(self) -> None:
        """Wait until everything was compiled once."""
        await self._compiled.wait()

    async def rendered(self, scopes: Collection[Scope]) -> None:
        """Wait until these are compiled and rendered, or known to fail."""
        while self.unfinished(scopes):
            waiting = asyncio.get_running_loop().create_future()
            self._waiting.append(waiting)
            await waiting

    def _went_on(self) -> None:
        waiting, self._waiting = self._waiting, []
        for it in waiting:
            if not it.done():
                it.set_result(None)

    def busy(self, scope: Scope, cluster: str) -> bool:
        """Say whether a scope is still to be compiled, or rendered in one cluster."""
        return scope in self._dirty or (str(scope), cluster) in self._wanted

    def blocked(self, scope: Scope) -> Failing | None:
        """Say why a scope cannot be compiled; none: it can."""
        return self._blocked.get(scope)

    def held_back(self, scope: Scope, cluster: str) -> Failing | None:
        """Say what keeps a change of a scope from a cluster where what stands stays, if any."""
        return self._held.get((str(scope), cluster))

    def mark(self, scope: Scope, cluster: str) -> Mark | None:
        """Give what was rendered last."""
        return self.places.mark((str(scope), cluster))

    async def run(self) -> None:
        """Compile until cancelled."""
        try:
            while True:
                await self._wake.wait()
                self._wake.clear()
                while self._dirty:
                    await self._round()
                if not self._compiled.is_set():
                    self._tell_start()
                self._compiled.set()
                self._progressed()
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def _tell_start(self) -> None:
        """Say that everything is as it follows from the records, and what that took."""
        _log.info(
            "everything is compiled",
            extra={
                "unmoved": len(self.unmoved),
                "scopes": self._looked_at,
                "outdated": self._outdated,
            },
        )

    async def _round(self) -> None:
        if _HOME in self._dirty:  # our own namespace depends on what the others come to
            self._dirty.move_to_end(_HOME)
        scopes = sorted(islice(self._dirty, _BREATH), key=lambda it: (it == _HOME, it))
        await self._get_addresses(scopes)
        for scope in scopes:
            async with self._precedence.turn():
                trace = self._dirty.pop(scope)
                self.unmoved.discard(scope)
                self._looked_at += 1
                with self._tracing.span(
                    "compile", parent=self._tracing.resume(trace), scope=str(scope)
                ):
                    self._compile(scope, self._tracing.carry() if trace else "")
        self._went_on()

    async def _get_addresses(self, scopes: Sequence[Scope]) -> None:
        """Allocate what these scopes need and nobody allocated, as when a workload moved."""
        keys = {key for scope in scopes for key in unallocated(scope, self._world)}
        if keys:
            await self._allocate(sorted(keys))

    def _compile(self, scope: Scope, trace: str) -> None:
        if unallocated(scope, self._world):
            self._block(
                scope,
                Failing(
                    state=Convergence.State.WAITING,
                    reason=Convergence.Reason.FACT_MISSING,
                    detail="no virtual address could be allocated: the pool or the store is full",
                ),
            )
            return
        self._asked = False
        try:
            compiled = compile_scope(scope, self._world, self.homes.clusters())
            if self._asked:
                self.revisited.add(scope)
            else:
                self.revisited.discard(scope)
            self._take(compiled, trace)
        except Exception:  # noqa: BLE001 - one scope must never stop the others
            _log.exception("scope could not be compiled", extra={"scope": str(scope)})
            self._block(
                scope,
                Failing(
                    state=Convergence.State.RETRYING,
                    reason=Convergence.Reason.SERVER_ERROR,
                    detail="the server could not compile it; its log says why",
                ),
            )

    def _block(self, scope: Scope, why: Failing) -> None:
        """Keep the last good slices of a scope, and say why; a cluster is left all the same."""
        self._blocked[scope] = why
        self.revisited.add(scope)
        for cluster in left(self.places.of(scope), self._world):
            self._withdraw(scope, cluster)
        self._note_calling(scope)
        self._changed(scope)

    def _take(self, compiled: Compiled, trace: str) -> None:
        scope = compiled.scope
        if compiled.contradictions:
            self._block(scope, contradicted(compiled.contradictions[0]))
            return
        self._blocked.pop(scope, None)
        for cluster in withdrawn(compiled, self.places.of(scope), self._world):
            self._withdraw(scope, cluster)
        self.homes.wanted(scope, calling(compiled))
        self._note_calling(scope)
        for slice_ in compiled.slices:
            cluster = slice_.cluster
            self._held.pop((str(scope), cluster), None)
            if cluster in compiled.kept:
                self._keep(slice_, compiled.kept[cluster])
            else:
                self._want(slice_, cluster, trace)
        self._changed(scope)

    def _keep(self, slice_: TrafficSlice, kept: Kept) -> None:
        """Leave what stands as it is, and know what is held back by that."""
        place = (str(slice_.scope), slice_.cluster)
        self._drop_wanted(place)
        mark = self.places.mark(place)
        if mark is None or mark.digest != slice_digest(slice_):
            self._held[place] = Failing(
                reason=kept.why.reason,
                detail=f"{kept.intent} cannot be rendered here any more ({kept.why.detail});"
                f" until it can, or goes, nothing of {place[0]} changes here",
            )

    def _withdraw(self, scope: Scope, cluster: str) -> None:
        place = (str(scope), cluster)
        self._held.pop(place, None)
        self._drop_wanted(place)
        self.places.drop(place)
        self._ledger.withdraw(*place)
        self._let_in(place)

    def _drop_wanted(self, place: Place) -> None:
        self._wanted.pop(place, None)
        for queue in self._queues.values():
            queue.drop(place)

    def _want(self, slice_: TrafficSlice, cluster: str, trace: str) -> None:
        place = (str(slice_.scope), cluster)
        self.places.add(place)
        here, mark = self._world.clusters[cluster], self.places.mark(place)
        driver = self._admission.serving(here)
        wanted = slice_digest(slice_)
        if mark is not None and is_rendered(wanted, mark, driver):
            self._wanted.pop(place, None)
            if mark.calling != is_calling(slice_):  # an older release did not note it
                self.places.put(replace(mark, calling=is_calling(slice_)))
            return
        if outlived(mark, driver, here, self._admission):
            self._ledger.withdraw(*place)
        if not renders(driver, slice_):
            self.places.put(unrendered(slice_, wanted, driver, self._admission.unserved(here)))
            return
        self._wanted[place] = wanted
        self._outdated += 1
        self._traces[place] = trace
        self._queue(driver.name).put(slice_)

    def _queue(self, driver: str) -> RenderQueue:
        queue = self._queues.get(driver)
        if queue is None:
            queue = self._queues[driver] = RenderQueue(
                driver,
                self._drivers,
                lambda slice_, result: self._rendered(driver, slice_, result),
                self._precedence,
            )
            self._tasks.append(asyncio.create_task(queue.run(), name=f"render {driver}"))
        return queue

    def _rendered(self, driver: str, slice_: TrafficSlice, result: RenderResult) -> None:
        place = (str(slice_.scope), slice_.cluster)
        if self._wanted.get(place) != result.slice_digest:
            return  # a newer slice of this place waits, or nobody wants it any more
        del self._wanted[place]
        rendered = result.slice_digest
        trace = self._traces.pop(place, "")
        with self._tracing.span(
            "render", parent=self._tracing.resume(trace), scope=place[0], cluster=place[1]
        ):
            failing = failing_of(driver, result)
            rendering = result.outcome
            if not isinstance(rendering, Failure | RefusedSlice):
                try:
                    self._ledger.enter(slice_, rendering, self._tracing.carry() if trace else "")
                except (Trespass, ValueError) as error:
                    failing = Failing(
                        reason=Convergence.Reason.DRIVER_FAILED, detail=f"driver {driver}: {error}"
                    )
                    if isinstance(error, Trespass):
                        self._contested[error.holder, place[1]].add(slice_.scope)
                        rendered = ""  # it may go in once the other scope lets go of it
        self.places.put(
            Mark(
                scope=place[0],
                cluster=place[1],
                driver=driver,
                version=result.rendering_version,
                digest=rendered,
                calling=is_calling(slice_),
                failing=failing,
                notices=(
                    ()
                    if isinstance(rendering, Failure | RefusedSlice)
                    else tuple(rendering.notices)
                ),
            )
        )
        if failing is not None:
            _log.warning(
                "slice was not rendered",
                extra={"scope": place[0], "cluster": place[1], "why": failing.detail},
            )
        self._let_in(place)
        self._note_calling(slice_.scope)
        self._changed(slice_.scope)
        self._went_on()
        self._progressed()

    def _let_in(self, place: Place) -> None:
        """Try those again that rendered an object of a place that has changed now."""
        self.touch(self._contested.pop(place, ()))

    def _note_calling(self, scope: Scope) -> None:
        if self.homes.look(scope, self.places.of(scope)):
            self.touch([_HOME])
