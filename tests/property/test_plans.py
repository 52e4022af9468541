"""Plan = apply: what a plan of a random change set shows is what applying it leads to."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.property.dice import Dice
from tests.property.plans import played
from tests.property.strategies import examples
from tests.property.worlds import draw


def play(seed: int) -> None:
    dice = Dice.of_seed(seed)
    asyncio.run(played(dice, draw(dice), draw(dice)))


@given(seed=st.integers(0, 1 << 30))
@examples(4)
def test_what_a_plan_shows_is_what_comes_of_it(seed: int) -> None:
    play(seed)


@pytest.mark.crash
@pytest.mark.parametrize("seed", range(120))
def test_what_many_plans_show_is_what_comes_of_them(seed: int) -> None:
    play(seed)
