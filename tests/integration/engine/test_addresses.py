"""Virtual addresses: unique, stable, given back when nothing speaks of them any more."""

from pathlib import Path

import pytest

from tests.fakes import wishes
from tests.fakes.bad_disk import BadDisk
from tests.fakes.drivers import InProcessDrivers
from tests.fakes.town import Town, build, town
from trafficctl_server.intents import failures
from trafficctl_server.intents.kinds import INTERCLUSTER
from trafficctl_server.store.memory import MemoryStore
from trafficctl_server.store.records import Write

NAMES = tuple(f"s{number}" for number in range(12))


def intent(name: str) -> str:
    return f"{wishes.group_name()}/interclusterIntents/i-{name}"


async def serve(it: Town, *names: str) -> None:
    await it.create(wishes.cluster("east"))
    await it.create(wishes.cluster("west"))
    await it.create(wishes.workload("front", "east"))
    await it.create(wishes.group())
    for name in names:
        await it.create(wishes.workload(name, "west"))
        await it.create(wishes.intercluster(f"i-{name}", name, "front"))
    await it.quiet()


def addresses(it: Town) -> dict[str, str]:
    """Give the address of each service as callers have it."""
    return {
        body["spec"]["hosts"][0].split(".")[0]: body["spec"]["addresses"][0]
        for path, body in it.objects("east").items()
        if path.startswith("trafficctl-mesh/serviceentry")
    }


async def test_they_are_unique_and_stable(it: Town) -> None:
    await serve(it, *NAMES)
    before = addresses(it)
    assert before.keys() == set(NAMES)
    assert len(set(before.values())) == len(NAMES)
    for name in NAMES[::2]:
        await it.delete(INTERCLUSTER, intent(name))
    await it.gone(*(intent(name) for name in NAMES[::2]))
    await it.quiet()
    assert addresses(it) == {name: before[name] for name in NAMES[1::2]}
    await it.stop()
    again = await build(it.root, it.store, it.drivers)
    await again.start()
    try:
        for name in NAMES[::2]:
            await again.create(wishes.intercluster(f"i-{name}", name, "front"))
        await again.quiet()
        after = addresses(again)
        assert {name: after[name] for name in NAMES[1::2]} == {
            name: before[name] for name in NAMES[1::2]
        }
        assert len(set(after.values())) == len(NAMES)
    finally:
        await again.stop()


async def test_one_service_has_one_address_whoever_speaks_of_it(it: Town) -> None:
    await serve(it, "back")
    await it.create(wishes.intercluster("other", "back", "front"))
    await it.delete(INTERCLUSTER, intent("back"))
    await it.gone(intent("back"))
    await it.quiet()
    assert list(await it.store.allocations()) == ["service/shop/back"]
    assert addresses(it).keys() == {"back"}


async def test_an_address_is_not_given_back_while_an_object_speaks_of_it(
    it: Town, disk: BadDisk
) -> None:
    await serve(it, "back")
    disk.take_away("east")
    await it.delete(INTERCLUSTER, intent("back"))

    async def tried() -> bool:
        said = (await it.realizations(intent("back"))).get("east")
        return said is not None and bool(said.convergence and said.convergence.attempt)

    await it.until(tried)
    assert list(await it.store.allocations()) == ["service/shop/back"]
    disk.bring_back("east")
    await it.gone(intent("back"))

    async def free() -> bool:
        return not await it.store.allocations()

    await it.until(free)


async def test_a_moved_service_has_another_address_and_the_old_one_is_free(it: Town) -> None:
    await serve(it, "back")
    await it.update(wishes.workload("back", "west", service="rear"))

    async def moved() -> bool:
        return list(await it.store.allocations()) == ["service/shop/rear"]

    await it.until(moved)
    await it.quiet()
    assert addresses(it).keys() == {"rear"}


async def test_what_a_stopped_process_left_is_given_back(it: Town) -> None:
    await serve(it, "back")
    await it.stop()
    await it.store.commit(Write(allocate=("service/shop/gone",)))
    again = await build(it.root, it.store, it.drivers)
    await again.start()
    try:

        async def free() -> bool:
            return list(await it.store.allocations()) == ["service/shop/back"]

        await again.until(free)
    finally:
        await again.stop()


async def test_an_empty_pool_is_said_and_nothing_is_kept(
    tmp_path: Path, drivers: InProcessDrivers
) -> None:
    store = MemoryStore(pool_size=2)
    async with town(tmp_path, drivers, store) as it:
        await serve(it, "s0", "s1")
        await it.create(wishes.workload("s2", "west"))
        revision = it.store.revision
        with pytest.raises(failures.PoolExhausted, match="used up"):
            await it.create(wishes.intercluster("i-s2", "s2", "front"))
        assert it.store.revision == revision
        await it.delete(INTERCLUSTER, intent("s0"))
        await it.gone(intent("s0"))

        async def free() -> bool:
            return len(await it.store.allocations()) == 1

        await it.until(free)
        await it.create(wishes.intercluster("i-s2", "s2", "front"))
        await it.quiet()
        assert addresses(it).keys() == {"s1", "s2"}


async def test_a_workload_whose_intent_finds_no_address_is_refused(
    tmp_path: Path, drivers: InProcessDrivers
) -> None:
    async with town(tmp_path, drivers, MemoryStore(pool_size=1)) as it:
        await serve(it, "s0")
        await it.create(wishes.intercluster("i-s1", "s1", "front"))
        with pytest.raises(failures.PoolExhausted):
            await it.create(wishes.workload("s1", "west"))
