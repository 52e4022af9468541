"""Messages of reachability, made of what the rooms below say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trafficctl.v2.access_pb2 import AccessRule
from trafficctl.v2.plan_pb2 import ReachChange
from trafficctl.v2.reachability_pb2 import Explanation, ReachabilityEdge, ReachabilityNode

from trafficctl_server.api.messages import to_message
from trafficctl_server.compile.names import cluster_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trafficctl_sdk.explain import MissingFact
    from trafficctl_sdk.model import access

    from trafficctl_server.reachability.drawing import Drawn
    from trafficctl_server.reachability.effects import Difference
    from trafficctl_server.reachability.nodes import Node


def node_message(node: Node) -> ReachabilityNode:
    """Give one end of a call."""
    message = ReachabilityNode(
        id=node.id,
        text=node.text,
        workload=node.workload or None,
        host=node.host or None,
        clusters=[cluster_name(it) for it in node.clusters],
    )
    for field in ("service_account", "namespace", "any_client", "external"):
        admitted = getattr(node, field)
        if admitted is not None:
            there = getattr(message, field)
            there.CopyFrom(to_message(admitted, type(there)))
    return message


def edge_message(drawn: Drawn) -> ReachabilityEdge:
    """Give one edge of the picture."""
    party = drawn.edge.party
    return ReachabilityEdge(
        caller=party.node.id,
        destination=drawn.edge.destination.id,
        ports=drawn.edge.ports,
        operations=rule_messages(party.rules),
        state=drawn.state.value if drawn.state is not None else None,
        intents=party.intents,
    )


def change_message(difference: Difference) -> ReachChange:
    """Give access that somebody gains or loses."""
    cause = difference.cause
    return ReachChange(
        caller=node_message(difference.caller),
        destination=node_message(difference.destination),
        ports=difference.ports,
        operations=rule_messages(difference.operations),
        effect=difference.effect.value,
        cause=ReachChange.Cause(object=cause.object, intents=cause.intents, kind=cause.kind.value),
        missing=fact_messages(difference.missing),
    )


def rule_messages(rules: Iterable[access.AccessRule]) -> list[AccessRule]:
    """Give access rules."""
    return [to_message(it, AccessRule) for it in rules]


def fact_messages(missing: Iterable[MissingFact]) -> list[Explanation.Fact]:
    """Give the facts for want of which something cannot be told."""
    return [
        Explanation.Fact(
            kind=it.kind, cluster=cluster_name(it.cluster) if it.cluster else "", text=it.text
        )
        for it in missing
    ]
