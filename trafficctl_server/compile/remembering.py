"""Answers that are kept for as long as the frozen object they follow from may be asked about."""

from collections.abc import Callable
from functools import wraps
from typing import Final, TypeVar

K = TypeVar("K")
R = TypeVar("R")

_LIMIT: Final = 50_000


def remembered(answer: Callable[[K], R]) -> Callable[[K], R]:
    """Have a pure function of one frozen object answer once for each object.

    Objects are told apart by identity, as resources hold maps and have no hash; the answer must
    not be changed.
    """
    known: dict[int, tuple[K, R]] = {}

    @wraps(answer)
    def ask(about: K) -> R:
        found = known.get(id(about))  # kept with its object, so nothing else can get its id
        if found is not None:
            return found[1]
        if len(known) >= _LIMIT:
            known.clear()
        result = answer(about)
        known[id(about)] = (about, result)
        return result

    return ask
