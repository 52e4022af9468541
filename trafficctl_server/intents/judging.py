"""Judges a wish against its rules and the world; raises the failure that its author must see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trafficctl_sdk.errors import Violation
from trafficctl_sdk.model.cluster import Cluster
from trafficctl_sdk.model.convergence import Convergence
from trafficctl_sdk.model.error_reason import ConflictInfo as ModelConflict
from trafficctl_sdk.model.outbound_intent import OutboundIntent
from trafficctl_sdk.model.traffic_intent_group import TrafficIntentGroup
from trafficctl_sdk.model.workload import Workload

from trafficctl_server.compile.accepting import Trial, trial_of, try_intent
from trafficctl_server.compile.facts import governance
from trafficctl_server.compile.inventory import places_of
from trafficctl_server.compile.names import project_of
from trafficctl_server.compile.references import served_workload
from trafficctl_server.intents import failures
from trafficctl_server.intents.rules.callers import caller_violations
from trafficctl_server.intents.rules.identity import (
    identity_violations,
    is_proven,
    server_first_violations,
)
from trafficctl_server.intents.rules.inventory import (
    account_violations,
    addressing_mismatches,
    known_protocols,
    protocol_mismatches,
    unknown_protocols,
)
from trafficctl_server.intents.rules.served import not_served, reserved_namespaces
from trafficctl_server.intents.rules.shape import (
    override_violations,
    policy_violations,
    size_violations,
)
from trafficctl_server.intents.rules.tokens import token_violations

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from trafficctl_sdk.intent_kinds import ConnectivityIntent

    from trafficctl_server.compile.destinations import Destination, ServingIntent
    from trafficctl_server.compile.world import World
    from trafficctl_server.intents.admission import DriverAdmission
    from trafficctl_server.intents.kinds import Resource

Reason = Convergence.Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A wish that may be written.

    :ivar scopes: nothing of these may have changed by then.
    :ivar namespaces: names of the scopes that change with it besides, and nothing is judged by.
    :ivar addresses: keys of virtual addresses to allocate with it.
    :ivar drivers: names of the drivers that it concerns.
    """

    scopes: tuple[str, ...] = ()
    namespaces: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    drivers: tuple[str, ...] = ()


def judge(
    resource: Resource,
    body: bytes,
    world: World,
    admission: DriverAdmission,
    *,
    told: bool = False,
) -> Judgement:
    """Judge a resource as it would be stored.

    :param told: the world knows it as it would be; else it is only tried.
    :raises failures.Failure: all violations of the first group of rules that has any.
    """
    _raise(
        failures.Violations,
        (*size_violations(resource, body), *reserved_namespaces(resource)),
    )
    refused = tuple(not_served(resource))
    if refused:
        raise failures.FieldNotSupported(refused, "", "")
    if isinstance(resource, TrafficIntentGroup | Cluster):
        return Judgement()
    if isinstance(resource, Workload):
        _judge_placements(resource, world)
        return Judgement()
    return _judge_intent(resource, world, admission, told=told)


def _judge_intent(
    intent: ConnectivityIntent, world: World, admission: DriverAdmission, *, told: bool
) -> Judgement:
    protocols = known_protocols(intent, world)
    _raise(
        failures.Violations,
        (
            *override_violations(intent),
            *policy_violations(intent, protocols),
            *caller_violations(intent, protocols),
            *token_violations(intent),
            *unknown_protocols(intent, world),
            *account_violations(intent, world),
        ),
    )
    _raise(failures.ProtocolMismatch, protocol_mismatches(intent, world))
    _raise(failures.AddressingMismatch, addressing_mismatches(intent, world))
    trial = trial_of(intent, world) if told else try_intent(intent, world)
    _judge_fields(intent, trial, world, admission)
    if not isinstance(intent, OutboundIntent) and trial.view is not None:
        _raise(failures.IdentityNeedsMutualTls, identity_violations(intent, trial.view))
        _raise(failures.IdentityNeedsMutualTls, _unproven_elsewhere(intent, trial.view, world))
        _raise(
            failures.ServerFirstNeedsStrict,
            server_first_violations(
                intent, trial.view, world.workloads.get(served_workload(intent))
            ),
        )
    conflicts = [it.seen_from(intent.name) for it in trial.contradictions]
    # What belongs to another project cannot be had whatever else is changed.
    claims = [it for it in conflicts if it.kind is ModelConflict.Kind.HOST]
    if claims:
        raise failures.HostClaimed([_readable(it, intent) for it in claims])
    if conflicts:
        raise failures.Conflict([_readable(it, intent) for it in conflicts])
    concerned = {*trial.resolution.roles, *(it.cluster for it in trial.resolution.standings)}
    serving = (admission.serving(world.clusters[it]) for it in concerned if it in world.clusters)
    return Judgement(
        scopes=trial.scopes,
        namespaces=trial.namespaces,
        addresses=trial.addresses,
        drivers=tuple(sorted({it.name for it in serving if it is not None})),
    )


def _judge_fields(
    intent: ConnectivityIntent, trial: Trial, world: World, admission: DriverAdmission
) -> None:
    """Refuse what some cluster concerned cannot enforce, or, where none is known, no driver."""
    for standing in trial.resolution.standings:
        cluster = world.clusters.get(standing.cluster)
        driver = admission.serving(cluster) if cluster is not None else None
        if driver is None or standing.reason is not Reason.FIELD_NOT_SUPPORTED:
            continue
        found = admission.violations(intent, standing.cluster, driver)
        if found:
            raise failures.FieldNotSupported(found, driver.name, standing.cluster)
    if not trial.resolution.roles:
        found = admission.anywhere(intent)
        if found:
            raise failures.FieldNotSupported(found, "", "")


def _unproven_elsewhere(
    intent: ServingIntent, view: Destination, world: World
) -> Iterator[Violation]:
    """Find rules of other intents that nothing would prove any more."""
    for said in view.sayings:
        if said.intent != intent.name and not is_proven(said, view):
            other: ServingIntent = world.intents[said.intent]  # type: ignore[assignment] # those that say something serve
            for it in identity_violations(other, view):
                yield Violation(
                    field="mutual_tls.mode",
                    rule=it.rule,
                    description=f"{other.name}: {it.field}: {it.description}",
                )


def _judge_placements(workload: Workload, world: World) -> None:
    project = project_of(workload.name)
    for place in places_of(workload):
        cluster = world.clusters.get(place.cluster)
        if cluster is None:
            continue
        entry = governance(cluster, place.namespace)
        if entry is None or project not in entry.projects:
            raise failures.NamespaceNotYours(place.namespace, cluster.name, project)


def _readable(conflict: ModelConflict, intent: ConnectivityIntent) -> failures.ConflictInfo:
    """Name the other intent; one of another project by its project only."""
    other = conflict.other_intent
    ours = project_of(other) == project_of(intent.name)
    return failures.ConflictInfo(
        kind=str(conflict.kind),
        field=conflict.field,
        other_intent=other if ours else f"projects/{project_of(other)}",
        other_field=conflict.other_field if ours else "",
        ours=conflict.ours,
        theirs=conflict.theirs if ours else "",
        way_out=conflict.way_out,
    )


def _raise(failure: type[failures.Violations], violations: Iterable[Violation]) -> None:
    found = tuple(violations)
    if found:
        raise failure(found)
