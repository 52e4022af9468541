"""Choices: drawn by hypothesis, which can make what came of them smaller, or from a seed."""

from collections.abc import Callable, Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """Makes choices.

    :param pick: ``pick(n)`` gives a number from 0 to n-1; the lower, the simpler the choice.
    """

    def __init__(self, pick: Callable[[int], int]) -> None:
        self._pick = pick

    @classmethod
    def of_seed(cls, seed: int) -> "Dice":
        return cls(Random(seed).randrange)  # noqa: S311 - a choice of examples

    def one(self, of: Sequence[T]) -> T:
        """Choose one; what is listed twice is twice as likely, what comes first is simplest."""
        return of[self._pick(len(of))] if len(of) > 1 else of[0]

    def once_in(self, times: int) -> bool:
        """Say yes once in so many times."""
        return self._pick(times) == times - 1

    def count(self, least: int, most: int) -> int:
        return least + self._pick(most - least + 1) if most > least else least

    def some(self, of: Sequence[T], least: int, most: int) -> tuple[T, ...]:
        """Choose several different ones, in any order."""
        left = list(of)
        wanted = self.count(min(least, len(left)), min(most, len(left)))
        return tuple(left.pop(self._pick(len(left))) for _ in range(wanted))
