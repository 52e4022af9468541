"""What was worked out about the world, so that it is worked out once."""

from collections.abc import Callable, Sequence
from operator import is_
from typing import Final, TypeVar, cast

T = TypeVar("T")

_LARGEST: Final = 5000
"""So many answers are kept; then it starts anew."""


class Memo:
    """Answers that follow from a part of the world; :meth:`forget` them whenever it changes.

    :ivar doubts: how often :meth:`doubt` was called.
    """

    def __init__(self) -> None:
        self._answers: dict[tuple[str, str], tuple[Sequence[object], object]] = {}
        self.doubts = 0

    def answer(
        self,
        about: tuple[str, str],
        work_out: Callable[[], T],
        rests_on: Sequence[object] = (),
    ) -> T:
        """Give the answer to a question, by its kind and what it is about.

        :param rests_on: frozen objects that it follows from besides; it is kept for these very
            ones, and worked out anew for any others.
        """
        kept = self._answers.get(about)
        if kept is not None and len(kept[0]) == len(rests_on) and all(map(is_, kept[0], rests_on)):
            return cast("T", kept[1])
        doubts = self.doubts
        found = work_out()
        if self.doubts == doubts:
            if len(self._answers) >= _LARGEST:
                self._answers.clear()
            self._answers[about] = (rests_on, found)
        return found

    def doubt(self) -> None:
        """Note that what is being worked out follows from more than the world: it is not kept."""
        self.doubts += 1

    def forget(self) -> None:
        """Know nothing more."""
        if self._answers:
            self._answers.clear()
