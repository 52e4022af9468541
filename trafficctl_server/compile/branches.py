"""Dicts that can be forked for nothing: a fork keeps what differs from where it came from."""

from __future__ import annotations

import weakref
from collections.abc import MutableMapping
from typing import TYPE_CHECKING, Any, Final, Self, TypeAlias, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

K = TypeVar("K")
V = TypeVar("V")

_NOTHING: Final = object()
"""Stands for the value of a key that is not there."""


class Trunk(dict[K, V]):
    """A dict that is read as fast as any; what a change takes from its forks, they get first."""

    __slots__ = ("_forks",)

    def __init__(self) -> None:
        super().__init__()
        self._forks: list[weakref.ref[Fork[K, V]]] = []

    def fork(self) -> Fork[K, V]:
        """Give a mapping that holds the same now; neither sees what the other is told."""
        return _forked(self, self._forks)

    def __setitem__(self, key: K, value: V) -> None:
        if self._forks:
            _keep(self._forks, key, self.get(key, _NOTHING))
        super().__setitem__(key, value)

    def __delitem__(self, key: K) -> None:
        if self._forks:
            _keep(self._forks, key, self.get(key, _NOTHING))
        super().__delitem__(key)

    def pop(self, key: K, *default: Any) -> Any:
        """Take a key away and give its value, or the default."""
        if self._forks:
            _keep(self._forks, key, self.get(key, _NOTHING))
        return super().pop(key, *default)

    # A dict's own would pass the forks by.
    popitem = MutableMapping.popitem
    setdefault = MutableMapping.setdefault
    update = MutableMapping.update
    clear = MutableMapping.clear

    def __ior__(self, other: Mapping[K, V]) -> Self:  # type: ignore[override,misc] # pairs are not taken
        self.update(other)
        return self


class Fork(MutableMapping[K, V]):
    """What another mapping held when this was made, and what this was told since.

    It costs what was changed since on either side; reading it costs a few times a dict's reading.
    """

    __slots__ = ("__weakref__", "_forks", "_of", "_own")

    def __init__(self, of: Branch[K, V]) -> None:
        self._of = of
        self._own: dict[K, object] = {}
        self._forks: list[weakref.ref[Fork[K, V]]] = []

    def fork(self) -> Fork[K, V]:
        """Give a mapping that holds the same now; neither sees what the other is told."""
        return _forked(self, self._forks)

    def keep(self, key: K, value: object) -> None:
        """Take what a key held so far where this came from, which is about to change it."""
        self._own.setdefault(key, value)

    def __getitem__(self, key: K) -> V:
        found = self._own.get(key, self)
        if found is self:
            return self._of[key]
        if found is _NOTHING:
            raise KeyError(key)
        return cast("V", found)

    def __contains__(self, key: object) -> bool:
        found = self._own.get(cast("K", key), self)
        return key in self._of if found is self else found is not _NOTHING

    def __setitem__(self, key: K, value: V) -> None:
        self._tell(key)
        self._own[key] = value

    def __delitem__(self, key: K) -> None:
        if key not in self:
            raise KeyError(key)
        self._tell(key)
        self._own[key] = _NOTHING

    def __iter__(self) -> Iterator[K]:
        yield from (key for key in self._of if key not in self._own)
        yield from (key for key, it in self._own.items() if it is not _NOTHING)

    def __len__(self) -> int:
        own = self._own
        more = sum(it is not _NOTHING for it in own.values())
        return len(self._of) + more - sum(key in self._of for key in own)

    def _tell(self, key: K) -> None:
        if self._forks:
            _keep(self._forks, key, self.get(key, _NOTHING))


Branch: TypeAlias = Trunk[K, V] | Fork[K, V]


def _forked(of: Branch[K, V], forks: list[weakref.ref[Fork[K, V]]]) -> Fork[K, V]:
    made = Fork(of)
    forks.append(weakref.ref(made, forks.remove))
    return made


def _keep(forks: list[weakref.ref[Fork[K, V]]], key: K, value: object) -> None:
    for it in tuple(forks):  # one that ends meanwhile takes itself out
        fork = it()
        if fork is not None:
            fork.keep(key, value)
