"""Many things said at once: hypothesis looks for a mix that a driver does not stand."""

import random
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from trafficctl_sdk.codec import leaves
from trafficctl_sdk.conformance.checks.answering import check_answer
from trafficctl_sdk.conformance.checks.repeating import mixed
from trafficctl_sdk.conformance.checks.telling import difference, place
from trafficctl_sdk.conformance.findings import BrokenError, UndeclaredError
from trafficctl_sdk.conformance.strategies import intents, pairs
from trafficctl_sdk.conformance.trial import Trial
from trafficctl_sdk.conformance.wishes.bases import ways
from trafficctl_sdk.core_fields import served_by_core
from trafficctl_sdk.intent_kinds import ConnectivityIntent
from trafficctl_sdk.slices import TrafficSlice


def stands(trial: Trial) -> None:
    """Check that any mix of declared fields is answered, in whatever order it stands."""
    if not trial.kinds or not trial.stock:
        raise UndeclaredError("no declared field leads to a slice of its scope kinds")
    for kind in trial.kinds:
        for way in ways(kind, trial.declared):
            for intent in pairs(kind, trial.declared, way):
                _stands(trial, kind, intent, random.Random(0))  # noqa: S311 - an order, no secret
            _search(trial, kind, intents(kind, trial.declared, way))


def _search(trial: Trial, kind: str, drawn: st.SearchStrategy[ConnectivityIntent]) -> None:
    @settings(
        max_examples=trial.examples,
        deadline=None,
        database=None,
        derandomize=True,
        phases=(Phase.generate, Phase.shrink),
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
    @given(intent=drawn, chance=st.randoms(use_true_random=False))
    def look(intent: ConnectivityIntent, chance: random.Random) -> None:
        _stands(trial, kind, intent, chance)

    run: Any = look  # given has taken the arguments away
    run()


def _stands(trial: Trial, kind: str, intent: ConnectivityIntent, chance: random.Random) -> None:
    for it in trial.slices_of(intent):
        try:
            _look_at(trial, it, chance)
        except BrokenError as broken:
            where = f"{broken.where}, {_said(kind, intent)}"
            raise BrokenError(broken.what, where) from None


def _look_at(trial: Trial, it: TrafficSlice, chance: random.Random) -> None:
    answer = trial.subject.render(it)
    check_answer(it, answer)
    other = trial.subject.render(mixed(it, chance))
    if other.data != answer.data:
        raise BrokenError(
            f"another order in the slice gives other bytes: {difference(answer, other)}", place(it)
        )


def _said(kind: str, intent: ConnectivityIntent) -> str:
    patterns = {it.pattern for it in leaves(intent) if not served_by_core(kind, it.pattern)}
    return f"of an intent that says {', '.join(sorted(patterns))}"
