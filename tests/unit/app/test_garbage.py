"""Garbage that holds itself goes in the end, and nothing that stays is looked through for it."""

import asyncio
import gc
import weakref
from collections.abc import Iterator

import pytest

from trafficctl_server.app import garbage
from trafficctl_server.app.garbage import look_for_garbage, undisturbed
from trafficctl_server.intents.precedence import Precedence


class Ring:
    """Holds itself."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def usual() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)
    gc.unfreeze()


async def test_old_garbage_goes_once_all_is_known_and_then_at_intervals() -> None:
    known = asyncio.Event()
    looking = asyncio.create_task(look_for_garbage(known, Precedence(), 0.001))
    await asyncio.sleep(0.01)
    ring = weakref.ref(Ring())
    known.set()
    await asyncio.sleep(0)
    gone = asyncio.Event()
    later = Ring()
    told = weakref.ref(later, lambda _: gone.set())
    gc.collect(1)  # it is old from now on
    assert told() is later
    del later
    await asyncio.wait_for(gone.wait(), 60)
    looking.cancel()
    await asyncio.gather(looking, return_exceptions=True)
    assert ring() is not None, "what was there when all was known is left out"


def test_what_is_read_undisturbed_is_left_out_of_later_looks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(garbage, "_YOUNG", 100)
    looks: list[int] = []

    def look(phase: str, info: dict[str, int]) -> None:
        if phase == "start":
            looks.append(info["generation"])

    gc.callbacks.append(look)
    try:
        with undisturbed():
            read = [[it] for it in range(100_000)]
        assert looks == []
        before = gc.get_freeze_count()
        made = [[it] for it in range(500_000)]
        assert set(looks) <= {0, 1}
        assert 0 in looks
    finally:
        gc.callbacks.remove(look)
    assert before >= len(read)
    assert len(made) == 500_000
