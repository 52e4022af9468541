"""Requests go first; the work behind them waits its share, and never for ever."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from trafficctl_server.intents.precedence import Precedence


class Clock:
    """The loop's time, which goes on only when it is told to."""

    def __init__(self) -> None:
        self.now = 100.0

    async def goes_on(self, seconds: float) -> None:
        """Let so much time pass, and everybody do what is due."""
        self.now += seconds
        for _ in range(10):
            await asyncio.sleep(0)


@pytest.fixture
async def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    it = Clock()
    monkeypatch.setattr(asyncio.get_running_loop(), "time", lambda: it.now)
    return it


async def work(precedence: Precedence, did: Callable[[], None]) -> None:
    async with precedence.turn():
        did()


@contextmanager
def request(precedence: Precedence) -> Iterator[None]:
    precedence.begin()
    yield
    precedence.end()


def take(clock: Clock, seconds: float) -> None:
    clock.now += seconds


async def test_while_nobody_asks_turn_follows_turn(clock: Clock) -> None:
    precedence = Precedence(lambda: clock.now)
    done: list[int] = []
    for number in range(3):
        await work(precedence, lambda: take(clock, 1))
        await work(precedence, lambda number=number: done.append(number))  # type: ignore[misc] # mypy cannot infer a lambda with a default
    assert done == [0, 1, 2]


async def test_a_turn_is_paid_for_while_requests_are_under_way(clock: Clock) -> None:
    precedence = Precedence(lambda: clock.now)
    done: list[str] = []
    with request(precedence):
        await work(precedence, lambda: take(clock, 1))
        task = asyncio.create_task(work(precedence, lambda: done.append("work")))
        await clock.goes_on(2.9)
        assert not done
        await clock.goes_on(0.2)
        assert done == ["work"]  # requests go on, and work has its share
    await task


async def test_work_goes_on_when_the_last_request_is_answered(clock: Clock) -> None:
    precedence = Precedence(lambda: clock.now)
    done: list[str] = []
    with request(precedence):
        with request(precedence):
            await work(precedence, lambda: take(clock, 1))
            task = asyncio.create_task(work(precedence, lambda: done.append("work")))
            await clock.goes_on(0.1)
        await clock.goes_on(0.1)
        assert not done  # one request of two is answered
    await clock.goes_on(0)
    assert done == ["work"]
    await task


async def test_between_requests_that_follow_each_other_work_has_its_share_and_no_more(
    clock: Clock,
) -> None:
    precedence = Precedence(lambda: clock.now)
    done: list[str] = []
    for _ in range(2):
        with request(precedence):
            pass
        await clock.goes_on(0.001)
    await work(precedence, lambda: take(clock, 0.001))
    task = asyncio.create_task(work(precedence, lambda: done.append("work")))
    await clock.goes_on(0)
    await clock.goes_on(0.0025)
    assert not done  # nothing is under way, and the next request is expected
    await clock.goes_on(0.001)
    assert done == ["work"]
    await task
    await work(precedence, lambda: take(clock, 0.02))
    await work(precedence, lambda: done.append("more"))  # nobody asked for a while
    assert done == ["work", "more"]


async def test_short_turns_are_paid_for_together(clock: Clock) -> None:
    precedence = Precedence(lambda: clock.now)
    done: list[int] = []

    def do(number: int) -> None:
        take(clock, 0.0001)
        done.append(number)

    with request(precedence):
        tasks = [
            asyncio.create_task(work(precedence, lambda number=number: do(number)))  # type: ignore[misc] # mypy cannot infer a lambda with a default
            for number in range(6)
        ]
        for _ in range(10):
            await clock.goes_on(0)
        assert done == [0, 1, 2, 3]  # too little is owed for a pause before
        await clock.goes_on(0.0013)
        await clock.goes_on(0)
        assert done == [0, 1, 2, 3, 4, 5]
    await asyncio.gather(*tasks)


async def test_who_came_first_has_the_first_turn_and_who_leaves_holds_up_nobody(
    clock: Clock,
) -> None:
    precedence = Precedence(lambda: clock.now)
    done: list[int] = []
    with request(precedence):
        await work(precedence, lambda: take(clock, 1))
        tasks = [
            asyncio.create_task(work(precedence, lambda number=number: done.append(number)))  # type: ignore[misc] # mypy cannot infer a lambda with a default
            for number in range(4)
        ]
        await clock.goes_on(0.1)
        tasks[0].cancel()
        tasks[2].cancel()
        await clock.goes_on(4)
    await asyncio.gather(*tasks, return_exceptions=True)
    assert done == [1, 3]


async def test_work_on_many_things_gives_its_turn_back_and_leaves_nothing_out(
    clock: Clock,
) -> None:
    precedence = Precedence(lambda: clock.now)
    done: list[int] = []

    def do(number: int) -> None:
        take(clock, 0.0004)
        done.append(number)

    precedence.begin()
    task = asyncio.create_task(precedence.each(range(7), do))
    await clock.goes_on(0)
    assert done == [0, 1]  # a request waits for what takes half a millisecond, not for all
    await clock.goes_on(1)
    assert done == [0, 1, 2, 3]
    precedence.end()
    clock.now += 1  # nobody asks any more
    await task
    assert done == [0, 1, 2, 3, 4, 5, 6]
