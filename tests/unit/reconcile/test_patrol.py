"""However many look for drift, together they take a fifth of a processor."""

from hypothesis import given
from hypothesis import strategies as st

from trafficctl_server.reconcile.patrol import Patrol

LOOKS = st.lists(st.tuples(st.floats(0.001, 0.1), st.floats(0, 1)), min_size=1, max_size=50)


@given(LOOKS)
def test_four_fifths_of_the_time_nobody_looks(looks: list[tuple[float, float]]) -> None:
    patrol = Patrol(interval=30)
    now = busy = 0.0
    slots: list[float] = []
    for took, pause in looks:
        now += took + pause
        busy += took
        slots.append(patrol.after(now, took))
        assert slots[-1] >= now + 4 * took
    assert slots == sorted(set(slots))  # nobody has another's turn
    assert slots[-1] >= 4 * busy


def test_who_looked_shortly_may_look_again_soon() -> None:
    assert Patrol(interval=30).after(10.0, 0.0) == 10.0
