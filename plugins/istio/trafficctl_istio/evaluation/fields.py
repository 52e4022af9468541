"""Typed access to the fields of an object; what is absent or of another type reads as empty."""

from collections.abc import Mapping, Sequence
from typing import Final

Json = Mapping[str, object]
NOTHING: Final[Json] = {}
_MAPPING: Final = (dict, Mapping)
"""JSON is made of dicts, which are known at once; any other mapping is as good."""


def inner(value: object, *path: str) -> Json:
    """Give the mapping at a path."""
    for name in path:
        value = value.get(name) if isinstance(value, _MAPPING) else None
    return value if isinstance(value, _MAPPING) else NOTHING


def entries(value: object, *path: str) -> tuple[Json, ...]:
    """Give the mappings in the list at a path."""
    return tuple(it for it in _list(value, path) if isinstance(it, _MAPPING))


def texts(value: object, *path: str) -> tuple[str, ...]:
    """Give the strings in the list at a path."""
    return tuple(str(it) for it in _list(value, path))


def text(value: object, *path: str) -> str:
    """Give the string at a path; numbers as they are written."""
    found = inner(value, *path[:-1]).get(path[-1])
    return "" if found is None or isinstance(found, _MAPPING) else str(found)


def number(value: object, *path: str) -> int:
    """Give the whole number at a path; also where it is written as a string."""
    found = text(value, *path)
    return int(found) if found.isdecimal() else 0


def labels(value: object, *path: str) -> dict[str, str]:
    """Give the labels at a path."""
    return {str(key): str(it) for key, it in inner(value, *path).items()}


def _list(value: object, path: tuple[str, ...]) -> Sequence[object]:
    found = inner(value, *path[:-1]).get(path[-1])
    return found if isinstance(found, Sequence) and not isinstance(found, str) else ()
