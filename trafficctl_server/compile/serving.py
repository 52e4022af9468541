"""Where a destination is served for one intent, and what holds up the other clusters."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from trafficctl_sdk.model.access import AccessRule, AnyClient
from trafficctl_sdk.model.convergence import Convergence
from trafficctl_sdk.model.inbound_intent import InboundIntent
from trafficctl_sdk.model.intercluster_intent import InterclusterIntent
from trafficctl_sdk.model.tls import MutualTls
from trafficctl_sdk.slices import ScopeKind

from trafficctl_server.compile.admission import hindrance, unlabelled, unproxied
from trafficctl_server.compile.entrances import entrance
from trafficctl_server.compile.facts import (
    governance,
    has_mesh,
    is_governed,
    service_host,
    spiffe,
)
from trafficctl_server.compile.inventory import Place, places_of, port_here, port_of
from trafficctl_server.compile.listeners import misfit
from trafficctl_server.compile.names import last_id, project_of
from trafficctl_server.compile.references import served_workload
from trafficctl_server.compile.selectors import selects
from trafficctl_server.compile.standings import Standing, not_yours, refused, waiting
from trafficctl_server.compile.statements import service_ports

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trafficctl_sdk.model.cluster import Cluster
    from trafficctl_sdk.model.common import Protocol
    from trafficctl_sdk.model.workload import Workload, WorkloadPort
    from trafficctl_sdk.slices import GatewayFacts, SlicePort

    from trafficctl_server.compile.destinations import Destination, ServingIntent
    from trafficctl_server.compile.world import World

Reason = Convergence.Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class ServingPlace:
    """One cluster that serves one intent's destination.

    :ivar ports: the intent's ports with the workload's port numbers in this cluster.
    :ivar identity: SPIFFE ids that the server has or may have here, without the scheme.
    :ivar gateway: the gateway by which this intent's callers come in, if they do.
    :ivar kept: it could not come about now, and counts because it stands already.
    """

    cluster: str
    place: Place
    ports: tuple[SlicePort, ...]
    identities: tuple[str, ...]
    host: str
    gateway: GatewayFacts | None
    kept: bool = False


def serving_places(
    intent: ServingIntent, view: Destination, world: World
) -> tuple[tuple[ServingPlace, ...], tuple[Standing, ...]]:
    """Find where an intent's destination is served; pure over the world."""
    name = served_workload(intent)
    workload = world.workloads.get(name)
    field = "destination.workload"
    if workload is None:
        detail = f"no workload {last_id(name)} in this bundle version"
        return (), (waiting("", Reason.WORKLOAD_UNKNOWN, field, detail),)
    places = places_of(workload)
    if not places:
        detail = f"workload {last_id(name)} has no placement"
        return (), (waiting("", Reason.WORKLOAD_NOT_PLACED, field, detail),)
    selector = view.clusters if isinstance(intent, InterclusterIntent) else intent.clusters
    chosen = [
        it
        for it in places
        if it.cluster not in world.clusters
        or selects(selector, it.cluster, world.clusters[it.cluster].labels)
    ]
    if not chosen:
        detail = f"no cluster of workload {last_id(name)} is selected"
        return (), (waiting("", Reason.NO_CLUSTER_SELECTED, "clusters", detail),)
    found: list[ServingPlace] = []
    standings: list[Standing] = []
    for place in chosen:
        for outcome in _serve(intent, view, workload, place, world):
            if isinstance(outcome, ServingPlace):
                found.append(outcome)
            else:
                standings.append(outcome)
    return tuple(found), tuple(standings)


def restricts(intent: ServingIntent, view: Destination, cluster: Cluster) -> bool:
    """Say whether an intent admits less than anyone, in plaintext too, to do anything."""
    if has_mesh(cluster) and any(
        view.mutual_tls(port, last_id(cluster.name)) is MutualTls.Mode.STRICT
        for port in service_ports(intent)
    ):
        return True
    if intent.jwt_providers:  # a token that one of them did not issue would be refused
        return True
    return not any(
        caller.any_client is not None
        and caller.any_client.identity is AnyClient.Identity.ANYONE
        and all(map(_admits_everything, caller.access))
        for caller in intent.callers
    )


def _admits_everything(rule: AccessRule) -> bool:
    return (
        rule.action is AccessRule.Action.ALLOW
        and rule.all_requests is not None
        and not rule.headers
        and not rule.claims
    )


def _serve(
    intent: ServingIntent, view: Destination, workload: Workload, place: Place, world: World
) -> Iterator[ServingPlace | Standing]:
    """Give one cluster that serves, or what holds it up; both where it stands all the same."""
    cluster = world.clusters.get(place.cluster)
    if cluster is None:
        detail = f"cluster {place.cluster} is not known"
        yield waiting(place.cluster, Reason.FACT_MISSING, "destination.workload", detail)
        return
    kept = False
    ports: list[SlicePort] = []
    for outcome in (
        hindrance(intent, cluster, world.admission),
        unproxied(cluster, place.namespace, "destination.workload"),
        _ungoverned(intent, view, place, cluster),
        unlabelled(place, "destination.workload"),
        *_ports(intent, view, workload, place, by_name=not has_mesh(cluster)),
    ):
        if isinstance(outcome, Standing):
            yield outcome
            if not _stands(intent, outcome, world):
                return
            kept = True
        elif outcome is not None:
            ports.append(outcome)
    gateway = entrance(intent, cluster)
    if isinstance(gateway, Standing):
        yield gateway
        return
    stated = intent.destination.service_accounts if intent.destination is not None else ()
    yield ServingPlace(
        cluster=place.cluster,
        place=place,
        ports=tuple(ports),
        identities=tuple(
            sorted(spiffe(cluster, place.namespace, it) for it in stated or (place.account,))
        ),
        host=service_host(cluster, place.namespace, place.service),
        gateway=gateway,
        kept=kept,
    )


def _stands(intent: ServingIntent, held: Standing, world: World) -> bool:
    """Say whether what holds a serving cluster up leaves it as it is, and it is in force there."""
    return held.lasting and world.stands(
        intent.name, held.cluster, ScopeKind.WORKLOAD, "destination"
    )


def _ungoverned(
    intent: ServingIntent, view: Destination, place: Place, cluster: Cluster
) -> Standing | None:
    entry = governance(cluster, place.namespace)
    project = project_of(intent.name)
    if entry is None or project not in entry.projects:
        return not_yours(place.cluster, place.namespace, project, "destination.workload")
    if not is_governed(entry) and restricts(intent, view, cluster):
        return waiting(
            place.cluster,
            Reason.NAMESPACE_NOT_GOVERNED,
            "destination.workload",
            f"namespace {place.namespace} of cluster {place.cluster} is not governed: to restrict "
            "access there would cut off callers that are not known",
        )
    return None


def _ports(
    intent: ServingIntent, view: Destination, workload: Workload, place: Place, *, by_name: bool
) -> Iterator[SlicePort | Standing]:
    for number in service_ports(intent):
        field = _port_field(intent, number)
        stated = view.protocol(number)
        known = port_of(workload, number)
        if stated is not None and known is not None and known.protocol not in (None, stated):
            detail = f"the workload says {known.protocol}, the intent {stated}"
            yield refused(place.cluster, Reason.PROTOCOL_MISMATCH, f"{field}.protocol", detail)
        port = port_here(workload, place, number, stated, by_name=by_name)
        if port is None:
            yield waiting(
                place.cluster,
                Reason.TARGET_PORT_UNKNOWN,
                field,
                _unknown(number, known, stated),
            )
        elif port.port != number and isinstance(intent, InterclusterIntent):
            yield refused(
                place.cluster,
                Reason.FIELD_NOT_SUPPORTED,
                field,
                f"the Service has port {port.port} here and {number} elsewhere; callers in other "
                "clusters need one number",
            )
            yield replace(port, port=number)
        else:
            yield from _misfits(intent, number, port, place.cluster)
            yield port


def _misfits(
    intent: ServingIntent, number: int, port: SlicePort, cluster: str
) -> Iterator[Standing]:
    """Find the listeners of an inbound intent that cannot lead to a port as it is."""
    for index, listener in enumerate(intent.listeners if isinstance(intent, InboundIntent) else ()):
        problem = misfit(listener, port.protocol) if listener.service_port == number else ""
        if problem:
            field = f"listeners[{index}].protocol"
            yield refused(cluster, Reason.PROTOCOL_MISMATCH, field, problem)


def _unknown(number: int, known: WorkloadPort | None, stated: Protocol.Value | None) -> str:
    if known is None:
        return f"the workload does not list Service port {number}"
    if stated is None and known.protocol is None:
        return f"nobody says what Service port {number} speaks: state it on the workload"
    return f"the workload's port behind Service port {number} is not known by number"


def _port_field(intent: ServingIntent, number: int) -> str:
    if isinstance(intent, InboundIntent):
        numbers = [it.service_port for it in intent.listeners]
        return f"listeners[{numbers.index(number)}].service_port"
    return f"ports[{[it.port for it in intent.ports].index(number)}]"
