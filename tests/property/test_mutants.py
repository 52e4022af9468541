"""The property is sharp: each deliberate bug in what is rendered is caught by it."""

from functools import cache

import pytest

from tests.property.dice import Dice
from tests.property.mutants import MUTANTS, mutated
from tests.property.trials import Trial
from tests.property.worlds import accept, draw

WORLDS = 250
"""A bug must show in one of so many worlds."""


@cache
def trial(number: int) -> Trial:
    return Trial(stage=accept(draw(Dice.of_seed(number))))


def test_there_are_at_least_twenty_bugs() -> None:
    assert len(MUTANTS) >= 20


@pytest.mark.crash
@pytest.mark.parametrize("name", MUTANTS)
def test_a_bug_is_caught(name: str) -> None:
    changed = 0
    for number in range(WORLDS):
        it = trial(number)
        objects = mutated(name, it.stage.objects, it.stage.inventory)
        if objects == it.stage.objects:
            continue
        changed += 1
        if next(it.disagreements(objects), ""):
            return
    pytest.fail(f"it changed the objects of {changed} worlds, and nobody noticed")
