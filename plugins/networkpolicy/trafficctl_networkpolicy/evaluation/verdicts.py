"""From the ends of a call's ways to one verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from trafficctl_sdk.explain import (
    Decision,
    Hop,
    HopKind,
    HopTls,
    Landing,
    MissingFact,
    Verdict,
    VerdictKind,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trafficctl_networkpolicy.evaluation.answers import Answer
    from trafficctl_networkpolicy.evaluation.judging import Judgement
    from trafficctl_networkpolicy.evaluation.parties import Door, Pods

_GRAVEST: Final = (VerdictKind.DENIED, VerdictKind.UNKNOWN, VerdictKind.ALLOWED)


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """One way of a call, to its end."""

    answer: Answer
    hops: tuple[Hop, ...]
    landing: Landing
    notes: tuple[str, ...]


def first_hop(out: Judgement, caller: Pods) -> tuple[Hop, ...]:
    """Give the caller's own station, where something decides there."""
    if not out.isolated:
        return ()
    return (hop(out, HopKind.WORKLOAD, caller.cluster, caller.name, ""),)


def hop(judged: Judgement | None, kind: HopKind, cluster: str, party: str, address: str) -> Hop:
    """Give one station with what decides there."""
    deciding = judged.deciding if judged is not None else ()
    return Hop(
        kind=kind,
        cluster=cluster,
        party=party,
        address=address,
        tls=HopTls.PLAINTEXT,
        decision=decision(judged.passes) if judged is not None else Decision.PASSES,
        objects=tuple(sorted({it.name for it in deciding})),
        intents=tuple(sorted({origin for it in deciding for origin in it.origins})),
    )


def address(host: str, door: Door) -> str:
    """Write where a call is sent to."""
    return f"{host}:{door.number or door.name}"


def said(judged: Judgement, what: str) -> tuple[str, ...]:
    """Tell in words what one end says, where it says anything."""
    if not judged.isolated:
        return ()
    names = ", ".join(it.name for it in judged.deciding)
    if judged.passes is True:
        return (f"it {what} by {names}",)
    if judged.passes is False:
        return (f"nothing says that it {what}: {names}",)
    return (f"whether it {what} is not known: {names}",)


def decision(answer: Answer) -> Decision:
    """Give what a station does by an answer."""
    if isinstance(answer, bool):
        return Decision.PASSES if answer else Decision.REFUSES
    return Decision.NOT_DECIDED


def summed_up(ends: Sequence[End]) -> Verdict:
    """Sum up: allowed only if the call gets through wherever it may land."""
    told = min(ends, key=lambda it: _GRAVEST.index(_kind(it)))
    kind = _kind(told)
    whole, rest = divmod(100, len(ends))
    landings = [it.landing for it in ends]
    shares = [whole + (at < rest) for at in range(len(ends))]
    facts: set[MissingFact] = set()
    for it in ends:
        facts |= it.answer if not isinstance(it.answer, bool) else set()
    return Verdict(
        kind=kind,
        hops=told.hops,
        landings=_merged(landings, shares),
        missing=tuple(sorted(facts, key=lambda it: (it.kind, it.cluster, it.text)))
        if kind is VerdictKind.UNKNOWN
        else (),
        text="; ".join(told.notes) or "no policy applies to either end",
    )


def _merged(landings: Sequence[Landing], shares: Sequence[int]) -> tuple[Landing, ...]:
    """Give each place once, with the share of all calls that go there."""
    found: dict[tuple[str, str, int, Decision], int] = {}
    for it, share in zip(landings, shares, strict=True):
        key = (it.cluster, it.host, it.port, it.decision)
        found[key] = found.get(key, 0) + share
    return tuple(
        Landing(cluster=cluster, host=host, port=port, decision=decision, weight=weight)
        for (cluster, host, port, decision), weight in sorted(
            found.items(), key=lambda it: (-it[1], it[0])
        )
    )


def _kind(end: End) -> VerdictKind:
    if isinstance(end.answer, bool):
        return VerdictKind.ALLOWED if end.answer else VerdictKind.DENIED
    return VerdictKind.UNKNOWN


def nowhere(why: str) -> Verdict:
    """Say that a call finds no way."""
    return Verdict(kind=VerdictKind.UNREACHABLE, text=why)


def missing(kind: str, cluster: str, text: str) -> Verdict:
    """Say that nothing can be said for want of one fact."""
    fact = MissingFact(kind=kind, cluster=cluster, text=text)
    return Verdict(kind=VerdictKind.UNKNOWN, missing=(fact,), text=text)
