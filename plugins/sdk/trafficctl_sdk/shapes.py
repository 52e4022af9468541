"""What the fields of a dataclass hold, read once from its type hints.

The forms that the SDK's dataclasses are made of, and no others: scalars, enums, dataclasses,
``T | None``, ``tuple[T, ...]``, ``tuple[A, B]``, mappings with text or integer keys, and raw JSON
(``object``).
"""

import dataclasses
import types
import typing
from collections.abc import Mapping
from enum import Enum
from functools import cache
from typing import Any, TypeAlias

SCALARS: typing.Final = (str, int, float, bool, bytes)


@dataclasses.dataclass(frozen=True, slots=True)
class ScalarShape:
    """Text, a number, a truth value or bytes."""

    type: type


@dataclasses.dataclass(frozen=True, slots=True)
class EnumShape:
    """A member of an enum; written by its name."""

    type: type[Enum]


@dataclasses.dataclass(frozen=True, slots=True)
class MessageShape:
    """A dataclass; its own fields are looked up when needed, as it may hold itself."""

    type: type


@dataclasses.dataclass(frozen=True, slots=True)
class OptionalShape:
    """A value, or ``None`` for "not said"."""

    value: "Shape"


@dataclasses.dataclass(frozen=True, slots=True)
class ListShape:
    """A tuple of any length."""

    item: "Shape"


@dataclasses.dataclass(frozen=True, slots=True)
class FixedShape:
    """A tuple of a fixed length."""

    items: tuple["Shape", ...]


@dataclasses.dataclass(frozen=True, slots=True)
class MappingShape:
    """A mapping; ``key`` is ``str`` or ``int``."""

    key: type
    value: "Shape"


@dataclasses.dataclass(frozen=True, slots=True)
class RawShape:
    """Any JSON value."""


Shape: TypeAlias = (
    ScalarShape
    | EnumShape
    | MessageShape
    | OptionalShape
    | ListShape
    | FixedShape
    | MappingShape
    | RawShape
)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class FieldShape:
    """One field of a dataclass.

    :ivar empty: the default, where it is an empty value that need not be written; else ``...``.
    :ivar required: there is no default.
    :ivar secret: the field is marked secret.
    """

    name: str
    shape: Shape
    empty: object
    required: bool
    secret: bool


@cache
def fields_of(cls: type) -> tuple[FieldShape, ...]:
    """Give the fields of a dataclass in their order.

    :raises TypeError: it is no dataclass, or a field's type has no form here.
    """
    if not dataclasses.is_dataclass(cls):
        raise TypeError(f"{cls.__qualname__} is no dataclass")
    hints = typing.get_type_hints(cls)
    return tuple(
        FieldShape(
            name=field.name,
            shape=_shape(hints[field.name], f"{cls.__qualname__}.{field.name}"),
            empty=_empty(field),
            required=_is_required(field),
            secret=bool(field.metadata.get("secret")),
        )
        for field in dataclasses.fields(cls)
    )


def _is_required(field: dataclasses.Field[Any]) -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def _empty(field: dataclasses.Field[Any]) -> object:
    default = field.default
    if field.default_factory is not dataclasses.MISSING:
        default = field.default_factory()
    # A default that means something is written, so that what is stored outlives its change.
    return ... if default is dataclasses.MISSING or default else default


def _shape(hint: Any, place: str) -> Shape:  # noqa: PLR0911 - one for each form
    if hint is object or hint is Any:
        return RawShape()
    if isinstance(hint, type) and not typing.get_args(hint):
        if hint in SCALARS:
            return ScalarShape(hint)
        if issubclass(hint, Enum):
            return EnumShape(hint)
        if dataclasses.is_dataclass(hint):
            return MessageShape(hint)
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        return _optional(arguments, place)
    if origin is tuple:
        if len(arguments) == 2 and arguments[1] is ...:  # noqa: PLR2004 - the item and the dots
            return ListShape(_shape(arguments[0], place))
        return FixedShape(tuple(_shape(argument, place) for argument in arguments))
    if origin in (dict, Mapping) and arguments[0] in (str, int):
        return MappingShape(arguments[0], _shape(arguments[1], place))
    raise TypeError(f"{place}: {hint} has no JSON form here")


def _optional(arguments: tuple[Any, ...], place: str) -> Shape:
    values = [argument for argument in arguments if argument is not types.NoneType]
    if len(values) != 1 or len(arguments) != 2:  # noqa: PLR2004 - the value and None
        raise TypeError(f"{place}: a union has no JSON form here")
    return OptionalShape(_shape(values[0], place))
