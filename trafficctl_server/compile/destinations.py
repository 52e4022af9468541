"""One destination as all intents about it describe it together."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Final, TypeAlias

from trafficctl_sdk.model.common import ClusterSelector, Protocol
from trafficctl_sdk.model.inbound_intent import InboundIntent
from trafficctl_sdk.model.intercluster_intent import InterclusterIntent
from trafficctl_sdk.model.intracluster_intent import IntraclusterIntent
from trafficctl_sdk.model.tls import MutualTls

from trafficctl_server.compile.merging import Contradiction, agree, merged_policies
from trafficctl_server.compile.names import last_id
from trafficctl_server.compile.parts import within_cluster
from trafficctl_server.compile.statements import service_ports

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from trafficctl_sdk.model.traffic_policy import TrafficPolicy

    from trafficctl_server.compile.sayings import Saying

_MODE: Final = "mutual_tls/"

ServingIntent: TypeAlias = InterclusterIntent | IntraclusterIntent | InboundIntent


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """What the intents about one destination say, merged.

    :ivar sayings: in order of intents' names.
    :ivar agreed: every agreed value by what it is about; use the methods.
    :ivar modes: the mutual TLS modes among them, by port and cluster; likewise.
    :ivar policies: the traffic policies among them, likewise.
    """

    sayings: tuple[Saying, ...]
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

    def local_policy(
        self, port: int, cluster: str, intents: Iterable[IntraclusterIntent]
    ) -> TrafficPolicy | None:
        """Give what of :meth:`traffic_policy` holds for calls by the service's own name.

        :param intents: all that let such calls in, anywhere.
        """
        policy = self.traffic_policy(port, cluster)
        if policy is None:
            return None
        locality = any(
            it.locality is not None
            for intent in intents
            if port in service_ports(intent)
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


def destination(sayings: Sequence[Saying]) -> Destination:
    """Merge what intents say about one destination; pure, and blind to their order."""
    ordered = sorted(sayings, key=attrgetter("intent"))
    agreed, contradictions = agree(it for saying in ordered for it in saying.statements)
    return Destination(
        sayings=tuple(ordered),
        agreed=agreed,
        modes={
            about.removeprefix(_MODE): it
            for about, it in agreed.items()
            if isinstance(it, MutualTls.Mode)
        },
        policies=merged_policies(agreed),
        contradictions=tuple(contradictions),
    )


def policy_fields(intent: ServingIntent, cluster: str) -> frozenset[str]:
    """Give the field by which an intent itself shapes calls from a cluster: none, or one."""
    return frozenset(field for field, _ in _policies(intent, cluster))


def _policies(intent: ServingIntent, cluster: str) -> list[tuple[str, TrafficPolicy]]:
    for index, override in enumerate(intent.overrides):
        if cluster in map(last_id, override.clusters) and override.traffic_policy is not None:
            return [(f"overrides[{index}].traffic_policy", override.traffic_policy)]
    return [("traffic_policy", intent.traffic_policy)] if intent.traffic_policy is not None else []
