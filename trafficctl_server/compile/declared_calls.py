"""What pods of a namespace may call where no mesh knows names: pods, and addresses outside."""

from __future__ import annotations

import ipaddress
from dataclasses import replace
from typing import TYPE_CHECKING

from trafficctl_sdk.model.intracluster_intent import IntraclusterIntent
from trafficctl_sdk.model.outbound_intent import OutboundIntent
from trafficctl_sdk.slices import DeclaredCall, SlicePort

from trafficctl_server.compile.callers import ANY_NAMESPACE, caller_places
from trafficctl_server.compile.externals import port_number
from trafficctl_server.compile.resolve import resolve

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from trafficctl_sdk.intent_kinds import ConnectivityIntent
    from trafficctl_sdk.model.outbound_intent import ExternalHost

    from trafficctl_server.compile.callers import CallerPlace
    from trafficctl_server.compile.world import World


def declared_calls(
    intent: ConnectivityIntent, namespace: str, world: World
) -> Iterator[tuple[CallerPlace, DeclaredCall]]:
    """Give what an intent lets pods of a namespace call, with the caller that it is for."""
    if isinstance(intent, IntraclusterIntent):
        found = resolve(intent, world)
        for caller in _from(namespace, found.callers):
            for place in found.serving:
                if place.cluster == caller.cluster:
                    yield (
                        caller,
                        DeclaredCall(
                            caller_labels=caller.pod_labels,
                            namespace=place.place.namespace,
                            pod_labels=place.place.pod_labels,
                            ports=place.ports,
                            origins=(intent.name,),
                        ),
                    )
    elif isinstance(intent, OutboundIntent):
        for caller in _from(namespace, caller_places(intent, world).places):
            for host in intent.hosts:
                networks = networks_of(host)
                if networks:
                    yield (
                        caller,
                        DeclaredCall(
                            caller_labels=caller.pod_labels,
                            networks=networks,
                            ports=tuple(sorted(_ports(host), key=lambda it: it.port)),
                            origins=(intent.name,),
                        ),
                    )


def gathered(calls: Iterable[DeclaredCall]) -> tuple[DeclaredCall, ...]:
    """Give each call once, with all intents that declare it, in a stable order."""
    found: dict[tuple[object, ...], list[DeclaredCall]] = {}
    for it in calls:
        found.setdefault(_key(it), []).append(it)
    return tuple(
        replace(same[0], origins=tuple(sorted({name for it in same for name in it.origins})))
        for _, same in sorted(found.items(), key=lambda entry: repr(entry[0]))
    )


def networks_of(host: ExternalHost) -> tuple[str, ...]:
    """Give the networks in which a host outside is, sorted; none: only its name is known."""
    if host.static is not None:
        return tuple(sorted(str(ipaddress.ip_network(it)) for it in host.static.addresses))
    return tuple(sorted(host.original_destination.cidrs)) if host.original_destination else ()


def _from(namespace: str, callers: Sequence[CallerPlace]) -> Iterator[CallerPlace]:
    return (it for it in callers if it.allowed and it.namespace in (namespace, ANY_NAMESPACE))


def _ports(host: ExternalHost) -> Iterator[SlicePort]:
    for it in host.ports:
        if it.protocol is not None:
            yield SlicePort(port=port_number(it), protocol=it.protocol, target=port_number(it))


def _key(call: DeclaredCall) -> tuple[object, ...]:
    return (
        tuple(sorted(call.caller_labels.items())),
        call.namespace,
        tuple(sorted(call.pod_labels.items())),
        call.networks,
        call.ports,
    )
