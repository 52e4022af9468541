"""What arrives in whichever order comes to the same objects, byte by byte."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st
from trafficctl_sdk.codec import digest
from trafficctl_sdk.intent_kinds import ConnectivityIntent
from trafficctl_sdk.model.cluster import Cluster
from trafficctl_sdk.model.workload import Workload

from tests.property.strategies import examples, wishes
from tests.property.worlds import Stage, accept, compiled, rendered
from trafficctl_server.compile.world import World


def told(stage: Stage, order: Sequence[Cluster | Workload | ConnectivityIntent]) -> World:
    """Tell a new world of everything that another one knows, in an order of its own."""
    world = World(stage.world.admission)
    for it in order:
        if isinstance(it, Cluster):
            world.put_cluster(it)
        elif isinstance(it, Workload):
            world.put_workload(it)
        else:
            world.put_intent(it)
    world.addresses.update(stage.world.addresses)
    return world


@settings(examples(25), derandomize=True)
@given(st.data())
def test_order_of_arrival_changes_no_byte(data: st.DataObject) -> None:
    stage = accept(data.draw(wishes()))
    it = stage.wishes
    order = data.draw(st.permutations([*it.clusters, *it.workloads, *it.intents]))
    expected = [(o.cluster, digest(o)) for o in stage.objects]
    world = told(stage, order)
    assert [(o.cluster, digest(o)) for s in compiled(world) for o in rendered(s)] == expected
