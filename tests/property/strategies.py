"""Worlds as hypothesis draws them, so that what fails is made as small as it can be."""

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from tests.property.dice import Dice
from tests.property.worlds import Wishes, draw


@st.composite
def wishes(choose: st.DrawFn) -> Wishes:
    """Draw the wishes of one world."""
    return draw(Dice(lambda below: choose(st.integers(0, below - 1))))


def examples(count: int, *, smallest: bool = False) -> settings:
    """Give settings that look at no clock and remember nothing.

    :param smallest: make what fails as small as it can be, which takes minutes.
    """
    phases = (Phase.generate, Phase.shrink) if smallest else (Phase.generate,)
    return settings(
        max_examples=count,
        deadline=None,
        database=None,
        phases=phases,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
