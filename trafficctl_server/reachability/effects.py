"""From verdicts before and after to what changes for whom; pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from trafficctl_sdk.explain import MissingFact, VerdictKind
from trafficctl_sdk.model.access import (
    AccessRule,  # noqa: TC002 - plans keep differences, and their codec reads the types
)

from trafficctl_server.reachability.nodes import Node  # noqa: TC001 - as above

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from trafficctl_server.reachability.judging import Judged


class Effect(StrEnum):
    """What changes for a caller."""

    OPENED = "OPENED"
    CLOSED = "CLOSED"
    NARROWED = "NARROWED"
    WIDENED = "WIDENED"
    NOT_DECIDED = "NOT_DECIDED"


class CauseKind(StrEnum):
    """The sort of cause, see ``ReachChange.Cause.Kind``."""

    RULE = "RULE"
    DEFAULT_DENY = "DEFAULT_DENY"
    INVENTORY = "INVENTORY"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """Why access changes.

    :ivar object: resource name of the managed object that decides; empty: none does.
    :ivar intents: their resource names, sorted.
    """

    kind: CauseKind
    object: str = ""
    intents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Access that somebody gains or loses.

    :ivar caller: with the clusters that it is about.
    :ivar ports: sorted.
    :ivar operations: what the caller may do there afterwards and what not; what it lost with
        CLOSED.
    :ivar missing: the facts for want of which it cannot be told; with NOT_DECIDED only.
    """

    caller: Node
    destination: Node
    ports: tuple[int, ...]
    operations: tuple[AccessRule, ...]
    effect: Effect
    cause: Cause
    missing: tuple[MissingFact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One call before and after; none: nobody can make it there."""

    before: Judged | None
    after: Judged | None

    @property
    def opened(self) -> bool:
        """Whether it gets through that did not."""
        return self.known and not _passes(self.before) and _passes(self.after)

    @property
    def closed(self) -> bool:
        """Whether it got through and does no longer."""
        return self.known and _passes(self.before) and not _passes(self.after)

    @property
    def known(self) -> bool:
        """Whether it can be told on both sides."""
        return not (_unknown(self.before) or _unknown(self.after))


def _passes(judged: Judged | None) -> bool:
    return judged is not None and judged.verdict.kind is VerdictKind.ALLOWED


def _unknown(judged: Judged | None) -> bool:
    return judged is not None and judged.verdict.kind is VerdictKind.UNKNOWN


def effects(outcomes: Sequence[Outcome]) -> Iterator[tuple[Effect, Outcome]]:
    """Give what changes for the calls of one caller to one port, each with a call that shows it.

    What can be told of some calls is told; that others cannot be told is told too.
    """
    known = [it for it in outcomes if it.known]
    opened = next((it for it in known if it.opened), None)
    closed = next((it for it in known if it.closed), None)
    if opened is not None:
        any_before = any(_passes(it.before) for it in known)
        yield (Effect.WIDENED if any_before else Effect.OPENED), opened
    if closed is not None:
        any_after = any(_passes(it.after) for it in known)
        yield (Effect.NARROWED if any_after else Effect.CLOSED), closed
    unknown = next((it for it in outcomes if not it.known), None)
    if unknown is not None:
        yield Effect.NOT_DECIDED, unknown


def decisive(effect: Effect, outcome: Outcome) -> tuple[str, tuple[str, ...]]:
    """Give the object that decides about a call, and the intents behind it."""
    gained = effect in (Effect.OPENED, Effect.WIDENED)
    # A call that finds no way any more met its last object before.
    for judged in (outcome.after, outcome.before):
        for hop in reversed(judged.verdict.hops if judged is not None else ()):
            names = [judged.names[it] for it in hop.objects if judged and it in judged.names]
            if names and (gained or judged is not outcome.after or hop.decision != "PASSES"):
                return names[0], hop.intents
    return "", ()


def missing_of(outcome: Outcome) -> tuple[MissingFact, ...]:
    """Give the facts for want of which a call cannot be told."""
    found = [
        fact
        for judged in (outcome.before, outcome.after)
        if judged is not None
        for fact in judged.verdict.missing
    ]
    return tuple(dict.fromkeys(found))


def merged(found: Iterable[Difference]) -> tuple[Difference, ...]:
    """Say once what is equal on several ports, and then what is equal in several clusters."""
    by_port: dict[object, Difference] = {}
    for it in found:
        key = (*_subject(it), it.caller.clusters)
        known = by_port.get(key)
        ports = it.ports if known is None else tuple(sorted({*known.ports, *it.ports}))
        by_port[key] = replace(known or it, ports=ports)
    by_cluster: dict[object, Difference] = {}
    for it in by_port.values():
        key = (*_subject(it), it.ports)
        known = by_cluster.get(key) or it
        clusters = tuple(sorted({*known.caller.clusters, *it.caller.clusters}))
        by_cluster[key] = replace(known, caller=replace(known.caller, clusters=clusters))
    return tuple(sorted(by_cluster.values(), key=_order))


def _subject(it: Difference) -> tuple[object, ...]:
    cause = (it.cause.kind, it.cause.intents)
    return it.destination.id, it.caller.id, it.effect, it.operations, cause, it.missing


def _order(it: Difference) -> tuple[object, ...]:
    where = (it.ports, it.caller.clusters, it.cause.kind, it.cause.intents)
    return it.destination.id, it.caller.id, it.effect, where
