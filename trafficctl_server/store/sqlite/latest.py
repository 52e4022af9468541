"""The changes that were committed last, for those who follow the store closely."""

from collections import deque
from collections.abc import Collection, Sequence
from itertools import islice

from trafficctl_server.store.coalescing import cut
from trafficctl_server.store.records import Change, Record


class LatestChanges:
    """Spares who follows the way to the file's thread, and reading what was in memory just now.

    It knows all changes between two revisions, or none.

    :param limit: so many changes are kept.
    :param size: bytes that their records may take together.
    """

    def __init__(self, limit: int, size: int) -> None:
        self._limit = limit
        self._size = size
        self._kept: deque[tuple[Change, bool]] = deque()
        self._taken = 0
        self._floor = 0
        self._newest = -1

    def add(self, before: int, revision: int, changes: Sequence[tuple[Change, bool]]) -> None:
        """Take what one batch changed, each with whether it is more than progress.

        :param before: the newest revision before the batch; ``revision`` is the one after it.
        """
        if before != self._newest:
            self.forget()
            self._floor = before
        self._newest = revision
        self._kept.extend(changes)
        self._taken += sum(_size(change.record) for change, _ in changes)
        while len(self._kept) > self._limit or self._taken > self._size:
            self._floor = self._kept[0][0].revision
            while self._kept and self._kept[0][0].revision == self._floor:
                self._taken -= _size(self._kept.popleft()[0].record)

    def forget(self) -> None:
        """Know nothing until the next batch."""
        self._kept.clear()
        self._taken = 0
        self._newest = -1

    def after(
        self,
        after: int,
        limit: int,
        kinds: Collection[str] | None,
        *,
        seen: int,
        wishes_only: bool,
    ) -> list[Change] | None:
        """Answer what changed after a revision, see ``Store.changes``; none: the file knows."""
        if not self._floor <= after <= self._newest:
            return None
        newest_first = []
        for change, wish in reversed(self._kept):
            if (change.revision, change.seq) <= (after + 1, seen):
                break
            if (kinds is None or change.kind in kinds) and (wish or not wishes_only):
                newest_first.append(change)
        return cut(list(islice(reversed(newest_first), limit + 1)), limit)


def _size(record: Record) -> int:
    return len(record.body) + len(record.progress)
