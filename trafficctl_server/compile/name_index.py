"""Sets of names by key, in few bytes and cheap to fork."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Generic, TypeAlias, TypeVar

from trafficctl_server.compile.branches import Trunk

if TYPE_CHECKING:
    from collections.abc import Collection, ItemsView

    from trafficctl_server.compile.branches import Branch

K = TypeVar("K")

_FEW: Final = 32
"""Up to so many names of a key are a tuple: it takes a seventh of what a set does, forks share it,
and to look through it costs less than a microsecond."""

_Names: TypeAlias = "tuple[str, ...] | set[str]"


class NameIndex(Generic[K]):
    """Names found by a key; a key without names is not there."""

    def __init__(self) -> None:
        self._names: Branch[K, _Names] = Trunk()
        self._forked = False
        self._own: set[K] = set()

    def fork(self) -> NameIndex[K]:
        """Give an independent index that holds the same; copies nothing."""
        other: NameIndex[K] = NameIndex()
        other._names = self._names.fork()
        other._forked = self._forked = True
        self._own = set()
        return other

    def get(self, key: K) -> Collection[str]:
        """Give the names of a key."""
        return self._names.get(key, ())

    def __contains__(self, key: K) -> bool:
        return key in self._names

    def __bool__(self) -> bool:
        return bool(self._names)

    def items(self) -> ItemsView[K, Collection[str]]:
        """Give every key with its names."""
        return self._names.items()

    def add(self, key: K, name: str) -> None:
        """Put a name under a key."""
        names = self._names.get(key, ())
        if name in names:
            return
        if isinstance(names, set):
            self._mine(key, names).add(name)
        elif len(names) < _FEW:
            self._names[key] = (*names, name)
        else:
            self._names[key] = {*names, name}
            if self._forked:
                self._own.add(key)

    def discard(self, key: K, name: str) -> None:
        """Take a name from under a key."""
        names = self._names.get(key, ())
        if name not in names:
            return
        if len(names) == 1:
            del self._names[key]
        elif isinstance(names, tuple):
            self._names[key] = tuple(it for it in names if it != name)
        elif len(names) > _FEW:
            self._mine(key, names).discard(name)
        else:
            self._names[key] = tuple(names - {name})
            self._own.discard(key)

    def _mine(self, key: K, names: set[str]) -> set[str]:
        """Give the set of a key that nobody else writes or reads."""
        if not self._forked or key in self._own:
            return names
        mine = self._names[key] = set(names)
        self._own.add(key)
        return mine
