"""One exposed host as all intents about it describe it together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trafficctl_server.compile.inventory import destination_of
from trafficctl_server.compile.merging import (
    Contradiction,
    Kind,
    Statement,
    agree,
    merged_policy,
    policy_statements,
)
from trafficctl_server.compile.names import last_id, project_of
from trafficctl_server.compile.references import served_workload

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from trafficctl_sdk.model.inbound_intent import InboundIntent
    from trafficctl_sdk.model.traffic_policy import TrafficPolicy

    from trafficctl_server.compile.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """What the intents about one exposed host say together.

    :ivar agreed: every agreed value by what it is about; use the method.
    """

    agreed: Mapping[str, object]
    contradictions: tuple[Contradiction, ...]

    def traffic_policy(self, port: int, prefix: str, cluster: str) -> TrafficPolicy | None:
        """Give the policy of one path in a cluster; an override replaces it whole."""
        override = merged_policy(dict(self.agreed), f"policy/{port}{prefix}/{cluster}")
        return override or merged_policy(dict(self.agreed), f"policy/{port}{prefix}/-")


def exposure(intents: Sequence[InboundIntent], world: World) -> Exposure:
    """Merge what intents say about one exposed host; pure, and blind to arrival."""
    agreed, found = agree(it for intent in intents for it in _statements(intent, world))
    return Exposure(agreed=agreed, contradictions=tuple(found))


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
        yield Statement(
            about=f"listener/{it.port}",
            kind=Kind.LISTENER,
            intent=intent.name,
            field=f"listeners[{index}]",
            value=(it.protocol, it.plaintext, it.simple, it.mutual, it.passthrough),
            way_out="a port of a host has one treatment: state the same, or use another port",
        )
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
        path = f"policy/{it.port}{path_prefix(intent)}"
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


def path_prefix(intent: InboundIntent) -> str:
    """Give the path below which an intent exposes; ``/`` where none is stated."""
    return intent.path_prefix or "/"
