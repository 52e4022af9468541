"""The pool on disk: as cheap when it is nearly full, and sound when it is made smaller."""

from contextlib import suppress
from pathlib import Path

import pytest

from trafficctl_server.store.errors import PoolExhausted
from trafficctl_server.store.records import Write
from trafficctl_server.store.sqlite.store import SqliteStore

SIZE = 1000  # of the pool of the fixture


async def instructions(store: SqliteStore, write: Write) -> int:
    """Answer how much SQLite had to do for a write."""
    done = 0

    def count() -> int:
        nonlocal done
        done += 1
        return 0

    await store._file.run("watch", lambda db: db.set_progress_handler(count, 1))
    with suppress(PoolExhausted):
        await store.commit(write)
    await store._file.run("watch", lambda db: db.set_progress_handler(None, 0))
    return done


async def test_a_full_pool_is_searched_as_fast_as_an_empty_one(store: SqliteStore) -> None:
    empty = await instructions(store, Write(allocate=("k0",)))
    assert empty > 0
    await store.commit(Write(allocate=tuple(f"k{n}" for n in range(SIZE - 1))))
    assert await instructions(store, Write(allocate=("last",))) < 3 * empty
    assert await instructions(store, Write(allocate=("too many",))) < 3 * empty
    assert "too many" not in await store.allocations()
    assert await instructions(store, Write(release=("k7",), allocate=("next",))) < 3 * empty
    assert sorted((await store.allocations()).values()) == list(range(SIZE))


async def test_a_refused_write_leaves_the_search_as_it_was(store: SqliteStore) -> None:
    keys = tuple(f"k{n}" for n in range(SIZE - 1))
    await store.commit(Write(allocate=keys))
    held = dict(await store.allocations())
    free = set(range(SIZE)) - set(held.values())
    with pytest.raises(PoolExhausted):
        await store.commit(Write(release=keys[:1], allocate=("x", "y", "z")))
    assert dict(await store.allocations()) == held
    assert set((await store.commit(Write(allocate=("x",)))).allocations.values()) == free


async def test_a_smaller_pool_gives_only_its_own_indexes(path: Path, store: SqliteStore) -> None:
    keys = tuple(f"k{n}" for n in range(SIZE))
    await store.commit(Write(allocate=keys))
    await store.close()
    smaller = SqliteStore(path, pool_size=10)
    await smaller.start()
    held = dict(await smaller.allocations())
    assert set(held) == set(keys)
    with pytest.raises(PoolExhausted):
        await smaller.commit(Write(allocate=("x",)))
    inside = [key for key, index in held.items() if index < 10]
    await smaller.commit(Write(release=(inside[3],)))
    done = await smaller.commit(Write(allocate=("x",)))
    assert done.allocations == {"x": held[inside[3]]}
    await smaller.close()
