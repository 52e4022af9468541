"""Random worlds: what the office accepted of random wishes, and what Istio is told of it.

``sites`` and ``wanted`` draw a world, ``oracle`` says what it means, ``calls`` draws calls that
lie just inside or just outside of it, and ``Stage`` brings its rendering before the evaluator.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from ipaddress import IPv4Address

import trafficctl_istio.plugin
from trafficctl_sdk.codec import canonical
from trafficctl_sdk.explain import Inventory, PlacedObject
from trafficctl_sdk.intent_kinds import ConnectivityIntent
from trafficctl_sdk.model.cluster import Cluster
from trafficctl_sdk.model.workload import Workload
from trafficctl_sdk.slices import Scope, ScopeKind, TrafficSlice

from tests.fakes.drivers import InProcessDrivers
from tests.property import sites, wanted
from tests.property.dice import Dice
from trafficctl_server.compile.compiler import compile_scope
from trafficctl_server.compile.facts import HOME_NAMESPACE
from trafficctl_server.compile.surroundings import inventory_of
from trafficctl_server.compile.world import World
from trafficctl_server.intents import failures
from trafficctl_server.intents.admission import DriverAdmission
from trafficctl_server.intents.judging import judge

_FIRST_ADDRESS = IPv4Address("240.96.0.1")


@dataclass(frozen=True, kw_only=True, repr=False)
class Wishes:
    """Everything that was asked for; intents in the order of their arrival."""

    clusters: tuple[Cluster, ...]
    workloads: tuple[Workload, ...]
    intents: tuple[ConnectivityIntent, ...]

    def __repr__(self) -> str:
        """Count them: a test that fails tells them in a shorter form."""
        everything = (self.clusters, self.workloads, self.intents)
        return "<{} clusters, {} workloads, {} intents>".format(*map(len, everything))


def draw(dice: Dice) -> Wishes:
    """Draw the wishes of one world."""
    clusters = sites.clusters(dice)
    workloads = sites.workloads(dice, clusters)
    return Wishes(
        clusters=clusters,
        workloads=workloads,
        intents=wanted.intents(dice, clusters, workloads),
    )


def told(asked: Wishes) -> str:
    """Tell wishes as JSON, one a line: what was asked for is read best as it would be sent."""
    return "\n".join(canonical(it).decode() for it in _everything(asked))


def _everything(asked: Wishes) -> Iterator[Cluster | Workload | ConnectivityIntent]:
    yield from (*asked.clusters, *asked.workloads, *asked.intents)


@dataclass(frozen=True, kw_only=True)
class Stage:
    """A world of what was accepted.

    :ivar refused: what was not, as text that says why.
    """

    wishes: Wishes
    world: World
    refused: tuple[str, ...]

    @cached_property
    def slices(self) -> tuple[TrafficSlice, ...]:
        return tuple(compiled(self.world))

    @cached_property
    def objects(self) -> tuple[PlacedObject, ...]:
        """Every object of every cluster, as the driver renders them."""
        return tuple(it for slice_ in self.slices for it in rendered(slice_))

    @cached_property
    def inventory(self) -> Inventory:
        return inventory_of(self.world)


def accept(asked: Wishes) -> Stage:
    """Let the office judge wishes one after the other, as it would if they arrived so."""
    drivers = InProcessDrivers()
    drivers.add_module(trafficctl_istio.plugin)
    admission = DriverAdmission(drivers)  # type: ignore[arg-type] # the face of a DriverHost
    world = World(admission)
    for cluster in asked.clusters:
        world.put_cluster(cluster)
    workloads = [it for it in asked.workloads if not _refusal(it, world, admission)]
    for workload in workloads:
        world.put_workload(workload)
    accepted, refused = [], []
    for intent in asked.intents:
        known = replace(intent, uid=intent.name, generation=1)
        why = _refusal(known, world, admission)
        if why:
            refused.append(why)
        else:
            world.put_intent(known)
            accepted.append(known)
    for key in sorted(_keys(world)):
        world.addresses[key] = str(_FIRST_ADDRESS + len(world.addresses))
    kept = Wishes(clusters=asked.clusters, workloads=tuple(workloads), intents=tuple(accepted))
    return Stage(wishes=kept, world=world, refused=tuple(refused))


def _refusal(
    resource: Workload | ConnectivityIntent, world: World, admission: DriverAdmission
) -> str:
    """Say why the office would refuse a resource; empty: it would not."""
    try:
        judgement = judge(resource, canonical(resource), world, admission)
    except failures.Failure as failure:
        return f"{type(failure).__name__}: {failure}"
    if isinstance(resource, Workload) or not judgement.drivers:
        return ""
    found = trafficctl_istio.plugin.trafficctl_validate_intent(intent=resource, facts=())
    return "; ".join(f"{it.field}: {it.description}" for it in found)


def _keys(world: World) -> Iterator[str]:
    for footprint in world._footprints.values():
        yield from footprint.keys


def compiled(world: World) -> Iterator[TrafficSlice]:
    """Compile every scope of a world; whatever was accepted must not contradict itself."""
    scopes = world.all_scopes()
    slices = [it for scope in sorted(scopes) for it in _slices(scope, world, ())]
    yield from slices
    calling = {it.cluster for it in slices if it.destination and it.destination.calling}
    home = Scope(kind=ScopeKind.NAMESPACE, key=HOME_NAMESPACE)
    yield from _slices(home, world, sorted(calling))


def _slices(scope: Scope, world: World, calling: Sequence[str]) -> Sequence[TrafficSlice]:
    found = compile_scope(scope, world, calling)
    assert not found.contradictions, found.contradictions
    return found.slices


def rendered(slice_: TrafficSlice) -> Iterator[PlacedObject]:
    """Render one slice by the driver."""
    rendering = trafficctl_istio.plugin.trafficctl_render_slice(slice=slice_)
    everybody = tuple(it.intent for it in slice_.origins)
    for manifest in rendering.manifests:
        yield PlacedObject(
            cluster=slice_.cluster, body=manifest.body, origins=manifest.origins or everybody
        )
