"""What a slice costs: processor time within the server's limit, and no worse than its size."""

import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from types import FrameType
from typing import Any, Final

from trafficctl_sdk.conformance.checks.telling import place
from trafficctl_sdk.conformance.findings import BrokenError, UndeclaredError
from trafficctl_sdk.conformance.trial import Trial
from trafficctl_sdk.slices import TrafficSlice

_MANY: Final = 300
"""Callers of one intent at most."""
_LIMIT: Final = 5.0
"""Seconds of processor time: the server's own limit for one slice."""
_SIZES: Final = (25, 50, 100)
_WORST: Final = 3.0
"""Twice the callers may cost so many times the step before: 2 is linear, 4 quadratic."""


def bounded(trial: Trial) -> None:
    """Check that a slice with very many callers is rendered within the server's time limit."""
    for it in _crowds(trial, _MANY):
        before = time.process_time()
        trial.subject.render(it)
        spent = time.process_time() - before
        if spent > _LIMIT:
            raise BrokenError(
                f"{_MANY} callers cost {spent:.1f} s of processor time, at most {_LIMIT:.0f} s",
                place(it),
            )


def growth(trial: Trial) -> None:
    """Check that twice the callers cost about twice the work, counted in executed lines."""
    lines: defaultdict[str, list[int]] = defaultdict(list)
    places: dict[str, str] = {}
    for size in _SIZES:
        counted: defaultdict[str, int] = defaultdict(int)
        for it in _crowds(trial, size):
            kind = f"{it.scope.kind} {it.roles}"
            counted[kind] += _lines(trial, it)
            places[kind] = place(it)
        for kind, count in counted.items():
            lines[kind].append(count)
    for kind, (small, middle, large) in lines.items():
        if large - middle > _WORST * max(middle - small, small):
            raise BrokenError(
                f"the work grows faster than the callers: {small}, {middle} and {large} lines for "
                f"{', '.join(map(str, _SIZES))} callers",
                places[kind],
            )


def _crowds(trial: Trial, size: int) -> Iterator[TrafficSlice]:
    found = tuple(trial.crowds(size))
    if not found:
        raise UndeclaredError("no declared field lets the kit add callers")
    yield from found


def _lines(trial: Trial, it: TrafficSlice) -> int:
    count = 0

    def trace(_frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal count
        if event == "line":
            count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        trial.subject.render(it)
    finally:
        sys.settrace(before)
    return count
