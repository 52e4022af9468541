"""What intents about one scope contradict each other in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trafficctl_sdk.model.inbound_intent import InboundIntent
from trafficctl_sdk.model.intercluster_intent import InterclusterIntent
from trafficctl_sdk.model.outbound_intent import OutboundIntent
from trafficctl_sdk.slices import ScopeKind

from trafficctl_server.compile.exposures import exposure
from trafficctl_server.compile.externals import external_view, overridden_clusters
from trafficctl_server.compile.inventory import destination_of, places_of
from trafficctl_server.compile.merging import Contradiction, Kind, Statement, agree
from trafficctl_server.compile.names import project_of
from trafficctl_server.compile.openings import claimed_elsewhere, fights_over_doors
from trafficctl_server.compile.references import served_workload
from trafficctl_server.compile.resolve import sayings_about, view_at
from trafficctl_server.compile.scopes import gateway
from trafficctl_server.compile.scopes.about import about_scope

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trafficctl_sdk.model.workload import Workload
    from trafficctl_sdk.slices import Scope

    from trafficctl_server.compile.sayings import Saying
    from trafficctl_server.compile.world import World


def contradictions_in(scope: Scope, world: World) -> list[Contradiction]:
    """Find what intents about one scope contradict each other in.

    What a destination's scope and its callers' gateways render rests on the whole destination:
    while that is contradictory, all of them keep what they have.
    """
    if not world.names_in(scope):
        return []  # nobody wants it any more, whatever others about the service say
    if scope.kind in (ScopeKind.DESTINATION, ScopeKind.WORKLOAD):
        return list(_about_destination(scope.key, world))
    intents = world.intents_in(scope)
    match scope.kind:
        case ScopeKind.EXTERNAL:
            host = scope.key.split("/", 1)[1]
            outbound = [it for it in intents if isinstance(it, OutboundIntent)]
            clusters = ("", *sorted({c for it in outbound for c in overridden_clusters(it)}))
            views = (external_view(outbound, host, it, world) for it in clusters)
            return [it for view in views for it in view.contradictions]
        case ScopeKind.GATEWAY:
            keys = {
                destination_of(world.workloads[served_workload(it)])
                for it in intents
                if isinstance(it, InterclusterIntent)
            }
            passed_on = [c for key in sorted(keys) for c in _about_destination(key, world)]
            return [*gateway.contradictions(about_scope(scope, world)), *passed_on]
        case ScopeKind.EXPOSED_HOST:
            inbound = [it for it in intents if isinstance(it, InboundIntent)]
            return [
                *exposure(inbound, world).contradictions,
                *claimed_elsewhere(scope.key, inbound, world.exposed_beside(scope.key)),
                *(fight for it in inbound for fight in fights_over_doors(it, world)),
            ]
        case _:
            return []


def _about_destination(key: str, world: World) -> tuple[Contradiction, ...]:
    return world.memo.answer(("contradictions", key), lambda: tuple(_of_destination(key, world)))


def _of_destination(key: str, world: World) -> list[Contradiction]:
    view = view_at(key, world)
    found = [*view.contradictions, *_namesakes(key, view.sayings, world)]
    served = {it.workload for it in view.sayings}
    if len(served) > 1 or not all(_is_plain(world.workloads.get(it)) for it in served):
        found += _claims(view.sayings)
        found += _strangers(view.sayings, world)
        found += _subsets(view.sayings, world)
    return found


def _is_plain(workload: Workload | None) -> bool:
    """Say that a workload, which has one project, cannot contradict itself."""
    if workload is None:
        return True
    clusters = [it.cluster for it in places_of(workload)]
    return not workload.subsets and len(set(clusters)) == len(clusters)


def _claims(sayings: Sequence[Saying]) -> list[Contradiction]:
    """Find projects that claim a destination which another one serves."""
    return agree(
        Statement(
            about="project",
            kind=Kind.HOST,
            intent=it.intent,
            field="destination.workload",
            value=project_of(it.intent),
            way_out="the service belongs to the project that served it first: use another one",
        )
        for it in sayings
    )[1]


def _namesakes(key: str, serving: Sequence[Saying], world: World) -> list[Contradiction]:
    """Find other destinations that would be called by the same outer name."""
    ours = _outer(key, serving)
    if ours is None:
        return []
    namespace, label = ours.about.split("/")
    others = (it for it in world.destinations_called(namespace, label) if it != key)
    found = [_outer(it, sayings_about(it, world)) for it in others]
    return [
        Contradiction(first=min(ours, it, key=_by_intent), second=max(ours, it, key=_by_intent))
        for it in found
        if it is not None and it.about == ours.about
    ]


def _by_intent(statement: Statement) -> str:
    return statement.intent


def _outer(key: str, serving: Sequence[Saying]) -> Statement | None:
    """Give the outer name of a destination as the intent says that gives it."""
    across = [it for it in serving if it.across]
    if not across:
        return None
    namespace, service = key.split("/")
    # The first that states one gives it, as in every merging.
    giver = next((it for it in across if it.prefix), across[0])
    prefix = giver.prefix
    return Statement(
        about=f"{namespace}/{prefix or service}",
        kind=Kind.EXTERNAL_PREFIX,
        intent=giver.intent,
        field="external_prefix" if prefix else "destination.workload",
        value=key,
        way_out="two services of one namespace would have one outer name: state another"
        " external_prefix for one of them",
    )


def _strangers(sayings: Sequence[Saying], world: World) -> list[Contradiction]:
    """Find versions of one service whose pods share no label: one selector cannot name them."""
    shared: dict[str, tuple[str, set[tuple[str, str]]]] = {}
    found = []
    for it in sayings:
        workload = world.workloads.get(it.workload)
        for place in places_of(workload) if workload is not None else ():
            if not place.pod_labels:
                continue  # such a place serves nothing
            labels = set(place.pod_labels.items())
            first, common = shared.setdefault(place.cluster, (it.intent, labels))
            if common & labels:
                shared[place.cluster] = (first, common & labels)
            else:
                found.append(
                    Contradiction(first=_labels(first, common), second=_labels(it.intent, labels))
                )
    return found


def _labels(intent: str, labels: set[tuple[str, str]]) -> Statement:
    return Statement(
        about="pod_labels",
        kind=Kind.SUBSET,
        intent=intent,
        field="destination.workload",
        value=", ".join(f"{key}={value}" for key, value in sorted(labels)),
        way_out="give the pods of all versions of a service one label in common",
    )


def _subsets(sayings: Sequence[Saying], world: World) -> list[Contradiction]:
    """Find versions of one service that mean different pods by one subset."""
    workloads = ((it.intent, world.workloads.get(it.workload)) for it in sayings)
    return agree(
        Statement(
            about=f"subset/{subset.id}",
            kind=Kind.SUBSET,
            intent=name,
            field="destination.workload",
            value=", ".join(f"{key}={value}" for key, value in sorted(subset.labels.items())),
            way_out=f"subset {subset.id} has other labels in another version: give it another id",
        )
        for name, workload in workloads
        if workload is not None
        for subset in workload.subsets
    )[1]
