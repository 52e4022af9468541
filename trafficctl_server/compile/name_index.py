"""Sets of names by key, cheap to fork: a set is copied when one side writes it first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import ItemsView
    from collections.abc import Set as AbstractSet

K = TypeVar("K")

_NONE: Final[frozenset[str]] = frozenset()


class NameIndex(Generic[K]):
    """Names found by a key; a key without names is not there."""

    def __init__(self) -> None:
        self._names: dict[K, set[str]] = {}
        self._forked = False
        self._own: set[K] = set()

    def fork(self) -> NameIndex[K]:
        """Give an independent index that holds the same; costs one copy of the keys."""
        other: NameIndex[K] = NameIndex()
        other._names = self._names.copy()
        other._forked = self._forked = True
        self._own = set()
        return other

    def get(self, key: K) -> AbstractSet[str]:
        """Give the names of a key."""
        return self._names.get(key, _NONE)

    def __contains__(self, key: K) -> bool:
        return key in self._names

    def __bool__(self) -> bool:
        return bool(self._names)

    def items(self) -> ItemsView[K, set[str]]:
        """Give every key with its names."""
        return self._names.items()

    def add(self, key: K, name: str) -> None:
        """Put a name under a key."""
        names = self._names.get(key)
        if names is None:
            self._names[key] = {name}
            if self._forked:
                self._own.add(key)
        elif name not in names:
            self._mine(key, names).add(name)

    def discard(self, key: K, name: str) -> None:
        """Take a name from under a key."""
        names = self._names.get(key)
        if names is None or name not in names:
            return
        if len(names) == 1:
            del self._names[key]
            self._own.discard(key)
        else:
            self._mine(key, names).discard(name)

    def _mine(self, key: K, names: set[str]) -> set[str]:
        """Give the set of a key that nobody else writes or reads."""
        if not self._forked or key in self._own:
            return names
        mine = self._names[key] = set(names)
        self._own.add(key)
        return mine
