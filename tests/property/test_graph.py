"""In random worlds, an edge of the picture is one along which the evaluator lets calls through.

Where nothing holds its intents up and no rule refuses, some call along it gets through; and every
workload that gets through to another by the word of an intent has its edge.
"""

import asyncio
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import trafficctl_istio.plugin
from hypothesis import given, note, settings
from trafficctl_istio import evaluation
from trafficctl_sdk.explain import Verdict, VerdictKind
from trafficctl_sdk.model.access import AccessRule

from tests.fakes.drivers import InProcessDrivers
from tests.property.everybody import Call, calls
from tests.property.sides import StageView
from tests.property.strategies import examples, wishes
from tests.property.worlds import Stage, Wishes, accept, told
from trafficctl_server.compile.resolve import resolve
from trafficctl_server.intents.admission import DriverAdmission
from trafficctl_server.reachability.drawing import passing
from trafficctl_server.reachability.graph import Edge, Picture
from trafficctl_server.reachability.judging import Judge

WORLDS = 25


def picture(stage: Stage) -> list[Edge]:
    names = sorted(stage.world.intents)
    return [edge for _, _, edge in Picture(stage.world, names, None).edges("", 0)]


def is_free(edge: Edge, stage: Stage) -> bool:
    """Say whether nothing holds an edge up: its callers and servers are there, no rule refuses."""
    rules = [rule for it in _about(edge, stage) for caller in it.callers for rule in caller.access]
    if any(rule.action is AccessRule.Action.DENY for rule in rules):
        return False
    for name in edge.party.intents:
        found = resolve(stage.world.intents[name], stage.world)
        if not any(it.state in ("WAITING", "REFUSED") for it in found.standings) and found.callers:
            return True
    return False


def _about(edge: Edge, stage: Stage) -> Iterator[Any]:
    for scope in edge.called:
        yield from stage.world.intents_in(scope)


def check(stage: Stage, seen: Counter[str]) -> None:
    drivers: Any = InProcessDrivers()
    drivers.add_module(trafficctl_istio.plugin)
    judge = Judge(drivers, DriverAdmission(drivers))
    edges = picture(stage)
    found = asyncio.run(passing(judge, StageView(stage), edges))
    for edge, passes in zip(edges, found, strict=True):
        seen["edges"] += 1
        if is_free(edge, stage):
            seen["free"] += 1
            if passes is None:
                note(told(stage.wishes))
                pytest.fail(f"nothing gets through: {edge}")
    keys = {it.key for it in edges}
    mesh = evaluation.index(stage.objects, stage.inventory)
    for call in calls((stage,), dense=False):
        verdict = evaluation.explain(mesh, call.request)
        if verdict.kind is VerdictKind.ALLOWED and _is_named(call, verdict, stage):
            seen["allowed"] += 1
            if (call.caller, call.destination) not in keys:
                note(told(stage.wishes))
                pytest.fail(f"no edge for {call}: {verdict}")


def _is_named(call: Call, verdict: Verdict, stage: Stage) -> bool:
    """Say whether an intent that decides where a call ends names its caller as a workload."""
    bundle, _, caller = call.caller.partition("/workloads/")
    return any(
        ref.workload is not None and ref.workload.workload == caller
        for name in verdict.hops[-1].intents
        if name.startswith(f"{bundle}/")
        for ref in stage.world.intents[name].callers
    )


def test_an_edge_is_one_along_which_calls_get_through() -> None:
    seen: Counter[str] = Counter()

    @settings(examples(WORLDS), derandomize=True)
    @given(wishes())
    def every_world(asked: Wishes) -> None:
        check(accept(asked), seen)

    every_world()
    assert min(seen["free"], seen["allowed"]) >= 20, seen
