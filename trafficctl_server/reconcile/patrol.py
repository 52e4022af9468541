"""Looking for drift takes a bounded part of a processor, however much there is to look at."""

from typing import Final

_PARTS: Final = 4
"""A look of one second is followed by so many in which nobody looks."""


class Patrol:
    """Spaces out the looks of all clusters; times are seconds of the loop's clock.

    A look takes one batch of objects. Where there are few, each cluster is looked through once in
    an interval; where there are very many, as often as a fifth of a processor can.

    :ivar interval: from the beginning of one round through a cluster to that of the next.
    """

    def __init__(self, interval: float) -> None:
        self.interval = interval
        self._free_at = 0.0

    def after(self, now: float, took: float) -> float:
        """Take a look that is over; give when whoever looked may look again."""
        self._free_at = max(self._free_at, now) + _PARTS * took
        return self._free_at
