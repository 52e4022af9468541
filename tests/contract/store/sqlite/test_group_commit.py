"""Many callers, one transaction: nobody pays for another's fate."""

import asyncio
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import pytest

from trafficctl_server.store.errors import AlreadyExists, StoreUnavailable
from trafficctl_server.store.pool import preferred_index
from trafficctl_server.store.records import Committed, TargetRow, Write
from trafficctl_server.store.sqlite.store import SqliteStore
from trafficctl_server.store.sqlite.writer import Writer
from trafficctl_server.store.visibility import Visibility

Create = Callable[..., Write]


class Told(Protocol):
    act: Callable[[str], None]


class Gate:
    """Holds the store's thread at a step until the test lets it go."""

    def __init__(self, step: str, loop: asyncio.AbstractEventLoop) -> None:
        self._step = step
        self._loop = loop
        self._go = threading.Event()
        self.reached = asyncio.Event()

    def __call__(self, step: str) -> None:
        if step == self._step and not self._go.is_set():
            self._loop.call_soon_threadsafe(self.reached.set)
            assert self._go.wait(timeout=60)

    def open(self) -> None:
        self._go.set()


async def test_writes_that_wait_share_one_flush(
    store: SqliteStore, steps: Told, create: Create
) -> None:
    seen: Counter[str] = Counter()
    gate = Gate("before commit", asyncio.get_running_loop())

    def act(step: str) -> None:
        seen[step] += 1
        gate(step)

    steps.act = act
    first = asyncio.create_task(store.commit(create("first")))
    await gate.reached.wait()
    rest = [asyncio.create_task(store.commit(create(f"g/{i}"))) for i in range(100)]
    await asyncio.sleep(0)
    gate.open()
    await asyncio.gather(first, *rest)
    assert (seen["before write"], seen["before commit"]) == (101, 2)
    assert sorted(task.result().revision for task in rest) == list(range(2, 102))


@pytest.mark.parametrize(
    "bad",
    ["taken", "lone surrogate \ud800", "number too large for a column", "last row unwritable"],
)
async def test_a_write_that_fails_fails_alone(
    store: SqliteStore, steps: Told, create: Create, bad: str
) -> None:
    await store.commit(create("taken"))
    gate = Gate("before commit", asyncio.get_running_loop())
    steps.act = gate
    first = asyncio.create_task(store.commit(create("first")))
    await gate.reached.wait()
    spoilt = create(bad)
    if bad.startswith("number"):
        object.__setattr__(spoilt.puts[0], "generation", 2**70)
    if bad.startswith("last"):
        spoilt = replace(spoilt, target_puts=(TargetRow(cluster="\ud800", identity=""),))
    writes = [create("a"), spoilt, create("b")]
    waiting = [asyncio.create_task(store.commit(write)) for write in writes]
    await asyncio.sleep(0)
    gate.open()
    await first
    outcomes = await asyncio.gather(*waiting, return_exceptions=True)
    assert [type(outcome) is Committed for outcome in outcomes] == [True, False, True]
    if bad == "taken":
        assert isinstance(outcomes[1], AlreadyExists)
    assert [(c.revision, c.name) for c in await store.changes(2, 10)] == [(3, "a"), (4, "b")]
    assert set(await store.allocations()) == {"taken", "first", "a", "b"}
    assert await store.check() == "ok"


async def test_callers_that_leave_disturb_nobody(
    store: SqliteStore, steps: Told, create: Create
) -> None:
    gate = Gate("before commit", asyncio.get_running_loop())
    steps.act = gate
    inside = asyncio.create_task(store.commit(create("inside")))
    await gate.reached.wait()
    outside = [asyncio.create_task(store.commit(create(f"g/{i}"))) for i in range(20)]
    await asyncio.sleep(0)
    inside.cancel()
    for task in outside[::2]:
        task.cancel()
    await asyncio.sleep(0)
    gate.open()
    done = await asyncio.gather(*outside[1::2])
    assert [committed.revision for committed in done] == list(range(2, 12))
    names = {record.name for record in (await store.snapshot())[1]}
    assert names == {"inside"} | {f"g/{i}" for i in range(1, 20, 2)}
    assert (await store.commit(create("after"))).revision == 12


async def test_a_reader_that_leaves_disturbs_nobody(
    store: SqliteStore, steps: Told, create: Create
) -> None:
    await store.commit(create("g"))
    gate = Gate("before read", asyncio.get_running_loop())
    steps.act = gate
    leaving = asyncio.create_task(store.snapshot())
    await gate.reached.wait()
    leaving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await leaving
    gate.open()
    _, (found,) = await store.snapshot()
    assert found.name == "g"
    assert (await store.commit(create("h"))).revision == 2


async def test_nothing_is_answered_or_shown_before_it_is_durable(
    store: SqliteStore, steps: Told, create: Create
) -> None:
    gate = Gate("before commit", asyncio.get_running_loop())
    steps.act = gate
    committing = asyncio.create_task(store.commit(create("g")))
    waiting = asyncio.create_task(store.wait(0))
    await gate.reached.wait()
    assert not committing.done()
    assert not waiting.done()
    assert store.revision == 0
    gate.open()
    assert (await committing).revision == await waiting == store.revision == 1


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),  # FULL: an acknowledged commit survives a power cut
        ("locking_mode", "exclusive"),
        ("wal_autocheckpoint", 4000),
    ],
)
async def test_the_connection_is_set_for_durability(
    store: SqliteStore, setting: str, value: object
) -> None:
    found = await store._file.run("read", lambda db: db.execute(f"PRAGMA {setting}").fetchone())
    assert found == (value,)


async def test_requests_go_before_the_ledger(
    store: SqliteStore, steps: Told, create: Create
) -> None:
    gate = Gate("before commit", asyncio.get_running_loop())
    steps.act = gate
    first = asyncio.create_task(store.commit(create("first")))
    await gate.reached.wait()
    background = asyncio.create_task(store.commit(create("background"), background=True))
    await asyncio.sleep(0)
    requests = [asyncio.create_task(store.commit(create(f"g/{i}"))) for i in range(5)]
    await asyncio.sleep(0)
    gate.open()
    await asyncio.gather(first, background, *requests)
    assert background.result().revision > max(task.result().revision for task in requests)


async def test_the_ledger_is_let_in_however_many_requests_come(create: Create) -> None:
    batches = 0
    let_in_at = 0
    tasks: list[asyncio.Task[Committed]] = []

    async def commit(writes: Sequence[Write]) -> tuple[int, list[Committed | Exception]]:
        nonlocal batches, let_in_at
        batches += 1
        if any(write.puts[0].name == "background" for write in writes):
            let_in_at = batches
        if batches < 50:  # there is always one more request waiting
            tasks.append(
                asyncio.create_task(writer.write(create(f"g/{batches}"), background=False))
            )
            await asyncio.sleep(0)
        return batches, [Committed(revision=batches) for _ in writes]

    writer = Writer(commit, Visibility())
    tasks.append(asyncio.create_task(writer.write(create("first"), background=False)))
    await asyncio.sleep(0)
    tasks.append(asyncio.create_task(writer.write(create("background"), background=True)))
    for task in tasks:
        await task
    await writer.stop()
    assert 1 < let_in_at <= 10


async def test_closing_commits_what_was_accepted(
    path: Path, store: SqliteStore, create: Create
) -> None:
    waiting = [
        asyncio.create_task(store.commit(create(f"g/{i}"), background=i % 2 == 0))
        for i in range(50)
    ]
    await asyncio.sleep(0)
    await store.close()
    await asyncio.gather(*waiting)
    again = SqliteStore(path, pool_size=1000)
    await again.start()
    assert len((await again.snapshot())[1]) == 50
    await again.close()


async def test_a_stop_at_any_step_loses_nothing_acknowledged(
    tmp_path: Path, create: Create
) -> None:
    class StoppedError(Exception):
        pass

    async def life(folder: Path, stop_at: int) -> bool:
        count = 0

        def act(_step: str) -> None:
            nonlocal count
            count += 1
            if count >= stop_at:
                raise StoppedError

        store = SqliteStore(folder / "store.db", pool_size=1000, on_step=act)
        acknowledged: list[str] = []
        finished = False
        try:
            await store.start()
            for name in ("a", "b", "c"):
                await store.commit(create(name, request_id=name))
                acknowledged.append(name)
            await store.compact(wishes_before=0, progress_before=2**60, requests_before=0)
            finished = True
        except StoppedError:
            pass
        await store.close()
        again = SqliteStore(folder / "store.db", pool_size=1000)
        await again.start()
        revision, records = await again.snapshot()
        names = [record.name for record in records]
        assert names[: len(acknowledged)] == acknowledged
        assert len(names) <= len(acknowledged) + 1
        assert revision == len(names)
        assert [change.name for change in await again.changes(0, 10)] == names
        assert dict(await again.allocations()) == {
            name: preferred_index(name, 1000) for name in names
        }
        # Whoever got no answer repeats, and nothing is there twice.
        for name in ("a", "b", "c"):
            await again.commit(create(name, request_id=name))
        assert again.revision == 3
        assert await again.check() == "ok"
        await again.close()
        return finished

    for stop_at in range(1, 200):
        folder = tmp_path / str(stop_at)
        if await life(folder, stop_at):
            break
    assert 20 < stop_at < 199


async def test_a_failed_batch_is_told_to_all_in_it(store: SqliteStore, create: Create) -> None:
    await store.commit(create("g"))
    await store._file.run("limit", lambda db: db.execute("PRAGMA query_only = ON").fetchall())
    outcomes = await asyncio.gather(
        *(store.commit(create(f"g/{i}")) for i in range(3)), return_exceptions=True
    )
    assert [type(outcome) for outcome in outcomes] == [StoreUnavailable] * 3
    await store._file.run("limit", lambda db: db.execute("PRAGMA query_only = OFF").fetchall())
    assert (await store.commit(create("h"))).revision == 2
