"""The bytes of a slice are those that tell it from every other."""

import orjson
from hypothesis import given
from trafficctl_sdk.codec import canonical, from_json
from trafficctl_sdk.slices import Scope, ScopeKind, TrafficSlice

from tests.contract.protos.strategies import examples, instances
from tests.fakes import wishes
from trafficctl_server.compile.compiler import compile_scope
from trafficctl_server.compile.world import World
from trafficctl_server.drivers.slice_bytes import digest_of, slice_bytes, slice_digest


@given(instances(TrafficSlice, depth=1), instances(TrafficSlice, depth=1))
@examples(20)
def test_digests_tell_slices_apart(one: TrafficSlice, other: TrafficSlice) -> None:
    assert (slice_digest(one) == slice_digest(other)) == (one == other)
    assert slice_digest(one) == digest_of(slice_bytes(one))


@given(instances(TrafficSlice))
@examples(20)
def test_a_worker_reads_the_slice_that_was_sent(sent: TrafficSlice) -> None:
    assert from_json(TrafficSlice, orjson.loads(slice_bytes(sent))) == sent


def test_they_are_the_canonical_form() -> None:
    world = World()
    world.put_cluster(wishes.cluster("east"))
    for it in ("front", "back"):
        world.put_workload(wishes.workload(it, "east"))
    world.put_intent(wishes.intracluster("a", "back", "front"))
    scope = Scope(kind=ScopeKind.WORKLOAD, key="shop/back")
    (slice_,) = compile_scope(scope, world).slices
    assert slice_bytes(slice_) == canonical(slice_)
