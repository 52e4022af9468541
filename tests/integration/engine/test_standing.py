"""What could not come about any more stands as it stood, and status says why."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
import trafficctl_istio.plugin
from trafficctl_sdk.manifests import Rendering
from trafficctl_sdk.model.cluster import Cluster, MeshFacts
from trafficctl_sdk.model.common import Protocol, SafetyBrake
from trafficctl_sdk.model.convergence import Convergence
from trafficctl_sdk.model.workload import Placement, PortOverride, WorkloadPort
from trafficctl_sdk.slices import TrafficSlice

from tests.fakes import wishes
from tests.fakes.drivers import InProcessDrivers
from tests.fakes.town import Town, build
from trafficctl_server.intents.kinds import INTERCLUSTER, INTRACLUSTER, Resource

State = Convergence.State
Reason = Convergence.Reason
INFO = trafficctl_istio.plugin.trafficctl_driver_info()
OTHER = wishes.group_name("other")
AMBIENT = MeshFacts.DataPlane.AMBIENT

WORLD: tuple[Resource, ...] = (
    wishes.cluster("east"),
    wishes.cluster("west"),
    wishes.workload("front", "east"),
    wishes.workload("back", "west", "east"),
    wishes.workload("cart", "east", "west"),
    wishes.group(),
    wishes.group("other"),
)
INTER = wishes.intercluster(
    "a",
    "back",
    wishes.caller("front", egress=wishes.dedicated()),
    ports=(wishes.port(80, Protocol.Value.HTTP),),
    external_prefix="rear",
)
INTRA = wishes.intracluster("b", "cart", "front")
OUT = wishes.outbound("c", "db.example.com", "front")
IN = wishes.inbound("d", "front")
INTENTS = (INTER, INTRA, OUT, IN)


async def world(it: Town, wanted: Sequence[Resource] = INTENTS) -> dict[str, str]:
    for wish in (*WORLD, *wanted):
        await it.create(wish)
    await it.quiet()
    return it.tree()


@asynccontextmanager
async def restarted(it: Town) -> AsyncIterator[Town]:
    await it.stop()
    again = await build(it.root, it.store, it.drivers)
    await again.start()
    try:
        await again.quiet()
        yield again
    finally:
        await again.stop()


async def said(it: Town, name: str, cluster: str) -> Convergence:
    found = (await it.realizations(name))[cluster].convergence
    assert found is not None
    return found


def without(drivers: InProcessDrivers, leaf: str, version: str) -> None:
    """Load a driver that no longer declares a field."""
    declared = tuple(it for it in INFO.capabilities if it.path != leaf)
    assert len(declared) == len(INFO.capabilities) - 1
    drivers.add(
        replace(INFO, capabilities=declared),
        trafficctl_istio.plugin.trafficctl_render_slice,
        version=version,
    )


async def test_a_driver_that_no_longer_declares_a_field_takes_nothing_away(it: Town) -> None:
    before = await world(it)
    without(it.drivers, "intercluster.external_prefix", "0")
    async with restarted(it) as again:
        assert again.tree() == before
        for cluster in ("east", "west"):
            found = await said(again, INTER.name, cluster)
            assert (found.state, found.reason, found.field) == (
                State.REFUSED,
                Reason.FIELD_NOT_SUPPORTED,
                "external_prefix",
            )
        # What has nothing to do with it is rendered by the new version as ever.
        assert (await said(again, OUT.name, "east")).state is State.SETTLED
        again.drivers.add_module(trafficctl_istio.plugin)
        async with restarted(again) as then:
            assert then.tree() == before
            assert (await said(then, INTER.name, "east")).state is State.SETTLED


async def test_what_stands_in_the_way_of_others_says_so_and_goes_when_it_is_deleted(
    it: Town,
) -> None:
    more = wishes.intracluster("e", "back", "cart", of=OTHER)
    before = await world(it, [*INTENTS, more])
    without(it.drivers, "intercluster.external_prefix", "0")
    async with restarted(it) as again:
        assert (await said(again, more.name, "east")).state is State.SETTLED
        await again.delete(INTRACLUSTER, more.name)
        await again.quiet()
        assert again.tree() == before
        held = await said(again, more.name, "east")
        assert (held.state, held.reason) == (State.DELETING, Reason.FIELD_NOT_SUPPORTED)
        assert INTER.name in held.detail
        await again.delete(INTERCLUSTER, INTER.name)
        await again.gone(INTER.name, more.name)
        assert not any("back" in path for path in again.tree())


async def test_a_deletion_that_waits_for_its_driver_says_so_and_ends_when_it_is_back(
    it: Town,
) -> None:
    more = wishes.intracluster("e", "cart", "back", of=OTHER)
    await world(it, [INTRA, more])
    before = it.objects("east")
    it.drivers.remove("istio")
    async with restarted(it) as again:
        await again.delete(INTRACLUSTER, more.name)
        await again.quiet()
        assert again.objects("east") == before
        held = await said(again, more.name, "east")
        assert (held.state, held.reason) == (State.DELETING, Reason.NO_DRIVER)
        assert "istio" in held.detail
        again.drivers.add_module(trafficctl_istio.plugin)
        async with restarted(again) as then:
            await then.gone(more.name)
            await then.quiet()
            assert (await said(then, INTRA.name, "east")).state is State.SETTLED
            assert not any("sa/back" in text for text in then.tree().values())


async def test_a_deletion_whose_driver_fails_says_so_and_ends_when_it_works(it: Town) -> None:
    more = wishes.intracluster("e", "cart", "back", of=OTHER)
    await world(it, [INTRA, more])
    before = it.objects("east")

    def fails(slice: TrafficSlice) -> Rendering:  # noqa: A002 - the hook's name for it
        raise KeyError(slice.cluster)

    it.drivers.add(INFO, fails)
    await it.delete(INTRACLUSTER, more.name)
    await it.quiet()
    assert it.objects("east") == before
    held = await said(it, more.name, "east")
    assert (held.state, held.reason) == (State.DELETING, Reason.DRIVER_FAILED)
    it.drivers.add(INFO, trafficctl_istio.plugin.trafficctl_render_slice, version="2")
    async with restarted(it) as again:
        await again.gone(more.name)
        await again.quiet()
        assert not any("sa/back" in text for text in again.tree().values())


async def test_a_driver_that_is_gone_takes_nothing_away_in_any_cluster(it: Town) -> None:
    await it.create(wishes.cluster("north", service_mesh="paper"))
    it.drivers.add(
        replace(INFO, name="paper"), trafficctl_istio.plugin.trafficctl_render_slice, version="1"
    )
    before = await world(it)
    north = wishes.workload("back", "west", "east", "north")
    await it.update(north)
    await it.quiet()
    before = it.tree()
    assert it.objects("north")
    it.drivers.remove("paper")
    async with restarted(it) as again:
        # The callers elsewhere go on to call it there.
        assert again.tree() == before
        found = await said(again, INTER.name, "north")
        assert (found.state, found.reason) == (State.REFUSED, Reason.NO_DRIVER)


LATER: dict[str, tuple[Resource, str, Reason]] = {
    "the cluster turns ambient": (
        wishes.cluster("west", mesh=MeshFacts(data_plane=AMBIENT)),
        "west",
        Reason.DATA_PLANE_MODE,
    ),
    "a namespace turns ambient": (
        wishes.cluster(
            "west", governed_namespaces=(replace(wishes.governed("shop"), data_plane=AMBIENT),)
        ),
        "west",
        Reason.DATA_PLANE_MODE,
    ),
    "the root of trust is another": (
        wishes.cluster("east", mesh=MeshFacts(root_digest="two")),
        "east",
        Reason.NO_COMMON_ROOT,
    ),
    "the workload speaks something else": (
        wishes.workload(
            "back",
            "west",
            "east",
            ports=(WorkloadPort(port=80, protocol=Protocol.Value.TCP, target_number=8080),),
        ),
        "west",
        Reason.PROTOCOL_MISMATCH,
    ),
    "the Service has another port in one cluster": (
        replace(
            wishes.workload("back"),
            placements=(
                Placement(cluster="clusters/east"),
                Placement(
                    cluster="clusters/west",
                    port_overrides=(PortOverride(port=80, service_port=81),),
                ),
            ),
        ),
        "west",
        Reason.FIELD_NOT_SUPPORTED,
    ),
}


@pytest.mark.parametrize("later", LATER)
async def test_a_fact_that_changes_takes_nothing_away(it: Town, later: str) -> None:
    change, cluster, reason = LATER[later]
    roots = wishes.cluster("west", mesh=MeshFacts(root_digest="one"))
    await world(it, [INTER])
    await it.update(roots)
    await it.quiet()
    before = it.tree()
    await it.update(change)
    await it.quiet()
    found = await said(it, INTER.name, cluster)
    assert (found.state, found.reason) == (State.REFUSED, reason)
    assert it.tree() == before
    async with restarted(it) as again:
        assert again.tree() == before
        await again.delete(INTERCLUSTER, INTER.name)
        await again.gone(INTER.name)
        assert not any("back" in path for path in again.tree())


async def test_nothing_new_comes_where_pods_have_no_proxy(it: Town) -> None:
    await it.create(wishes.cluster("east", mesh=MeshFacts(data_plane=AMBIENT)))
    for wish in (*WORLD[1:], *INTENTS):
        await it.create(wish)
    await it.quiet()
    for intent in INTENTS:
        found = await said(it, intent.name, "east")
        assert (found.state, found.reason) == (State.REFUSED, Reason.DATA_PLANE_MODE)
        assert "ambient" in found.detail
    # Callers that cannot be are granted nothing elsewhere either.
    assert [path for path in it.objects("east") if "deny-all" not in path] == []
    assert not any("sa/front" in text for text in it.tree().values())


async def test_what_a_cluster_takes_back_is_taken_away(it: Town) -> None:
    await world(it)
    any_number = SafetyBrake(max_delete_percent=100)
    await it.update(wishes.cluster("east", "elsewhere", brake=any_number))
    await it.quiet()
    for intent in (INTRA, OUT, IN):
        found = await said(it, intent.name, "east")
        assert (found.state, found.reason) == (State.REFUSED, Reason.NAMESPACE_NOT_YOURS)
    assert [path for path in it.objects("east") if "deny-all" not in path] == []


async def test_a_mesh_that_is_taken_away_takes_everything_with_it(it: Town) -> None:
    await world(it, [INTRA])
    assert it.objects("east")
    east = await it.get("clusters/east")
    assert isinstance(east, Cluster)
    await it.update(replace(east, service_mesh="none"))
    await it.quiet()
    assert it.objects("east") == {}
