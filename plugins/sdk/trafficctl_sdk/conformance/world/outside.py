"""Hosts outside, as the callers' namespaces see them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from trafficctl_sdk.codec import canonical
from trafficctl_sdk.conformance.world import places
from trafficctl_sdk.conformance.world.callers import CallerHere, callers_of, policy_in
from trafficctl_sdk.conformance.world.making import from_intent, made
from trafficctl_sdk.model.access import AccessRule
from trafficctl_sdk.model.common import Protocol
from trafficctl_sdk.model.outbound_intent import ExternalHost, ExternalPort, OutboundIntent
from trafficctl_sdk.slices import (
    ExternalGrant,
    ExternalPortTreatment,
    ExternalSlice,
    Resolution,
    Role,
    Scope,
    ScopeKind,
    TrafficSlice,
)

_USUAL = {Protocol.Value.HTTP: 80, Protocol.Value.HTTPS: 443, Protocol.Value.TLS: 443}
_TOLD_BY_ADDRESS = frozenset(
    {
        Protocol.Value.TCP,
        Protocol.Value.TCP_SERVER_FIRST,
        Protocol.Value.MYSQL,
        Protocol.Value.MONGO,
    }
)


def external_slices(intent: OutboundIntent, version: str) -> Iterator[TrafficSlice]:
    """Give each host as each calling namespace sees it."""
    callers = tuple(it for it in callers_of(intent) if it.allowed)
    for namespace in sorted({it.namespace for it in callers}):
        here = [it for it in callers if it.namespace == namespace]
        for index, host in enumerate(intent.hosts):
            fields = {f"hosts[{index}]", "traffic_policy", *(f"callers[{it.index}]" for it in here)}
            roles = {Role.CALLING} | ({Role.EGRESS} if any(it.egress for it in here) else set())
            yield made(
                Scope(kind=ScopeKind.EXTERNAL, key=f"{namespace}/{host.host}"),
                places.CALLING,
                roles,
                version,
                from_intent(intent, fields),
                external=_body(intent, namespace, host, here),
            )


def outside_ports(host: ExternalHost) -> dict[int, Protocol.Value]:
    """Give the ports of a host with what they speak."""
    return {_number(it): it.protocol or Protocol.Value.HTTP for it in host.ports}


def _number(port: ExternalPort) -> int:
    return port.port or (_USUAL.get(port.protocol, 0) if port.protocol else 0)


def in_order(access: Sequence[AccessRule]) -> tuple[AccessRule, ...]:
    """Put rules into an order that does not depend on how they were written."""
    return tuple(sorted(access, key=canonical))


def _body(
    intent: OutboundIntent, namespace: str, host: ExternalHost, callers: Sequence[CallerHere]
) -> ExternalSlice:
    _, policy = policy_in(intent, places.CALLING)
    protocols = outside_ports(host)
    resolution, addresses = _resolution(host)
    grants = {
        repr((it.principal, it.egress, in_order(it.access))): ExternalGrant(
            caller=it.calling,
            principal=it.principal,
            ports=tuple(sorted(protocols)),
            access=in_order(it.access),
            origins=(intent.name,),
        )
        for it in callers
    }
    return ExternalSlice(
        namespace=namespace,
        host=host.host,
        ports=tuple(
            ExternalPortTreatment(
                port=_number(it),
                protocol=protocols[_number(it)],
                traffic_policy=policy,
                originate=(
                    replace(
                        it.originate,
                        subject_alt_names=tuple(sorted(it.originate.subject_alt_names)),
                    )
                    if it.originate
                    else None
                ),
            )
            for it in sorted(host.ports, key=_number)
        ),
        grants=tuple(grants[key] for key in sorted(grants)),
        address=(
            places.virtual_address(host.host)
            if resolution is Resolution.STATED
            or (
                resolution is not Resolution.AS_DIALLED
                and not _TOLD_BY_ADDRESS.isdisjoint(protocols.values())
            )
            else ""
        ),
        resolution=resolution,
        addresses=addresses,
    )


def _resolution(host: ExternalHost) -> tuple[Resolution, tuple[str, ...]]:
    if host.static is not None:
        return Resolution.STATED, tuple(sorted(host.static.addresses))
    if host.original_destination is not None:
        return Resolution.AS_DIALLED, tuple(sorted(host.original_destination.cidrs))
    one = host.dns is not None and host.dns.connect is ExternalHost.Dns.Connect.ONE_ADDRESS
    return (Resolution.ONE_FROM_DNS if one else Resolution.ALL_FROM_DNS), ()
