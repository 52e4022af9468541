"""While drivers judge some calls, the next ones are chosen and asked about."""

import asyncio
from collections.abc import Collection, Sequence
from types import SimpleNamespace
from typing import Any

import pytest
from trafficctl_sdk.explain import ExplainRequest, Verdict, VerdictKind
from trafficctl_sdk.slices import Scope, ScopeKind

from tests.fakes import wishes
from trafficctl_server.clusters.target import ObjectKey
from trafficctl_server.compile.world import World
from trafficctl_server.reachability import difference
from trafficctl_server.reachability.difference import Comparer
from trafficctl_server.reachability.effects import Effect
from trafficctl_server.reachability.judging import Judge
from trafficctl_server.reachability.views import View
from trafficctl_server.reconcile.entry import Entry
from trafficctl_server.store.errors import StoreUnavailable
from trafficctl_server.store.records import LedgerKey

SERVED = ("back", "cart", "stock")
SCOPES = [Scope(kind=ScopeKind.WORKLOAD, key=f"shop/{it}") for it in SERVED]


class Shown(View):
    """Every scope has one object, another one on each side; some objects cannot be read."""

    def __init__(self, side: str, lost: Collection[str] = ()) -> None:
        world = World()
        world.put_cluster(wishes.cluster("east"))
        for name in ("front", *SERVED):
            world.put_workload(wishes.workload(name, "east"))
        for name in SERVED:
            world.put_intent(wishes.intracluster(name, name, "front"))
        super().__init__(world, 1)
        self._side = side
        self._lost = lost
        self._looked = False

    async def objects(
        self,
        scopes: Collection[Scope],
        clusters: Collection[str],  # noqa: ARG002 - of the View kind
    ) -> Sequence[tuple[Entry, bytes]]:
        if self._looked and any(it.key in self._lost for it in scopes):
            raise StoreUnavailable("the disk is full", "make room")
        self._looked = True
        return [(self._entry(it), f'{{"side":"{self._side}"}}'.encode()) for it in scopes]

    def _entry(self, scope: Scope) -> Entry:
        key = ObjectKey(
            group="", kind="ConfigMap", namespace="shop", name=scope.key.replace("/", "-")
        )
        return Entry(
            ledger_key=LedgerKey(cluster="east", key=str(key)), scope=str(scope), desired="1"
        )


class Drivers:
    """Answers the first question only after the second was asked."""

    def __init__(self) -> None:
        self.asked = 0
        self._second = asyncio.Event()

    async def compare_calls(
        self, _name: str, requests: Sequence[ExplainRequest], *_: object
    ) -> list[tuple[Verdict, Verdict]]:
        self.asked += 1
        if self.asked == 1:
            await self._second.wait()
        self._second.set()
        was, now = (Verdict(kind=it) for it in (VerdictKind.ALLOWED, VerdictKind.DENIED))
        return [(was, now)] * len(requests)


class Silent:
    """Never answers."""

    async def compare_calls(self, *_: object) -> None:
        await asyncio.Event().wait()


def comparer(drivers: Any) -> Comparer:
    admission: Any = SimpleNamespace(serving=lambda _: SimpleNamespace(name="istio"))
    return Comparer(Judge(drivers, admission))


async def test_calls_are_asked_about_while_others_are_judged(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(difference, "_ROUND", 1)
    drivers = Drivers()
    async with asyncio.timeout(60):
        found = await comparer(drivers).difference(Shown("one"), Shown("other"), SCOPES)
    assert drivers.asked == len(SERVED)
    assert {it.effect for it in found} == {Effect.CLOSED}
    assert [it.destination.id.rpartition("/")[2] for it in found] == sorted(
        it.destination.id.rpartition("/")[2] for it in found
    )


async def test_where_one_fails_nothing_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(difference, "_ROUND", 1)
    before = Shown("one", lost=("shop/back",))
    async with asyncio.timeout(60):
        with pytest.raises(StoreUnavailable):
            await comparer(Silent()).difference(before, Shown("other"), SCOPES)
    assert asyncio.all_tasks() == {asyncio.current_task()}
