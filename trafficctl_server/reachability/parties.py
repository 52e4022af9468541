"""Who calls a destination by the word of intents; pure over a world.

Callers that nothing tells apart make one party, and each party calls from every place where it may
fare differently.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, TypeVar

from trafficctl_sdk.explain import Claim
from trafficctl_sdk.model.access import AnyClient
from trafficctl_sdk.model.cluster import Gateway
from trafficctl_sdk.model.inbound_intent import InboundIntent
from trafficctl_sdk.slices import Scope, ScopeKind

from trafficctl_server.compile.calls import CallerPods
from trafficctl_server.compile.inventory import places_of
from trafficctl_server.compile.names import BundleVersion, last_id
from trafficctl_server.compile.references import caller_clusters, referred, served_workload
from trafficctl_server.compile.selectors import selected
from trafficctl_server.reachability.nodes import Node, admitted_node, workload_node

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from trafficctl_sdk.intent_kinds import ConnectivityIntent
    from trafficctl_sdk.model.access import AccessRule, Caller, ExternalCaller
    from trafficctl_sdk.model.workload import Workload

    from trafficctl_server.compile.inventory import Place
    from trafficctl_server.compile.world import World

T = TypeVar("T")

ANY_VERSION: Final = "-"
"""Stands in a name for the version of a workload of which none is known."""
UNNAMED: Final = "unnamed"
"""Namespace and account of somebody whom nobody names."""


def somebody(cluster: str, namespace: str) -> CallerPods:
    """Give pods of a namespace that nobody names: no selector asks for their one label."""
    return CallerPods(
        cluster=cluster, namespace=namespace, account=UNNAMED, pod_labels={UNNAMED: UNNAMED}
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Vantage:
    """From where and as whom a call is made.

    :ivar in_mesh: the caller proves its identity, where its cluster has a mesh.
    :ivar entrance: ``<cluster>/<gateway id>`` that an outside caller comes to.
    """

    pods: CallerPods
    in_mesh: bool = True
    entrance: str = ""
    source_address: str = ""
    certificate_name: str = ""
    claims: tuple[Claim, ...] = ()

    @property
    def cluster(self) -> str:
        """The cluster that it calls from, or comes to."""
        return self.pods.cluster or self.entrance.partition("/")[0]

    @property
    def account(self) -> tuple[str, str]:
        """Namespace and name of its service account."""
        return self.pods.namespace, self.pods.account


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Callers of one destination that are admitted, or not, as one.

    :ivar rules: that intents give these callers.
    :ivar intents: names of the intents that name them.
    """

    node: Node
    vantages: tuple[Vantage, ...]
    rules: tuple[AccessRule, ...] = ()
    intents: tuple[str, ...] = field(default=())

    @property
    def broad(self) -> bool:
        """Whether it may include callers of other parties."""
        return not self.node.workload


def joined(parties: Iterable[Party]) -> dict[str, Party]:
    """Give one party for each node, by its id, sorted."""
    found: dict[str, Party] = {}
    for it in parties:
        known = found.get(it.node.id)
        found[it.node.id] = it if known is None else _both(known, it)
    return dict(sorted(found.items()))


def _both(one: Party, other: Party) -> Party:
    clusters = {*one.node.clusters, *other.node.clusters}
    return Party(
        node=replace(one.node, clusters=tuple(sorted(clusters))),
        vantages=_once((*one.vantages, *other.vantages)),
        rules=_once((*one.rules, *other.rules)),
        intents=tuple(sorted({*one.intents, *other.intents})),
    )


def named(called: Scope, world: World) -> Iterator[Party]:
    """Give all whom intents name as callers of a destination, a host outside, or an outer name."""
    for intent in intents_about(called, world):
        yield from named_by(intent, called, world)


def named_by(intent: ConnectivityIntent, called: Scope, world: World) -> Iterator[Party]:
    """Give those whom one intent names; who runs nowhere yet calls from nowhere."""
    for caller in intent.callers:
        for it in _parties(called, intent, caller, world):
            yield replace(it, rules=caller.access, intents=(intent.name,))


def entrances(cluster: str, world: World) -> Iterator[str]:
    """Give the ways into a cluster, as ``Vantage.entrance`` names them."""
    here = world.clusters.get(cluster)
    for gateway in here.gateways if here is not None else ():
        if gateway.role is Gateway.Role.INGRESS:
            yield f"{cluster}/{gateway.id}"


def intents_about(called: Scope, world: World) -> list[ConnectivityIntent]:
    """Give the intents that name the callers of what is called, sorted by name.

    Callers from outside are named by the intents about the outer name, all others by those about
    the service.
    """
    inside = called.kind is ScopeKind.WORKLOAD
    about = world.intents_in(called)
    return [it for it in about if not (inside and isinstance(it, InboundIntent))]


def _parties(
    called: Scope, intent: ConnectivityIntent, caller: Caller, world: World
) -> Iterator[Party]:
    if caller.workload is not None:
        yield from _workloads(called, intent, caller, world)
        return
    if called.kind is ScopeKind.EXPOSED_HOST:
        admitted = caller.external or caller.any_client
        if admitted is not None:
            clusters = serving_clusters(intent, world)
            yield Party(
                node=admitted_node(admitted),
                vantages=tuple(_outside(intent, caller.external, clusters, world)),
            )
        return
    named_as = caller.service_account or caller.namespace or caller.any_client
    if named_as is None:
        return
    selector = caller_clusters(caller)
    clusters = (
        selected(selector, world.clusters)
        if selector is not None
        else serving_clusters(intent, world)
    )
    yield Party(
        node=admitted_node(named_as, clusters),
        vantages=tuple(_admitted(caller, clusters, world)),
    )


def _workloads(
    called: Scope, intent: ConnectivityIntent, caller: Caller, world: World
) -> Iterator[Party]:
    ref = caller.workload
    assert ref is not None  # noqa: S101 - the caller of this function looked
    wanted, version = referred(intent, ref)
    known = [
        it for it in world.versions_of(wanted) if not version or f"/versions/{version}/" in it.name
    ]
    if not known:
        of = BundleVersion(wanted.project, wanted.bundle, version or ANY_VERSION)
        yield Party(node=workload_node(of.workload(wanted.workload)), vantages=())
    for workload in known:
        places = [
            it
            for it in places_of(workload)
            if it.cluster in world.clusters
            and (not ref.service_accounts or it.account in ref.service_accounts)
        ]
        elsewhere = called.kind is ScopeKind.EXTERNAL and not called.key.startswith(
            f"{workload.namespace}/"
        )
        if not elsewhere:
            yield party_of(workload, places)


def party_of(workload: Workload, places: Sequence[Place]) -> Party:
    """Give a workload as it calls from some of its places."""
    return Party(
        node=workload_node(workload.name, (it.cluster for it in places)),
        vantages=tuple(Vantage(pods=_pods(it)) for it in places),
    )


def _pods(place: Place) -> CallerPods:
    return CallerPods(
        cluster=place.cluster,
        namespace=place.namespace,
        account=place.account,
        pod_labels=place.pod_labels,
    )


def _admitted(caller: Caller, clusters: Iterable[str], world: World) -> Iterator[Vantage]:
    """Give one of those whom a caller means, in each cluster."""
    for cluster in clusters:
        if cluster not in world.clusters:
            continue
        if caller.service_account is not None:
            it = caller.service_account
            pods = CallerPods(cluster=cluster, namespace=it.namespace, account=it.service_account)
        elif caller.namespace is not None:
            space = caller.namespace.namespace
            pods = somebody(cluster, space)
        else:
            pods = somebody(cluster, UNNAMED)
        yield Vantage(pods=pods)
        anyone = caller.any_client is not None and (
            caller.any_client.identity is AnyClient.Identity.ANYONE
        )
        if anyone:
            yield Vantage(pods=pods, in_mesh=False)
        # Where pods may call what is declared only, a wish for everybody is what lets them.
        for space in sorted(world.scoped.get(cluster, ())) if caller.any_client is not None else ():
            yield Vantage(pods=somebody(cluster, space))


def _outside(
    intent: ConnectivityIntent,
    external: ExternalCaller | None,
    clusters: Iterable[str],
    world: World,
) -> Iterator[Vantage]:
    """Give clients outside, one with each proof that will do, at each way in."""
    issuers = issuers_of((intent,))
    claims: tuple[Claim, ...] = ()
    addresses: tuple[str, ...] = ("",)
    names: tuple[str, ...] = ("",)
    if external is not None:
        addresses = tuple(it.partition("/")[0] for it in external.source_ranges) or ("",)
        names = external.certificate_names or ("",)
        if external.jwt_provider:
            issuer = issuers.get(external.jwt_provider, "")
            claims = (Claim(issuer=issuer, path=("sub",), values=(UNNAMED,)),)
    for cluster in clusters:
        for entrance in entrances(cluster, world):
            for number in range(max(len(addresses), len(names))):
                yield Vantage(
                    pods=CallerPods(),
                    entrance=entrance,
                    source_address=addresses[min(number, len(addresses) - 1)],
                    certificate_name=names[min(number, len(names) - 1)],
                    claims=claims,
                )


def serving_clusters(intent: ConnectivityIntent, world: World) -> tuple[str, ...]:
    """Give the sorted ids of the clusters where the workload that an intent serves is placed."""
    workload = world.workloads.get(served_workload(intent))
    if workload is None:
        return ()
    return tuple(sorted({last_id(it.cluster) for it in workload.placements}))


def issuers_of(intents: Iterable[ConnectivityIntent]) -> Mapping[str, str]:
    """Give the issuers of tokens by the ids of the providers that intents name."""
    return {
        provider.id: provider.issuer
        for intent in intents
        for provider in getattr(intent, "jwt_providers", ())
    }


def _once(items: Iterable[T]) -> tuple[T, ...]:
    found: list[T] = []
    for it in items:
        if it not in found:
            found.append(it)
    return tuple(found)
