"""What is asked about one destination to compare two sides, and what the answers mean; pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeAlias

from trafficctl_sdk.model.access import AccessRule
from trafficctl_sdk.slices import Scope, ScopeKind

from trafficctl_server.compile.facts import governance, is_governed
from trafficctl_server.reachability.asking import Asked
from trafficctl_server.reachability.bystanders import deciding, everybody
from trafficctl_server.reachability.effects import (
    Cause,
    CauseKind,
    Difference,
    Effect,
    Outcome,
    decisive,
    effects,
    missing_of,
)
from trafficctl_server.reachability.parties import joined, named
from trafficctl_server.reachability.probes import Placing, Probe, destination_node, probes

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from trafficctl_server.compile.world import World
    from trafficctl_server.reachability.judging import Choice
    from trafficctl_server.reachability.nodes import Node
    from trafficctl_server.reachability.pairs import JudgedPair
    from trafficctl_server.reachability.parties import Party

Call: TypeAlias = tuple[Probe, Asked | None, Asked | None]
"""A call as it is put on two sides; none: nobody can make it there."""

_EVERYTHING: Final = (
    AccessRule(action=AccessRule.Action.ALLOW, all_requests=AccessRule.AllRequests()),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """Everything that is asked about one destination.

    :ivar node: what is called.
    :ivar parties: who calls on either side, by the id of the node; ``after`` on the second alone.
    :ivar changed: names of intents about it that are others on the two sides.
    :ivar governing: its namespace is governed somewhere on one side and not on the other.
    """

    node: Node
    parties: Mapping[str, Party]
    after: Mapping[str, Party]
    changed: frozenset[str]
    governing: bool
    calls: tuple[Call, ...]


def inquiry(
    called: Scope,
    before: World,
    after: World,
    moved: Collection[Scope],
    drivers: tuple[Choice, Choice],
) -> Inquiry:
    """Choose what to ask about a destination.

    :param moved: the scopes that differ; a call that meets none of them fares as before.
    :param drivers: for the calls of either world.
    """
    differing = frozenset(moved)
    was, now = (
        {it.name: it for one in deciding(called, world) for it in world.intents_in(one)}
        for world in (before, after)
    )
    node = destination_node(called, (before, after))
    parties = everybody(called, (before, after), node.clusters, moved)
    return Inquiry(
        node=node,
        parties=parties,
        after=joined(it for one in deciding(called, after) for it in named(one, after)),
        changed=frozenset(it for it in was.keys() | now.keys() if was.get(it) != now.get(it)),
        governing=_governing(called, node, before) != _governing(called, node, after),
        calls=tuple(
            _calls(
                called,
                list(parties.values()),
                (before, after),
                lambda it: _counts(it, differing, drivers),
            )
        ),
    )


def _governing(called: Scope, node: Node, world: World) -> list[str]:
    """Give the clusters where everything in a service's namespace is refused by default."""
    if called.kind is not ScopeKind.WORKLOAD:
        return []
    space = called.key.partition("/")[0]
    here = [(it, world.clusters[it]) for it in node.clusters if it in world.clusters]
    entries = [(it, governance(cluster, space)) for it, cluster in here]
    return [it for it, entry in entries if entry is not None and is_governed(entry)]


def _calls(
    called: Scope,
    parties: Sequence[Party],
    worlds: tuple[World, World],
    counts: Callable[[Call], bool],
) -> Iterator[Call]:
    """Give the calls that count; those from one place to one name count all, or none does."""
    was, now = (Placing(it) for it in worlds)
    counting: dict[tuple[str, ...], bool] = {}
    for probe in probes(called, parties, worlds):
        pods = probe.vantage.pods
        for host in dict.fromkeys(it for it in (was.name(probe), now.name(probe)) if it):
            way = (probe.vantage.cluster, pods.cluster, pods.namespace, pods.account, host)
            if counting.get(way, True):
                before = was.asked(probe, host)
                call = (probe, before, now.asked(probe, host, before))
                if way not in counting:
                    counting[way] = counts(call)
                if counting[way]:
                    yield call


def _counts(call: Call, moved: frozenset[Scope], drivers: tuple[Choice, Choice]) -> bool:
    """Say whether a call may fare otherwise: where no driver ever served, nothing is ours."""
    sides = [(choice, it) for choice, it in zip(drivers, call[1:], strict=True) if it is not None]
    meets = any(not moved.isdisjoint(it.concern.scopes) for _, it in sides)
    return meets and any(choice(it) for choice, it in sides)


def differences(of: Inquiry, judged: Sequence[JudgedPair]) -> Iterator[Difference]:
    """Give what changes for whom, by cluster and port.

    :param judged: what becomes of each of the calls on both sides, in their order.
    """
    groups: dict[tuple[str, str, int], list[Outcome]] = {}
    for (probe, _, _), (was, now) in zip(of.calls, judged, strict=True):
        key = (probe.party.node.id, probe.vantage.cluster, probe.door.port)
        groups.setdefault(key, []).append(Outcome(before=was, after=now))
    for key, outcomes in groups.items():
        yield from _differences(of, key, outcomes)


def _differences(
    of: Inquiry, key: tuple[str, str, int], outcomes: Sequence[Outcome]
) -> Iterator[Difference]:
    id_, cluster, port = key
    party = of.parties[id_]
    for effect, outcome in effects(outcomes):
        decides, behind = decisive(effect, outcome)
        yield Difference(
            caller=replace(party.node, clusters=(cluster,) if cluster else ()),
            destination=of.node,
            ports=(port,),
            operations=_operations(of, party, effect),
            effect=effect,
            cause=_cause(of, party, decides, behind),
            missing=missing_of(outcome) if effect is Effect.NOT_DECIDED else (),
        )


def _operations(of: Inquiry, party: Party, effect: Effect) -> tuple[AccessRule, ...]:
    """Give what intents let a caller do afterwards; with CLOSED all that they ever said."""
    if effect is Effect.NOT_DECIDED:
        return ()
    now = of.after.get(party.node.id)
    rules = party.rules if effect is Effect.CLOSED or now is None else now.rules
    return rules or _EVERYTHING


def _cause(of: Inquiry, party: Party, decides: str, behind: tuple[str, ...]) -> Cause:
    naming = sorted(of.changed & set(party.intents))
    if naming:
        return Cause(kind=CauseKind.RULE, object=decides, intents=tuple(naming))
    if of.changed or of.governing:
        about = tuple(sorted(of.changed))
        return Cause(kind=CauseKind.DEFAULT_DENY, object=decides, intents=about)
    return Cause(kind=CauseKind.INVENTORY, object=decides, intents=behind)
