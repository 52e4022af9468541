"""A start looks at what has moved since the last run, and finds all of it."""

from __future__ import annotations

import asyncio
import logging
import tempfile
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any, TypeAlias

import pytest
import trafficctl_istio.plugin
from hypothesis import given, settings
from hypothesis import strategies as st
from trafficctl_sdk.intent_kinds import ConnectivityIntent
from trafficctl_sdk.model.cluster import Cluster
from trafficctl_sdk.model.common import SafetyBrake
from trafficctl_sdk.model.workload import Workload

from tests.fakes import wishes
from tests.fakes.drivers import InProcessDrivers
from tests.fakes.town import POOL, Town, build
from tests.unit.compile.test_world import INTENTS, OLD, OTHER, P2, WORKLOAD_VERSIONS
from trafficctl_server.compile.name_index import NameIndex
from trafficctl_server.compile.world import World
from trafficctl_server.intents.drafting import put_of
from trafficctl_server.intents.failures import Failure
from trafficctl_server.intents.kinds import Resource, kind_of
from trafficctl_server.intents.precedence import Precedence
from trafficctl_server.intents.world_feed import FEEDING
from trafficctl_server.store.errors import StoreUnavailable
from trafficctl_server.store.memory import MemoryStore
from trafficctl_server.store.records import (
    ABSENT,
    Checkpoint,
    Committed,
    Kept,
    Record,
    Remove,
    Write,
)
from trafficctl_server.store.store import Store

INFO = trafficctl_istio.plugin.trafficctl_driver_info()
CLUSTERS = ("east", "west", "south")
BRAKE = SafetyBrake(max_delete_percent=100)
"""What it holds depends on how much was delivered when it looked."""


def cluster(name: str, **fields: Any) -> Cluster:
    return wishes.cluster(name, "shop", "legacy", brake=BRAKE, **fields)


WORLD: tuple[Resource, ...] = (
    *map(cluster, CLUSTERS),
    wishes.workload("front", "east", "west"),
    wishes.workload("back", "west", "south"),
    wishes.workload("cart", "east", "south"),
    wishes.group(),
    wishes.group("other"),
    wishes.group("old", version="v0"),
    wishes.group(project="p2"),
)
assert {OTHER, OLD, P2} == {it.name for it in WORLD[-3:]}


def istio() -> InProcessDrivers:
    host = InProcessDrivers()
    host.add_module(trafficctl_istio.plugin)
    return host


async def started(root: Path, store: Store, drivers: InProcessDrivers) -> Town:
    it = await build(root, store, drivers)
    await it.start()
    return it


async def rested(it: Town) -> Town:
    """Wait until nothing is under way, and have that written down."""
    await it.quiet()
    await it.engine.reconciler.checkpoints.note()
    return it


async def restarted(it: Town) -> Town:
    await it.stop()
    return await started(it.root, it.store, it.drivers)


async def need_nothing_left(it: Town) -> Town:
    """Need that a start that looks at everything finds nothing to do, and knows what one knows
    that trusts the last run.
    """
    await rested(it)
    it = await restarted(it)
    trusting = known(it.engine.feed.world)
    await it.quiet()
    tree, revision = it.tree(), it.store.revision
    it.drivers.rendered.clear()
    await it.store.commit(Write(checkpoint=Checkpoint(revision=0, basis="", said=False)))
    again = await restarted(it)
    assert known(again.engine.feed.world) == trusting
    await again.quiet()
    assert not again.engine.reconciler.compiling.unmoved
    assert it.drivers.rendered == []
    assert again.tree() == tree
    assert again.store.revision == revision  # nothing was said anew
    return again


def known(world: World) -> dict[str, object]:
    """Give all that a world finds intents under, and what it finds of them."""
    parts = vars(world)
    return {
        "intents": dict(world.intents),
        "footprints": {it: footprint(world, it) for it in world.intents},
        "hosts": {it: world.exposed_beside(it) for it in ("*.example.com", "shop.example.com")},
        **{
            name: {key: sorted(names) for key, names in index.items()}
            for name, index in parts.items()
            if isinstance(index, NameIndex)
        },
    }


def footprint(world: World, intent: str) -> tuple[object, ...]:
    found = world.footprint(intent)
    return frozenset(found.scopes), found.outer, frozenset(found.doors), found.keys, found.lasting


@pytest.fixture(autouse=True)
def told(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)


def compiled(caplog: pytest.LogCaptureFixture) -> tuple[int, int, int]:
    """Give how many scopes the last start compiled, and left, and how many slices were outdated."""
    last = [it for it in caplog.records if it.message == "everything is compiled"][-1]
    return last.scopes, last.unmoved, last.outdated  # type: ignore[attr-defined] # the log's fields


async def town(root: Path, wanted: Iterable[Resource], store: Store | None = None) -> Town:
    store = store or MemoryStore(pool_size=POOL.num_addresses - 2)
    await store.start()
    it = await started(root, store, istio())
    for wish in (*WORLD, *wanted):
        await it.create(wish)
    return await rested(it)


async def test_a_start_compiles_what_moved_while_nobody_looked(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    inner = wishes.intracluster("c", "cart", "front")
    it = await town(tmp_path, [INTENTS[0], inner])
    await it.stop()
    asleep = await build(tmp_path, it.store, it.drivers)
    await asleep.engine.feed.start()
    await asleep.update(replace(inner, mutual_tls=wishes.PERMISSIVE))
    it.drivers.rendered.clear()
    again = await started(tmp_path, it.store, it.drivers)
    await again.quiet()
    assert {str(one.scope) for one in it.drivers.rendered} == {"workload:shop/cart"}
    assert compiled(caplog)[1]
    await (await need_nothing_left(again)).stop()


async def test_a_start_after_rest_compiles_our_own_namespace_alone(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    it = await town(tmp_path, INTENTS[:1])
    again = await restarted(it)
    await again.quiet()
    scopes = {one.scope for one in await it.store.slices()}
    assert "namespace:trafficctl-mesh" in scopes
    assert compiled(caplog) == (1, len(scopes) - 1, 0)
    await (await need_nothing_left(again)).stop()


def later(drivers: InProcessDrivers) -> None:
    drivers.add(INFO, trafficctl_istio.plugin.trafficctl_render_slice, version="2")


def with_less(drivers: InProcessDrivers) -> None:
    less = replace(INFO, capabilities=INFO.capabilities[1:])
    drivers.add(less, trafficctl_istio.plugin.trafficctl_render_slice)


@pytest.mark.parametrize("change", [later, with_less])
async def test_another_driver_has_everything_compiled(
    tmp_path: Path, change: Callable[[InProcessDrivers], None], caplog: pytest.LogCaptureFixture
) -> None:
    it = await town(tmp_path, INTENTS[:1])
    await it.stop()
    change(it.drivers)
    again = await started(tmp_path, it.store, it.drivers)
    await again.quiet()
    assert compiled(caplog)[:2] == (len({one.scope for one in await it.store.slices()}), 0)
    await again.stop()


async def test_a_driver_that_changes_in_a_run_leaves_no_checkpoint(tmp_path: Path) -> None:
    it = await town(tmp_path, INTENTS[:1])
    before = await it.store.checkpoint()
    later(it.drivers)
    await it.update(wishes.workload("front", "east"))
    await rested(it)
    assert before is not None
    assert await it.store.checkpoint() == replace(before, said=False)
    await it.stop()


async def test_what_a_defect_left_out_is_found_and_made_good(tmp_path: Path) -> None:
    it = await town(tmp_path, INTENTS[5:6])
    await it.stop()
    rows = await it.store.slices()
    spoilt = next(one for one in rows if one.scope == "workload:shop/cart")
    await it.store.commit(Write(slice_puts=(replace(spoilt, digest="of another slice"),)))
    it.drivers.rendered.clear()
    again = await started(tmp_path, it.store, it.drivers)

    async def made_good() -> bool:
        return spoilt in await it.store.slices()

    await again.until(made_good)
    assert [(str(one.scope), one.cluster) for one in it.drivers.rendered] == [
        (spoilt.scope, spoilt.cluster)
    ]
    await (await need_nothing_left(again)).stop()


async def test_nothing_of_another_release_is_begun_from_once_anything_is_written(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    it = await town(tmp_path, INTENTS[5:6])
    await it.stop()
    noted = await it.store.checkpoint()
    assert noted is not None
    drivers = istio()
    later(drivers)
    other = await started(tmp_path, it.store, drivers)
    await other.until(lambda: drivers.rendered)
    await other.quiet()
    await other.stop()
    after = await it.store.checkpoint()
    assert after is not None
    assert after.basis != noted.basis
    back = await started(tmp_path, it.store, it.drivers)
    await back.quiet()
    assert compiled(caplog)[1] == 0
    await (await need_nothing_left(back)).stop()


class LateStore(MemoryStore):
    """What was said before cannot be read until it is let."""

    def __init__(self) -> None:
        super().__init__(pool_size=POOL.num_addresses - 2)
        self.failing = False
        self.readable = asyncio.Event()
        self.readable.set()

    async def progress(
        self, kind: str, *, after: str = "", limit: int
    ) -> list[tuple[str, str, bytes]]:
        await self.readable.wait()
        if self.failing:
            self.failing = False
            raise StoreUnavailable("the disk is full", "make room")
        return await super().progress(kind, after=after, limit=limit)


async def test_a_start_compiles_before_it_reads_what_was_said_and_says_nothing_until_then(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    late = LateStore()
    it = await town(tmp_path, INTENTS[:1], late)
    noted = await late.checkpoint()
    await it.stop()
    caplog.clear()
    late.readable.clear()
    again = await started(tmp_path, late, it.drivers)
    await again.create(INTENTS[5])
    await again.engine.reconciler.compiling.compiled()
    assert compiled(caplog)[1]
    await again.engine.reconciler.checkpoints.note()
    assert await late.checkpoint() == noted
    assert await again.realizations(INTENTS[5].name) == {}
    assert not again.engine.reconciler.idle()
    late.failing = True
    late.readable.set()
    await again.settled(INTENTS[0].name, INTENTS[5].name)
    await (await need_nothing_left(again)).stop()


class WatchedStore(MemoryStore):
    """Notes which wishes a start has to read."""

    def __init__(self) -> None:
        super().__init__(pool_size=POOL.num_addresses - 2)
        self.read: set[str] = set()
        self.failing = False

    async def records(self, kind: str, *, after: str = "", limit: int) -> list[Record]:
        found = await super().records(kind, after=after, limit=limit)
        self.read |= {it.name for it in found}
        return found

    async def kept(self, kind: str, *, after: str = "", limit: int) -> list[Kept | Record]:
        before = set(self.read)
        found = await super().kept(kind, after=after, limit=limit)
        self.read = before | {it.name for it in found if isinstance(it, Record)}
        return found

    async def get(self, name: str) -> Record | None:
        self.read.add(name)
        return await super().get(name)

    async def commit(self, write: Write, *, background: bool = False) -> Committed:
        if write.kept and self.failing:
            self.failing = False
            raise StoreUnavailable("the disk is full", "make room")
        return await super().commit(write, background=background)

    def intents_read(self) -> set[str]:
        read, self.read = self.read, set()
        return {it for it in read if "Intents/" in it}


ACROSS = wishes.intercluster("a", "front", "cart")
WITHIN = wishes.intracluster("c", "cart", "front")
OUTSIDE = wishes.outbound("o", "example.org", "back")


async def test_a_start_after_rest_reads_no_intent(tmp_path: Path) -> None:
    watched = WatchedStore()
    it = await town(tmp_path, [ACROSS, WITHIN, OUTSIDE], watched)
    await it.stop()
    watched.intents_read()
    again = await started(tmp_path, watched, it.drivers)
    assert watched.intents_read() == set()
    assert len(again.engine.feed.world.intents) == len([ACROSS, WITHIN, OUTSIDE])
    await (await need_nothing_left(again)).stop()


async def test_a_start_reads_the_intents_that_were_changed_or_whose_workloads_were(
    tmp_path: Path,
) -> None:
    watched = WatchedStore()
    it = await town(tmp_path, [ACROSS, WITHIN, OUTSIDE], watched)
    await it.stop()
    for wish in (replace(OUTSIDE, description="another"), wishes.workload("front", "west")):
        asleep = await build(tmp_path, it.store, it.drivers)
        await asleep.engine.feed.start()
        await asleep.update(wish)
    watched.intents_read()
    again = await started(tmp_path, watched, it.drivers)
    assert watched.intents_read() == {ACROSS.name, WITHIN.name, OUTSIDE.name}
    await (await need_nothing_left(again)).stop()


async def test_a_start_reads_no_intent_to_find_out_what_has_moved(tmp_path: Path) -> None:
    beside = wishes.outbound("p", "example.com", "cart")
    it = await town(tmp_path, [WITHIN, OUTSIDE, beside])
    await it.stop()
    asleep = await build(tmp_path, it.store, it.drivers)
    await asleep.engine.feed.start()
    await asleep.update(wishes.workload("front", "west"))  # which WITHIN names
    again = await build(tmp_path, it.store, it.drivers)
    intents = again.engine.feed.world.intents
    unpacked, unpack = set[str](), intents.unpack

    def noting(name: str, packed: bytes) -> ConnectivityIntent:
        unpacked.add(name)
        return unpack(name, packed)

    intents.unpack = noting
    await again.start()
    await again.quiet()
    assert unpacked.isdisjoint({OUTSIDE.name, beside.name})
    await (await need_nothing_left(again)).stop()


class CountingPrecedence(Precedence):
    """Counts turns; time flies, so that each thing that is looked at takes one."""

    def __init__(self) -> None:
        super().__init__(clock=count().__next__)
        self.turns = 0

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        self.turns += 1
        async with super().turn():
            yield


async def test_a_start_gives_the_loop_back_after_each_thing_that_it_looks_at(
    tmp_path: Path,
) -> None:
    it = await town(tmp_path, INTENTS[:1])
    await it.stop()
    store = it.store
    _, records = await store.snapshot()
    slices, entries = await store.slices(), await store.ledger()
    read = sum(one.kind in FEEDING for one in records) + len(slices) + len(entries)
    scopes = {one.scope for one in slices}
    precedence = CountingPrecedence()
    again = await build(tmp_path, store, it.drivers, precedence=precedence)
    await again.start()
    turns, known = precedence.turns, again.engine.feed.world.all_scopes()
    looked_at = len(await store.allocations()) + len(scopes) + len(known) + len(slices)
    assert turns >= read + looked_at
    await again.stop()


async def test_of_what_another_driver_led_to_nothing_is_trusted(tmp_path: Path) -> None:
    watched = WatchedStore()
    it = await town(tmp_path, [ACROSS, OUTSIDE], watched)
    await it.stop()
    with_less(it.drivers)
    watched.intents_read()
    again = await started(tmp_path, watched, it.drivers)
    assert watched.intents_read() == {ACROSS.name, OUTSIDE.name}
    await again.stop()


async def test_what_follows_from_what_is_in_force_is_found_anew_at_each_start(
    tmp_path: Path,
) -> None:
    watched = WatchedStore()
    it = await town(tmp_path, [ACROSS, OUTSIDE], watched)
    nothing = replace(INFO, capabilities=())
    it.drivers.add(nothing, trafficctl_istio.plugin.trafficctl_render_slice)
    it = await rested(await restarted(it))  # what stands stays, and holds its callers in place
    await it.stop()
    watched.intents_read()
    again = await started(tmp_path, watched, it.drivers)
    assert watched.intents_read() == {OUTSIDE.name}
    await (await need_nothing_left(again)).stop()


async def test_a_start_knows_what_another_workload_made_of_an_intent(tmp_path: Path) -> None:
    it = await town(tmp_path, [ACROSS, OUTSIDE])
    before = it.engine.feed.world.scopes_of_intent(ACROSS.name)
    await it.update(replace(wishes.workload("front", "east", "west"), service="window"))
    await rested(it)
    await it.stop()
    again = await started(tmp_path, it.store, it.drivers)
    assert again.engine.feed.world.scopes_of_intent(ACROSS.name) != before
    await (await need_nothing_left(again)).stop()


async def test_nothing_is_kept_of_what_a_driver_that_changes_in_a_run_leads_to(
    tmp_path: Path,
) -> None:
    it = await town(tmp_path, [ACROSS])
    with_less(it.drivers)
    await it.create(WITHIN)
    await rested(it)
    (found,) = await it.store.kept(kind_of(WITHIN).name, limit=2)
    assert isinstance(found, Record)
    await it.stop()


@pytest.mark.parametrize("put", [(), (b"of another",)])
async def test_what_was_packed_by_another_pattern_is_read(
    tmp_path: Path, put: tuple[bytes, ...]
) -> None:
    watched = WatchedStore()
    it = await town(tmp_path, [ACROSS, OUTSIDE], watched)
    await it.stop()
    pattern = await watched.get(f"packing/{kind_of(ACROSS).name}")
    assert pattern is not None
    await watched.commit(Write(removes=(Remove(name=pattern.name, uid=pattern.uid),)))
    others = tuple(replace(put_of(pattern), body=one, expect=ABSENT) for one in put)
    await watched.commit(Write(puts=others))
    watched.intents_read()
    again = await started(tmp_path, watched, it.drivers)
    assert watched.intents_read() == {ACROSS.name}
    assert again.engine.feed.world.intents[ACROSS.name].callers == ACROSS.callers
    await again.stop()


async def test_no_start_trusts_what_could_not_be_kept(tmp_path: Path) -> None:
    watched = WatchedStore()
    it = await town(tmp_path, [ACROSS], watched)
    noted = await watched.checkpoint()
    await it.create(WITHIN)
    await it.quiet()
    watched.failing = True
    await it.engine.reconciler.checkpoints.note()
    assert not watched.failing
    after = await watched.checkpoint()
    assert noted is not None
    assert after is not None
    assert after.revision == noted.revision
    await it.engine.reconciler.checkpoints.note()
    await it.stop()
    watched.intents_read()
    again = await started(tmp_path, watched, it.drivers)
    assert watched.intents_read() == set()
    await (await need_nothing_left(again)).stop()


Step: TypeAlias = tuple[str, Resource | None, int]
changes = st.one_of(
    st.builds(
        lambda make, name, to: make(name, tuple(sorted(to))),
        st.sampled_from(WORKLOAD_VERSIONS),
        st.sampled_from(("front", "back", "cart")),
        st.sets(st.sampled_from(CLUSTERS)),
    ),
    st.sampled_from(INTENTS),
    st.sampled_from(INTENTS),
    st.builds(
        lambda name, fields: cluster(name, **fields),
        st.sampled_from(CLUSTERS),
        st.sampled_from(({"labels": {"tier": "gold"}}, {"service_mesh": "none"}, {})),
    ),
)
steps = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(("put", "put", "put", "drop")), changes, st.integers(0, 60)),
        st.tuples(st.sampled_from(("kill", "rest", "note")), st.none(), st.integers(0, 60)),
    ),
    min_size=4,
    max_size=24,
)


async def _step(it: Town, step: str, wish: Resource | None) -> Town:
    if step == "kill":
        return await restarted(it)
    if step == "rest":
        return await rested(it)
    if step == "note":
        await it.engine.reconciler.checkpoints.note()
    if wish is not None:
        there = await it.get(wish.name)
        with suppress(Failure):
            if step == "drop" and not isinstance(wish, Cluster | Workload):
                await it.delete(kind_of(wish), wish.name)
            elif there is None:
                await it.create(wish)
            elif step == "put":
                await it.update(wish)
    return it


async def live(root: Path, history: Sequence[Step]) -> None:
    it = await town(root, [])
    for step, wish, turns in history:
        it = await _step(it, step, wish)
        for _ in range(turns):
            await asyncio.sleep(0)
    it = await need_nothing_left(await restarted(it))
    await it.stop()


def look(history: Sequence[Step]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(live(Path(folder), history))


@settings(max_examples=10, deadline=None)
@given(history=steps)
def test_a_start_leaves_nothing_to_one_that_looks_at_everything(history: Sequence[Step]) -> None:
    look(history)


@pytest.mark.crash
@pytest.mark.timeout(900)
@settings(max_examples=150, deadline=None)
@given(history=steps)
def test_a_start_leaves_nothing_to_one_that_looks_at_everything_at_length(
    history: Sequence[Step],
) -> None:
    look(history)
