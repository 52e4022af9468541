"""The leaves of a dataclass: each thing that is set, with the path by which drivers name it."""

import dataclasses
import json
from collections.abc import Iterator, Mapping
from enum import Enum
from functools import cache

from trafficctl_sdk.shapes import fields_of


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One thing that is set.

    :ivar path: as a client writes it, with indexes and keys: ``callers[1].access[0].action``,
        ``labels["tier"]``.
    :ivar pattern: without indexes and keys, and with an enum's value as last segment:
        ``callers.access.action.ALLOW``.
    :ivar value: the scalar, the enum's member, or the message that has nothing set in it, such as
        the empty branch of a oneof.
    """

    path: str
    pattern: str
    value: object


def message_leaves(message: object) -> Iterator[Leaf]:
    """Walk over everything that is set below a dataclass, in the order of its fields."""
    yield from _below(message, "", "")


def message_patterns(message: object) -> set[str]:
    """Give the patterns of all leaves below a dataclass: a fraction of the work of walking them."""
    found: set[str] = set()
    _gather_below(message, "", found)
    return found


def _gather_below(message: object, prefix: str, found: set[str]) -> bool:
    """Add the patterns below a dataclass; say whether anything is set there."""
    cls: type = type(message)
    below = False
    for name, empty in _names_of(cls):
        value = getattr(message, name)
        if value is not None and value != empty:
            below |= _gather(value, prefix + name, found)
    return below


def _gather(value: object, pattern: str, found: set[str]) -> bool:
    if isinstance(value, tuple | Mapping):
        below = False
        for it in value.values() if isinstance(value, Mapping) else value:
            below |= _gather(it, pattern, found)
        return below
    if isinstance(value, Enum):
        found.add(f"{pattern}.{value.name}")
    elif not dataclasses.is_dataclass(value) or not _gather_below(value, f"{pattern}.", found):
        found.add(pattern)
    return True


@cache
def _names_of(cls: type) -> tuple[tuple[str, object], ...]:
    return tuple((it.name, it.empty) for it in fields_of(cls))


def _below(message: object, path: str, pattern: str) -> Iterator[Leaf]:
    cls: type = type(message)
    dot = "." if path else ""
    for field in fields_of(cls):
        value = getattr(message, field.name)
        if value is not None and value != field.empty:
            yield from _leaves(value, f"{path}{dot}{field.name}", f"{pattern}{dot}{field.name}")


def _leaves(value: object, path: str, pattern: str) -> Iterator[Leaf]:
    if isinstance(value, Enum):
        yield Leaf(path=path, pattern=f"{pattern}.{value.name}", value=value)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _leaves(item, f"{path}[{index}]", pattern)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _leaves(item, f"{path}[{json.dumps(key)}]", pattern)
    elif dataclasses.is_dataclass(value):
        empty = True
        for leaf in _below(value, path, pattern):
            empty = False
            yield leaf
        if empty:
            yield Leaf(path=path, pattern=pattern, value=value)
    else:
        yield Leaf(path=path, pattern=pattern, value=value)
