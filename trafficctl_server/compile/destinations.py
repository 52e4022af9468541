"""One destination as all intents about it describe it together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from trafficctl_sdk.model.common import ClusterSelector, Protocol
from trafficctl_sdk.model.inbound_intent import InboundIntent
from trafficctl_sdk.model.intercluster_intent import InterclusterIntent
from trafficctl_sdk.model.intracluster_intent import IntraclusterIntent
from trafficctl_sdk.model.tls import MutualTls

from trafficctl_server.compile.certificates import certificate_statements
from trafficctl_server.compile.merging import (
    Contradiction,
    Kind,
    Statement,
    agree,
    merged_policies,
    policy_statements,
)
from trafficctl_server.compile.names import last_id
from trafficctl_server.compile.parts import within_cluster
from trafficctl_server.compile.references import path_of, referred
from trafficctl_server.compile.tokens import provider_statements

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from trafficctl_sdk.model.traffic_policy import TrafficPolicy

_MODE: Final = "mutual_tls/"

ServingIntent: TypeAlias = InterclusterIntent | IntraclusterIntent | InboundIntent


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """What the intents about one destination say, merged.

    :ivar agreed: every agreed value by what it is about; use the methods.
    :ivar modes: the mutual TLS modes among them, by port and cluster; likewise.
    :ivar policies: the traffic policies among them, likewise.
    """

    intents: tuple[ServingIntent, ...]
    agreed: Mapping[str, object]
    modes: Mapping[str, MutualTls.Mode]
    policies: Mapping[str, TrafficPolicy]
    contradictions: tuple[Contradiction, ...]

    def protocol(self, port: int) -> Protocol.Value | None:
        """Give the protocol that an intent states for a Service port."""
        stated = self.agreed.get(f"protocol/{port}")
        return stated if isinstance(stated, Protocol.Value) else None

    def mutual_tls(self, port: int, cluster: str) -> MutualTls.Mode:
        """Give the mutual TLS mode of a Service port in a cluster; STRICT where none is stated."""
        if not self.modes:
            return MutualTls.Mode.STRICT
        stated = self.modes.get(f"{port}/{cluster}") or self.modes.get(f"{port}/-")
        return stated or MutualTls.Mode.STRICT

    def traffic_policy(self, port: int, cluster: str) -> TrafficPolicy | None:
        """Give what callers in a cluster need of a Service port; an override replaces it whole."""
        if not self.policies:
            return None
        return self.policies.get(f"{port}/{cluster}") or self.policies.get(f"{port}/-")

    def local_policy(self, port: int, cluster: str) -> TrafficPolicy | None:
        """Give what of :meth:`traffic_policy` holds for calls by the service's own name."""
        policy = self.traffic_policy(port, cluster)
        if policy is None:
            return None
        locality = any(
            it.locality is not None
            for intent in self.intents
            if isinstance(intent, IntraclusterIntent) and port in service_ports(intent)
            for _, it in _policies(intent, cluster)
        )
        return within_cluster(policy, locality=locality)

    def modes_at(self, port: int) -> set[MutualTls.Mode]:
        """Give every mutual TLS mode that a Service port has in some cluster."""
        found = {self.mutual_tls(port, "-")}
        if self.modes:
            found |= {it for about, it in self.modes.items() if about.startswith(f"{port}/")}
        return found

    @property
    def prefix(self) -> str:
        """The first label of its global name, where an intent states one."""
        return str(self.agreed.get("external_prefix", ""))

    @property
    def clusters(self) -> ClusterSelector | None:
        """The clusters to which serving other clusters is restricted."""
        stated = self.agreed.get("clusters")
        return stated if isinstance(stated, ClusterSelector) else None


def destination(intents: Sequence[ServingIntent]) -> Destination:
    """Merge what intents say about one destination; pure, and blind to their order."""
    ordered = sorted(intents, key=lambda it: it.name)
    agreed, contradictions = agree(it for intent in ordered for it in _statements(intent))
    return Destination(
        intents=tuple(ordered),
        agreed=agreed,
        modes={
            about.removeprefix(_MODE): it
            for about, it in agreed.items()
            if isinstance(it, MutualTls.Mode)
        },
        policies=merged_policies(agreed),
        contradictions=tuple(contradictions),
    )


def service_ports(intent: ServingIntent) -> tuple[int, ...]:
    """Give the Service ports that an intent speaks of, sorted."""
    if isinstance(intent, InboundIntent):
        return tuple(sorted({it.service_port for it in intent.listeners}))
    return tuple(sorted(it.port for it in intent.ports))


def policy_fields(intent: ServingIntent, cluster: str) -> frozenset[str]:
    """Give the field by which an intent itself shapes calls from a cluster: none, or one."""
    return frozenset(field for field, _ in _policies(intent, cluster))


def _policies(intent: ServingIntent, cluster: str) -> list[tuple[str, TrafficPolicy]]:
    for index, override in enumerate(intent.overrides):
        if cluster in map(last_id, override.clusters) and override.traffic_policy is not None:
            return [(f"overrides[{index}].traffic_policy", override.traffic_policy)]
    return [("traffic_policy", intent.traffic_policy)] if intent.traffic_policy is not None else []


def _statements(intent: ServingIntent) -> Iterator[Statement]:
    if not isinstance(intent, InboundIntent):
        for index, port in enumerate(intent.ports):
            if port.protocol is not None:
                yield Statement(
                    about=f"protocol/{port.port}",
                    kind=Kind.PROTOCOL,
                    intent=intent.name,
                    field=f"ports[{index}].protocol",
                    value=port.protocol,
                    way_out="state the protocol once, on the workload, and leave it unset here",
                )
    for number in service_ports(intent):
        yield from _treatment(
            intent,
            number,
            "-",
            field="",
            mutual_tls=intent.mutual_tls,
            policy=intent.traffic_policy,
        )
        for index, override in enumerate(intent.overrides):
            for cluster in map(last_id, override.clusters):
                yield from _treatment(
                    intent,
                    number,
                    cluster,
                    field=f"overrides[{index}].",
                    mutual_tls=override.mutual_tls,
                    policy=override.traffic_policy,
                )
    if intent.destination is not None and intent.destination.addressing is not None:
        yield Statement(
            about="addressing",
            kind=Kind.ADDRESSING,
            intent=intent.name,
            field="destination.addressing",
            value=intent.destination.addressing,
            way_out="leave it unset; the workload says how it is addressed",
        )
    yield from provider_statements(intent)
    if isinstance(intent, InboundIntent):
        yield from _inbound_statements(intent)
    if isinstance(intent, InterclusterIntent):
        yield from _intercluster_statements(intent)


def _treatment(
    intent: ServingIntent,
    port: int,
    cluster: str,
    *,
    field: str,
    mutual_tls: MutualTls | None,
    policy: TrafficPolicy | None,
) -> Iterator[Statement]:
    """State what holds for one port, in one cluster or (``-``) in all."""
    if mutual_tls is not None and mutual_tls.mode is not None:
        yield Statement(
            about=f"{_MODE}{port}/{cluster}",
            kind=Kind.MUTUAL_TLS,
            intent=intent.name,
            field=f"{field}mutual_tls.mode",
            value=mutual_tls.mode,
            way_out="one port has one mode: state the same mode, or use another port",
        )
    # An inbound policy is for the way from the gateway, which is a scope of its own.
    if not isinstance(intent, InboundIntent):
        yield from policy_statements(
            policy, f"{port}/{cluster}", intent.name, f"{field}traffic_policy"
        )


def _inbound_statements(intent: InboundIntent) -> Iterator[Statement]:
    for number in service_ports(intent):
        yield from certificate_statements(
            intent,
            f"certificates/{number}",
            "behind the gateway nobody can tell by which name a client came: state the same "
            "certificate_names, or lead to another service_port",
        )


def _intercluster_statements(intent: InterclusterIntent) -> Iterator[Statement]:
    if intent.external_prefix:
        yield Statement(
            about="external_prefix",
            kind=Kind.EXTERNAL_PREFIX,
            intent=intent.name,
            field="external_prefix",
            value=intent.external_prefix,
            way_out="a destination has one outer name: state the same prefix, or leave it unset",
        )
    if intent.termination is not None:
        yield Statement(
            about="termination",
            kind=Kind.TERMINATION,
            intent=intent.name,
            field="termination",
            value=intent.termination,
            way_out="a destination has one termination: state the same, or leave it unset",
        )
    if intent.clusters is not None:
        yield Statement(
            about="clusters",
            kind=Kind.TRAFFIC_POLICY,
            intent=intent.name,
            field="clusters",
            value=intent.clusters,
            way_out="callers share the serving clusters: state the same, or leave it unset",
        )
    for index, caller in enumerate(intent.callers):
        if caller.workload is not None:
            called_from, version = referred(intent, caller.workload)
            yield Statement(
                about=f"egress/{called_from.project}/{called_from.bundle}/{called_from.workload}"
                f"/{version}",
                kind=Kind.EGRESS_PATH,
                intent=intent.name,
                field=f"callers[{index}].egress",
                value=path_of(caller.egress),
                way_out="a caller has one path to a destination: state the same in both intents",
            )
