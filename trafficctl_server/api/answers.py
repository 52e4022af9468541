"""Answers that were given lately, so that none is made again while it holds."""

from collections import OrderedDict
from typing import Any, Final, NamedTuple

_LIMIT: Final = 4096


class Answer(NamedTuple):
    """What a request was answered.

    :ivar name: what was asked for.
    :ivar found: what stood there: the answer holds for this very object.
    :ivar text: the answer, encoded.
    """

    name: str
    found: Any
    text: bytes


class Answers:
    """Keeps the answers of the requests that came last, by the bytes of each."""

    def __init__(self) -> None:
        self._kept: OrderedDict[bytes, Answer] = OrderedDict()

    def of(self, request: bytes) -> Answer | None:
        """Give what a request was answered; that it is kept shows that the request was a good one.

        Whether it still holds is for the caller to see.
        """
        answer = self._kept.get(request)
        if answer is not None:
            self._kept.move_to_end(request)
        return answer

    def keep(self, request: bytes, answer: Answer) -> None:
        """Keep an answer, and forget the one that was not asked for for the longest time."""
        self._kept[request] = answer
        if len(self._kept) > _LIMIT:
            self._kept.popitem(last=False)
