"""The leaves of a dataclass: each thing that is set, with the path by which drivers name it."""

import dataclasses
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum
from functools import cache
from operator import attrgetter
from typing import Any, TypeAlias

from trafficctl_sdk.shapes import (
    EnumShape,
    FixedShape,
    ListShape,
    MappingShape,
    MessageShape,
    OptionalShape,
    Shape,
    fields_of,
)


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
    below = False
    cls: type = type(message)
    for name, get, empty, gather in _fields_of(cls):
        value = get(message)
        if value is not None and value != empty:
            below |= gather(value, prefix + name, found)
    return below


_Gather: TypeAlias = Callable[[Any, str, set[str]], bool]


@cache
def _fields_of(cls: type) -> tuple[tuple[str, Callable[[Any], Any], object, _Gather], ...]:
    return tuple(
        (it.name, attrgetter(it.name), it.empty, _gatherer(it.shape)) for it in fields_of(cls)
    )


def _gatherer(shape: Shape) -> _Gather:  # noqa: PLR0911 - one for each form
    """Give what adds the patterns of a value that is set, by the form of its field."""
    match shape:
        case OptionalShape(value=inner):
            return _gatherer(inner)
        case ListShape(item=inner):
            return _of_each(_gatherer(inner), lambda values: values)
        case MappingShape(value=inner):
            return _of_each(_gatherer(inner), lambda values: values.values())
        case EnumShape():
            return _of_enum
        case MessageShape():
            return _of_message
        case FixedShape(items=items):
            return _of_fixed([_gatherer(it) for it in items])
        case _:
            return _of_scalar


def _of_each(gather: _Gather, items: Callable[[Any], Iterable[Any]]) -> _Gather:
    def of_each(value: Any, pattern: str, found: set[str]) -> bool:
        below = False
        for it in items(value):
            below |= gather(it, pattern, found)
        return below

    return of_each


def _of_fixed(gathers: list[_Gather]) -> _Gather:
    def of_fixed(value: Any, pattern: str, found: set[str]) -> bool:
        below = False
        for gather, it in zip(gathers, value, strict=True):
            below |= gather(it, pattern, found)
        return below

    return of_fixed


def _of_scalar(_: object, pattern: str, found: set[str]) -> bool:
    found.add(pattern)
    return True


def _of_enum(member: Enum, pattern: str, found: set[str]) -> bool:
    found.add(f"{pattern}.{member._name_}")  # as ``name``, which is slow to read
    return True


def _of_message(message: object, pattern: str, found: set[str]) -> bool:
    if not _gather_below(message, f"{pattern}.", found):
        found.add(pattern)
    return True


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
