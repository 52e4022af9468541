"""One exposed host as all intents about it describe it together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from trafficctl_sdk.model.inbound_intent import InboundIntent, InboundListener

from trafficctl_server.compile.certificates import certificate_statements
from trafficctl_server.compile.inventory import destination_of
from trafficctl_server.compile.merging import (
    Contradiction,
    Kind,
    Statement,
    agree,
    merged_policies,
    policy_statements,
)
from trafficctl_server.compile.names import last_id, project_of
from trafficctl_server.compile.references import served_workload

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from trafficctl_sdk.model.traffic_policy import TrafficPolicy

    from trafficctl_server.compile.world import World

_TREATMENT: Final = ("protocol", "plaintext", "simple", "mutual", "passthrough")
_OPTIONAL: Final = ("redirect_from_port", "minimum_tls_version", "cipher_suites")


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """What the intents about one exposed host say together.

    :ivar agreed: every agreed value by what it is about; use the methods.
    :ivar policies: the traffic policies among them, by port, path and cluster; likewise.
    """

    agreed: Mapping[str, object]
    policies: Mapping[str, TrafficPolicy]
    contradictions: tuple[Contradiction, ...]

    def traffic_policy(self, port: int, prefix: str, cluster: str) -> TrafficPolicy | None:
        """Give the policy of one path in a cluster; an override replaces it whole."""
        path = f"{port}{prefix}"
        return self.policies.get(f"{path}/{cluster}") or self.policies.get(f"{path}/-")

    def cors(self, port: int, prefix: str) -> InboundIntent.Cors | None:
        """Give which pages of other origins may call one path."""
        stated = self.agreed.get(f"cors/{port}{prefix}")
        return stated if isinstance(stated, InboundIntent.Cors) else None

    def listener(self, port: int) -> InboundListener:
        """Give what all intents say of one outer port; what one leaves unset, another sets."""
        agreed = {
            field: self.agreed[f"listener/{port}/{field}"]
            for field in (*_TREATMENT, *_OPTIONAL)
            if f"listener/{port}/{field}" in self.agreed
        }
        return replace(InboundListener(port=port), **agreed)  # type: ignore[arg-type] # the names and values are the message's own


def exposure(intents: Sequence[InboundIntent], world: World) -> Exposure:
    """Merge what intents say about one exposed host; pure, and blind to arrival."""
    first = intents[0].name if intents else ""
    return world.inventory_memo.answer(
        ("exposure", first), lambda: _exposure(intents, world), rests_on=intents
    )


def _exposure(intents: Sequence[InboundIntent], world: World) -> Exposure:
    agreed, found = agree(it for intent in intents for it in _statements(intent, world))
    return Exposure(agreed=agreed, policies=merged_policies(agreed), contradictions=tuple(found))


def _statements(intent: InboundIntent, world: World) -> Iterator[Statement]:
    yield Statement(
        about="project",
        kind=Kind.HOST,
        intent=intent.name,
        field="exposed_hosts",
        value=project_of(intent.name),
        way_out="the host belongs to the project that exposed it first: use another name",
    )
    yield Statement(
        about="gateway",
        kind=Kind.LISTENER,
        intent=intent.name,
        field="gateway",
        value=intent.gateway,
        way_out="a host is exposed at one gateway: name the same gateway in both intents",
    )
    for index, it in enumerate(intent.listeners):
        yield from _listener(intent, it, f"listeners[{index}]")
        served = world.workloads.get(served_workload(intent))
        yield Statement(
            about=f"path/{it.port}{path_prefix(intent)}",
            kind=Kind.PATH_PREFIX,
            intent=intent.name,
            field="path_prefix",
            value=(
                destination_of(served) if served is not None else served_workload(intent),
                str(it.service_port),
            ),
            way_out="one path leads to one destination: use another path_prefix",
        )
        if intent.cors is not None:
            yield Statement(
                about=f"cors/{it.port}{path_prefix(intent)}",
                kind=Kind.TRAFFIC_POLICY,
                intent=intent.name,
                field="cors",
                value=intent.cors,
                way_out="one path has one cors: state the same, or leave it unset in one of them",
            )
        path = f"{it.port}{path_prefix(intent)}"
        yield from policy_statements(
            intent.traffic_policy, f"{path}/-", intent.name, "traffic_policy"
        )
        for place, override in enumerate(intent.overrides):
            for cluster in map(last_id, override.clusters):
                yield from policy_statements(
                    override.traffic_policy,
                    f"{path}/{cluster}",
                    intent.name,
                    f"overrides[{place}].traffic_policy",
                )


def _listener(intent: InboundIntent, listener: InboundListener, field: str) -> Iterator[Statement]:
    """State how one outer port is treated, and the port from which it is redirected to."""

    def stated(about: str, at: str, value: object) -> Statement:
        return Statement(
            about=f"listener/{about}",
            kind=Kind.LISTENER,
            intent=intent.name,
            field=at,
            value=value,
            way_out="a port of a host has one treatment: state the same, or use another port",
        )

    yield stated(f"{listener.port}", field, "listener")
    for name in _TREATMENT:
        yield stated(f"{listener.port}/{name}", field, getattr(listener, name))
    for name in _OPTIONAL:
        value = getattr(listener, name)
        if value:
            same = tuple(sorted(value)) if isinstance(value, tuple) else value
            yield stated(f"{listener.port}/{name}", f"{field}.{name}", same)
    origin = listener.redirect_from_port
    if origin:
        yield stated(f"{origin}", f"{field}.redirect_from_port", f"redirected to {listener.port}")
    yield from certificate_statements(
        intent,
        f"certificates/{listener.port}",
        "the gateway checks names in certificates once for a port of a host: state the same "
        "certificate_names, or use another host",
    )


def path_prefix(intent: InboundIntent) -> str:
    """Give the path below which an intent exposes; ``/`` where none is stated."""
    return intent.path_prefix or "/"
