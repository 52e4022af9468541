"""One intent in the world: where it is served, where it is called, what holds it up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from trafficctl_sdk.model.convergence import Convergence
from trafficctl_sdk.model.inbound_intent import InboundIntent
from trafficctl_sdk.model.intercluster_intent import InterclusterIntent
from trafficctl_sdk.model.intracluster_intent import IntraclusterIntent
from trafficctl_sdk.model.outbound_intent import OutboundIntent
from trafficctl_sdk.model.tls import MutualTls
from trafficctl_sdk.slices import Role, Scope, ScopeKind

from trafficctl_server.compile.callers import CallerPlace, caller_places, caller_stands
from trafficctl_server.compile.destinations import Destination, destination
from trafficctl_server.compile.facts import (
    common_root,
    has_mesh,
    identity_travels,
    mesh_facts,
)
from trafficctl_server.compile.inventory import destination_of, places_of
from trafficctl_server.compile.pod_labels import said, taken_along
from trafficctl_server.compile.references import served_workload
from trafficctl_server.compile.sayings import saying_of
from trafficctl_server.compile.serving import ServingPlace, serving_places
from trafficctl_server.compile.standings import (
    Remark,
    Standing,
    not_applicable,
    refused,
    waiting,
)
from trafficctl_server.compile.statements import service_ports
from trafficctl_server.compile.touching import exposed_hosts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from trafficctl_sdk.intent_kinds import ConnectivityIntent

    from trafficctl_server.compile.destinations import ServingIntent
    from trafficctl_server.compile.sayings import Saying
    from trafficctl_server.compile.world import World

Reason = Convergence.Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """What one intent comes to.

    :ivar serving: the clusters that serve it; empty for outbound.
    :ivar callers: the callers that may call, each in each cluster; all others stand in
        ``standings``.
    :ivar roles: the clusters where something of it belongs, with their roles.
    """

    intent: str
    serving: tuple[ServingPlace, ...]
    callers: tuple[CallerPlace, ...]
    roles: Mapping[str, tuple[Role, ...]]
    standings: tuple[Standing, ...]
    remarks: tuple[Remark, ...]


def view_of(intent: ServingIntent, world: World) -> Destination:
    """Merge all intents about one intent's destination."""
    workload = world.workloads.get(served_workload(intent))
    return (
        destination((saying_of(intent),))
        if workload is None
        else view_at(destination_of(workload), world)
    )


def view_at(key: str, world: World) -> Destination:
    """Merge all intents about a destination, by its key."""
    return world.inventory_memo.answer(
        ("view", key),
        lambda: destination(sayings_about(key, world)),
        rests_on=[world.intents.kept(it) for it in _about(key, world)],
    )


def sayings_about(key: str, world: World) -> list[Saying]:
    """Give what all intents about a destination, by its key, say of it; sorted by their names."""
    return [world.intents.said(it) for it in _about(key, world)]


def _about(key: str, world: World) -> list[str]:
    return world.names_in(Scope(kind=ScopeKind.WORKLOAD, key=key))


def resolve(
    intent: ConnectivityIntent, world: World, view: Destination | None = None
) -> Resolution:
    """Resolve one intent; pure over the world.

    :param view: the destination that it is about, where the caller merged it already.
    """
    about = ("resolution", intent.name)
    if isinstance(intent, OutboundIntent):
        return world.inventory_memo.answer(
            about, lambda: _outbound(intent, world), rests_on=(intent,)
        )
    merged = view or view_of(intent, world)
    return world.inventory_memo.answer(
        about, lambda: _serving(intent, merged, world), rests_on=(intent, merged)
    )


def _serving(intent: ServingIntent, view: Destination, world: World) -> Resolution:
    serving, held = serving_places(intent, view, world)
    if isinstance(intent, InboundIntent):
        return _inbound(intent, view, serving, held, world)
    found = caller_places(intent, world)
    if isinstance(intent, InterclusterIntent):
        callers, apart = _meet_across(intent, serving, found.places, world)
    else:
        callers, apart = _meet_inside(serving, found.places, world)
    roles: dict[str, set[Role]] = {}
    if not callers and isinstance(intent, InterclusterIntent):
        apart += [
            not_applicable(it.cluster, Reason.NOT_CALLED, "nobody may call") for it in serving
        ]
    for place in serving if callers else ():
        roles.setdefault(place.cluster, set()).add(Role.SERVING)
    for caller in callers:
        if caller.allowed:
            roles.setdefault(caller.cluster, set()).add(Role.CALLING)
        if caller.gateway is not None:
            roles.setdefault(caller.cluster, set()).add(Role.EGRESS)
    if isinstance(intent, IntraclusterIntent):
        roles = {c: {Role.SERVING, Role.CALLING} for c in {it.cluster for it in callers}}
    standings = (*held, *_concerned(intent, found.standings, world), *apart)
    return Resolution(
        intent=intent.name,
        serving=tuple(it for it in serving if it.cluster in roles),
        callers=callers,
        roles={c: tuple(sorted(it)) for c, it in sorted(roles.items())},
        standings=tuple(sorted(set(standings))),
        remarks=(
            *found.remarks,
            *_plaintext(intent, view, serving, world),
            *_taken_along(serving, world),
        ),
    )


def _concerned(
    intent: ServingIntent, standings: tuple[Standing, ...], world: World
) -> Iterator[Standing]:
    """Hold nothing against callers where an intracluster destination is not placed at all."""
    workload = world.workloads.get(served_workload(intent))
    placed = {it.cluster for it in places_of(workload)} if workload is not None else set()
    for it in standings:
        if placed and isinstance(intent, IntraclusterIntent) and it.cluster not in {"", *placed}:
            yield _not_served_in(it.cluster)
        else:
            yield it


def _not_served_in(cluster: str) -> Standing:
    reason = Reason.SAME_CLUSTER_ONLY
    return not_applicable(cluster, reason, "the destination is not served here")


def _meet_across(
    intent: ServingIntent,
    serving: tuple[ServingPlace, ...],
    callers: tuple[CallerPlace, ...],
    world: World,
) -> tuple[tuple[CallerPlace, ...], list[Standing]]:
    """Let callers in every cluster meet servers in every cluster that can know them."""
    meeting, apart = [], []
    for caller in callers:
        field = f"callers[{caller.index}]"
        if not serving:
            apart.append(
                waiting(
                    caller.cluster,
                    Reason.SERVING_SIDE_FIRST,
                    "destination.workload",
                    "no cluster serves the destination yet",
                )
            )
            continue
        here = world.clusters[caller.cluster]
        strange = [
            it.cluster for it in serving if not common_root(here, world.clusters[it.cluster])
        ]
        nameless = [
            it.cluster
            for it in serving
            if not identity_travels(_domain(caller, world), world.clusters[it.cluster])
        ]
        if strange or nameless:
            detail = (
                f"no common root of trust with {', '.join(strange)}"
                if strange
                else f"trust domain cluster.local cannot be named in {', '.join(nameless)}"
            )
            held = refused(caller.cluster, Reason.NO_COMMON_ROOT, field, detail)
            apart.append(held)
            if caller_stands(intent, caller.index, held, world):
                meeting.append(replace(caller, kept=True))
            continue
        meeting.append(caller)
    return tuple(meeting), apart


def _domain(caller: CallerPlace, world: World) -> str:
    """Give the trust domain that a caller's identity is of; empty: it needs none."""
    named, sep, _ = caller.principal.partition("/ns/")
    if sep:
        return named
    return mesh_facts(world.clusters[caller.cluster]).trust_domain if caller.principal else ""


def _meet_inside(
    serving: tuple[ServingPlace, ...], callers: tuple[CallerPlace, ...], world: World
) -> tuple[tuple[CallerPlace, ...], list[Standing]]:
    """Join callers and servers of the same cluster."""
    served = {it.cluster for it in serving}
    calling = {it.cluster for it in callers}
    nameless = [
        it for it in callers if not identity_travels(_domain(it, world), world.clusters[it.cluster])
    ]
    apart = [
        refused(
            it.cluster,
            Reason.NO_COMMON_ROOT,
            f"callers[{it.index}]",
            f"trust domain cluster.local cannot be named in {it.cluster}",
        )
        for it in nameless
    ]
    apart += [
        not_applicable(it, Reason.NO_CALLER_HERE, "none of the callers runs in this cluster")
        for it in sorted(served - calling)
    ]
    apart += [
        _not_served_in(it)
        for it in sorted({c.cluster for c in callers if c.namespace != "*"} - served)
    ]
    return tuple(it for it in callers if it.cluster in served and it not in nameless), apart


def _inbound(
    intent: InboundIntent,
    view: Destination,
    serving: tuple[ServingPlace, ...],
    held: tuple[Standing, ...],
    world: World,
) -> Resolution:
    standings = list(held)
    open_places = []
    for place in serving:
        cluster = world.clusters[place.cluster]
        if exposed_hosts(intent, [cluster]):
            open_places.append(place)
        if (
            any(it.prefix is not None for it in intent.exposed_hosts)
            and not cluster.external_domain
        ):
            standings.append(
                waiting(
                    place.cluster,
                    Reason.EXTERNAL_DOMAIN_UNKNOWN,
                    "exposed_hosts",
                    f"cluster {place.cluster} states no external_domain",
                )
            )
    return Resolution(
        intent=intent.name,
        serving=tuple(open_places),
        callers=(),
        roles={it.cluster: (Role.SERVING,) for it in open_places},
        standings=tuple(sorted(set(standings))),
        remarks=tuple(_plaintext(intent, view, tuple(open_places), world)),
    )


def _outbound(intent: OutboundIntent, world: World) -> Resolution:
    found = caller_places(intent, world)
    roles: dict[str, set[Role]] = {}
    for caller in found.places:
        if caller.allowed:
            roles.setdefault(caller.cluster, set()).add(Role.CALLING)
        if caller.gateway is not None:
            roles.setdefault(caller.cluster, set()).add(Role.EGRESS)
    return Resolution(
        intent=intent.name,
        serving=(),
        callers=found.places,
        roles={c: tuple(sorted(it)) for c, it in sorted(roles.items())},
        standings=tuple(sorted(set(found.standings))),
        remarks=found.remarks,
    )


def _plaintext(
    intent: ServingIntent, view: Destination, serving: tuple[ServingPlace, ...], world: World
) -> Iterator[Remark]:
    """Say where a mesh admits plaintext, whichever intent asked for it."""
    for place in serving:
        if not has_mesh(world.clusters[place.cluster]):
            continue  # nobody expects anything else there
        ports = [
            str(port)
            for port in service_ports(intent)
            if view.mutual_tls(port, place.cluster) is not MutualTls.Mode.STRICT
        ]
        if ports:
            yield Remark(
                cluster=place.cluster,
                reason=Reason.PLAINTEXT_ADMITTED,
                field="mutual_tls.mode",
                text=f"ports {', '.join(ports)} admit plaintext",
            )


def _taken_along(serving: tuple[ServingPlace, ...], world: World) -> Iterator[Remark]:
    """Say whose pods are opened as well, where nothing but labels tells them apart."""
    for it in serving:
        others = list(taken_along(it.place, world))
        if others:
            yield Remark(
                cluster=it.cluster,
                reason=Reason.SHARED_POD_LABELS,
                field="destination.workload",
                text=f"pods of {said(others)} carry the same labels, and are opened too",
            )
