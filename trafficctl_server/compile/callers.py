"""Where the callers of an intent run, as whom, and on which path they leave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trafficctl_sdk.model.access import AccessRule, AnyClient, Caller
from trafficctl_sdk.model.convergence import Convergence
from trafficctl_sdk.model.intercluster_intent import InterclusterIntent
from trafficctl_sdk.model.outbound_intent import OutboundIntent
from trafficctl_sdk.names import object_name
from trafficctl_sdk.slices import EgressGateway, Scope, ScopeKind

from trafficctl_server.compile.admission import hindrance, unlabelled, unproxied
from trafficctl_server.compile.facts import governance, has_mesh, mesh_facts, spiffe
from trafficctl_server.compile.inventory import Place, places_of
from trafficctl_server.compile.names import WorkloadId, last_id, project_of
from trafficctl_server.compile.pod_labels import said, taken_along
from trafficctl_server.compile.references import caller_clusters, referred
from trafficctl_server.compile.selectors import selected
from trafficctl_server.compile.standings import Remark, Standing, not_yours, waiting

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from trafficctl_sdk.intent_kinds import ConnectivityIntent
    from trafficctl_sdk.model.cluster import Cluster

    from trafficctl_server.compile.world import World

Reason = Convergence.Reason
ANY_NAMESPACE = "*"
ANY_IDENTITY = "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class CallerPlace:
    """One caller of one intent in one cluster.

    :ivar index: its place in the intent's list of callers.
    :ivar namespace: ``*`` where the caller is anyone.
    :ivar principal: SPIFFE id without scheme; may end in ``*``; empty: without identity too.
    :ivar gateway_scope: the scope of its dedicated egress gateway, where it has one.
    :ivar workload: name over all versions; empty: the caller is no workload.
    :ivar account: the workload's, in this cluster.
    :ivar kept: it could not come about now, and counts because it stands already.
    """

    index: int
    cluster: str
    namespace: str
    pod_labels: Mapping[str, str]
    principal: str
    access: tuple[AccessRule, ...]
    gateway: EgressGateway | None = None
    gateway_scope: Scope | None = None
    workload: str = ""
    account: str = ""
    kept: bool = False

    @property
    def allowed(self) -> bool:
        """Whether any rule admits it; a caller with only DENY gets no calling side."""
        return any(rule.action is AccessRule.Action.ALLOW for rule in self.access)

    @property
    def gateway_namespace(self) -> str:
        """Where its dedicated egress gateway is, or would be if it had one; empty: it has none."""
        return _egress_name(self.workload, self.namespace, self.account) if self.workload else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallerPlaces:
    """Every place from which an intent's callers may call, and what holds up the others."""

    places: tuple[CallerPlace, ...]
    standings: tuple[Standing, ...]
    remarks: tuple[Remark, ...]


def caller_places(intent: ConnectivityIntent, world: World) -> CallerPlaces:
    """Find the callers of an intent in every cluster; pure over the world."""
    return world.inventory_memo.answer(
        ("callers", intent.name), lambda: _caller_places(intent, world), rests_on=(intent,)
    )


def _caller_places(intent: ConnectivityIntent, world: World) -> CallerPlaces:
    places: list[CallerPlace] = []
    standings: list[Standing] = []
    remarks: list[Remark] = []
    for index, caller in enumerate(intent.callers):
        found = (
            _of_workload(intent, index, caller, world)
            if caller.workload is not None
            else _of_identity(intent, index, caller, world)
        )
        for it in found:
            if isinstance(it, CallerPlace):
                places.append(it)
            elif isinstance(it, Standing):
                standings.append(it)
            else:
                remarks.append(it)
    return CallerPlaces(places=tuple(places), standings=tuple(standings), remarks=tuple(remarks))


def gateway_scope(workload: str, place: Place) -> Scope:
    """Give the scope of the dedicated egress gateway of one caller."""
    return Scope(kind=ScopeKind.GATEWAY, key=f"{workload}/{place.namespace}/{place.account}")


def egress_gateway(cluster: Cluster, workload: str, place: Place) -> EgressGateway:
    """Name the dedicated egress gateway of one caller in one cluster."""
    name = _egress_name(workload, place.namespace, place.account)
    return EgressGateway(namespace=name, name=name, principal=spiffe(cluster, name, name))


def _egress_name(workload: str, namespace: str, account: str) -> str:
    return object_name(f"egress-{last_id(workload)}", workload, namespace, account)


def _of_workload(
    intent: ConnectivityIntent, index: int, caller: Caller, world: World
) -> Iterator[CallerPlace | Standing | Remark]:
    ref = caller.workload
    assert ref is not None  # noqa: S101 - the caller of this function looked
    field = f"callers[{index}].workload"
    wanted, version = referred(intent, ref)
    known = [
        it for it in world.versions_of(wanted) if not version or f"/versions/{version}/" in it.name
    ]
    if not known:
        yield waiting("", Reason.WORKLOAD_UNKNOWN, field, f"no workload {_say(wanted, version)}")
        return
    places = [
        place
        for workload in known
        for place in places_of(workload)
        if not ref.service_accounts or place.account in ref.service_accounts
    ]
    if not places:
        narrowed = f" under {', '.join(ref.service_accounts)}" if ref.service_accounts else ""
        detail = f"{_say(wanted, version)} has no placement{narrowed}"
        yield waiting("", Reason.WORKLOAD_NOT_PLACED, field, detail)
    dedicated = caller.egress is not None and caller.egress.dedicated_gateway is not None
    name = unversioned(wanted)
    for place in places:
        held = _held(intent, place, field, world)
        kept = held is not None and caller_stands(intent, index, held, world)
        if held is not None:
            yield held
            if not kept:
                continue
        cluster = world.clusters[place.cluster]
        if has_mesh(cluster) and world.shares_account(place):
            yield Remark(
                cluster=place.cluster,
                reason=Reason.SHARED_SERVICE_ACCOUNT,
                field=field,
                text=f"other workloads run as {place.namespace}/{place.account} too",
            )
        others = list(taken_along(place, world))
        if others:
            yield Remark(
                cluster=place.cluster,
                reason=Reason.SHARED_POD_LABELS,
                field=field,
                text=f"pods of {said(others)} carry the same labels, and may call too",
            )
        yield CallerPlace(
            index=index,
            cluster=place.cluster,
            namespace=place.namespace,
            pod_labels=place.pod_labels,
            principal=spiffe(cluster, place.namespace, place.account),
            access=caller.access,
            gateway=egress_gateway(cluster, name, place) if dedicated else None,
            gateway_scope=gateway_scope(name, place) if dedicated else None,
            workload=name,
            account=place.account,
            kept=kept,
        )


def _of_identity(
    intent: ConnectivityIntent, index: int, caller: Caller, world: World
) -> Iterator[CallerPlace | Standing]:
    selector = caller_clusters(caller)
    clusters = (
        selected(selector, world.clusters)
        if selector is not None
        else tuple(sorted(world.clusters))
    )
    if selector is not None and not clusters:
        yield waiting("", Reason.NO_CLUSTER_SELECTED, f"callers[{index}]", "no cluster is meant")
    for cluster_id in clusters:
        cluster = world.clusters[cluster_id]
        namespace, principal = _identity(caller, cluster)
        held = hindrance(intent, cluster, world.admission) or unproxied(
            cluster, namespace, f"callers[{index}]"
        )
        kept = held is not None and caller_stands(intent, index, held, world)
        if held is not None:
            if kept or selector is not None:
                yield held
            if not kept:
                continue
        if isinstance(intent, OutboundIntent):
            # What a caller needs stands in its namespace, which must be the project's to use.
            entry = governance(cluster, namespace)
            if entry is None or project_of(intent.name) not in entry.projects:
                yield not_yours(cluster_id, namespace, project_of(intent.name), f"callers[{index}]")
                continue
        yield CallerPlace(
            index=index,
            cluster=cluster_id,
            namespace=namespace,
            pod_labels={},
            principal=principal,
            access=caller.access,
            kept=kept,
        )


def caller_stands(intent: ConnectivityIntent, index: int, held: Standing, world: World) -> bool:
    """Say whether what holds a caller up leaves it as it is, and it is in force there."""
    kind = (
        ScopeKind.EXTERNAL
        if isinstance(intent, OutboundIntent)
        else ScopeKind.DESTINATION
        if isinstance(intent, InterclusterIntent)
        else ScopeKind.WORKLOAD
    )
    return held.lasting and world.stands(intent.name, held.cluster, kind, f"callers[{index}]")


def _identity(caller: Caller, cluster: Cluster) -> tuple[str, str]:
    """Give the namespace and principal of a caller that is not a workload."""
    if caller.service_account is not None:
        it = caller.service_account
        domain = it.trust_domain or mesh_facts(cluster).trust_domain
        return it.namespace, f"{domain}/ns/{it.namespace}/sa/{it.service_account}"
    if caller.namespace is not None:
        return caller.namespace.namespace, spiffe(cluster, caller.namespace.namespace, "*")
    anyone = (
        caller.any_client is not None and caller.any_client.identity is AnyClient.Identity.ANYONE
    )
    return ANY_NAMESPACE, "" if anyone or caller.external is not None else ANY_IDENTITY


def _held(intent: ConnectivityIntent, place: Place, field: str, world: World) -> Standing | None:
    cluster = world.clusters.get(place.cluster)
    if cluster is None:
        return waiting(
            place.cluster, Reason.FACT_MISSING, field, f"cluster {place.cluster} is not known"
        )
    entry = governance(cluster, place.namespace)
    if entry is None or project_of(place.workload) not in entry.projects:
        return not_yours(place.cluster, place.namespace, project_of(place.workload), field)
    return (
        hindrance(intent, cluster, world.admission)
        or unproxied(cluster, place.namespace, field)
        or (None if has_mesh(cluster) else unlabelled(place, field))
    )


def sizes(least: int, most: int) -> tuple[int, int]:
    """Give the replicas of a dedicated gateway, least and most, defaults in place of zeros."""
    least = least or min(DEFAULT_MIN_REPLICAS, most or DEFAULT_MIN_REPLICAS)
    return least, most or max(DEFAULT_MAX_REPLICAS, least)


DEFAULT_MIN_REPLICAS = 2
DEFAULT_MAX_REPLICAS = 5


def unversioned(workload: WorkloadId) -> str:
    """Name a workload over all versions of its bundle."""
    bundle = f"projects/{workload.project}/resourceBundles/{workload.bundle}"
    return f"{bundle}/workloads/{workload.workload}"


def _say(workload: WorkloadId, version: str) -> str:
    suffix = f", version {version}" if version else ""
    return f"{workload.workload} in bundle {workload.bundle}{suffix}"
