"""From a question to the calls that it means; pure over the world."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from trafficctl_sdk.errors import Violation
from trafficctl_sdk.explain import Claim, ExplainRequest, MissingFact
from trafficctl_sdk.model.inbound_intent import InboundIntent
from trafficctl_sdk.model.intercluster_intent import InterclusterIntent
from trafficctl_sdk.model.outbound_intent import OutboundIntent
from trafficctl_sdk.slices import Scope, ScopeKind

from trafficctl_server.compile.calls import CallerPods, Concern, concern
from trafficctl_server.compile.facts import has_mesh, mesh_facts, service_host
from trafficctl_server.compile.inventory import destination_of, places_of, service_of
from trafficctl_server.compile.names import last_id
from trafficctl_server.compile.resolve import view_of
from trafficctl_server.compile.scopes.destination import global_host
from trafficctl_server.compile.touching import exposed_hosts
from trafficctl_server.intents.failures import NotFound, Violations
from trafficctl_server.intents.kinds import CLUSTER, WORKLOAD
from trafficctl_server.reachability.questions import CallingIdentity, CallingOutside

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trafficctl_sdk.intent_kinds import ConnectivityIntent
    from trafficctl_sdk.model.workload import Workload

    from trafficctl_server.compile.world import World
    from trafficctl_server.reachability.questions import Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One call from one place.

    :ivar caller_cluster: id; empty outside of all clusters.
    :ivar concern: what the verdict rests on.
    :ivar request: none where nothing can be asked yet; ``missing`` says why.
    """

    caller_cluster: str
    concern: Concern
    request: ExplainRequest | None = None
    missing: tuple[MissingFact, ...] = ()


_NOTHING: Final = Concern(scopes=(), clusters=(), workloads=())
_NOT_PLACED: Final = MissingFact(
    kind="placement", text="the caller does not run there yet: place the workload"
)
_NOT_EXPOSED: Final = MissingFact(
    kind="exposed_host", text="no inbound intent gives the workload an outer name: ask for a host"
)


def calls_of(question: Question, world: World) -> tuple[Asked, ...]:
    """Give the calls that a question means: one for each cluster that the caller calls from.

    :raises NotFound: an end of the call is not known.
    :raises Violations: a claim names a provider that no intent about the destination has.
    """
    served = _workload(question.workload, world) if question.workload else None
    callers = list(_callers(question, world))
    if not callers:
        return (Asked(caller_cluster="", concern=_NOTHING, missing=(_NOT_PLACED,)),)
    return tuple(_call(question, caller, served, world) for caller in callers)


def _callers(question: Question, world: World) -> Iterator[CallerPods]:
    caller = question.caller
    if isinstance(caller, CallingOutside):
        yield CallerPods()
        return
    if isinstance(caller, CallingIdentity):
        cluster = _cluster(caller.cluster, world)
        known = world.workloads_under(cluster, caller.namespace, caller.service_account)
        places = [place for it in known for place in places_of(it) if place.cluster == cluster]
        yield CallerPods(
            cluster=cluster,
            namespace=caller.namespace,
            account=caller.service_account,
            # An account tells which pods they are only where they are alike.
            pod_labels=places[0].pod_labels if len(places) == 1 else {},
        )
        return
    wanted = _cluster(caller.cluster, world) if caller.cluster else ""
    for place in places_of(_workload(caller.name, world)):
        if place.cluster in world.clusters and wanted in ("", place.cluster):
            yield CallerPods(
                cluster=place.cluster,
                namespace=place.namespace,
                account=place.account,
                pod_labels=place.pod_labels,
            )


def _call(question: Question, caller: CallerPods, served: Workload | None, world: World) -> Asked:
    host = name_for(caller, served, world) if served is not None else question.host
    if not host:
        return Asked(caller_cluster="", concern=_NOTHING, missing=(_NOT_EXPOSED,))
    found = concern(caller, host, world)
    outside = question.caller if isinstance(question.caller, CallingOutside) else CallingOutside()
    request = ExplainRequest(
        cluster=caller.cluster,
        namespace=caller.namespace,
        service_account=caller.account,
        pod_labels=caller.pod_labels,
        in_mesh=bool(caller.cluster) and has_mesh(world.clusters[caller.cluster]),
        host=host,
        port=question.port,
        method=question.method,
        path=question.path,
        headers={name.lower(): value for name, value in sorted(question.headers.items())},
        claims=tuple(_claims(question, found, world)),
        source_address=outside.address,
        certificate_name=outside.certificate_name,
    )
    return Asked(caller_cluster=caller.cluster, concern=found, request=request)


def name_for(caller: CallerPods, served: Workload, world: World) -> str:
    """Give the name by which a caller calls a workload: its own cluster's, else the outer one.

    Empty for a caller outside where nobody gives the workload an outer name.
    """
    about = world.intents_in(Scope(kind=ScopeKind.WORKLOAD, key=destination_of(served)))
    if not caller.cluster:
        return min(_exposed(served, about, world), default="")
    here = world.clusters[caller.cluster]
    if any(place.cluster == caller.cluster for place in places_of(served)):
        return service_host(here, served.namespace, service_of(served))
    for intent in about:
        if isinstance(intent, InterclusterIntent):
            return global_host(view_of(intent, world), destination_of(served), here)
    return f"{service_of(served)}.{served.namespace}.{mesh_facts(here).suffix}"


def _exposed(served: Workload, about: list[ConnectivityIntent], world: World) -> Iterator[str]:
    places = (world.clusters.get(it.cluster) for it in places_of(served))
    clusters = [it for it in places if it is not None]
    for intent in about:
        if isinstance(intent, InboundIntent):
            yield from exposed_hosts(intent, clusters)


def _claims(question: Question, found: Concern, world: World) -> Iterator[Claim]:
    if not question.claims:
        return
    issuers = {
        provider.id: provider.issuer
        for scope in found.scopes
        for intent in world.intents_in(scope)
        if not isinstance(intent, OutboundIntent)
        for provider in intent.jwt_providers
    }
    unknown = [
        Violation(
            field=f"claims[{index}].jwt_provider",
            rule="claims.provider",
            description="no intent about the destination has such a provider: name one of theirs",
        )
        for index, it in enumerate(question.claims)
        if it.jwt_provider not in issuers
    ]
    if unknown:
        raise Violations(unknown)
    for it in question.claims:
        yield Claim(issuer=issuers[it.jwt_provider], path=it.path, values=it.values)


def _workload(name: str, world: World) -> Workload:
    found = world.workloads.get(name)
    if found is None:
        raise NotFound(name, WORKLOAD.name)
    return found


def _cluster(name: str, world: World) -> str:
    if last_id(name) not in world.clusters:
        raise NotFound(name, CLUSTER.name)
    return last_id(name)
