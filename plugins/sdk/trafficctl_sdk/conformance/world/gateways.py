"""Dedicated egress gateways of callers, in the calling cluster."""

from collections.abc import Iterator

from trafficctl_sdk.conformance.world import places
from trafficctl_sdk.conformance.world.callers import CallerHere, callers_of, policy_in
from trafficctl_sdk.conformance.world.calling import global_host, identities
from trafficctl_sdk.conformance.world.making import from_intent, made
from trafficctl_sdk.conformance.world.outside import in_order, outside_ports
from trafficctl_sdk.conformance.world.parts import subsets_named
from trafficctl_sdk.conformance.world.serving import is_headless, service_ports
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


def gateway_slices(
    intent: InterclusterIntent | OutboundIntent, version: str
) -> Iterator[TrafficSlice]:
    """Give the gateway of each caller that has one and may call anything."""
    for caller in callers_of(intent):
        if caller.egress is None or not caller.allowed:
            continue
        least, most = caller.sizes
        yield made(
            places.gateway_scope(caller.workload),
            places.CALLING,
            [Role.EGRESS],
            version,
            from_intent(intent, [f"callers[{caller.index}].egress"]),
            gateway=GatewaySlice(
                gateway=caller.egress,
                caller_namespace=caller.namespace,
                caller_principal=caller.principal,
                destinations=(
                    (_destination(intent),) if isinstance(intent, InterclusterIntent) else ()
                ),
                externals=(
                    tuple(_externals(intent, caller)) if isinstance(intent, OutboundIntent) else ()
                ),
                min_replicas=least,
                max_replicas=most,
            ),
        )


def _destination(intent: InterclusterIntent) -> GatewayDestination:
    ports = service_ports(intent)
    _, policy = policy_in(intent, places.CALLING)
    pods = places.PODS if is_headless(intent) else ()
    named = sorted({*(it.name for it in subsets_named(policy)), *pods})
    return GatewayDestination(
        host=global_host(intent),
        server_host=places.service_host(places.SERVICE),
        home_namespace=places.HOME_NAMESPACE,
        ports=tuple(SlicePort(port=it, protocol=ports[it]) for it in sorted(ports)),
        identities=identities(intent),
        subsets=tuple(
            PassedSubset(port=port, subset=subset) for port in sorted(ports) for subset in named
        ),
    )


def _externals(intent: OutboundIntent, caller: CallerHere) -> Iterator[GatewayExternal]:
    for host in sorted(intent.hosts, key=lambda it: it.host):
        ports = outside_ports(host)
        yield GatewayExternal(
            host=host.host,
            ports=tuple(SlicePort(port=it, protocol=ports[it]) for it in sorted(ports)),
            access=in_order(caller.access),
        )
