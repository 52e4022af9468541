"""What was settled before, so that it is settled once for all calls."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

T = TypeVar("T")


class Memo:
    """Answers that follow from objects and inventory alone, by what they are about.

    Things of a mesh may be named by their ``id``: they live as long as the mesh, and so does this.
    """

    __slots__ = ("_answers",)

    def __init__(self) -> None:
        self._answers: dict[Hashable, object] = {}

    def answer(self, about: Hashable, settle: Callable[[], T]) -> T:
        """Give what was settled; it is settled now if it never was."""
        found = self._answers.get(about, self)
        if found is self:
            found = self._answers[about] = settle()
        return cast("T", found)
