"""One outside host as all intents about it describe it together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from trafficctl_sdk.model.common import Protocol
from trafficctl_sdk.model.outbound_intent import ExternalHost
from trafficctl_sdk.model.tls import TlsOrigination
from trafficctl_sdk.slices import ExternalPortTreatment, Resolution

from trafficctl_server.compile.merging import (
    Contradiction,
    Kind,
    Statement,
    agree,
    merged_policies,
    policy_statements,
)
from trafficctl_server.compile.names import last_id
from trafficctl_server.compile.references import path_of, referred

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from trafficctl_sdk.model.outbound_intent import ExternalPort, OutboundIntent
    from trafficctl_sdk.model.traffic_policy import TrafficPolicy

    from trafficctl_server.compile.world import World

_DEFAULT_PORT = {Protocol.Value.HTTP: 80, Protocol.Value.HTTPS: 443, Protocol.Value.TLS: 443}


@dataclass(frozen=True, slots=True, kw_only=True)
class External:
    """An outside host as one cluster must see it.

    :ivar addresses: as in an :class:`ExternalSlice`.
    """

    ports: tuple[ExternalPortTreatment, ...]
    resolution: Resolution
    addresses: tuple[str, ...]
    contradictions: tuple[Contradiction, ...]


def port_number(port: ExternalPort) -> int:
    """Give the number of an outside port; HTTP, HTTPS and TLS have defaults."""
    return port.port or (_DEFAULT_PORT.get(port.protocol, 0) if port.protocol else 0)


def resolution_of(host: ExternalHost) -> Resolution:
    """Give where an intent says that the addresses of a host come from."""
    if host.static is not None:
        return Resolution.STATED
    if host.original_destination is not None:
        return Resolution.AS_DIALLED
    one = host.dns is not None and host.dns.connect is ExternalHost.Dns.Connect.ONE_ADDRESS
    return Resolution.ONE_FROM_DNS if one else Resolution.ALL_FROM_DNS


def host_index(intent: OutboundIntent, host: str) -> int:
    """Give the place of a host in an intent's list."""
    return [it.host for it in intent.hosts].index(host)


def overridden_clusters(intent: OutboundIntent) -> set[str]:
    """Give the clusters for which an intent says something else than for all."""
    return {last_id(name) for it in intent.overrides for name in it.clusters}


def external_view(
    intents: Sequence[OutboundIntent], host: str, cluster: str, world: World
) -> External:
    """Merge what intents say about one outside host, for one cluster or (empty) for all.

    Pure, and blind to their order.
    """
    concerned = sorted(
        (it for it in intents if any(h.host == host for h in it.hosts)), key=lambda it: it.name
    )
    where = cluster if any(cluster in overridden_clusters(it) for it in concerned) else ""
    first = concerned[0].name if concerned else ""
    return world.inventory_memo.answer(
        ("external", f"{where} {host} {first}"),
        lambda: _external_view(concerned, host, where),
        rests_on=concerned,
    )


def _external_view(concerned: Sequence[OutboundIntent], host: str, cluster: str) -> External:
    agreed, contradictions = agree(
        statement for intent in concerned for statement in _statements(intent, host, cluster)
    )
    ports = {
        int(about.removeprefix("protocol/")): Protocol.Value(value)
        for about, value in agreed.items()
        if about.startswith("protocol/") and isinstance(value, str)
    }
    policies = merged_policies(agreed)
    resolution, addresses = _resolution(agreed)
    return External(
        ports=tuple(
            ExternalPortTreatment(
                port=number,
                protocol=ports[number],
                traffic_policy=policies.get(f"{number}"),
                originate=_originate(agreed.get(f"tls/{number}")),
            )
            for number in sorted(ports)
        ),
        resolution=resolution,
        addresses=addresses,
        contradictions=tuple(contradictions),
    )


def _resolution(agreed: Mapping[str, object]) -> tuple[Resolution, tuple[str, ...]]:
    stated = agreed.get("resolution")
    if isinstance(stated, ExternalHost.Static):
        return Resolution.STATED, stated.addresses
    if isinstance(stated, ExternalHost.OriginalDestination):
        return Resolution.AS_DIALLED, stated.cidrs
    if agreed.get("connect") is ExternalHost.Dns.Connect.ONE_ADDRESS:
        return Resolution.ONE_FROM_DNS, ()
    return Resolution.ALL_FROM_DNS, ()


def _in_order(stated: TlsOrigination) -> TlsOrigination:
    return replace(stated, subject_alt_names=tuple(sorted(stated.subject_alt_names)))


def _originate(stated: object) -> TlsOrigination | None:
    return stated if isinstance(stated, TlsOrigination) else None


def _statements(intent: OutboundIntent, host: str, cluster: str) -> Iterator[Statement]:
    index = host_index(intent, host)
    stated: ExternalHost = intent.hosts[index]
    way_out = "intents of one namespace share the host: state the same, or use another port"
    for place, port in enumerate(stated.ports):
        field = f"hosts[{index}].ports[{place}]"
        number = port_number(port)
        yield Statement(
            about=f"protocol/{number}",
            kind=Kind.EXTERNAL_HOST,
            intent=intent.name,
            field=f"{field}.protocol",
            value=port.protocol,
            way_out=way_out,
        )
        if port.as_sent is not None or port.originate is not None:
            yield Statement(
                about=f"tls/{number}",
                kind=Kind.EXTERNAL_HOST,
                intent=intent.name,
                field=f"{field}.{'originate' if port.originate else 'as_sent'}",
                value=_in_order(port.originate) if port.originate else "as_sent",
                way_out=way_out,
            )
        policy, where = _policy(intent, cluster)
        yield from policy_statements(policy, f"{number}", intent.name, where)
    for about, branch, value in _addresses(stated):
        yield Statement(
            about=about,
            kind=Kind.EXTERNAL_HOST,
            intent=intent.name,
            field=f"hosts[{index}].{branch}",
            value=value,
            way_out=way_out,
        )
    for caller_index, caller in enumerate(intent.callers):
        if caller.workload is not None:
            yield Statement(
                about=f"egress/{referred(intent, caller.workload)}",
                kind=Kind.EGRESS_PATH,
                intent=intent.name,
                field=f"callers[{caller_index}].egress",
                value=path_of(caller.egress),
                way_out="a caller has one path to a host: state the same in both intents",
            )


def _addresses(stated: ExternalHost) -> Iterator[tuple[str, str, object]]:
    """Give what is stated of where the addresses come from: about what, in which field, what."""
    if stated.static is not None:
        addresses = tuple(sorted(stated.static.addresses))
        yield "resolution", "static", ExternalHost.Static(addresses=addresses)
    if stated.original_destination is not None:
        cidrs = tuple(sorted(stated.original_destination.cidrs))
        dialled = ExternalHost.OriginalDestination(cidrs=cidrs)
        yield "resolution", "original_destination", dialled
    if stated.dns is not None:
        yield "resolution", "dns", "dns"
        if stated.dns.connect is not None:
            yield "connect", "dns.connect", stated.dns.connect


def _policy(intent: OutboundIntent, cluster: str) -> tuple[TrafficPolicy | None, str]:
    """Give the policy that holds in a cluster: an override replaces the intent's own."""
    for index, override in enumerate(intent.overrides):
        if override.traffic_policy is not None and cluster in map(last_id, override.clusters):
            return override.traffic_policy, f"overrides[{index}].traffic_policy"
    return intent.traffic_policy, "traffic_policy"
