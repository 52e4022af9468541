"""Questions that wait for the same worker go to it together."""

import asyncio
from collections.abc import Callable

import pytest

from trafficctl_server.drivers.gathering import Gathering
from trafficctl_server.drivers.supervisor import Answer, Answered


class _Worker:
    """Answers what it was asked; notes how much it was asked at once."""

    def __init__(self) -> None:
        self.batches: list[int] = []
        self.fails = False

    async def ask(
        self,
        hook: str,
        count: int,
        question: Callable[[int], bytes],
        take: Callable[[int, Answer], None],
        *,
        patience: int,
    ) -> None:
        assert (hook, patience) == ("judge", 0)
        self.batches.append(count)
        await asyncio.sleep(0)
        if self.fails:
            raise RuntimeError("no worker")
        for index in range(count):
            take(index, Answered(data=question(index).decode()))


def _gathering(worker: _Worker) -> Gathering:
    return Gathering("judge", worker)  # type: ignore[arg-type] # all that is asked of a worker


async def test_each_gets_its_own_answer_and_those_that_waited_are_asked_together() -> None:
    worker = _Worker()
    gathering = _gathering(worker)
    answers = await asyncio.gather(*(gathering.ask(str(it).encode()) for it in range(20)))
    assert answers == [Answered(data=str(it)) for it in range(20)]
    assert worker.batches == [1, 19]


async def test_a_crowd_is_asked_in_parts() -> None:
    worker = _Worker()
    gathering = _gathering(worker)
    await asyncio.gather(*(gathering.ask(b"?") for _ in range(70)))
    assert worker.batches == [1, 32, 32, 5]


async def test_long_questions_are_asked_one_by_one() -> None:
    worker = _Worker()
    gathering = Gathering("judge", worker, 1)  # type: ignore[arg-type] # as above
    await asyncio.gather(*(gathering.ask(b"?") for _ in range(3)))
    assert worker.batches == [1, 1, 1]


async def test_a_failure_is_told_to_all_that_it_concerns() -> None:
    worker = _Worker()
    worker.fails = True
    gathering = _gathering(worker)
    found = await asyncio.gather(*(gathering.ask(b"?") for _ in range(3)), return_exceptions=True)
    assert [str(it) for it in found] == ["no worker"] * 3
    worker.fails = False
    assert await gathering.ask(b"again") == Answered(data="again")


async def test_who_goes_away_leaves_its_neighbours_their_answers() -> None:
    worker = _Worker()
    gathering = _gathering(worker)
    one, other = (asyncio.create_task(gathering.ask(it)) for it in (b"one", b"other"))
    await asyncio.sleep(0)
    other.cancel()
    assert await one == Answered(data="one")
    with pytest.raises(asyncio.CancelledError):
        await other
