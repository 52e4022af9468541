"""The policies of one workload: who may do what on which of its ports."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeAlias

from trafficctl_sdk.model.access import ExternalCaller
from trafficctl_sdk.model.common import Protocol
from trafficctl_sdk.model.inbound_intent import InboundIntent
from trafficctl_sdk.model.intercluster_intent import InterclusterIntent
from trafficctl_sdk.model.intracluster_intent import IntraclusterIntent
from trafficctl_sdk.slices import (
    CallingWorkload,
    Grant,
    PortMutualTls,
    Role,
    TrafficSlice,
    WorkloadSlice,
)

from trafficctl_server.compile.callers import ANY_IDENTITY, ANY_NAMESPACE
from trafficctl_server.compile.facts import (
    entrances,
    governance,
    has_mesh,
    is_governed,
    spared_callers,
)
from trafficctl_server.compile.inventory import port_here
from trafficctl_server.compile.references import served_workload
from trafficctl_server.compile.rules import OrderedRules
from trafficctl_server.compile.statements import service_ports

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trafficctl_sdk.model.access import AccessRule, JwtProvider
    from trafficctl_sdk.slices import SlicePort

    from trafficctl_server.compile.callers import CallerPlace
    from trafficctl_server.compile.destinations import ServingIntent
    from trafficctl_server.compile.resolve import Resolution
    from trafficctl_server.compile.scopes.about import About
    from trafficctl_server.compile.serving import ServingPlace


def slices(about: About) -> Iterator[TrafficSlice]:
    """Give the slices of a workload, one for each cluster that serves it."""
    view = about.view
    assert view is not None  # noqa: S101 - the compiler merges the view for this kind
    served: defaultdict[str, list[tuple[ServingIntent, ServingPlace]]] = defaultdict(list)
    for intent in about.serving:
        for place in about.resolutions[intent.name].serving:
            served[place.cluster].append((intent, place))
    for intents in served.values():
        intents += list(_led_here(about, intents))
    namespace, service = about.scope.key.split("/")
    rules = OrderedRules()
    for cluster, intents in sorted(served.items()):
        here = about.world.clusters[cluster]
        grants = _Grants(rules, by_pods=not has_mesh(here))
        origins: defaultdict[str, set[str]] = defaultdict(set)
        modes: dict[int, PortMutualTls] = {}
        providers: dict[str, JwtProvider] = {}
        for intent, place in intents:
            origins[intent.name] |= {"destination", "mutual_tls"}
            if intent.jwt_providers:
                origins[intent.name].add("jwt_providers")
                providers |= {it.id: it for it in intent.jwt_providers}
            # An intent speaks of a port by the number that the Service has elsewhere.
            for number, port in zip(service_ports(intent), place.ports, strict=True):
                modes[port.target] = PortMutualTls(
                    port=port.target, mode=view.mutual_tls(number, cluster)
                )
            for it in _admitted(intent, place, about.resolutions[intent.name]):
                origins[intent.name].add(f"callers[{it.index}]")
                for port in place.ports:
                    grants.add(port, it)
        entry = governance(here, namespace)
        governed = entry is not None and is_governed(entry)
        # Where our word is not the law, an ALLOW would refuse whoever it does not name.
        granted = grants.merged() if governed else ()
        yield about.slice(
            cluster,
            [Role.SERVING],
            origins,
            workload=WorkloadSlice(
                namespace=namespace,
                service=service,
                pod_labels=_labels([place for _, place in intents]),
                grants=granted,
                mutual_tls=tuple(modes[it] for it in sorted(modes)) if has_mesh(here) else (),
                spared=spared_callers(here, entry) if governed else (),
                governed=governed,
                entrances=entrances(here)
                if any(ANY_IDENTITY in it.principals for it in granted)
                else (),
                jwt_providers=tuple(providers[it] for it in sorted(providers)),
            ),
        )


def _led_here(
    about: About, intents: list[tuple[ServingIntent, ServingPlace]]
) -> Iterator[tuple[ServingIntent, ServingPlace]]:
    """Give the intents of other versions whose callers the one outer name leads here as well.

    Where a port's number here is not known, nothing of the intent can be said here.
    """
    across = [place for intent, place in intents if isinstance(intent, InterclusterIntent)]
    if not across:
        return
    place, world, view = across[0], about.world, about.view
    assert view is not None  # noqa: S101 - the compiler merges the view for this kind
    here = {it.place.workload for _, it in intents}
    workload = world.workloads[place.place.workload]
    for intent in about.serving:
        # An intent about a version that serves here waits here, if it is not among those given.
        if isinstance(intent, InterclusterIntent) and served_workload(intent) not in here:
            ports = {
                number: port_here(workload, place.place, number, view.protocol(number))
                for number in service_ports(intent)
            }
            known = tuple(it for it in ports.values() if it is not None)
            if len(known) == len(ports):
                yield intent, replace(place, ports=known)


_INSIDE: Final = ExternalCaller()
"""Nothing is to be shown but the principal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Admitted:
    """One caller of an intent, as one serving place knows it.

    :ivar outside: what a client outside the mesh must show; ``principal`` is the gateway then.
    :ivar place: where the caller runs; none: somebody outside.
    """

    index: int
    principal: str
    access: tuple[AccessRule, ...]
    outside: ExternalCaller
    place: CallerPlace | None = None

    @property
    def pods(self) -> CallingWorkload | None:
        """What the caller is where nothing proves its principal; none: anyone, or outside."""
        place = self.place
        if place is None or place.namespace == ANY_NAMESPACE:
            return None
        return CallingWorkload(namespace=place.namespace, pod_labels=place.pod_labels)


def _admitted(intent: ServingIntent, place: ServingPlace, found: Resolution) -> Iterator[_Admitted]:
    """Give the callers that an intent admits, or refuses something, at one serving place."""
    if isinstance(intent, InboundIntent):
        if place.gateway is not None:
            for index, caller in enumerate(intent.callers):
                yield _Admitted(
                    index=index,
                    principal=place.gateway.principal,
                    access=caller.access,
                    outside=caller.external or _INSIDE,
                )
        return
    for it in found.callers:
        if not isinstance(intent, IntraclusterIntent) or it.cluster == place.cluster:
            yield _Admitted(
                index=it.index,
                principal=it.principal,
                access=it.access,
                outside=_INSIDE,
                place=it,
            )


def _labels(places: list[ServingPlace]) -> dict[str, str]:
    """Give the labels that all versions of a workload share: they select every pod of it."""
    first, *others = [it.place.pod_labels for it in places]
    return {
        key: value
        for key, value in first.items()
        if all(labels.get(key) == value for labels in others)
    }


_Key: TypeAlias = tuple[int, str, bool, bytes, tuple[str, ...], str]


class _Grants:
    """Grants with equal port, rules and demands, their principals and pods gathered."""

    def __init__(self, rules: OrderedRules, *, by_pods: bool) -> None:
        self._by_pods = by_pods
        self._found: dict[_Key, tuple[SlicePort, tuple[AccessRule, ...]]] = {}
        self._callers: defaultdict[_Key, list[_Admitted]] = defaultdict(list)
        self._rules = rules

    def add(self, port: SlicePort, caller: _Admitted) -> None:
        ordered, written = self._rules.of(caller.access)
        key = (
            port.target,
            port.target_name,
            port.protocol is Protocol.Value.UDP,  # whose ports are others than those of TCP
            written,
            tuple(sorted(caller.outside.source_ranges)),
            caller.outside.jwt_provider,
        )
        self._found[key] = (port, ordered)
        self._callers[key].append(caller)

    def merged(self) -> tuple[Grant, ...]:
        return tuple(
            self._grant(key, port, access)
            for key, (port, access) in sorted(self._found.items(), key=lambda it: it[0])
        )

    def _grant(self, key: _Key, port: SlicePort, access: tuple[AccessRule, ...]) -> Grant:
        callers = self._callers[key]
        principals = {it.principal for it in callers}
        anyone = "" in principals
        named = (it.pods for it in callers) if self._by_pods and not anyone else ()
        pods = {(it.namespace, *it.pod_labels.items()): it for it in named if it is not None}
        return Grant(
            port=port.target,
            protocol=port.protocol,
            access=access,
            principals=() if anyone else tuple(sorted(principals)),
            source_ranges=key[4],
            jwt_provider=key[5],
            port_name=port.target_name,
            callers=tuple(pods[it] for it in sorted(pods)),
        )
