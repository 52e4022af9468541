"""Random worlds without a mesh: what is rendered lets through what the intents say, and no more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import pytest
from hypothesis import given, settings
from trafficctl_networkpolicy import evaluation
from trafficctl_networkpolicy.plugin import trafficctl_driver_info, trafficctl_render_slice
from trafficctl_sdk.explain import ExplainRequest, PlacedObject, Verdict, VerdictKind
from trafficctl_sdk.model.workload import Workload
from trafficctl_sdk.slices import Scope

from tests.property.filters import (
    ADDRESSES,
    DOORS,
    EDGE,
    OUTER,
    Scene,
    Told,
    behind,
    enters,
    goes_out,
    is_told_apart,
    leaves,
    scenes,
)
from tests.property.strategies import examples
from trafficctl_server.compile.branches import Trunk
from trafficctl_server.compile.calls import CallerPods, concern
from trafficctl_server.compile.compiler import compile_scope
from trafficctl_server.compile.surroundings import inventory_of
from trafficctl_server.compile.world import World

KINDS = set(trafficctl_driver_info().scope_kinds)
KIND_OF = {True: VerdictKind.ALLOWED, False: VerdictKind.DENIED, None: VerdictKind.UNKNOWN}


class Addresses(Trunk[str, str]):
    """Gives every key the same virtual address: no packet filter looks at one."""

    def __missing__(self, key: str) -> str:
        return "240.96.0.1"


@dataclass(frozen=True)
class Written:
    """A scene, compiled and rendered."""

    scene: Scene

    @cached_property
    def world(self) -> World:
        world = World()
        world.addresses = Addresses()
        world.put_cluster(self.scene.cluster)
        for it in self.scene.workloads:
            world.put_workload(it)
        for intent in self.scene.intents:
            world.put_intent(intent)
        return world

    @cached_property
    def objects(self) -> list[tuple[Scope, PlacedObject]]:
        """Every object, in the order in which it is delivered."""
        found = [
            (manifest.wave, manifest.body["metadata"]["name"], scope, manifest.body)  # type: ignore[index] # every object has a name
            for scope in self.world.all_scopes()
            for slice_ in compile_scope(scope, self.world).slices
            if scope.kind in KINDS
            for manifest in trafficctl_render_slice(slice_).manifests
        ]
        return [
            (scope, PlacedObject(cluster=EDGE, body=body))
            for _, _, scope, body in sorted(found, key=lambda it: it[:2])
        ]

    def verdict(self, request: ExplainRequest, objects: Sequence[PlacedObject]) -> Verdict:
        filters = evaluation.index(objects, inventory_of(self.world))
        return evaluation.explain(filters, request)

    def as_asked(self, request: ExplainRequest) -> Verdict:
        """Judge by what the server thinks that a call concerns, and nothing else."""
        caller = CallerPods(
            cluster=EDGE,
            namespace=request.namespace,
            account=request.service_account,
            pod_labels=request.pod_labels,
        )
        about = concern(caller, request.host, self.world)
        objects = [it for scope, it in self.objects if scope in about.scopes]
        inventory = inventory_of(self.world, about.clusters, about.workloads, about.scopes)
        return evaluation.explain(evaluation.index(objects, inventory), request)


def request(caller: Workload, host: str, port: int) -> ExplainRequest:
    return ExplainRequest(
        cluster=EDGE,
        namespace=caller.namespace,
        service_account=caller.service_account,
        in_mesh=False,
        host=host,
        port=port,
        pod_labels=caller.pod_labels,
    )


def both(*answers: Told) -> Told:
    if False in answers:
        return False
    return None if None in answers else True


def questions(scene: Scene) -> Iterator[tuple[ExplainRequest, Told, bool]]:
    """Give every call between workloads, and to addresses outside, with what intents say of it.

    The last says whether one policy alone opens the server: several, of workloads that share
    labels, arrive one after the other.
    """
    for caller in scene.workloads:
        for service in scene.workloads:
            host = f"{service.service}.{service.namespace}.svc.cluster.local"
            for port in DOORS:
                ends = [
                    both(leaves(scene, caller, it, port), enters(scene, caller, it, port))
                    for it in behind(scene, service)
                ]
                yield request(caller, host, port), both(*ends), is_told_apart(scene, service)
        for address in ADDRESSES:
            for port in OUTER:
                told = goes_out(scene, caller, address, port)
                yield request(caller, address, port), told, True


def look_at(scene: Scene) -> None:
    written = Written(scene)
    objects = [it for _, it in written.objects]
    filters = evaluation.index(objects, inventory_of(written.world))
    wanted = []
    for asked, told, at_once in questions(scene):
        verdict = evaluation.explain(filters, asked)
        assert verdict.kind is KIND_OF[told], (asked, verdict.text)
        assert written.as_asked(asked).kind is verdict.kind, (asked, "by what the call concerns")
        if told and at_once:
            wanted.append(asked)
    for number in range(len(objects)):
        so_far = evaluation.index(objects[:number], inventory_of(written.world))
        for asked in wanted:
            verdict = evaluation.explain(so_far, asked)
            assert verdict.kind is not VerdictKind.DENIED, (asked, number, verdict.text)


@settings(examples(30), derandomize=True)
@given(scenes())
def test_who_reaches_whom_is_what_the_intents_say_at_every_step(scene: Scene) -> None:
    look_at(scene)


@pytest.mark.crash
@pytest.mark.timeout(900)  # loaded machines are slow; nothing is measured by it
@settings(examples(800), derandomize=True)
@given(scenes())
def test_it_is_so_in_many_more_worlds(scene: Scene) -> None:
    look_at(scene)
