"""JSON values to SDK dataclasses: one compiled decoder for each class, types checked."""

import base64
import binascii
import json
import marshal
from collections.abc import Callable
from enum import Enum
from functools import cache
from typing import Any, Final, TypeAlias

from trafficctl_sdk.encoding import SEALED
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

Unseal: TypeAlias = Callable[[str], bytes]
Decode: TypeAlias = Callable[[Any, Unseal | None], Any]

_SMALL: Final = 256
"""Bytes up to which a message may recur."""
_KEPT: Final = 4096
"""So many messages of a class are kept at most."""


class DecodeError(ValueError):
    """A JSON value does not fit its class.

    :ivar path: the place, such as ``ports[0].protocol``; empty: the value itself.
    """

    def __init__(self, problem: str, path: str = "") -> None:
        super().__init__(f"{path}: {problem}" if path else problem)
        self.problem = problem
        self.path = path

    def below(self, segment: str) -> "DecodeError":
        """Give the same error as seen from one level higher."""
        dot = "." if self.path and not self.path.startswith("[") else ""
        return DecodeError(self.problem, f"{segment}{dot}{self.path}")


@cache
def message_decoder(cls: type, *, strict: bool) -> Decode:
    """Give the decoder of a dataclass.

    :param strict: a key that no field has is an error; else it is passed over.
    :raises TypeError: a field's type has no JSON form.
    """
    decoders: dict[str, Decode] = {}
    required: set[str] = set()

    def decode(data: Any, unseal: Unseal | None) -> Any:
        values = {}
        for name, value in _object(data).items():
            decode_value = decoders.get(name)
            if decode_value is None:
                if strict:
                    raise DecodeError(f"{cls.__qualname__} has no such field", name)
                continue
            try:
                values[name] = decode_value(value, unseal)
            except DecodeError as error:
                raise error.below(name) from None
        if not required <= values.keys():
            missing = ", ".join(sorted(required - values.keys()))
            raise DecodeError(f"{cls.__qualname__} needs {missing}")
        return cls(**values)

    for field in fields_of(cls):
        decode_value = _decoder(field.shape, strict=strict)
        decoders[field.name] = _unsealing(decode_value) if field.secret else decode_value
        if field.required:
            required.add(field.name)
    return decode


def _object(data: Any) -> dict[str, Any]:
    if type(data) is not dict:
        raise DecodeError("expected an object")
    return data


def _array(data: Any) -> list[Any]:
    if type(data) is not list:
        raise DecodeError("expected a list")
    return data


def _decoder(shape: Shape, *, strict: bool) -> Decode:  # noqa: PLR0911 - one for each form
    match shape:
        case ScalarShape(type=kind):
            return _SCALARS[kind]
        case EnumShape(type=enum):
            return _enum(enum)
        case MessageShape(type=cls):
            return _later(cls, strict=strict)
        case OptionalShape(value=inner):
            return _optional(_decoder(inner, strict=strict))
        case ListShape(item=inner):
            return _list(_decoder(inner, strict=strict))
        case FixedShape(items=shapes):
            return _fixed([_decoder(item, strict=strict) for item in shapes])
        case MappingShape(key=key, value=inner):
            return _mapping(key, _decoder(inner, strict=strict))
        case RawShape():
            return lambda value, _: value


def _exactly(kind: type, words: str) -> Decode:
    def decode(value: Any, _: Unseal | None) -> Any:
        if type(value) is not kind:
            raise DecodeError(f"expected {words}")
        return value

    return decode


def _float(value: Any, _: Unseal | None) -> float:
    if type(value) is not float and type(value) is not int:
        raise DecodeError("expected a number")
    return float(value)


def _bytes(value: Any, _: Unseal | None) -> bytes:
    if type(value) is not str:
        raise DecodeError("expected base64 text")
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        raise DecodeError("expected base64 text") from None


_SCALARS: dict[type, Decode] = {
    str: _exactly(str, "text"),
    int: _exactly(int, "an integer"),
    bool: _exactly(bool, "true or false"),
    float: _float,
    bytes: _bytes,
}


def _enum(enum: type[Enum]) -> Decode:
    members = dict(enum.__members__)

    def decode(value: Any, _: Unseal | None) -> Enum:
        member = members.get(value) if type(value) is str else None
        if member is None:
            raise DecodeError(f"expected one of {', '.join(members)}")
        return member

    return decode


def _later(cls: type, *, strict: bool) -> Decode:
    """Look the decoder up at the first use: a message may hold itself.

    Small messages recur, such as a port or a rule: one object stands for all that are written
    alike, where nobody can change it and it holds no secret.
    """
    decode: Decode | None = None
    known: dict[bytes, Any] | None = None

    def decode_message(value: Any, unseal: Unseal | None) -> Any:
        nonlocal decode, known
        if decode is None:
            decode = message_decoder(cls, strict=strict)
            known = {} if _is_shareable(MessageShape(cls), frozenset()) else None
        if known is None:
            return decode(value, unseal)
        try:
            written = marshal.dumps(value, 0)
        except ValueError:
            return decode(value, unseal)
        if len(written) > _SMALL:
            return decode(value, unseal)
        found = known.get(written)
        if found is None:
            found = decode(value, unseal)
            if len(known) >= _KEPT:
                known.clear()
            known[written] = found
        return found

    return decode_message


def _is_shareable(shape: Shape, above: frozenset[type]) -> bool:
    """Say whether values of a shape hold neither secrets nor maps, which could be changed."""
    match shape:
        case MessageShape(type=cls):
            return cls in above or not any(
                it.secret or not _is_shareable(it.shape, above | {cls}) for it in fields_of(cls)
            )
        case OptionalShape(value=inner) | ListShape(item=inner):
            return _is_shareable(inner, above)
        case FixedShape(items=items):
            return all(_is_shareable(it, above) for it in items)
        case ScalarShape() | EnumShape():
            return True
        case _:
            return False


def _optional(inner: Decode) -> Decode:
    return lambda value, unseal: None if value is None else inner(value, unseal)


def _items(decoders: Any, values: Any, unseal: Unseal | None) -> tuple[Any, ...]:
    result = []
    for index, (decode, value) in enumerate(zip(decoders, values, strict=False)):
        try:
            result.append(decode(value, unseal))
        except DecodeError as error:
            raise error.below(f"[{index}]") from None
    return tuple(result)


def _list(item: Decode) -> Decode:
    def decode(value: Any, unseal: Unseal | None) -> tuple[Any, ...]:
        values = _array(value)
        return _items([item] * len(values), values, unseal)

    return decode


def _fixed(items: list[Decode]) -> Decode:
    def decode(value: Any, unseal: Unseal | None) -> tuple[Any, ...]:
        if len(_array(value)) != len(items):
            raise DecodeError(f"expected {len(items)} items")
        return _items(items, value, unseal)

    return decode


def _mapping(key: type, item: Decode) -> Decode:
    def decode(value: Any, unseal: Unseal | None) -> dict[Any, Any]:
        result = {}
        for name, each in _object(value).items():
            try:
                result[name if key is str else _integer(name)] = item(each, unseal)
            except DecodeError as error:
                raise error.below(f"[{json.dumps(name)}]") from None
        return result

    return decode


def _integer(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise DecodeError("expected an integer as key") from None


def _unsealing(inner: Decode) -> Decode:
    def decode(value: Any, unseal: Unseal | None) -> Any:
        if type(value) is not dict or value.keys() != {SEALED}:
            return inner(value, unseal)
        if unseal is None:
            raise DecodeError("the value is sealed")
        return inner(json.loads(unseal(value[SEALED])), unseal)

    return decode
