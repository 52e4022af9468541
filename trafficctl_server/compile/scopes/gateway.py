"""The dedicated egress gateway of one caller: where it passes what on."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from trafficctl_sdk.model.intercluster_intent import InterclusterIntent
from trafficctl_sdk.model.outbound_intent import OutboundIntent
from trafficctl_sdk.slices import (
    GatewayDestination,
    GatewayExternal,
    GatewaySlice,
    PassedSubset,
    Role,
    SlicePort,
    TrafficSlice,
)

from trafficctl_server.compile.callers import sizes
from trafficctl_server.compile.externals import external_view, port_number
from trafficctl_server.compile.facts import HOME_NAMESPACE
from trafficctl_server.compile.inventory import destination_of
from trafficctl_server.compile.merging import Contradiction, Kind, Statement, agree
from trafficctl_server.compile.parts import named_subsets
from trafficctl_server.compile.references import served_workload
from trafficctl_server.compile.resolve import resolve, view_of
from trafficctl_server.compile.rules import OrderedRules
from trafficctl_server.compile.scopes.destination import global_host, identities, pods_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from trafficctl_sdk.intent_kinds import ConnectivityIntent
    from trafficctl_sdk.model.access import AccessRule

    from trafficctl_server.compile.callers import CallerPlace
    from trafficctl_server.compile.destinations import Destination
    from trafficctl_server.compile.scopes.about import About
    from trafficctl_server.compile.serving import ServingPlace
    from trafficctl_server.compile.world import World


_LEAST, _MOST = "min_replicas", "max_replicas"


def contradictions(about: About) -> list[Contradiction]:
    """Find intents that want another size of the same gateway."""
    contradictions = agree(_sizes(about))[1]
    least, most = _agreed_sizes(about)
    if least > most > 0:
        stated = {it.about: it for it in sorted(_sizes(about), key=_by_intent, reverse=True)}
        contradictions.append(Contradiction(first=stated[_LEAST], second=stated[_MOST]))
    return contradictions


def _agreed_sizes(about: About) -> tuple[int, int]:
    """Give the least and the most replicas, 0 where no intent states any."""
    agreed = {key: it for key, it in agree(_sizes(about))[0].items() if isinstance(it, int)}
    return agreed.get(_LEAST, 0), agreed.get(_MOST, 0)


def _sizes(about: About) -> Iterator[Statement]:
    """Give each size that an intent states; unset agrees with whatever others state."""
    for intent, place in _callers(about):
        egress = intent.callers[place.index].egress
        if not egress or not egress.dedicated_gateway:
            continue
        for size in (_LEAST, _MOST):
            stated = getattr(egress.dedicated_gateway, size)
            if stated:
                yield Statement(
                    about=size,
                    kind=Kind.EGRESS_PATH,
                    intent=intent.name,
                    field=f"callers[{place.index}].egress.dedicated_gateway.{size}",
                    value=stated,
                    way_out="the caller has one gateway: state sizes that agree in its intents",
                )


def _callers(about: About) -> Iterator[tuple[ConnectivityIntent, CallerPlace]]:
    """Give the caller in each place from which it calls through the gateway, by intents."""
    key = about.scope.key
    for name, found in about.resolutions.items():
        for place in found.callers:
            if place.gateway_scope is not None and place.gateway_scope.key == key:
                yield about.world.intents[name], place


def _by_intent(statement: Statement) -> str:
    return statement.intent


def slices(about: About) -> Iterator[TrafficSlice]:
    """Give the slices of a gateway, one for each cluster where its caller may call anything."""
    callers: defaultdict[str, list[tuple[ConnectivityIntent, CallerPlace]]] = defaultdict(list)
    for intent, place in _callers(about):
        callers[place.cluster].append((intent, place))
    least, most = sizes(*_agreed_sizes(about))
    for cluster, served in sorted(callers.items()):
        _, first = served[0]
        if first.gateway is None or not any(place.allowed for _, place in served):
            continue
        origins: defaultdict[str, set[str]] = defaultdict(set)
        for intent, place in served:
            origins[intent.name].add(f"callers[{place.index}].egress")
        yield about.slice(
            cluster,
            [Role.EGRESS],
            origins,
            gateway=GatewaySlice(
                gateway=first.gateway,
                caller_namespace=first.namespace,
                caller_principal=first.principal,
                destinations=_destinations(
                    about, cluster, [it for it, place in served if place.allowed]
                ),
                externals=_externals(served, cluster, about.world),
                min_replicas=least,
                max_replicas=most,
            ),
        )


def _destinations(
    about: About, cluster: str, intents: Sequence[ConnectivityIntent]
) -> tuple[GatewayDestination, ...]:
    places: defaultdict[str, list[ServingPlace]] = defaultdict(list)
    views: dict[str, Destination] = {}
    for intent in intents:
        if not isinstance(intent, InterclusterIntent):
            continue
        key = destination_of(about.world.workloads[served_workload(intent)])
        if key in places:
            continue
        view = views[key] = view_of(intent, about.world)
        # A caller has one path to a destination: also to ports that it may call by other intents.
        for it in view.sayings:
            if it.across:
                found = about.resolutions.get(it.intent) or resolve(
                    about.world.intents[it.intent], about.world, view
                )
                places[key] += found.serving
    return tuple(
        GatewayDestination(
            host=global_host(views[key], key, about.world.clusters[cluster]),
            server_host=found[0].host,
            home_namespace=HOME_NAMESPACE,
            ports=tuple(
                SlicePort(port=port, protocol=protocol)
                for port, protocol in sorted(
                    {(p.port, p.protocol) for it in found for p in it.ports}
                )
            ),
            identities=identities(found),
            subsets=tuple(
                PassedSubset(port=port, subset=subset)
                for port in sorted({p.port for it in found for p in it.ports})
                for subset in sorted(
                    named_subsets([views[key].traffic_policy(port, cluster)])
                    | pods_at(about, found)
                )
            ),
        )
        for key, found in sorted(places.items())
        if found
    )


def _externals(
    served: list[tuple[ConnectivityIntent, CallerPlace]], cluster: str, world: World
) -> tuple[GatewayExternal, ...]:
    """Give the outside hosts: what each intent says holds on the ports that it names, not on more.

    Ports that nobody may call are left out, whatever is denied there.
    """
    outbound = [(it, place) for it, place in served if isinstance(it, OutboundIntent)]
    open_ports: defaultdict[str, set[int]] = defaultdict(set)
    for intent, place in outbound:
        for host in intent.hosts if place.allowed else ():
            open_ports[host.host].update(map(port_number, host.ports))
    rules: defaultdict[tuple[str, tuple[int, ...]], list[AccessRule]] = defaultdict(list)
    for intent, place in outbound:
        for host in intent.hosts:
            ports = open_ports[host.host].intersection(map(port_number, host.ports))
            if ports:
                rules[host.host, tuple(sorted(ports))] += place.access
    intents, ordered = [it for it, _ in outbound], OrderedRules()
    protocols = {
        (host, port.port): port.protocol
        for host in open_ports
        for port in external_view(intents, host, cluster, world).ports
    }
    return tuple(
        GatewayExternal(
            host=host,
            ports=tuple(
                SlicePort(port=number, protocol=protocols[host, number]) for number in ports
            ),
            access=ordered.of(rules[host, ports])[0],
        )
        for host, ports in sorted(rules)
    )
