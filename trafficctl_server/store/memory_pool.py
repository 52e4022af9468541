"""The pool of the store without a disk: which key holds which index."""

from itertools import chain

from trafficctl_server.store.errors import PoolExhausted
from trafficctl_server.store.pool import preferred_index


class MemoryPool:
    """Gives indexes as ``Write.allocate`` says.

    :param size: number of indexes, 1 or more.
    :ivar held: the index of each key that has one.
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self.held: dict[str, int] = {}
        self._used: set[int] = set()

    def copy(self) -> "MemoryPool":
        """Give one that holds the same."""
        copied = MemoryPool(self.size)
        copied.held = dict(self.held)
        copied._used = set(self._used)
        return copied

    def release(self, key: str) -> None:
        """Take back the index of a key, where it has one."""
        if key in self.held:
            self._used.remove(self.held.pop(key))

    def take(self, key: str) -> int:
        """Give the index of a key; :raises PoolExhausted: none is left."""
        if key in self.held:
            return self.held[key]
        preferred = preferred_index(key, self.size)
        around = chain(range(preferred, self.size), range(preferred))
        index = next((index for index in around if index not in self._used), None)
        if index is None:
            raise PoolExhausted(self.size)
        self.held[key] = index
        self._used.add(index)
        return index
