"""In a world of two thousand intents a change of one touches the objects of its scopes only."""

from collections.abc import Iterator
from dataclasses import replace

import trafficctl_istio.plugin
from trafficctl_sdk.codec import digest
from trafficctl_sdk.intent_kinds import ConnectivityIntent
from trafficctl_sdk.model.inbound_intent import InboundIntent
from trafficctl_sdk.slices import Scope

from tests.fakes import wishes
from trafficctl_server.compile.compiler import compile_scope
from trafficctl_server.compile.world import World

SERVICES = 500
CLUSTERS = tuple(f"c{number}" for number in range(8))
Objects = dict[tuple[str, str, str, str], str]
"""Digest of each object, by cluster, kind, namespace and name."""


def name(number: int) -> str:
    return f"s{number % SERVICES:03}"


def crowd() -> Iterator[ConnectivityIntent]:
    """Give four intents about each service: called from afar, from near, out, and from outside."""
    for number in range(SERVICES):
        it = name(number)
        leaving = wishes.caller(name(number + 1), egress=wishes.dedicated())
        yield wishes.intercluster(
            f"inter-{it}", it, leaving if number % 5 == 0 else name(number + 1)
        )
        yield wishes.intracluster(f"intra-{it}", it, name(number + len(CLUSTERS)))
        yield wishes.outbound(f"out-{it}", f"{it}.example.com", it)
        yield wishes.inbound(f"in-{it}", it, f"{it}.example.org")


def crowded() -> World:
    world = World()
    for it in CLUSTERS:
        world.put_cluster(wishes.cluster(it))
    for number in range(SERVICES):
        world.put_workload(wishes.workload(name(number), CLUSTERS[number % len(CLUSTERS)]))
        world.addresses[f"service/shop/{name(number)}"] = f"240.96.{number // 250}.{number % 250}"
    for intent in crowd():
        world.put_intent(intent)
    return world


def slices(scope: Scope, world: World) -> dict[str, str]:
    """Give the digest of each cluster's slice: it is all that a rendering depends on."""
    return {it.cluster: digest(it) for it in compile_scope(scope, world).slices}


def objects(scope: Scope, world: World) -> Objects:
    found = {}
    for it in compile_scope(scope, world).slices:
        for manifest in trafficctl_istio.plugin.trafficctl_render_slice(slice=it).manifests:
            metadata = manifest.body["metadata"]
            assert isinstance(metadata, dict)
            key = (str(manifest.body["kind"]), metadata.get("namespace", ""), metadata["name"])
            found[(it.cluster, *key)] = digest(manifest)
    return found


def changes(world: World) -> Iterator[ConnectivityIntent]:
    """Give one changed intent of each kind."""
    for kind in ("inter-s100", "intra-s200", "out-s300"):
        (it,) = (one for one in world.intents.values() if one.name.endswith(f"/{kind}"))
        yield replace(it, callers=(*it.callers, wishes.caller("s016")))
    (it,) = (one for one in world.intents.values() if one.name.endswith("/in-s400"))
    assert isinstance(it, InboundIntent)
    yield replace(it, path_prefix="/shop")


def test_a_change_touches_the_objects_of_its_scopes_only() -> None:
    world = crowded()
    assert len(world.intents) == 4 * SERVICES
    known = {scope: slices(scope, world) for scope in world.all_scopes()}
    for changed in changes(world):
        before = {it: objects(it, world) for it in world.scopes_of_intent(changed.name)}
        touched = world.put_intent(changed)
        assert len(touched) <= 4
        for scope in touched:
            now = slices(scope, world)
            if scope not in before:
                assert now == known[scope]  # it rests on what changed, but not on how
                continue
            known[scope] = now
            assert objects(scope, world).keys() >= before[scope].keys()  # in place
        assert any(objects(it, world) != before[it] for it in before)
    # Whatever was not touched is what it would be if all of it were compiled once more.
    assert {scope: slices(scope, world) for scope in world.all_scopes()} == known
