"""Two sides of a change: a random world before and after, as views of reachability."""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import orjson
import trafficctl_istio.plugin
from hypothesis import strategies as st
from trafficctl_sdk.slices import Origin, Scope, ScopeKind

from tests.fakes.drivers import InProcessDrivers
from tests.property import inventory
from tests.property.changes import changed
from tests.property.dice import Dice
from tests.property.worlds import Stage, accept, draw, rendered
from trafficctl_server.clusters.target import ObjectKey, object_digest
from trafficctl_server.intents.admission import DriverAdmission
from trafficctl_server.reachability.difference import Comparer
from trafficctl_server.reachability.effects import Difference
from trafficctl_server.reachability.judging import Judge
from trafficctl_server.reachability.views import View
from trafficctl_server.reconcile.entry import Entry
from trafficctl_server.store.records import LedgerKey


class StageView(View):
    """What a random world comes to."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage.world, 1)
        self.found: dict[str, list[tuple[Entry, bytes]]] = {}
        for slice_ in stage.slices:
            for it in rendered(slice_):
                entry = Entry(
                    ledger_key=LedgerKey(cluster=it.cluster, key=str(ObjectKey.of(it.body))),
                    scope=str(slice_.scope),
                    desired=object_digest(it.body),
                    origins=tuple(Origin(intent=name, fields=()) for name in it.origins),
                )
                body = orjson.dumps(it.body, option=orjson.OPT_SORT_KEYS)
                self.found.setdefault(entry.scope, []).append((entry, body))

    async def objects(
        self, scopes: Collection[Scope], clusters: Collection[str]
    ) -> Sequence[tuple[Entry, bytes]]:
        return [
            it
            for scope in scopes
            for it in self.found.get(str(scope), ())
            if it[0].cluster in clusters
        ]


@dataclass(frozen=True)
class Change:
    """A world before and after.

    :ivar told: who gains and who loses access.
    """

    before: Stage
    after: Stage

    @property
    def sides(self) -> tuple[Stage, Stage]:
        return self.before, self.after

    @cached_property
    def told(self) -> tuple[Difference, ...]:
        drivers: Any = InProcessDrivers()
        drivers.add_module(trafficctl_istio.plugin)
        comparer = Comparer(Judge(drivers, DriverAdmission(drivers)))
        one, other = StageView(self.before), StageView(self.after)
        scopes = {Scope.parse(it) for it in (*one.found, *other.found)}
        scopes |= self.before.world.all_scopes() | self.after.world.all_scopes()
        scopes |= {
            Scope(kind=ScopeKind.WORKLOAD, key=inventory.destination(it))
            for stage in (self.before, self.after)
            for it in stage.wishes.workloads
        }
        return asyncio.run(comparer.difference(one, other, scopes))


def drawn(dice: Dice) -> Change:
    asked = draw(dice)
    before = accept(asked)
    kept = replace(asked, intents=before.wishes.intents, workloads=before.wishes.workloads)
    after = accept(changed(dice, kept))
    for number, key in enumerate(after.world.addresses):
        known = before.world.addresses.get(key)
        after.world.addresses[key] = known or f"240.96.1.{number}"
    return Change(before, after)


@st.composite
def changes(choose: st.DrawFn) -> Change:
    """Draw a world and what becomes of it."""
    return drawn(Dice(lambda below: choose(st.integers(0, below - 1))))
