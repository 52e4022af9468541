"""What is kept of reads is never older than what was acknowledged."""

import asyncio
import random
from collections.abc import Callable
from dataclasses import replace
from itertools import count

from trafficctl_server.store.records import Expect, ProgressPut, Remove, Write
from trafficctl_server.store.sqlite.recent import RecentRecords
from trafficctl_server.store.sqlite.store import SqliteStore

NAMES = ("a", "b", "c")


async def test_a_read_never_gives_less_than_was_acknowledged_before_it(
    store: SqliteStore, create: Callable[..., Write]
) -> None:
    chance = random.Random(1)  # noqa: S311 - a fixed order of steps
    for name in NAMES:
        await store.commit(create(name))
    acknowledged = dict.fromkeys(NAMES, 0)
    numbers = count(1)

    async def write(name: str) -> None:
        number = next(numbers)  # in the order in which they are committed
        said = ProgressPut(name=name, uid="u", progress=str(number).encode())
        await store.commit(Write(progress=(said,)))
        acknowledged[name] = max(acknowledged[name], number)

    async def read(name: str) -> None:
        least = acknowledged[name]
        record = await store.get(name)
        assert record is not None
        assert int(record.progress or b"0") >= least

    async with asyncio.TaskGroup() as group:
        for _ in range(600):
            name = chance.choice(NAMES)
            group.create_task(read(name) if chance.random() < 0.7 else write(name))
            if chance.random() < 0.1:
                await asyncio.sleep(0)
            elif chance.random() < 0.1:
                await write(chance.choice(NAMES))  # acknowledged before what comes next


async def test_a_name_that_was_removed_and_made_again_is_the_new_one(
    store: SqliteStore, create: Callable[..., Write]
) -> None:
    await store.commit(create("a"))
    assert (await store.get("a")) is (await store.get("a"))
    await store.commit(Write(removes=(Remove(name="a", uid="u"),)))
    assert await store.get("a") is None
    await store.commit(create("a", b'{"new": true}'))
    found = await store.get("a")
    assert found is not None
    assert found.body == b'{"new": true}'


async def test_a_write_that_fails_leaves_what_is_there(
    store: SqliteStore, create: Callable[..., Write]
) -> None:
    await store.commit(create("a"))
    before = await store.get("a")
    (put,) = create("a", b'{"other": true}').puts
    refused = replace(put, expect=Expect.etag("another"))
    (outcome,) = await asyncio.gather(store.commit(Write(puts=(refused,))), return_exceptions=True)
    assert isinstance(outcome, Exception)
    assert await store.get("a") == before


async def test_only_the_records_read_last_are_kept(
    store: SqliteStore, create: Callable[..., Write]
) -> None:
    kept = RecentRecords(2)
    for name in NAMES:
        await store.commit(create(name))
        kept.end(name, kept.begin(name), await store.get(name))
    assert [name for name in NAMES if kept.get(name) is not None] == ["b", "c"]


async def test_what_a_commit_overtook_while_it_was_read_is_not_kept(
    store: SqliteStore, create: Callable[..., Write]
) -> None:
    await store.commit(create("a"))
    kept = RecentRecords(2)
    read = kept.begin("a")
    kept.forget([create("a")])
    kept.end("a", read, await store.get("a"))
    assert kept.get("a") is None
