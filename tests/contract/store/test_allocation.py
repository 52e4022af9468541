"""Which index of the pool of four a key gets, and for how long."""

from collections.abc import AsyncIterator, Awaitable, Callable
from itertools import count, islice, permutations

import pytest

from trafficctl_server.store.errors import PoolExhausted
from trafficctl_server.store.pool import preferred_index
from trafficctl_server.store.records import Write
from trafficctl_server.store.store import Store

Restart = Callable[[], Awaitable[Store]]


def preferring(index: int, number: int = 1) -> tuple[str, ...]:
    """Answer keys that prefer an index of four."""
    keys = (f"external:host-{index}-{n}.example.com" for n in count())
    return tuple(islice((key for key in keys if preferred_index(key, 4) == index), number))


ZERO, ONE, TWO, THREE = (preferring(index)[0] for index in range(4))


async def test_keys_that_do_not_meet_get_their_index_in_any_order(store: Store) -> None:
    wanted = {ZERO: 0, ONE: 1, TWO: 2, THREE: 3}
    for order in permutations(wanted):
        for key in order:
            await store.commit(Write(allocate=(key,)))
        assert dict(await store.allocations()) == wanted
        await store.commit(Write(release=order))
        done = await store.commit(Write(allocate=order))
        assert done.allocations == wanted
        await store.commit(Write(release=order))
    assert dict(await store.allocations()) == {}


async def test_keys_that_meet_take_the_next_free_ones_around_the_end(
    store: Store, before_and_after_restart: AsyncIterator[Store]
) -> None:
    first, second, third = preferring(3, 3)
    await store.commit(Write(allocate=(ZERO, first)))
    done = await store.commit(Write(allocate=(third, second, first)))
    assert done.allocations == {first: 3, third: 1, second: 2}
    async for reader in before_and_after_restart:
        assert dict(await reader.allocations()) == {ZERO: 0, first: 3, third: 1, second: 2}


async def test_an_index_is_stable_over_restart_and_removal_of_others(
    store: Store, restart: Restart
) -> None:
    first, second = preferring(1, 2)
    await store.commit(Write(allocate=(first, second, THREE)))
    await store.commit(Write(release=(first,)))
    again = await restart()
    assert dict(await again.allocations()) == {second: 2, THREE: 3}
    assert (await again.commit(Write(allocate=(second,)))).allocations == {second: 2}


async def test_a_key_that_comes_back_gets_its_index_back_when_it_is_free(
    store: Store, restart: Restart
) -> None:
    here, rival = preferring(1, 2)
    await store.commit(Write(allocate=(here, TWO)))
    await store.commit(Write(release=(here,)))
    again = await restart()
    await again.commit(Write(allocate=(ZERO, THREE)))
    assert (await again.commit(Write(allocate=(here,)))).allocations == {here: 1}
    await again.commit(Write(release=(here, THREE)))
    assert (await again.commit(Write(allocate=(rival,)))).allocations == {rival: 1}
    assert (await again.commit(Write(allocate=(here,)))).allocations == {here: 3}


async def test_an_empty_pool_refuses_and_keeps_what_was_given(store: Store) -> None:
    one, rival, late = preferring(1, 3)
    await store.commit(Write(allocate=(ZERO, one, THREE)))
    with pytest.raises(PoolExhausted) as refused:
        await store.commit(Write(allocate=(rival, late)))
    assert refused.value.size == 4
    assert dict(await store.allocations()) == {ZERO: 0, one: 1, THREE: 3}
    assert (await store.commit(Write(allocate=(rival,)))).allocations == {rival: 2}
    done = await store.commit(Write(release=(ZERO,), allocate=(late,)))
    assert done.allocations == {late: 0}
    assert (await store.commit(Write(allocate=(one, late)))).allocations == {one: 1, late: 0}


async def test_a_key_released_and_allocated_at_once_keeps_its_index(store: Store) -> None:
    first, second = preferring(1, 2)
    await store.commit(Write(allocate=(first, second)))
    done = await store.commit(Write(release=(first, second), allocate=(second, second)))
    assert done.allocations == {second: 2}
    assert dict(await store.allocations()) == {second: 2}


async def test_releasing_what_is_not_held_takes_nothing_from_others(store: Store) -> None:
    one, other = preferring(1, 2)
    await store.commit(Write(allocate=(one,)))
    await store.commit(Write(release=(other, other)))
    assert dict(await store.allocations()) == {one: 1}
    assert (await store.commit(Write(allocate=(other,)))).allocations == {other: 2}
