"""A store on a file, with its steps told to the test."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from trafficctl_server.store.records import ABSENT, Put, RequestRecord, Write
from trafficctl_server.store.sqlite.store import SqliteStore


class Steps:
    """Told each step in the store's thread; a test may replace ``act``."""

    def __init__(self) -> None:
        self.act: Callable[[str], None] = lambda _step: None

    def __call__(self, step: str) -> None:
        self.act(step)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


@pytest.fixture
def steps() -> Steps:
    return Steps()


@pytest.fixture
async def store(path: Path, steps: Steps) -> AsyncIterator[SqliteStore]:
    opened = SqliteStore(path, pool_size=1000, on_step=steps)
    await opened.start()
    yield opened
    await opened.close()


@pytest.fixture
def create() -> Callable[..., Write]:
    def make(name: str, body: bytes = b"{}", request_id: str | None = None) -> Write:
        request = RequestRecord(
            principal="p",
            method="m",
            request_id=request_id or "",
            body_digest="d",
            response=b"r",
            time=1,
        )
        return Write(
            puts=(
                Put(
                    name=name,
                    kind="Intent",
                    uid="u",
                    etag="e",
                    generation=1,
                    create_time=1,
                    update_time=1,
                    body=body,
                    expect=ABSENT,
                ),
            ),
            touch_scopes=("s",),
            allocate=(name,),
            request=request if request_id else None,
        )

    return make
