"""Plays a scenario with a whole controller in this process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import trafficctl_istio.plugin as istio
import trafficctl_networkpolicy.plugin as networkpolicy
import yaml
from trafficctl_istio import evaluation as mesh_evaluation
from trafficctl_networkpolicy import evaluation as filter_evaluation

from tests.docs.intents_page import assert_within, refusal, resource_of
from tests.fakes.drivers import InProcessDrivers
from tests.fakes.town import Town, town
from tests.scenarios.calls import assert_answer, placed_objects, question_of, request_of
from tests.scenarios.comparing import assert_objects, assert_told
from tests.scenarios.laws import broken_laws
from trafficctl_server.compile.facts import has_mesh
from trafficctl_server.compile.surroundings import inventory_of
from trafficctl_server.intents.failures import Failure
from trafficctl_server.intents.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.scenarios.scenario import Scenario, Step

_INTENTS = ("interclusterIntents", "intraclusterIntents", "outboundIntents", "inboundIntents")


async def play(scenario: Scenario, root: Path) -> None:
    """Play every step, and compare after each."""
    drivers = InProcessDrivers()
    drivers.add_module(istio)
    drivers.add_module(networkpolicy)
    async with town(root, drivers) as it:
        stage = _Stage(it)
        for step in scenario.steps:
            await stage.play(step)
            await stage.ask(step, scenario.tokens)


class _Stage:
    """One scenario while it is played."""

    def __init__(self, it: Town) -> None:
        self._town = it
        self._there: dict[str, None] = {}

    async def play(self, step: Step) -> None:
        """Do what a step says, wait until nothing is under way, and compare."""
        for name, body in step.change.items():
            await self._put(name, body, step.refused.get(name))
        for name in step.delete:
            kind = next(kind for kind in KINDS.values() if kind.matches(name))
            await self._town.delete(kind, name)
            del self._there[name]
        await self._town.quiet()
        unknown = {*step.refused, *step.realizations} - {*step.change, *self._there}
        assert not unknown, f"nobody wishes {sorted(unknown)}"
        found = self._objects()
        for cluster, objects in found.items():
            broken = broken_laws(objects)
            assert not broken, f"{cluster}: {broken}"
        if step.objects is not None:
            assert_objects(step.objects, found)
        for name in self._there:
            if name.rsplit("/", 2)[1] in _INTENTS:
                became = await self._town.realizations(name)
                assert_told(step.realizations.get(name), became, name)

    async def ask(self, step: Step, tokens: Mapping[str, Any]) -> None:
        """Ask who reaches whom over all that is written now, and compare the answers.

        What clients can ask is asked so, too: over the few objects that decide about the call.
        """
        world = self._town.engine.feed.world
        inventory, objects = inventory_of(world), placed_objects(self._objects())
        mesh = mesh_evaluation.index(objects, inventory)
        filters = filter_evaluation.index(objects, inventory)
        for caller, calls in step.reach.items():
            for call, expected in calls.items():
                place = f"{caller} calls {call}"
                request = request_of(caller, call, inventory, tokens)
                here = world.clusters.get(request.cluster)
                meshed = here is None or has_mesh(here)
                verdict = (
                    mesh_evaluation.explain(mesh, request)
                    if meshed
                    else filter_evaluation.explain(filters, request)
                )
                assert_answer(expected, verdict, place)
                question = question_of(request, meshed=meshed)
                if question is not None:
                    (explained,) = await self._town.engine.explainer.explain(question)
                    assert_answer(expected, explained.verdict, f"as clients are told, {place}")

    async def _put(self, name: str, body: Any, refused: Any) -> None:
        await self._open_group(name)
        answer: dict[str, Any] | None = None
        try:
            resource = resource_of(name, body)
            put = self._town.update if name in self._there else self._town.create
            await put(resource)
        except Failure as failure:
            answer = refusal(failure)
        else:
            self._there[name] = None
        if refused is None:
            assert answer is None, f"{name} is refused: {answer}"
        else:
            assert answer is not None, f"{name} is accepted"
            assert_within(refused, answer, name)

    async def _open_group(self, name: str) -> None:
        group, _, collection = name.rpartition("/")[0].rpartition("/")
        if collection in _INTENTS and group not in self._there:
            await self._town.create(resource_of(group, {}))
            self._there[group] = None

    def _objects(self) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = {}
        for path, text in self._town.tree().items():
            body = yaml.load(text, Loader=yaml.CSafeLoader)
            found.setdefault(path.partition("/")[0], []).append(body)
        return found
