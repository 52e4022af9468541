"""Takes secrets out of dataclasses before they are shown or logged."""

import dataclasses
from collections.abc import Mapping
from enum import Enum
from functools import cache
from typing import Any, Final

from trafficctl_sdk.shapes import (
    FieldShape,
    FixedShape,
    ListShape,
    MappingShape,
    MessageShape,
    OptionalShape,
    Shape,
    fields_of,
)

MARK: Final = "[redacted]"


def without_secrets(message: Any) -> Any:
    """Give the same dataclass with every text and number in secret fields replaced."""
    cls: type = type(message)
    changes = {}
    for field in _secret_fields(cls):
        value = getattr(message, field.name)
        changed = _masked(value) if field.secret else _kept(value)
        if changed is not value:
            changes[field.name] = changed
    return dataclasses.replace(message, **changes) if changes else message


@cache
def _secret_fields(cls: type) -> tuple[FieldShape, ...]:
    """Give the fields that are secret or have secrets somewhere below them."""
    return tuple(f for f in fields_of(cls) if f.secret or _holds_secrets(f.shape, set()))


def _holds_secrets(shape: Shape, seen: set[type]) -> bool:
    match shape:
        case MessageShape(type=cls):
            if cls in seen:
                return False
            seen.add(cls)
            return any(f.secret or _holds_secrets(f.shape, seen) for f in fields_of(cls))
        case OptionalShape(value=inner) | ListShape(item=inner) | MappingShape(value=inner):
            return _holds_secrets(inner, seen)
        case FixedShape(items=items):
            return any(_holds_secrets(item, seen) for item in items)
        case _:
            return False


def _kept(value: Any) -> Any:
    if isinstance(value, tuple):
        items = tuple(_kept(item) for item in value)
        return items if any(a is not b for a, b in zip(items, value, strict=True)) else value
    if isinstance(value, Mapping):
        entries = {key: _kept(item) for key, item in value.items()}
        return entries if any(entries[key] is not value[key] for key in value) else value
    return value if value is None else without_secrets(value)


def _masked(value: Any) -> Any:  # noqa: PLR0911 - one for each form
    """Replace what could tell something; which alternative was chosen stays visible."""
    match value:
        case None | Enum():
            return value
        case str():
            return MARK if value else value
        case bytes():
            return MARK.encode() if value else value
        case tuple() | list():
            return tuple(_masked(item) for item in value)
        case Mapping():
            return {}
        case int() | float():
            return type(value)()
        case _:
            inner: type = type(value)
            changes = {f.name: _masked(getattr(value, f.name)) for f in fields_of(inner)}
            return dataclasses.replace(value, **changes)
