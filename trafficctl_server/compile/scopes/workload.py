"""The policies of one workload: who may do what on which of its ports."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from trafficctl_sdk.codec import canonical
from trafficctl_sdk.model.inbound_intent import InboundIntent
from trafficctl_sdk.model.intracluster_intent import IntraclusterIntent
from trafficctl_sdk.slices import Grant, PortMutualTls, Role, TrafficSlice, WorkloadSlice

from trafficctl_server.compile.callers import ANY_IDENTITY
from trafficctl_server.compile.destinations import service_ports
from trafficctl_server.compile.facts import entrances, governance, is_governed, spared_callers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trafficctl_sdk.model.access import AccessRule, JwtProvider
    from trafficctl_sdk.slices import SlicePort

    from trafficctl_server.compile.destinations import ServingIntent
    from trafficctl_server.compile.resolve import Resolution
    from trafficctl_server.compile.scopes.about import About
    from trafficctl_server.compile.serving import ServingPlace


def slices(about: About) -> Iterator[TrafficSlice]:
    """Give the slices of a workload, one for each cluster that serves it."""
    view = about.view
    assert view is not None  # noqa: S101 - the compiler merges the view for this kind
    served: defaultdict[str, list[tuple[ServingIntent, ServingPlace]]] = defaultdict(list)
    for intent in view.intents:
        for place in about.resolutions[intent.name].serving:
            served[place.cluster].append((intent, place))
    namespace, service = about.scope.key.split("/")
    for cluster, intents in sorted(served.items()):
        grants = _Grants()
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
            for field, principal, access in _admitted(
                intent, place, about.resolutions[intent.name]
            ):
                origins[intent.name].add(field)
                for port in place.ports:
                    grants.add(port, principal, access)
        here = about.world.clusters[cluster]
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
                mutual_tls=tuple(modes[it] for it in sorted(modes)),
                spared=spared_callers(here, entry) if governed else (),
                governed=governed,
                entrances=entrances(here)
                if any(ANY_IDENTITY in it.principals for it in granted)
                else (),
                jwt_providers=tuple(providers[it] for it in sorted(providers)),
            ),
        )


def _admitted(
    intent: ServingIntent, place: ServingPlace, found: Resolution
) -> Iterator[tuple[str, str, tuple[AccessRule, ...]]]:
    """Give what an intent admits at one serving place: its field, a principal, the rules."""
    if isinstance(intent, InboundIntent):
        if place.gateway is not None:
            for index, caller in enumerate(intent.callers):
                yield f"callers[{index}]", place.gateway.principal, caller.access
        return
    for it in found.callers:
        if not isinstance(intent, IntraclusterIntent) or it.cluster == place.cluster:
            yield f"callers[{it.index}]", it.principal, it.access


def _labels(places: list[ServingPlace]) -> dict[str, str]:
    """Give the labels that all versions of a workload share: they select every pod of it."""
    first, *others = [it.place.pod_labels for it in places]
    return {
        key: value
        for key, value in first.items()
        if all(labels.get(key) == value for labels in others)
    }


class _Grants:
    """Grants with equal port and rules, their principals gathered."""

    def __init__(self) -> None:
        self._found: dict[tuple[int, bytes], tuple[SlicePort, tuple[AccessRule, ...]]] = {}
        self._principals: defaultdict[tuple[int, bytes], set[str]] = defaultdict(set)

    def add(self, port: SlicePort, principal: str, access: tuple[AccessRule, ...]) -> None:
        ordered = tuple(sorted(access, key=canonical))
        key = (port.target, b"".join(canonical(it) for it in ordered))
        self._found[key] = (port, ordered)
        self._principals[key].add(principal)

    def merged(self) -> tuple[Grant, ...]:
        return tuple(
            Grant(
                port=port.target,
                protocol=port.protocol,
                access=access,
                principals=()
                if "" in self._principals[key]
                else tuple(sorted(self._principals[key])),
            )
            for key, (port, access) in sorted(self._found.items(), key=lambda it: it[0])
        )
