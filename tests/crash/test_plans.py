"""A controller stopped at every store and file call while a client plans and applies."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import uuid
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from trafficctl_sdk.model.cluster import Cluster
from trafficctl_sdk.model.traffic_intent_group import TrafficIntentGroup

from tests.crash.life import Steps, live, settle
from tests.crash.picture import Picture, take
from tests.crash.wishes import (
    caller,
    cluster,
    group_name,
    intercluster,
    outbound,
    workload,
)
from trafficctl_server.intents.requests import ChangeRequest
from trafficctl_server.plans.changes import Change
from trafficctl_server.plans.plan import Plan, PlanState

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from tests.fakes.town import Town
    from trafficctl_server.intents.kinds import Resource

AT_ONCE: Final = 2
LIMIT: Final = 600
"""Seconds; machines may be loaded."""
EVERY: Final = 15
"""Without the long loops it is stopped at every so many steps."""

_IDS: Final = uuid.UUID("0a4c7b1e-6a54-4f3d-9d0e-2f3d3c5b1f77")
_FIRST: Final[tuple[Resource, ...]] = (
    intercluster("day", "between", "back", caller("front")),
    outbound("day", "out", "db.example.com", caller("back")),
    TrafficIntentGroup(name=group_name("day")),
    workload("front", "west"),
    workload("back", "east"),
    cluster("west", "192.0.2.2", Cluster.DriftPolicy.REPAIR),
    cluster("east", "192.0.2.1", Cluster.DriftPolicy.REPAIR),
)
_SECOND: Final[tuple[Resource, ...]] = (
    intercluster("day", "between", "back", caller("front", "/books")),
    workload("front", "east"),
)
_GONE: Final = outbound("day", "out", "db.example.com", caller("back")).name


@dataclass(slots=True)
class Planner:
    """Plans twice, each step once: what got no answer is asked of the next process again.

    :ivar answers: those that came.
    """

    answers: list[Plan] = field(default_factory=list)
    again: bool = False
    picture: Picture | None = None

    async def work(self, town: Town, steps: Steps) -> None:
        """Go on where the last process left off, then wait until nothing is under way."""
        todo = list(self._steps(town))
        for step in todo[len(self.answers) :]:
            self.answers.append(await step(_request(len(self.answers))))
        await settle(town)
        steps.paused = True
        self.picture = await take(town.store, town.root)
        steps.paused = False

    def _steps(self, town: Town) -> Iterator[Callable[[ChangeRequest], Awaitable[Plan]]]:
        office = town.engine.plans.office
        changes = [*_wished(_SECOND), Change(name=_GONE)]
        for name, first, rest in (
            ("projects/shop/plans/one", _wished(_FIRST[:3]), _wished(_FIRST[3:])),
            ("projects/shop/plans/two", changes[:1], changes[1:]),
        ):
            yield partial(office.create, Plan(name=name), first)
            yield partial(office.add, name, rest)
            yield partial(office.compute, name)
            yield partial(self._apply, town, name)
            yield partial(office.delete, name)

    async def _apply(self, town: Town, name: str, request: ChangeRequest) -> Plan:
        return await town.engine.plans.applying.apply(name, self.answers[-1].digest, request)


def _wished(wishes: tuple[Resource, ...]) -> list[Change]:
    return [Change(name=it.name, wish=it, uid=str(uuid.uuid5(_IDS, it.name))) for it in wishes]


def _request(number: int) -> ChangeRequest:
    return ChangeRequest(method=f"plan {number}", request_id=str(uuid.uuid5(_IDS, str(number))))


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    memory = Path("/dev/shm")  # noqa: S108 - only its parent; the folder itself is ours alone
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as name:
        yield Path(name)


async def _undisturbed(folder: Path) -> tuple[Picture, list[str]]:
    planner, steps = Planner(), Steps()
    place = folder / "undisturbed"
    place.mkdir()
    assert await live(place, planner, steps, folder / "none")  # type: ignore[arg-type] # it works like a client
    shutil.rmtree(place)
    assert planner.picture is not None
    assert [it.state for it in planner.answers if it.parts.run] == [
        PlanState.READY,
        PlanState.APPLIED,
        PlanState.APPLIED,
    ] * 2
    kinds = {it["kind"] for it in planner.picture.records.values()}
    assert not kinds & {"Plan", "PlanPart"}
    return planner.picture, steps.seen[steps.started :]


async def _stopped(folder: Path, step: str) -> Picture:
    """Stop at a step, and let the next process go on."""
    place = Path(tempfile.mkdtemp(dir=folder))
    first, second = place / "first", place / "second"
    first.mkdir()
    planner: Any = Planner()
    if not await live(first, planner, Steps(step.__eq__), second):
        assert await live(second, planner, Steps(), place / "none")
    shutil.rmtree(place)
    assert planner.picture is not None
    picture: Picture = planner.picture
    return picture


async def _at_every(folder: Path, every: int) -> list[str]:
    wanted, steps = await _undisturbed(folder)
    turns = asyncio.Semaphore(AT_ONCE)

    async def stop(step: str) -> list[str]:
        async with turns:
            found = wanted.differences(await _stopped(folder, step))
        return [f"stopped at {step}:", *found] if found else []

    failures = await asyncio.gather(*(stop(it) for it in steps[::every]))
    return ["\n".join(it) for it in failures if it]


@pytest.mark.timeout(LIMIT)
def test_stopped_now_and_then_what_was_planned_comes_true(folder: Path) -> None:
    assert asyncio.run(_at_every(folder, EVERY)) == []


@pytest.mark.crash
@pytest.mark.timeout(LIMIT)
def test_stopped_at_any_step_what_was_planned_comes_true(folder: Path) -> None:
    assert asyncio.run(_at_every(folder, 1)) == []
