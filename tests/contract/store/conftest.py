"""Both stores behind the same fixtures: what holds for one holds for the other."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from trafficctl_server.store.memory import MemoryStore
from trafficctl_server.store.records import ABSENT, Expect, Put
from trafficctl_server.store.sqlite.store import SqliteStore
from trafficctl_server.store.store import Store

POOL_SIZE = 4


class Clock:
    """Time that a test sets; starts at 1000 ns."""

    def __init__(self) -> None:
        self.now = 1000

    def __call__(self) -> int:
        return self.now


class Keeper:
    """Holds a store that can be stopped and started again."""

    def __init__(self, make: Callable[[], Store]) -> None:
        self._make = make
        self.store = make()

    async def restart(self) -> Store:
        await self.store.close()
        self.store = self._make()
        await self.store.start()
        return self.store

    async def before_and_after_restart(self) -> AsyncIterator[Store]:
        yield self.store
        yield await self.restart()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["memory", "sqlite"])
async def keeper(
    request: pytest.FixtureRequest, tmp_path: Path, clock: Clock
) -> AsyncIterator[Keeper]:
    memory = MemoryStore(pool_size=POOL_SIZE, clock=clock)

    def on_disk() -> Store:
        return SqliteStore(tmp_path / "store.db", pool_size=POOL_SIZE, clock=clock)

    kept = Keeper(on_disk if request.param == "sqlite" else lambda: memory)
    await kept.store.start()
    yield kept
    await kept.store.close()


@pytest.fixture
def store(keeper: Keeper) -> Store:
    return keeper.store


@pytest.fixture
def restart(keeper: Keeper) -> Callable[[], Awaitable[Store]]:
    return keeper.restart


@pytest.fixture
def before_and_after_restart(keeper: Keeper) -> AsyncIterator[Store]:
    return keeper.before_and_after_restart()


@pytest.fixture
def put() -> Callable[..., Put]:
    def make(
        name: str,
        uid: str = "u1",
        etag: str = "e1",
        expect: Expect = ABSENT,
        *,
        kind: str = "Intent",
        body: bytes = b"{}",
        progress: bytes | None = None,
        delete_time: int | None = None,
        generation: int = 1,
    ) -> Put:
        return Put(
            name=name,
            kind=kind,
            uid=uid,
            etag=etag,
            generation=generation,
            create_time=10,
            update_time=20,
            delete_time=delete_time,
            body=body,
            progress=progress,
            expect=expect,
        )

    return make
