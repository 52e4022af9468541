"""Bringing what several intents say of one thing together, and finding where they contradict."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from operator import attrgetter
from typing import Final, NamedTuple

from trafficctl_sdk.codec import canonical
from trafficctl_sdk.model.error_reason import ConflictInfo
from trafficctl_sdk.model.traffic_policy import TrafficPolicy

Kind = ConflictInfo.Kind

_POLICY: Final = "policy/"


class Statement(NamedTuple):  # made by the dozen for each intent, and cheaper so
    """One value that one intent states.

    :ivar about: what it is about; two different values about one thing contradict each other.
    """

    about: str
    kind: Kind
    intent: str
    field: str
    value: object
    way_out: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Two intents that cannot both be true."""

    first: Statement
    second: Statement

    def seen_from(self, intent: str) -> ConflictInfo:
        """Say it to the author of one of the two."""
        ours, theirs = (
            (self.first, self.second) if self.first.intent == intent else (self.second, self.first)
        )
        return ConflictInfo(
            kind=ours.kind,
            field=ours.field,
            other_intent=theirs.intent,
            other_field=theirs.field,
            ours=_shown(ours.value),
            theirs=_shown(theirs.value),
            way_out=ours.way_out,
        )


def agree(statements: Iterable[Statement]) -> tuple[dict[str, object], list[Contradiction]]:
    """Give the one value about each thing, and every contradiction.

    The first statement in order of intent names holds, so that arrival changes nothing.
    """
    agreed: dict[str, Statement] = {}
    contradictions = []
    for statement in sorted(statements, key=attrgetter("about", "intent", "field")):
        holder = agreed.setdefault(statement.about, statement)
        if holder.value is statement.value:
            continue
        if _shown(holder.value) != _shown(statement.value):
            contradictions.append(Contradiction(first=holder, second=statement))
    return {about: it.value for about, it in agreed.items()}, contradictions


def policy_statements(
    policy: TrafficPolicy | None, about: str, intent: str, field: str
) -> Iterable[Statement]:
    """Give one statement for each field that a traffic policy sets.

    :param about: what the policy is about, by which :func:`merged_policies` gives it.
    """
    if policy is None:
        return
    for it in fields(policy):
        value = getattr(policy, it.name)
        if value is None or value == ():
            continue
        yield Statement(
            about=f"{_POLICY}{about}/{it.name}",
            kind=Kind.ROUTES if it.name == "routes" else Kind.TRAFFIC_POLICY,
            intent=intent,
            field=f"{field}.{it.name}",
            value=value,
            way_out="state the same value in both intents, or leave it unset in one of them",
        )


def merged_policies(agreed: Mapping[str, object]) -> dict[str, TrafficPolicy]:
    """Put the agreed fields of traffic policies together again, by what each is about."""
    stated: defaultdict[str, dict[str, object]] = defaultdict(dict)
    for key, value in agreed.items():
        if key.startswith(_POLICY):
            about, _, field = key.removeprefix(_POLICY).rpartition("/")
            stated[about][field] = value
    return {about: replace(TrafficPolicy(), **it) for about, it in stated.items()}  # type: ignore[arg-type] # the names and values are the message's own


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(_shown(it) for it in value)}]"
    if is_dataclass(value) and not isinstance(value, type):
        return canonical(value).decode()
    return "unset" if value is None else str(value)
