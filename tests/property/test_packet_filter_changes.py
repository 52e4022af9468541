"""Without a mesh too, who gains and who loses access by a change is told, and nobody else."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

import orjson
import pytest
import trafficctl_networkpolicy.plugin
from hypothesis import given, settings
from hypothesis import strategies as st
from trafficctl_networkpolicy import evaluation
from trafficctl_sdk.explain import ExplainRequest, VerdictKind
from trafficctl_sdk.model.access import AnyClient, NamespaceCaller
from trafficctl_sdk.slices import Scope, ScopeKind

from tests.fakes.drivers import InProcessDrivers
from tests.property.filters import EDGE, Scene, scenes
from tests.property.strategies import examples
from tests.property.test_packet_filters import Written, questions
from trafficctl_server.clusters.target import ObjectKey, object_digest
from trafficctl_server.compile.inventory import destination_of
from trafficctl_server.compile.surroundings import inventory_of
from trafficctl_server.intents.admission import DriverAdmission
from trafficctl_server.reachability.difference import Comparer
from trafficctl_server.reachability.effects import Difference, Effect
from trafficctl_server.reachability.judging import Judge
from trafficctl_server.reachability.views import View
from trafficctl_server.reconcile.entry import Entry
from trafficctl_server.store.records import LedgerKey

GAINED = (Effect.OPENED, Effect.WIDENED)
LOST = (Effect.CLOSED, Effect.NARROWED)


class SceneView(View):
    """What a scene comes to."""

    def __init__(self, written: Written) -> None:
        super().__init__(written.world, 1)
        self._objects = written.objects

    async def objects(
        self, scopes: Collection[Scope], clusters: Collection[str]
    ) -> Sequence[tuple[Entry, bytes]]:
        return [
            (
                Entry(
                    ledger_key=LedgerKey(cluster=EDGE, key=str(ObjectKey.of(it.body))),
                    scope=str(scope),
                    desired=object_digest(it.body),
                ),
                orjson.dumps(it.body, option=orjson.OPT_SORT_KEYS),
            )
            for scope, it in self._objects
            if scope in scopes and EDGE in clusters
        ]


@st.composite
def changes(draw: st.DrawFn) -> tuple[Scene, Scene]:
    """Give a scene, and another one in which something else is wished, or stated of namespaces."""
    before, other = (draw(scenes()) for _ in range(2))
    parts = draw(st.sets(st.sampled_from(("cluster", "intents")), min_size=1))
    return before, replace(before, **{it: getattr(other, it) for it in parts})


def told(before: Written, after: Written) -> tuple[Difference, ...]:
    drivers: Any = InProcessDrivers()
    drivers.add_module(trafficctl_networkpolicy.plugin)
    comparer = Comparer(Judge(drivers, DriverAdmission(drivers)))
    scopes = before.world.all_scopes() | after.world.all_scopes()
    scopes |= {
        Scope(kind=ScopeKind.WORKLOAD, key=destination_of(it))
        for one in (before, after)
        for it in one.scene.workloads
    }
    return asyncio.run(comparer.difference(SceneView(before), SceneView(after), scopes))


def covers(row: Difference, asked: ExplainRequest, name: str) -> bool:
    """Say whether a row speaks of a call's caller, destination and port."""
    if not row.destination.id.endswith(f"/{asked.host.partition('.')[0]}"):
        return False
    if asked.port not in row.ports:
        return False
    match row.caller.admitted:
        case NamespaceCaller() as it:
            return it.namespace == asked.namespace
        case AnyClient():
            return True
        case _:
            return row.caller.workload == name


def check(change: tuple[Scene, Scene]) -> None:
    one, other = (Written(it) for it in change)
    rows = told(one, other)
    sides = [
        evaluation.index([it for _, it in side.objects], inventory_of(side.world))
        for side in (one, other)
    ]
    names = {it.service_account: it.name for it in one.scene.workloads}
    homes = [{it.service: it for it in side.scene.workloads} for side in (one, other)]
    for asked, _, _ in questions(change[0]):
        service, caller = asked.host.partition(".")[0], asked.service_account
        if service not in homes[0]:
            continue  # an address outside is no name that anybody wishes
        requests = [
            replace(
                asked,
                namespace=home[caller].namespace,
                pod_labels=home[caller].pod_labels,
                host=f"{service}.{home[service].namespace}.svc.cluster.local",
            )
            for home in homes
        ]
        kinds = [
            evaluation.explain(side, request).kind
            for side, request in zip(sides, requests, strict=True)
        ]
        before, after = (it is VerdictKind.ALLOWED for it in kinds)
        if before == after or VerdictKind.UNKNOWN in kinds:
            continue
        fitting = GAINED if after else LOST
        about = [it for it in rows if covers(it, asked, names[caller])]
        assert any(it.effect in fitting for it in about), (asked, kinds, rows)


@settings(examples(15), derandomize=True)
@given(changes())
def test_nobody_gains_or_loses_access_untold(change: tuple[Scene, Scene]) -> None:
    check(change)


@pytest.mark.crash
@pytest.mark.timeout(900)  # loaded machines are slow; nothing is measured by it
@settings(examples(300), derandomize=True)
@given(changes())
def test_it_is_so_of_many_more_changes(change: tuple[Scene, Scene]) -> None:
    check(change)
