"""When states are told: once nothing is under way that changes them again, or after a while."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_LONGEST: Final = 0.1
"""Seconds for which a state may be untold; what is done sooner is told as done, and only so."""


class Patience:
    """Knows whether states wait to be told, and until when they may.

    To tell each step of a quick change takes longer than the change, and stands in its way.

    :ivar until: the event loop's time until which states wait at most; none: no state waits.
    :param under_way: says whether anything is that will change states again.
    """

    def __init__(self, under_way: Callable[[], bool], longest: float = _LONGEST) -> None:
        self._under_way = under_way
        self._longest = longest
        self.until: float | None = None

    def touched(self) -> None:
        """Note that states may have changed."""
        if self.until is None:
            self.until = _now() + self._longest

    def exhausted(self) -> None:
        """Note that states waited long enough."""
        self.until = _now()

    def told(self) -> None:
        """Note that no state waits."""
        self.until = None

    @property
    def ended(self) -> bool:
        """Whether states wait and are to be told now."""
        return self.until is not None and (_now() >= self.until or not self._under_way())


def _now() -> float:
    return asyncio.get_running_loop().time()
