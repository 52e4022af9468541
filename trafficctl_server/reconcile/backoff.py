"""How long to wait before a target is tried again."""

import random
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Backoff:
    """Doubles from ``initial`` to ``limit``, nanoseconds, with up to half of it taken off.

    The jitter keeps many clusters that failed together from being tried together.
    """

    initial: int
    limit: int

    def wait(self, attempt: int, chance: random.Random) -> int:
        """Give the wait after so many failed attempts (1 or more), in nanoseconds."""
        longest = min(self.limit, self.initial << min(attempt - 1, 40))
        return longest - int(longest * chance.random() / 2)
