"""SDK dataclasses to JSON values: one compiled encoder for each class."""

import base64
import json
from collections.abc import Callable, Mapping
from functools import cache
from operator import attrgetter
from typing import Any, Final, TypeAlias

from trafficctl_sdk.shapes import (
    EnumShape,
    FixedShape,
    ListShape,
    MappingShape,
    MessageShape,
    OptionalShape,
    RawShape,
    ScalarShape,
    Shape,
    fields_of,
)

Seal: TypeAlias = Callable[[bytes], str]
Encode: TypeAlias = Callable[[Any, Seal | None], Any]

SEALED = "sealed"
"""The one key of a JSON object that stands for a sealed value."""


@cache
def message_encoder(cls: type) -> Encode:
    """Give the encoder of a dataclass.

    :raises TypeError: a field's type has no JSON form.
    """
    plan: list[tuple[str, Callable[[Any], Any], object, Encode | None]] = []

    def encode(message: Any, seal: Seal | None) -> dict[str, Any]:
        result = {}
        for name, get, empty, encode_value in plan:
            value = get(message)
            if not value and value == empty:  # an empty default is false, and so is its equal
                continue
            result[name] = value if encode_value is None else encode_value(value, seal)
        return result

    for field in fields_of(cls):
        shape = field.shape
        if isinstance(shape, OptionalShape) and field.empty is None:
            shape = shape.value  # None is left out above and never comes here
        encode_value = _encoder(shape)
        if field.secret:
            encode_value = _sealing(encode_value)
        plan.append((field.name, attrgetter(field.name), field.empty, encode_value))
    return encode


def json_bytes(value: object) -> bytes:
    """Write a JSON value in its one canonical form: sorted keys, no spaces, UTF-8.

    :raises ValueError: a number is not finite, or text has no UTF-8 form.
    """
    return _CANONICAL.encode(value).encode()


_CANONICAL: Final = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
)
_SCALAR_TYPES: Final = frozenset({type(None), str, int, float, bool})


def raw_json(value: object) -> object:
    """Give a JSON value in the plain types; tuples become lists, mappings dicts.

    :raises TypeError: something in it is no JSON.
    """
    # Most of a value are scalars: they are told apart here, without a call for each.
    if type(value) is dict or isinstance(value, Mapping):
        return {
            key if type(key) is str else _text_key(key): (
                item if type(item) in _SCALAR_TYPES else raw_json(item)
            )
            for key, item in value.items()
        }
    if isinstance(value, list | tuple):
        return [item if type(item) in _SCALAR_TYPES else raw_json(item) for item in value]
    if value is None or isinstance(value, str | int | float):
        return value
    raise TypeError(f"{type(value).__qualname__} is no JSON value")


def _text_key(key: object) -> str:
    if not isinstance(key, str):
        raise TypeError(f"the key {key!r} of a JSON object is no text")
    return key


def _encoder(shape: Shape) -> Encode | None:  # noqa: PLR0911 - one for each form
    """Give the encoder of a value; None: it is its own JSON form."""
    match shape:
        case ScalarShape(type=kind):
            return _SCALARS.get(kind)
        case EnumShape():
            return lambda member, _: member._name_  # as ``name``, which is slow to read
        case MessageShape(type=cls):
            return _later(cls)
        case OptionalShape(value=inner):
            return _optional(_encoder(inner))
        case ListShape(item=inner):
            return _list(_encoder(inner))
        case FixedShape(items=shapes):
            return _fixed([_encoder(item) for item in shapes])
        case MappingShape(key=key, value=inner):
            return _mapping(key, _encoder(inner))
        case RawShape():
            return lambda value, _: raw_json(value)


_SCALARS: Mapping[type, Encode] = {
    bytes: lambda value, _: base64.b64encode(value).decode(),
    float: lambda value, _: float(value),
}


def _later(cls: type) -> Encode:
    """Look the encoder up at the first use: a message may hold itself."""
    encode: Encode | None = None

    def encode_message(value: Any, seal: Seal | None) -> Any:
        nonlocal encode
        if encode is None:
            encode = message_encoder(cls)
        return encode(value, seal)

    return encode_message


def _optional(inner: Encode | None) -> Encode | None:
    if inner is None:
        return None
    return lambda value, seal: None if value is None else inner(value, seal)


def _list(item: Encode | None) -> Encode:
    if item is None:
        return lambda value, _: list(value)
    return lambda value, seal: [item(each, seal) for each in value]


def _fixed(items: list[Encode | None]) -> Encode:
    return lambda value, seal: [
        each if item is None else item(each, seal) for item, each in zip(items, value, strict=True)
    ]


def _mapping(key: type, item: Encode | None) -> Encode:
    if item is None and key is str:
        return lambda value, _: dict(value)
    return lambda value, seal: {
        str(name): each if item is None else item(each, seal) for name, each in value.items()
    }


def _sealing(encode_value: Encode | None) -> Encode:
    def encode(value: Any, seal: Seal | None) -> Any:
        plain = value if encode_value is None else encode_value(value, None)
        return plain if seal is None else {SEALED: seal(json_bytes(plain))}

    return encode
