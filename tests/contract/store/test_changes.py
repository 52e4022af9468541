import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Protocol

import pytest

from trafficctl_server.store.errors import FutureRevision, HistoryCompacted, StoreUnavailable
from trafficctl_server.store.records import (
    Change,
    ChangeKind,
    Expect,
    ProgressPut,
    Put,
    Remove,
    Write,
)
from trafficctl_server.store.store import Store

MakePut = Callable[..., Put]


class SetClock(Protocol):
    now: int


def told(changes: list[Change]) -> list[tuple[int, str, str, str]]:
    return [(c.revision, c.change.value, c.name, c.uid) for c in changes]


async def test_the_feed_tells_the_life_of_a_record(
    store: Store, before_and_after_restart: AsyncIterator[Store], put: MakePut
) -> None:
    await store.commit(Write(puts=(put("g", body=b"1"),)))
    await store.commit(Write(puts=(put("g", body=b"2", expect=Expect.etag("e1")),)))
    await store.commit(Write(progress=(ProgressPut(name="g", uid="u1", progress=b"p"),)))
    await store.commit(Write(puts=(put("g", body=b"3", expect=Expect.uid("u1"), delete_time=9),)))
    await store.commit(Write(removes=(Remove(name="g", uid="u1"),)))
    async for reader in before_and_after_restart:
        changes = await reader.changes(0, 100)
        assert told(changes) == [
            (1, "ADDED", "g", "u1"),
            (2, "UPDATED", "g", "u1"),
            (3, "UPDATED", "g", "u1"),
            (4, "UPDATED", "g", "u1"),
            (5, "DELETED", "g", "u1"),
        ]
        assert [(c.record.body, c.record.progress) for c in changes] == [
            (b"1", b""),
            (b"2", b""),
            (b"2", b"p"),
            (b"3", b"p"),
            (b"3", b"p"),
        ]
        assert [c.record.revision for c in changes] == [1, 2, 3, 4, 4]
        assert told(await reader.changes(3, 100)) == told(changes)[3:]


async def test_a_name_created_over_one_being_deleted_is_two_changes(
    store: Store, put: MakePut
) -> None:
    await store.commit(Write(puts=(put("g", body=b"old", delete_time=5),)))
    await store.commit(Write(puts=(put("g", "u2", body=b"new"),)))
    changes = await store.changes(1, 10)
    assert told(changes) == [(2, "DELETED", "g", "u1"), (2, "ADDED", "g", "u2")]
    assert [change.record.body for change in changes] == [b"old", b"new"]


async def test_a_record_changes_once_per_revision(store: Store, put: MakePut) -> None:
    await store.commit(Write(puts=(put("g"), put("h"))))
    await store.commit(
        Write(
            puts=(put("g", body=b"b", expect=Expect.uid("u1")), put("brief")),
            progress=(
                ProgressPut(name="g", uid="u1", progress=b"p"),
                ProgressPut(name="h", uid="u1", progress=b"last"),
            ),
            removes=(Remove(name="h", uid="u1"), Remove(name="brief", uid="u1")),
        )
    )
    changes = await store.changes(1, 10)
    assert told(changes) == [(2, "UPDATED", "g", "u1"), (2, "DELETED", "h", "u1")]
    assert (changes[0].record.body, changes[0].record.progress) == (b"b", b"p")
    assert changes[1].record.progress == b"last"


async def test_equal_progress_is_no_change(store: Store, put: MakePut) -> None:
    await store.commit(Write(puts=(put("g", progress=b"p"),)))
    done = await store.commit(Write(progress=(ProgressPut(name="g", uid="u1", progress=b"p"),)))
    assert done.revision == 1
    assert await store.changes(1, 10) == []


async def test_a_limit_never_splits_a_revision_that_fits(store: Store, put: MakePut) -> None:
    await store.commit(Write(puts=(put("a"), put("b"))))
    await store.commit(Write(puts=(put("c"), put("d"))))
    assert [c.name for c in await store.changes(0, 3)] == ["a", "b"]
    assert [c.name for c in await store.changes(2 - 1, 3)] == ["c", "d"]
    assert not any(c.more for c in await store.changes(0, 4))


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 7, 100])
async def test_a_reader_with_any_limit_sees_every_change_once(
    store: Store, put: MakePut, limit: int
) -> None:
    sizes = (1, 5, 2, 3)
    for revision, size in enumerate(sizes):
        await store.commit(
            Write(
                puts=tuple(
                    put(f"{revision}/{i}", kind=("Intent", "Cluster")[i % 2]) for i in range(size)
                )
            )
        )
    for kinds in (None, {"Intent"}, {"Cluster"}):
        everything = [(c.revision, c.seq, c.name) for c in await store.changes(0, 1000, kinds)]
        after, seen, read = 0, -1, []
        for _ in range(sum(sizes) + 1):
            page = await store.changes(after, limit, kinds, seen=seen)
            assert len(page) <= limit
            assert not any(change.more for change in page[:-1])
            read += [(c.revision, c.seq, c.name) for c in page]
            if not page:
                break
            last = page[-1]
            after, seen = (last.revision - 1, last.seq) if last.more else (last.revision, -1)
        assert read == everything
    assert len({name for _, _, name in everything}) == 4


async def test_changes_of_the_future_are_refused(store: Store, put: MakePut) -> None:
    await store.commit(Write(puts=(put("g"),)))
    assert await store.changes(1, 10) == []
    with pytest.raises(FutureRevision) as refused:
        await store.changes(2, 10)
    assert refused.value.current == 1


async def test_compaction_forgets_progress_sooner_than_wishes(
    store: Store, before_and_after_restart: AsyncIterator[Store], put: MakePut, clock: SetClock
) -> None:
    await store.commit(Write(puts=(put("g"),)))  # revision 1, at 1000
    clock.now = 2000
    await store.commit(Write(progress=(ProgressPut(name="g", uid="u1", progress=b"1"),)))
    clock.now = 3000
    await store.commit(Write(puts=(put("g", expect=Expect.uid("u1")),)))
    await store.commit(Write(progress=(ProgressPut(name="g", uid="u1", progress=b"2"),)))
    await store.compact(wishes_before=1000, progress_before=3000, requests_before=0)
    async for reader in before_and_after_restart:
        with pytest.raises(HistoryCompacted) as refused:
            await reader.changes(1, 10)
        assert refused.value.oldest == 2
        assert [c.revision for c in await reader.changes(2, 10)] == [3, 4]
        assert [c.revision for c in await reader.changes(0, 10, wishes_only=True)] == [1, 3]
        found = await reader.get("g")
        assert found is not None
        assert found.progress == b"2"


async def test_compaction_of_everything_leaves_records_and_the_feed_going(
    store: Store, put: MakePut
) -> None:
    for number in range(5):
        await store.commit(Write(puts=(put(f"g/{number}"),)))
    await store.compact(wishes_before=2**60, progress_before=2**60, requests_before=0)
    with pytest.raises(HistoryCompacted) as refused:
        await store.changes(4, 10, wishes_only=True)
    assert refused.value.oldest == 5
    assert await store.changes(5, 10) == []
    await store.commit(Write(puts=(put("g/5"),)))
    assert told(await store.changes(5, 10)) == [(6, "ADDED", "g/5", "u1")]
    assert len((await store.snapshot())[1]) == 6


async def test_compaction_goes_on_however_much_there_is(
    store: Store, put: MakePut, clock: SetClock
) -> None:
    await asyncio.gather(*(store.commit(Write(puts=(put(f"g/{i}"),))) for i in range(2500)))
    clock.now = 2000
    await store.commit(Write(puts=(put("last"),)))
    await store.compact(wishes_before=2000, progress_before=0, requests_before=0)
    with pytest.raises(HistoryCompacted) as refused:
        await store.changes(2499, 10)
    assert refused.value.oldest == 2500
    assert told(await store.changes(2500, 10)) == [(2501, "ADDED", "last", "u1")]


async def test_a_commit_wakes_all_who_wait(store: Store, put: MakePut) -> None:
    waiting = [asyncio.create_task(store.wait(after)) for after in (0, 0, 1)]
    await asyncio.sleep(0)
    await store.commit(Write(puts=(put("a"),)))
    assert await asyncio.gather(*waiting[:2]) == [1, 1]
    assert not waiting[2].done()
    await store.commit(Write(puts=(put("b"),)))
    assert await waiting[2] == 2
    assert await store.wait(0) == 2


async def test_a_waiter_that_leaves_disturbs_nobody(store: Store, put: MakePut) -> None:
    leaving, staying = (asyncio.create_task(store.wait(0)) for _ in range(2))
    await asyncio.sleep(0)
    leaving.cancel()
    await store.commit(Write(puts=(put("a"),)))
    assert await staying == 1
    with pytest.raises(asyncio.CancelledError):
        await leaving


async def test_closing_ends_those_who_wait(store: Store) -> None:
    waiting = asyncio.create_task(store.wait(0))
    await asyncio.sleep(0)
    await store.close()
    with pytest.raises(StoreUnavailable):
        await waiting


async def test_a_revision_is_readable_as_soon_as_it_is_shown(store: Store, put: MakePut) -> None:
    read: list[Change] = []

    async def follow() -> None:
        after = 0
        while after < 100:
            await store.wait(after)
            shown = store.revision
            page = await store.changes(after, 1000)
            assert page[-1].revision >= shown
            read.extend(page)
            after = page[-1].revision

    follower = asyncio.create_task(follow())
    await asyncio.gather(*(store.commit(Write(puts=(put(f"g/{i}"),))) for i in range(100)))
    await follower
    assert [change.revision for change in read] == list(range(1, 101))
    assert {change.change for change in read} == {ChangeKind.ADDED}
