"""A driver that fails harms what it renders, and nothing else; status says why."""

from collections.abc import Callable
from dataclasses import replace

import pytest
import trafficctl_istio.plugin
from trafficctl_sdk.errors import Refused, Violation
from trafficctl_sdk.manifests import Manifest, Rendering
from trafficctl_sdk.model.convergence import Convergence
from trafficctl_sdk.slices import ScopeKind, TrafficSlice

from tests.fakes import wishes
from tests.fakes.drivers import InProcessDrivers
from tests.fakes.town import Town, build
from trafficctl_server.intents.kinds import OUTBOUND

State = Convergence.State
Reason = Convergence.Reason
INFO = trafficctl_istio.plugin.trafficctl_driver_info()
render: Callable[[TrafficSlice], Rendering] = trafficctl_istio.plugin.trafficctl_render_slice


def of_workloads(fails: Callable[[TrafficSlice], Rendering]) -> Callable[[TrafficSlice], Rendering]:
    """Make a driver that does so for workloads, and well for all else."""

    def rendered(slice_: TrafficSlice) -> Rendering:
        if slice_.scope.kind is ScopeKind.WORKLOAD:
            return fails(slice_)
        return render(slice_)

    return rendered


def raises(_: TrafficSlice) -> Rendering:
    raise RuntimeError("the driver is upset")


def refuses(_: TrafficSlice) -> Rendering:
    violation = Violation(field="ports[0].protocol", rule="paper", description="not on paper")
    raise Refused(violation)


def doubles(slice_: TrafficSlice) -> Rendering:
    rendering = render(slice_)
    return replace(rendering, manifests=rendering.manifests * 2)


def lies(slice_: TrafficSlice) -> Rendering:
    manifest = render(slice_).manifests[0]
    body = {key: value for key, value in manifest.body.items() if key != "kind"}
    return Rendering(manifests=(replace(manifest, body=body),))


FAILURES = {
    "raises": (raises, Reason.DRIVER_FAILED, "the driver is upset", ""),
    "refuses": (refuses, Reason.FIELD_NOT_SUPPORTED, "not on paper", "ports[0].protocol"),
    "doubles": (doubles, Reason.DRIVER_FAILED, "rendered twice", ""),
    "lies": (lies, Reason.DRIVER_FAILED, "kind", ""),
}
INTENT = wishes.intracluster("i", "back", "front")


async def serve(it: Town, mesh: str = "istio") -> None:
    """Wish one intent in two clusters, east with a mesh of its own."""
    for wish in (
        wishes.cluster("east", service_mesh=mesh),
        wishes.cluster("west"),
        wishes.workload("front", "east", "west"),
        wishes.workload("back", "east", "west"),
        wishes.group(),
        INTENT,
    ):
        await it.create(wish)
    await it.quiet()


async def said(it: Town, intent: str, cluster: str) -> Convergence:
    found = (await it.realizations(intent))[cluster].convergence
    assert found is not None
    return found


@pytest.fixture
def drivers(drivers: InProcessDrivers) -> InProcessDrivers:
    """Add a second driver, which renders as Istio's does."""
    drivers.add(replace(INFO, name="paper"), render)
    return drivers


@pytest.mark.parametrize("failure", FAILURES)
async def test_the_last_good_rendering_stays_and_others_deliver(it: Town, failure: str) -> None:
    fails, reason, text, field = FAILURES[failure]
    await serve(it, "paper")
    before = it.objects("east")
    it.drivers.add(replace(INFO, name="paper"), of_workloads(fails))
    await it.update(wishes.intracluster("i", "back", "front", "back"))
    await it.quiet()
    bad = await said(it, INTENT.name, "east")
    assert (bad.state, bad.reason, bad.field) == (State.REFUSED, reason, field)
    assert text in bad.detail
    assert it.objects("east") == before
    assert (await said(it, INTENT.name, "west")).state is State.SETTLED
    assert "sa/back" in str(it.objects("west"))
    assert (await it.realizations(INTENT.name))["east"].last_good_generation == 1
    assert (await it.realizations(INTENT.name))["west"].last_good_generation == 2
    assert (await it.get(INTENT.name)).state is State.REFUSED  # type: ignore[union-attr] # it is there


async def test_a_failure_is_not_tried_again_before_something_changes(it: Town) -> None:
    it.drivers.add(replace(INFO, name="paper"), of_workloads(raises))
    await serve(it, "paper")
    it.drivers.rendered.clear()
    await it.stop()
    again = await build(it.root, it.store, it.drivers)
    await again.start()
    try:
        await again.quiet()
        assert it.drivers.rendered == []
        assert (await said(again, INTENT.name, "east")).reason is Reason.DRIVER_FAILED
    finally:
        await again.stop()
    it.drivers.add(replace(INFO, name="paper"), render, version="2")
    again = await build(it.root, it.store, it.drivers)
    await again.start()
    try:
        await again.quiet()
        assert (await said(again, INTENT.name, "east")).state is State.SETTLED
    finally:
        await again.stop()


def grasping(slice_: TrafficSlice) -> Rendering:
    """Render one object more, the same for every workload."""
    body = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"namespace": "shop", "name": "x"}}
    if slice_.scope.kind is not ScopeKind.WORKLOAD:
        return render(slice_)
    return Rendering(manifests=(Manifest(body=body, wave=0),))


async def test_two_scopes_with_one_object_are_a_drivers_fault_that_names_both(it: Town) -> None:
    it.drivers.add(replace(INFO, name="paper"), grasping)
    await serve(it, "paper")
    other = wishes.intracluster("j", "front", "cart")
    await it.create(wishes.workload("cart", "east"))
    await it.create(other)
    await it.quiet()
    bad = await said(it, other.name, "east")
    assert (bad.state, bad.reason) == (State.REFUSED, Reason.DRIVER_FAILED)
    assert "workload:shop/front" in bad.detail
    assert "workload:shop/back" in bad.detail
    assert "ConfigMap" in bad.detail
    assert (await said(it, INTENT.name, "east")).state is State.SETTLED
    # Once the first lets go of it, the second may have it.
    await it.update(wishes.workload("back", "west"))
    await it.settled(other.name)
    await it.quiet()
    assert "shop/configmap.x.yaml" in it.objects("east")


async def test_a_cluster_that_changes_its_mesh_is_rendered_by_the_other_driver(it: Town) -> None:
    await serve(it, "paper")
    before = it.objects("east")
    it.drivers.rendered.clear()
    await it.update(wishes.cluster("east"))
    await it.quiet()
    assert it.objects("east") == before
    assert it.drivers.rendered
    assert {row.driver for row in await it.store.slices()} == {"istio"}


async def test_a_missing_driver_takes_nothing_away(it: Town) -> None:
    await serve(it, "paper")
    call_out = wishes.outbound("o", "db.example.com", "front")
    await it.create(call_out)
    await it.create(wishes.intercluster("c", "back", "front"))
    await it.quiet()
    before = it.objects("east").keys()
    await it.stop()
    without = InProcessDrivers()
    without.add_module(trafficctl_istio.plugin)
    again = await build(it.root, it.store, without)
    await again.start()
    try:
        await again.quiet()
        bad = await said(again, INTENT.name, "east")
        assert (bad.state, bad.reason) == (State.REFUSED, Reason.NO_DRIVER)
        assert again.objects("east").keys() == before
        await again.delete(OUTBOUND, call_out.name)
        await again.gone(call_out.name)  # what nobody wants goes without the driver
        left = {path for path in before if "db-example-com" not in path}
        assert again.objects("east").keys() == left
    finally:
        await again.stop()
    again = await build(it.root, it.store, it.drivers)
    await again.start()
    try:
        await again.quiet()
        assert again.objects("east").keys() == left
        assert (await said(again, INTENT.name, "east")).state is State.SETTLED
    finally:
        await again.stop()
