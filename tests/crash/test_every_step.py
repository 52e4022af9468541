"""The whole core stopped at every store and file call, and started again."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from tests.crash.life import Client, Steps, live
from tests.crash.scenario import parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.crash.picture import Picture
    from tests.crash.wishes import Wish

PARTS: Final = parts()
AT_ONCE: Final = 2
"""So many processes live at once, each in a folder of its own."""

LIMIT: Final = 600
"""Seconds for one part; machines may be loaded."""

SHOWN: Final = 5
TO_DELIVERED: Final = 2
"""The first parts lead from nothing to a delivered intent; what comes then has the long loops."""

NUMBERS: Final = (
    *range(TO_DELIVERED),
    *(pytest.param(it, marks=pytest.mark.crash) for it in range(TO_DELIVERED, len(PARTS))),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Undisturbed:
    """One part of the scenario as it goes when nothing stops.

    :ivar start: what the part finds on the disk.
    :ivar picture: what there is at its end.
    :ivar steps: its steps; those of the process's start only in the first part, where nothing is
        there yet, and in the last, where something is.
    """

    wishes: tuple[Wish, ...]
    start: Path
    picture: Picture
    steps: tuple[str, ...]


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """In memory where there is such a place: a process that stops loses no file of either kind."""
    memory = Path("/dev/shm")  # noqa: S108 - only its parent; the folder itself is ours alone
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as name:
        yield Path(name)


@pytest.fixture(scope="module")
def undisturbed(folder: Path) -> list[Undisturbed]:
    found = []
    start = folder / "before 0"
    start.mkdir()
    for number, wishes in enumerate(PARTS):
        after = folder / f"before {number + 1}"
        shutil.copytree(start, after)
        client, steps = Client(wishes), Steps()
        assert asyncio.run(live(after, client, steps, folder / "none"))
        assert client.picture is not None
        kept = 0 if number in {0, len(PARTS) - 1} else steps.started
        found.append(
            Undisturbed(
                wishes=wishes, start=start, picture=client.picture, steps=tuple(steps.seen[kept:])
            )
        )
        start = after
    return found


@pytest.mark.timeout(LIMIT)
@pytest.mark.parametrize("number", NUMBERS)
def test_stopped_at_any_step_and_started_again_all_is_the_same(
    folder: Path, undisturbed: list[Undisturbed], number: int
) -> None:
    part = undisturbed[number]
    steps = part.steps
    stopped: set[str] = set()
    turns = asyncio.Semaphore(AT_ONCE)

    async def stop_at(step: str) -> list[str]:
        async with turns:
            place = Path(tempfile.mkdtemp(dir=folder))
            first, second = place / "first", place / "second"
            shutil.copytree(part.start, first)
            client = Client(part.wishes)
            if not await live(first, client, Steps(step.__eq__), second):
                stopped.add(step)
                assert await live(second, client, Steps(), place / "none")
            shutil.rmtree(place)
        assert client.picture is not None
        found = part.picture.differences(client.picture)
        return [f"stopped at {step}:", *found] if found else []

    async def all_of_them() -> list[list[str]]:
        return await asyncio.gather(*(stop_at(it) for it in steps))

    failures = ["\n".join(it) for it in asyncio.run(all_of_them()) if it]
    assert not failures, "\n".join([f"{len(failures)} stops, such as", *failures[:SHOWN]])
    # How often a step comes differs a little: it depends on what happens to be written together.
    never = {_name(it) for it in steps} - {_name(it) for it in stopped}
    assert not never, "no process stopped there"


def test_stopped_again_and_again_it_gets_there(
    folder: Path, undisturbed: list[Undisturbed]
) -> None:
    """Each process stops a little later than the one before, wherever that is."""
    client = Client(tuple(wish for part in PARTS for wish in part))
    place = folder / "again and again"
    (place / "0").mkdir(parents=True)
    lives = 0
    limit = len(PARTS) * max(len(it.steps) for it in undisturbed)

    def counting() -> Steps:
        left = lives + 1

        def stop(_step: str) -> bool:
            nonlocal left
            left -= 1
            return not left

        return Steps(stop)

    while not asyncio.run(live(place / str(lives), client, counting(), place / str(lives + 1))):
        shutil.rmtree(place / str(lives))
        lives += 1
        assert lives < limit

    assert client.picture is not None
    assert not undisturbed[-1].picture.differences(client.picture)
    assert lives > len(client.wishes)


def _name(step: str) -> str:
    """Leave out how often the step came before."""
    return step.rpartition(" ")[0]
