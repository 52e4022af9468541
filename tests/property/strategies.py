"""Worlds as hypothesis draws them, so that what fails is made as small as it can be."""

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from tests.property.dice import Dice
from tests.property.worlds import Wishes, draw


@st.composite
def wishes(choose: st.DrawFn) -> Wishes:
    """Draw the wishes of one world."""
    return draw(Dice(lambda below: choose(st.integers(0, below - 1))))


def examples(count: int) -> settings:
    """Give settings that look at no clock and remember nothing."""
    return settings(
        max_examples=count,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
