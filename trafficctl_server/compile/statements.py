"""What intents state of their destination, value by value: no two may differ about one thing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from trafficctl_sdk.model.common import Addressing, Protocol
from trafficctl_sdk.model.inbound_intent import InboundIntent
from trafficctl_sdk.model.intercluster_intent import InterclusterIntent
from trafficctl_sdk.model.tls import MutualTls

from trafficctl_server.compile.certificates import certificate_statements
from trafficctl_server.compile.merging import Kind, Statement, policy_statements
from trafficctl_server.compile.names import last_id
from trafficctl_server.compile.references import path_of, referred
from trafficctl_server.compile.tokens import provider_statements

if TYPE_CHECKING:
    from collections.abc import Iterator
    from enum import Enum

    from trafficctl_sdk.model.traffic_policy import TrafficPolicy

    from trafficctl_server.compile.destinations import ServingIntent


class Topic(NamedTuple):
    """What statements are about.

    :ivar values: the members that values are, if they are neither text nor lists of it.
    """

    kind: Kind
    way_out: str
    values: type[Enum] | None = None


TOPICS: Final = {
    "protocol": Topic(
        Kind.PROTOCOL,
        "state the protocol once, on the workload, and leave it unset here",
        Protocol.Value,
    ),
    "mutual_tls": Topic(
        Kind.MUTUAL_TLS,
        "one port has one mode: state the same mode, or use another port",
        MutualTls.Mode,
    ),
    "addressing": Topic(
        Kind.ADDRESSING,
        "leave it unset; the workload says how it is addressed",
        Addressing.Mode,
    ),
    "external_prefix": Topic(
        Kind.EXTERNAL_PREFIX,
        "a destination has one outer name: state the same prefix, or leave it unset",
    ),
    "termination": Topic(
        Kind.TERMINATION,
        "a destination has one termination: state the same, or leave it unset",
        InterclusterIntent.Termination,
    ),
    "egress": Topic(
        Kind.EGRESS_PATH,
        "a caller has one path to a destination: state the same in both intents",
    ),
    "certificates": Topic(
        Kind.LISTENER,
        "behind the gateway nobody can tell by which name a client came: state the same "
        "certificate_names, or lead to another service_port",
    ),
}
"""Those whose values are plain, by the first segment of what statements are about."""


def topic_of(about: str) -> Topic | None:
    """Give the topic of what a statement is about; none: its values are messages."""
    return TOPICS.get(about.partition("/")[0])


def service_ports(intent: ServingIntent) -> tuple[int, ...]:
    """Give the Service ports that an intent speaks of, sorted."""
    if isinstance(intent, InboundIntent):
        return tuple(sorted({it.service_port for it in intent.listeners}))
    return tuple(sorted(it.port for it in intent.ports))


def _say(intent: str, about: str, field: str, value: object) -> Statement:
    topic = TOPICS[about.partition("/")[0]]
    return Statement(about, topic.kind, intent, field, value, topic.way_out)


def statements(intent: ServingIntent) -> Iterator[Statement]:
    """Give everything that an intent states of its destination."""
    for index, port in enumerate(() if isinstance(intent, InboundIntent) else intent.ports):
        if port.protocol is not None:
            field = f"ports[{index}].protocol"
            yield _say(intent.name, f"protocol/{port.port}", field, port.protocol)
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
        stated = intent.destination.addressing
        yield _say(intent.name, "addressing", "destination.addressing", stated)
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
        about = f"mutual_tls/{port}/{cluster}"
        yield _say(intent.name, about, f"{field}mutual_tls.mode", mutual_tls.mode)
    # An inbound policy is for the way from the gateway, which is a scope of its own.
    if not isinstance(intent, InboundIntent):
        yield from policy_statements(
            policy, f"{port}/{cluster}", intent.name, f"{field}traffic_policy"
        )


def _inbound_statements(intent: InboundIntent) -> Iterator[Statement]:
    for number in service_ports(intent):
        about, way_out = f"certificates/{number}", TOPICS["certificates"].way_out
        yield from certificate_statements(intent, about, way_out)


def _intercluster_statements(intent: InterclusterIntent) -> Iterator[Statement]:
    if intent.external_prefix:
        prefix = intent.external_prefix
        yield _say(intent.name, "external_prefix", "external_prefix", prefix)
    if intent.termination is not None:
        yield _say(intent.name, "termination", "termination", intent.termination)
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
            yield _say(
                intent.name,
                f"egress/{called_from.project}/{called_from.bundle}/{called_from.workload}"
                f"/{version}",
                f"callers[{index}].egress",
                path_of(caller.egress),
            )
