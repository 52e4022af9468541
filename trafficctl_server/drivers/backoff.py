"""How long to wait before a worker that keeps ending is started again."""

from typing import Final

from trafficctl_server.drivers.limits import SECOND

_FIRST: Final = SECOND // 10
_LONGEST: Final = 30 * SECOND
_MOST_DOUBLINGS: Final = 10


def restart_delay(ends_in_a_row: int) -> int:
    """Give nanoseconds: none after the first end, then 0.1 s, doubled up to 30 s.

    :param ends_in_a_row: ends since the worker last answered a question in full.
    """
    if ends_in_a_row <= 1:
        return 0
    return min(_FIRST << min(ends_in_a_row - 2, _MOST_DOUBLINGS), _LONGEST)
