"""A change costs what it touches; what is so already costs nothing, also after a restart."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
import trafficctl_istio.plugin

from tests.fakes import wishes
from tests.fakes.drivers import InProcessDrivers
from tests.fakes.town import Town, build, town
from trafficctl_server.intents.kinds import INTRACLUSTER
from trafficctl_server.reconcile.situations import Situations

NAMES = tuple(f"s{number:02}" for number in range(16))
CLUSTERS = ("c0", "c1", "c2", "c3")


def home(name: str) -> str:
    """Give the cluster where a workload of the crowd runs."""
    return CLUSTERS[int(name[1:]) % len(CLUSTERS)]


def follower(name: str, step: int = 1) -> str:
    return NAMES[(int(name[1:]) + step) % len(NAMES)]


async def crowd(it: Town, names: Sequence[str] = NAMES) -> None:
    """Sixteen services over four clusters, four intents of each."""
    for name in CLUSTERS:
        await it.create(wishes.cluster(name))
    for name in NAMES:
        await it.create(wishes.workload(name, home(name)))
    await it.create(wishes.group())
    for name in names:
        await it.create(wishes.intercluster(f"inter-{name}", name, follower(name)))
        await it.create(wishes.intracluster(f"intra-{name}", name, follower(name, 4)))
        await it.create(wishes.outbound(f"out-{name}", f"{name}.example.com", name))
        await it.create(wishes.inbound(f"in-{name}", name, f"{name}.example.org"))
    await it.quiet()


def times(root: Path) -> dict[str, tuple[int, int]]:
    """Give when and where each file was written."""
    return {
        str(path.relative_to(root)): (path.stat().st_mtime_ns, path.stat().st_ino)
        for path in root.rglob("*.yaml")
    }


@pytest.fixture
async def busy(it: Town) -> Town:
    await crowd(it)
    it.drivers.rendered.clear()
    return it


def rendered(it: Town) -> set[tuple[str, str]]:
    return {(str(slice_.scope), slice_.cluster) for slice_ in it.drivers.rendered}


async def test_a_change_renders_only_what_it_touches(busy: Town) -> None:
    it = busy
    await it.create(wishes.intracluster("more", "s00", "s08"))
    await it.quiet()
    assert rendered(it) == {("workload:shop/s00", "c0")}
    it.drivers.rendered.clear()
    await it.delete(INTRACLUSTER, f"{wishes.group_name()}/intraclusterIntents/more")
    await it.quiet()
    assert rendered(it) == {("workload:shop/s00", "c0")}
    it.drivers.rendered.clear()
    # s01 serves s02 (inter) and s05 (intra), is called by nobody else than it calls: s00, s13.
    await it.update(wishes.workload("s01", "c1", pod_labels={"app": "s01", "tier": "web"}))
    await it.quiet()
    assert rendered(it) == {
        ("workload:shop/s01", "c1"),
        ("destination:shop/s00", "c1"),
        ("external:shop/s01.example.com", "c1"),
    }


async def test_what_no_rendering_depends_on_renders_nothing(busy: Town) -> None:
    it = busy
    before = times(it.root)
    await it.update(replace(wishes.cluster("c0"), labels={"tier": "gold"}))
    await it.update(
        replace(wishes.intracluster("intra-s00", "s00", "s04"), description="the same, explained")
    )
    await it.quiet()
    assert rendered(it) == set()
    assert times(it.root) == before


async def test_a_cluster_renders_only_what_its_facts_are_in(busy: Town) -> None:
    it = busy
    await it.update(
        wishes.cluster("c0", gateways=(wishes.east_west("192.0.2.254"), wishes.ingress()))
    )
    await it.quiet()
    # Its own destinations and who calls them; no other cluster's way is touched.
    assert rendered(it) == {
        ("destination:" + f"shop/{name}", place)
        for name in NAMES
        if home(name) == "c0"
        for place in (home(follower(name)),)
    } | {(f"destination:shop/{name}", "c0") for name in NAMES if home(name) == "c0"}


async def test_a_restart_renders_nothing_and_touches_no_file(busy: Town) -> None:
    it = busy
    before, revision = times(it.root), it.store.revision
    await it.stop()
    again = await build(it.root, it.store, it.drivers)
    await again.start()
    try:
        await again.quiet()
        assert rendered(it) == set()
        assert times(it.root) == before
        assert it.store.revision == revision  # nothing was even said anew
    finally:
        await again.stop()


async def test_a_new_driver_version_renders_all_again(busy: Town) -> None:
    it = busy
    before = times(it.root)
    await it.stop()
    plugin = trafficctl_istio.plugin
    newer = InProcessDrivers()
    newer.add(plugin.trafficctl_driver_info(), plugin.trafficctl_render_slice, version="2")
    again = await build(it.root, it.store, newer)
    await again.start()
    try:
        await again.quiet()
        slices = await it.store.slices()
        assert len(newer.rendered) == len(slices)
        assert {row.driver_version for row in slices} == {"2"}
        assert times(it.root) == before  # equal objects are not written again
    finally:
        await again.stop()


@contextmanager
def looks() -> Iterator[list[str]]:
    """Name the intents that are looked at, as often as they are."""
    names: list[str] = []

    def trace(frame: FrameType, event: str, _argument: Any) -> None:
        if event == "call" and frame.f_code is Situations.of.__code__:
            names.append(frame.f_locals["name"])

    before = sys.getprofile()
    sys.setprofile(trace)
    try:
        yield names
    finally:
        sys.setprofile(before)


async def test_the_first_change_after_a_start_looks_at_no_more_intents_in_a_large_world(
    tmp_path: Path, drivers: InProcessDrivers
) -> None:
    looked_at = []
    for served in (NAMES[:2], NAMES):
        root = tmp_path / str(len(served))
        root.mkdir()
        async with town(root, drivers) as it:
            await crowd(it, served)
            await it.stop()
            again = await build(root, it.store, drivers)
            await again.start()
            try:
                await again.quiet()
                changed = wishes.intracluster("intra-s00", "s00", "s06")
                with looks() as names:
                    await again.update(changed)
                    await again.quiet()
            finally:
                await again.stop()
            looked_at.append(set(names))
    small, large = looked_at
    assert f"{wishes.group_name()}/intraclusterIntents/intra-s00" in small
    assert large <= small
