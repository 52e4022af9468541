"""From the ends of a call's ways to one verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from trafficctl_sdk.explain import Landing, MissingFact, Verdict, VerdictKind

from trafficctl_istio.evaluation.journeys import DECISIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from trafficctl_sdk.explain import Decision

    from trafficctl_istio.evaluation.journeys import End

_GRAVEST: Final = (
    VerdictKind.DENIED,
    VerdictKind.UNREACHABLE,
    VerdictKind.UNKNOWN,
    VerdictKind.ALLOWED,
)


def verdict(ends: Sequence[End]) -> Verdict:
    """Sum up: allowed only if the call gets through wherever it may land."""
    kind = min((it.kind for it in ends), key=_GRAVEST.index)
    told = max((it for it in ends if it.kind is kind), key=lambda it: it.journey.share)
    missing: tuple[MissingFact, ...] = ()
    if kind is VerdictKind.UNKNOWN:
        missing = tuple(dict.fromkeys(fact for it in ends for fact in it.missing))
    return Verdict(
        kind=kind,
        hops=told.journey.hops,
        landings=landings(ends),
        missing=missing,
        text="; ".join((*told.journey.notes, *_others(ends, kind))),
    )


def _others(ends: Sequence[End], kind: VerdictKind) -> Iterator[str]:
    """Say that not all calls fare alike."""
    alike = sum(it.journey.share for it in ends if it.kind is kind)
    if any(it.kind is not kind for it in ends):
        yield f"{round(100 * alike)} percent of the calls fare so, the others do not"


def landings(ends: Sequence[End]) -> tuple[Landing, ...]:
    """Give every place with its share, the greatest first; the shares sum to 100."""
    shares: dict[tuple[str, str, int, str, Decision], float] = {}
    for end in ends:
        place = end.place
        if place is not None:
            key = (place.cluster, place.host, place.port, place.subset, DECISIONS[end.kind])
            shares[key] = shares.get(key, 0.0) + end.journey.share
    percents = _percents(list(shares.values()))
    found = [
        Landing(cluster=cluster, host=host, port=port, subset=subset, decision=it, weight=percent)
        for (cluster, host, port, subset, it), percent in zip(shares, percents, strict=True)
    ]
    return tuple(
        sorted(found, key=lambda it: (-it.weight, it.cluster, it.host, it.port, it.subset))
    )


def _percents(shares: Sequence[float]) -> list[int]:
    """Round so that the sum is 100; what was cut off most is given back first."""
    total = sum(shares)
    if not shares:
        return []
    exact = [100 * it / total if total else 100 / len(shares) for it in shares]
    whole = [int(it + 1e-9) for it in exact]
    order = sorted(range(len(exact)), key=lambda at: (whole[at] - exact[at], at))
    for at in order[: 100 - sum(whole)]:
        whole[at] += 1
    return whole
