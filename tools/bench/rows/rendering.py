"""The Istio driver's rendering, beside building and dumping the same objects."""

import time
from collections.abc import Callable
from statistics import median
from typing import Any

import orjson
from trafficctl_istio import plugin
from trafficctl_sdk.slices import TrafficSlice

from tools.bench.results import Result, ratio
from tools.bench.run import Run
from tools.bench.world.inventory import clusters, workloads
from tools.bench.world.size import WorldSize
from tools.bench.world.wishes import intents
from trafficctl_server.compile.addresses import address_keys
from trafficctl_server.compile.compiler import compile_scope
from trafficctl_server.compile.world import World

NAMESPACES = 2


def slices() -> list[TrafficSlice]:
    """Compile a part of the world."""
    size = WorldSize(clusters=2, namespaces=NAMESPACES)
    world = World()
    for cluster in clusters(size):
        world.put_cluster(cluster)
    for workload in workloads(size):
        world.put_workload(workload)
    for intent in intents(size):
        world.put_intent(intent)
        for key in address_keys(intent, world):
            world.addresses.setdefault(key, f"240.96.0.{len(world.addresses) % 250 + 1}")
    calling = tuple(world.clusters)
    return [
        it
        for scope in sorted(world.all_scopes())
        for it in compile_scope(scope, world, calling).slices
    ]


async def render(run: Run) -> Result:
    """Render the slices again and again, in turn with building what they come to."""
    chosen = slices()
    objects = [
        it.body for slice_ in chosen for it in plugin.trafficctl_render_slice(slice_).manifests
    ]
    build = _builder(objects)

    def ours() -> int:
        found = 0
        for slice_ in chosen:
            for manifest in plugin.trafficctl_render_slice(slice_).manifests:
                orjson.dumps(manifest.body, option=orjson.OPT_SORT_KEYS)
                found += 1
        return found

    def least() -> int:
        found = 0
        for it in build():
            orjson.dumps(it, option=orjson.OPT_SORT_KEYS)
            found += 1
        return found

    ratios, rates = [], []
    for _ in range(run.scale.pairs):
        ours_rate, least_rate = (
            _rate(ours, run.scale.seconds / 2),
            _rate(least, run.scale.seconds / 2),
        )
        ratios.append(ours_rate / least_rate)
        rates.append((ours_rate, least_rate))
    return ratio(
        "render, objects/s on one core",
        "building the same dicts and orjson-dumping them",
        median(ratios),
        least=0.4,
        how=(
            f"All {len(chosen)} slices of {NAMESPACES} namespaces, through the driver's hook and"
            " dumped with sorted keys, in one thread, in turn with code that builds the same"
            f" {len(objects)} objects from literals and dumps them alike."
        ),
        details=(
            (
                f"{median(it for it, _ in rates):.0f} objects/s beside"
                f" {median(it for _, it in rates):.0f} objects/s"
            ),
        ),
    )


def _rate(work: Callable[[], int], seconds: float) -> float:
    done, started = 0, time.perf_counter()
    while (now := time.perf_counter()) - started < seconds:
        done += work()
    return done / (now - started)


def _builder(objects: list[Any]) -> Callable[[], list[Any]]:
    """Make code that builds the objects from literals, in pieces that the compiler can take."""
    plain = [orjson.loads(orjson.dumps(it)) for it in objects]
    pieces = [eval(f"lambda: {it!r}") for it in plain]  # noqa: S307 - literals made above
    return lambda: [piece() for piece in pieces]
