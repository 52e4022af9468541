"""Over random worlds, Istio allows exactly the calls that intents allow.

What was accepted is compiled and rendered; what the evaluator says of the objects, by Istio's own
semantics, must be what the oracle says of the intents, call by call.
"""

import os
import secrets
from collections import Counter

import pytest
from hypothesis import given, note, seed, settings

from tests.property.strategies import examples, wishes
from tests.property.trials import Trial
from tests.property.worlds import Wishes, accept, told

WORLDS = 110
PROBES = 20_000
SOAK_WORLDS = int(os.environ.get("SOAK_WORLDS", "2000"))
SOAK_SEED = int(os.environ.get("SOAK_SEED", "0")) or secrets.randbelow(2**32)


def check(asked: Wishes, seen: Counter[str]) -> None:
    """Hold one world's objects against its intents."""
    stage = accept(asked)
    trial = Trial(stage=stage)
    found = next(trial.disagreements(stage.objects), "")
    seen["wished"] += len(asked.intents)
    seen["accepted"] += len(stage.wishes.intents)
    seen["probes"] += trial.probes
    seen["allowed"] += sum(word.allowed for _, word in trial.asked)
    seen["uncertain"] += sum(not word.certain for _, word in trial.asked)
    if found:
        note(told(stage.wishes))
        pytest.fail(found)


@pytest.mark.timeout(900)  # busy machines need longer; nothing is measured by it
def test_istio_allows_exactly_what_intents_allow() -> None:
    seen: Counter[str] = Counter()

    @settings(examples(WORLDS), derandomize=True)
    @given(wishes())
    def every_world(asked: Wishes) -> None:
        check(asked, seen)

    every_world()
    assert seen["probes"] >= PROBES
    assert seen["accepted"] > 0.7 * seen["wished"]  # the worlds are about something
    assert seen["allowed"] > 0.15 * seen["probes"]
    assert seen["uncertain"] < 0.02 * seen["probes"]


@pytest.mark.soak
@pytest.mark.timeout(0)
def test_it_does_so_in_fresh_worlds(capsys: pytest.CaptureFixture[str]) -> None:
    seen: Counter[str] = Counter()

    @seed(SOAK_SEED)
    @settings(examples(SOAK_WORLDS, smallest=True))
    @given(wishes())
    def every_world(asked: Wishes) -> None:
        check(asked, seen)

    with capsys.disabled():
        print(f"\nSOAK_WORLDS={SOAK_WORLDS} SOAK_SEED={SOAK_SEED}")  # noqa: T201 - to run it again
    every_world()
    with capsys.disabled():
        print(dict(seen))  # noqa: T201 - what was covered
