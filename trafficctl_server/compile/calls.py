"""What one call may concern: the scopes, clusters and workloads that a verdict on it rests on.

A call is judged by the objects of a handful of scopes, never by those of the whole world.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from trafficctl_sdk.model.cluster import Gateway
from trafficctl_sdk.model.inbound_intent import InboundIntent
from trafficctl_sdk.slices import Scope, ScopeKind

from trafficctl_server.compile.callers import caller_places, gateway_scope, unversioned
from trafficctl_server.compile.facts import HOME_NAMESPACE, gateway_of
from trafficctl_server.compile.inventory import destination_of, places_of
from trafficctl_server.compile.names import WorkloadId, bundle_version_of, last_id
from trafficctl_server.compile.pod_labels import taken_along, taking_along
from trafficctl_server.compile.references import served_workload
from trafficctl_server.compile.touching import external, namespace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from trafficctl_sdk.model.cluster import Cluster
    from trafficctl_sdk.model.workload import Workload

    from trafficctl_server.compile.world import World

_ORDER: Final = attrgetter("kind", "key")
"""That of scopes, for less."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallerPods:
    """Pods of one account in one cluster; without a cluster: somebody outside of all of them."""

    cluster: str = ""
    namespace: str = ""
    account: str = ""
    pod_labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """What a verdict on one call rests on; every tuple sorted.

    :ivar clusters: ids of the caller's and of those where the call may land.
    :ivar workloads: names of those whose Services and pods the call may meet.
    """

    scopes: tuple[Scope, ...]
    clusters: tuple[str, ...]
    workloads: tuple[str, ...]


def concern(caller: CallerPods, host: str, world: World) -> Concern:
    """Give what a verdict on a call to a host rests on; pure over the world.

    Its parts are those of many calls, and worked out once.
    """
    parts = [_landing(host, caller.namespace if caller.cluster else None, world)]
    if caller.cluster:
        parts += (_leaving(caller, host, world), _calling(caller, world))
    clusters = {it for part in parts for it in part.clusters}
    if not clusters:  # nobody exposes it, which any way in can say
        clusters = {id_ for id_, it in world.clusters.items() if _has_entrance(it)}
    return Concern(
        scopes=tuple(sorted({it for part in parts for it in part.scopes}, key=_ORDER)),
        clusters=tuple(sorted(clusters & world.clusters.keys())),
        workloads=tuple(sorted({it for part in parts for it in part.workloads})),
    )


def _landing(host: str, caller_namespace: str | None, world: World) -> Concern:
    """Give where a call to a host may land; without a caller's namespace, one from outside."""

    def work_out() -> Concern:
        scopes: set[Scope] = set()
        destinations = set(_behind(host, caller_namespace or "", world))
        for name in _patterns(host) if caller_namespace is None else ():
            exposed = Scope(kind=ScopeKind.EXPOSED_HOST, key=name)
            scopes.add(exposed)
            destinations.update(_exposed(exposed, world))
        for key in destinations:
            scopes.add(Scope(kind=ScopeKind.DESTINATION, key=key))
            scopes.add(Scope(kind=ScopeKind.WORKLOAD, key=key))
            scopes.add(namespace(key.partition("/")[0]))
        servers = [it for key in destinations for it in world.workloads_serving(key)]
        servers += _taken_along(servers, world)
        return Concern(
            scopes=tuple(scopes | _deciding_too(servers, world)),
            clusters=tuple({place.cluster for it in servers for place in places_of(it)}),
            workloads=tuple(it.name for it in servers),
        )

    where = "outside" if caller_namespace is None else f"in {caller_namespace}"
    return world.memo.answer(("landing", f"{host} from {where}"), work_out)


def _leaving(caller: CallerPods, host: str, world: World) -> Concern:
    """Give what decides about calls to a host from a namespace of a cluster, whoever calls."""

    def work_out() -> Concern:
        scopes = {namespace(HOME_NAMESPACE), namespace(caller.namespace)}
        for name in _patterns(host):
            outside = external(caller.namespace, name)
            scopes.add(outside)
            scopes.update(_gateways_of_others(caller, outside, world))
        return Concern(scopes=tuple(scopes), clusters=(caller.cluster,), workloads=())

    about = f"{host} from {caller.cluster}/{caller.namespace}"
    return world.memo.answer(("leaving", about), work_out)


def _calling(caller: CallerPods, world: World) -> Concern:
    """Give what decides about all calls of an account in a cluster, wherever they go."""

    def work_out() -> Concern:
        workloads = world.workloads_under(caller.cluster, caller.namespace, caller.account)
        return Concern(
            scopes=tuple(_own_gateways(caller, workloads)),
            clusters=(),
            workloads=tuple(it.name for it in workloads),
        )

    about = f"{caller.cluster}/{caller.namespace}/{caller.account}"
    return world.memo.answer(("calling", about), work_out)


def _taken_along(servers: Iterable[Workload], world: World) -> list[Workload]:
    """Give the workloads whose pods a Service of these leads to as well, told by labels alone."""
    places = (place for it in servers for place in places_of(it))
    return [other for place in places for other in taken_along(place, world)]


def _deciding_too(servers: Iterable[Workload], world: World) -> set[Scope]:
    """Give the scopes of other workloads whose policies select these pods as well."""
    places = (place for it in servers for place in places_of(it))
    others = (destination_of(it) for place in places for it in taking_along(place, world))
    return {Scope(kind=ScopeKind.WORKLOAD, key=it) for it in others}


def _has_entrance(cluster: Cluster) -> bool:
    return gateway_of(cluster, Gateway.Role.INGRESS) is not None


def _own_gateways(caller: CallerPods, workloads: Iterable[Workload]) -> Iterator[Scope]:
    """Give the gateways that workloads have for themselves in the caller's cluster."""
    for workload in workloads:
        of = bundle_version_of(workload.name)
        name = unversioned(WorkloadId(of.project, of.bundle, last_id(workload.name)))
        for place in places_of(workload):
            if place.cluster == caller.cluster:
                yield gateway_scope(name, place)


def _gateways_of_others(caller: CallerPods, outside: Scope, world: World) -> Iterator[Scope]:
    """Give the gateways of a host's callers: whoever is none may be sent to one that refuses it."""
    for intent in world.intents_in(outside):
        for place in caller_places(intent, world).places:
            here = place.cluster == caller.cluster and place.namespace == caller.namespace
            if here and place.gateway_scope is not None:
                yield place.gateway_scope


def _behind(host: str, caller_namespace: str, world: World) -> Iterator[str]:
    """Give the destinations that a name may mean: short, of its cluster, outer, or of one pod."""
    first, *rest = host.split(".")
    if not rest:
        yield from world.destinations_called(caller_namespace, first)
        return
    yield from world.destinations_called(rest[0], first)
    if len(rest) > 1:
        yield from world.destinations_called(rest[1], rest[0])


def _patterns(host: str) -> Iterator[str]:
    """Give a host and the wildcards that it falls under."""
    yield host
    labels = host.split(".")
    for number in range(1, len(labels)):
        yield ".".join(("*", *labels[number:]))


def _exposed(scope: Scope, world: World) -> Iterator[str]:
    for intent in world.intents_in(scope):
        workload = world.workloads.get(served_workload(intent))
        if isinstance(intent, InboundIntent) and workload is not None:
            yield destination_of(workload)
