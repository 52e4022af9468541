"""Works out what a world would come to in the ledger, beside the engine and by its rules."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from trafficctl_sdk.model.cluster import Cluster
from trafficctl_sdk.slices import ScopeKind

from trafficctl_server.compile.compiler import Compiled, compile_scope
from trafficctl_server.compile.facts import HOME_NAMESPACE
from trafficctl_server.compile.touching import namespace
from trafficctl_server.drivers.results import Failure, FailureKind, RefusedSlice
from trafficctl_server.drivers.slice_bytes import slice_digest
from trafficctl_server.plans.pacing import Pace
from trafficctl_server.plans.planned_ledger import PlannedLedger
from trafficctl_server.reconcile.ledger import Trespass, enter, withdraw
from trafficctl_server.reconcile.wanting import calling, is_rendered, outlived, renders, withdrawn

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Collection, Iterable, Sequence

    from trafficctl_sdk.manifests import Rendering
    from trafficctl_sdk.slices import Scope, TrafficSlice

    from trafficctl_server.compile.world import World
    from trafficctl_server.drivers.host import DriverHost
    from trafficctl_server.drivers.results import RenderResult
    from trafficctl_server.intents.admission import DriverAdmission
    from trafficctl_server.reconcile.compiling import Compiling
    from trafficctl_server.reconcile.keeping import LedgerKeeper

_BATCH: Final = 100
_PAUSE: Final = 0.5
"""Seconds until a driver that could not be called is called again."""

_HOME: Final = namespace(HOME_NAMESPACE)
_log = logging.getLogger(__name__)


@dataclass(slots=True, kw_only=True)
class Foreseen:
    """What it would come to.

    :ivar scopes: everything that was compiled for it.
    """

    ledger: PlannedLedger
    scopes: set[Scope] = field(default_factory=set)


class Foreseeing:
    """Works one world out.

    :param world: a fork in which the change has happened.
    :param admission: of that world.
    :param instance: the uid of this installation, stamped on each object.
    """

    def __init__(
        self,
        *,
        world: World,
        admission: DriverAdmission,
        drivers: DriverHost,
        compiling: Compiling,
        keeper: LedgerKeeper,
        instance: str,
    ) -> None:
        self._world = world
        self._admission = admission
        self._drivers = drivers
        self._compiling = compiling
        self._instance = instance
        self._ledger = PlannedLedger(keeper.entries)
        self._pace = Pace()
        self._result = Foreseen(ledger=self._ledger)
        self._called: dict[Scope, Collection[str]] = {}

    async def foresee(self, touched: Collection[Scope]) -> Foreseen:
        """Compile what a change touched, render what differs, and compare it with the ledger."""
        await self._compiling.compiled()  # before, what a last run left is not looked at yet
        await self._compiling.rendered([*touched, _HOME])
        await self._work_out(sorted(it for it in touched if it != _HOME), ())
        before = set(self._compiling.homes.clusters())
        after = self._compiling.homes.after(
            {it: self._needing(it) for it in touched if it.kind is ScopeKind.DESTINATION}
        )
        if _HOME in touched or before != after:
            await self._work_out([_HOME], sorted(after))
        return self._result

    async def _work_out(self, scopes: Sequence[Scope], calling_in: Collection[str]) -> None:
        slices: list[TrafficSlice] = []
        for scope in scopes:
            await self._pace.step()
            self._result.scopes.add(scope)
            compiled = self._compiled(scope, calling_in)
            if compiled is None:
                continue
            for cluster in withdrawn(compiled, self._compiling.places.of(scope), self._world):
                self._withdraw(str(scope), cluster)
            if not compiled.contradictions:
                self._called[scope] = calling(compiled)
                slices += (it for it in compiled.slices if it.cluster not in compiled.kept)
        await self._enter([it async for it in self._rendered(slices)])

    def _compiled(self, scope: Scope, calling_in: Collection[str]) -> Compiled | None:
        try:
            return compile_scope(scope, self._world, calling_in)
        except Exception:  # noqa: BLE001 - as in the engine, where the scope keeps what stands
            _log.exception("scope could not be compiled", extra={"scope": str(scope)})
            return None

    def _withdraw(self, scope: str, cluster: str) -> None:
        entries = self._ledger.at(scope, cluster)
        here = self._world.clusters.get(cluster)
        if here is not None and here.deletion_policy is Cluster.DeletionPolicy.ORPHAN:
            for it in entries:
                self._ledger.forget(it)
            return
        self._ledger.take(withdraw(entries))

    async def _rendered(
        self, slices: Iterable[TrafficSlice]
    ) -> AsyncIterator[tuple[TrafficSlice, Rendering]]:
        queues: defaultdict[str, list[TrafficSlice]] = defaultdict(list)
        for it in slices:
            here = self._world.clusters[it.cluster]
            driver = self._admission.serving(here)
            mark = self._compiling.mark(it.scope, it.cluster)
            if outlived(mark, driver, here, self._admission):
                self._withdraw(str(it.scope), it.cluster)
            if renders(driver, it) and not is_rendered(slice_digest(it), mark, driver):
                queues[driver.name].append(it)
        for name, queue in sorted(queues.items()):
            for start in range(0, len(queue), _BATCH):
                batch = queue[start : start + _BATCH]
                for slice_, result in zip(batch, await self._call(name, batch), strict=True):
                    if not isinstance(result.outcome, Failure | RefusedSlice):
                        yield slice_, result.outcome

    async def _call(self, driver: str, batch: Sequence[TrafficSlice]) -> Sequence[RenderResult]:
        while True:
            results = await self._drivers.render(driver, batch)
            if not any(_not_called(it) for it in results):
                return results
            await asyncio.sleep(_PAUSE)  # the deadline of the RPC ends this

    async def _enter(self, renderings: list[tuple[TrafficSlice, Rendering]]) -> None:
        """Compare renderings with the ledger.

        An object that moves between scopes may come before it is let go, so what trespasses is
        tried again as long as anything else gets in; the rest stays out, as in the engine.
        """
        left = renderings
        while left:
            again = []
            for slice_, rendering in left:
                await self._pace.step()
                try:
                    entered = enter(
                        slice_,
                        rendering,
                        self._ledger,
                        instance=self._instance,
                        trace="",
                        trace_id="",
                        now=0,
                    )
                except Trespass:
                    again.append((slice_, rendering))
                except ValueError:
                    continue  # the driver's fault; what stands stays
                else:
                    self._ledger.take(entered)
            if len(again) == len(left):
                return
            left = again

    def _needing(self, scope: Scope) -> set[str]:
        """Give the clusters where a destination would need our own namespace."""
        called = self._called.get(scope, self._compiling.homes.called_in(scope))
        here = {*self._compiling.places.of(scope), *called}
        return {*called, *(it for it in here if self._holds(scope, it))}

    def _holds(self, scope: Scope, cluster: str) -> bool:
        return self._ledger.holds(str(scope), cluster, HOME_NAMESPACE)


def _not_called(result: RenderResult) -> bool:
    return isinstance(result.outcome, Failure) and result.outcome.kind is FailureKind.UNAVAILABLE
