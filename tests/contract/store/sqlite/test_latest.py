"""What was committed last is told from memory, as the file would tell it."""

from collections.abc import Callable, Sequence
from itertools import product
from typing import Protocol

import pytest

from trafficctl_server.store.errors import StoreUnavailable
from trafficctl_server.store.records import Change, ProgressPut, Write
from trafficctl_server.store.sqlite.latest import LatestChanges
from trafficctl_server.store.sqlite.store import SqliteStore


class Told(Protocol):
    act: Callable[[str], None]


NAMES = ("a", "b", "c", "d", "e")


async def test_who_follows_closely_reads_nothing_from_the_file(
    store: SqliteStore, steps: Told, create: Callable[..., Write]
) -> None:
    await store.commit(create("before"))
    upto = store.revision
    await store.commit(create("a"))
    taken: list[str] = []
    steps.act = taken.append
    changes = await store.changes(upto, 10)
    assert [it.name for it in changes] == ["a"]
    assert await store.get("a") is changes[0].record
    assert taken == []


async def test_memory_and_file_tell_the_same(
    store: SqliteStore, create: Callable[..., Write]
) -> None:
    for name in NAMES:
        await store.commit(create(name))
        said = ProgressPut(name=name, uid="u", progress=b"1")
        await store.commit(Write(progress=(said,)))
    both = Write(puts=(*create("x").puts, *create("y").puts, *create("z").puts))
    await store.commit(both)
    questions = [
        (after, limit, kinds, seen, wishes)
        for after, limit, kinds, seen, wishes in product(
            range(store.revision + 1),
            (1, 2, 4, 99),
            (None, ("Intent",), ("Group",)),
            (-1, 0),
            (False, True),
        )
    ]

    async def answers() -> list[Sequence[Change]]:
        return [
            await store.changes(after, limit, kinds, seen=seen, wishes_only=wishes)
            for after, limit, kinds, seen, wishes in questions
        ]

    from_memory = await answers()
    await store.compact(wishes_before=0, progress_before=0, requests_before=0)
    assert from_memory == await answers()


async def test_a_closed_store_tells_nothing(
    store: SqliteStore, create: Callable[..., Write]
) -> None:
    await store.commit(create("a"))
    await store.close()
    with pytest.raises(StoreUnavailable):
        await store.changes(0, 10)


async def test_a_batch_that_failed_once_it_was_done_is_told_by_the_file(
    store: SqliteStore, steps: Told, create: Callable[..., Write]
) -> None:
    await store.commit(create("a"))

    def fail(step: str) -> None:
        if step == "after commit":
            raise StoreUnavailable("the disk went", "put it back")

    steps.act = fail
    with pytest.raises(StoreUnavailable):
        await store.commit(create("b"))
    steps.act = lambda _: None
    assert [it.name for it in await store.changes(1, 10)] == ["b"]
    await store.commit(create("c"))
    assert [it.name for it in await store.changes(0, 10)] == ["a", "b", "c"]
    assert [it.name for it in await store.changes(1, 10)] == ["b", "c"]


@pytest.mark.parametrize("limits", [(3, 1000), (1000, 6)])
async def test_only_what_was_changed_last_is_kept(
    store: SqliteStore, create: Callable[..., Write], limits: tuple[int, int]
) -> None:
    kept = LatestChanges(*limits)
    for name in NAMES:
        await store.commit(create(name))
        before = store.revision - 1
        changed = await store.changes(before, 10)
        kept.add(before, store.revision, [(it, True) for it in changed])

    def told(after: int) -> list[str] | None:
        found = kept.after(after, 10, None, seen=-1, wishes_only=False)
        return None if found is None else [it.name for it in found]

    assert told(1) is None
    assert told(2) == ["c", "d", "e"]
    assert told(5) == []
    assert told(6) is None
