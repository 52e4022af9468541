"""Finds values that a message can carry and nothing behind it can: they are refused by their path.

Durations are nanoseconds in 64 bits there, about 292 years, and numbers are finite.
"""

import json
import math
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.duration_pb2 import Duration
from google.protobuf.message import Message
from trafficctl_sdk.errors import Violation

_DURATION: Final = "google.protobuf.Duration"
_LONGEST: Final = (1 << 63) // 1_000_000_000 - 1
_NANOS: Final = 1_000_000_000


def range_violations(message: Message) -> list[Violation]:
    """Give every duration and number, at any depth, that is out of range."""
    return list(_search(message, "")) if _holds(message.DESCRIPTOR) else []


def _search(message: Message, path: str) -> Iterator[Violation]:
    for field, value in message.ListFields():
        here = f"{path}.{field.name}" if path else field.name
        if _is_float(field):
            yield from _not_finite(field, value, here)
        elif field.message_type is not None and _holds(field.message_type):
            for place, item in _items(field, value, here):
                if isinstance(item, Duration):
                    yield from _not_a_duration(item, place)
                else:
                    yield from _search(item, place)


def _items(field: FieldDescriptor, value: Any, path: str) -> Iterator[tuple[str, Any]]:
    if field.message_type is not None and field.message_type.GetOptions().map_entry:
        if field.message_type.fields_by_name["value"].message_type is not None:
            yield from ((f"{path}[{json.dumps(key)}]", item) for key, item in value.items())
    elif field.is_repeated:
        yield from ((f"{path}[{index}]", item) for index, item in enumerate(value))
    else:
        yield path, value


def _not_finite(field: FieldDescriptor, value: Any, path: str) -> Iterator[Violation]:
    if not all(map(math.isfinite, value if field.is_repeated else [value])):
        yield Violation(field=path, rule="number.finite", description="must be a finite number")


def _not_a_duration(value: Duration, path: str) -> Iterator[Violation]:
    whole = -_LONGEST <= value.seconds <= _LONGEST and abs(value.nanos) < _NANOS
    if not whole or value.seconds * value.nanos < 0:
        yield Violation(
            field=path,
            rule="duration.range",
            description=f"must be a duration of at most {_LONGEST}s, seconds and nanos of one sign",
        )


def _is_float(field: FieldDescriptor) -> bool:
    return field.cpp_type in (FieldDescriptor.CPPTYPE_DOUBLE, FieldDescriptor.CPPTYPE_FLOAT)


@cache
def _holds(descriptor: Descriptor) -> bool:
    """Say whether a message of a type may hold a duration or a float, at any depth."""
    seen: set[str] = set()
    left: list[Any] = [descriptor]
    while left:
        here = left.pop()
        if here.full_name == _DURATION:
            return True
        if here.full_name not in seen:
            seen.add(here.full_name)
            if any(_is_float(field) for field in here.fields):
                return True
            left += [field.message_type for field in here.fields if field.message_type is not None]
    return False
