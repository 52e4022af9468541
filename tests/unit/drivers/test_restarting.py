"""How soon a worker that ended is there again."""

from hypothesis import given
from hypothesis import strategies as st

from trafficctl_server.drivers.backoff import restart_delay
from trafficctl_server.drivers.limits import SECOND


def test_the_first_end_costs_no_wait_and_the_wait_is_bounded() -> None:
    assert restart_delay(1) == 0
    assert restart_delay(2) == SECOND // 10
    assert restart_delay(10**9) == 30 * SECOND


@given(st.integers(min_value=0, max_value=100))
def test_the_wait_never_shrinks(ends: int) -> None:
    assert restart_delay(ends) <= restart_delay(ends + 1)
