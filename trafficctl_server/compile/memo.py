"""What was worked out about the world since it changed last, so that it is worked out once."""

from collections.abc import Callable
from typing import Final, TypeVar, cast

T = TypeVar("T")

_LARGEST: Final = 5000
"""So many answers are kept; then it starts anew."""


class Memo:
    """Answers that follow from the world alone; :meth:`forget` them whenever it changes."""

    def __init__(self) -> None:
        self._answers: dict[tuple[str, str], object] = {}
        self._doubts = 0

    def answer(self, about: tuple[str, str], work_out: Callable[[], T]) -> T:
        """Give the answer to a question, by its kind and what it is about; never None."""
        found = self._answers.get(about)
        if found is None:
            doubts = self._doubts
            found = work_out()
            if self._doubts == doubts:
                if len(self._answers) >= _LARGEST:
                    self._answers.clear()
                self._answers[about] = found
        return cast("T", found)

    def doubt(self) -> None:
        """Note that what is being worked out follows from more than the world: it is not kept."""
        self._doubts += 1

    def forget(self) -> None:
        """Know nothing more."""
        if self._answers:
            self._answers.clear()
