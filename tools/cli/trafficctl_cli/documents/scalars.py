"""One value of YAML's core schema as one value of a field.

What is wrong is said without the value itself, which may be a secret.
"""

import base64
import binascii
import re
from collections.abc import Callable
from difflib import get_close_matches
from typing import Any, Final

from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.duration_pb2 import Duration
from google.protobuf.timestamp_pb2 import Timestamp
from yaml.nodes import ScalarNode

_Read = Callable[[FieldDescriptor, Any], Any]
_NULL: Final = re.compile(r"|~|null|Null|NULL")
_BOOL: Final = {it: it[0] in "tT" for it in ("true", "True", "TRUE", "false", "False", "FALSE")}
_WHOLE: Final = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_NUMBER: Final = re.compile(
    r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?(\.inf|\.Inf|\.INF)|\.nan|\.NaN"
)
_SIGNED: Final = {FieldDescriptor.CPPTYPE_INT32: 32, FieldDescriptor.CPPTYPE_INT64: 64}
_UNSIGNED: Final = {FieldDescriptor.CPPTYPE_UINT32: 32, FieldDescriptor.CPPTYPE_UINT64: 64}
_TIMES: Final = {
    "google.protobuf.Duration": (Duration, "seconds, as in 90s or 0.5s"),
    "google.protobuf.Timestamp": (Timestamp, "a point in time, as in 2030-01-31T12:00:00Z"),
}


class WrongValueError(ValueError):
    """A value does not fit its field."""


def is_time(field: FieldDescriptor) -> bool:
    """Say whether a field's message is written as one text."""
    message = field.message_type
    return message is not None and message.full_name in _TIMES


def is_null(node: Any) -> bool:
    """Say whether a node is there and says nothing."""
    return isinstance(node, ScalarNode) and _plain(node) and bool(_NULL.fullmatch(node.value))


def not_text(plain: str) -> str:
    """Say what a scalar without quotes is if it is no text; empty: it is one."""
    if _NULL.fullmatch(plain):
        return "nothing"
    if plain in _BOOL:
        return "true or false"
    return "a number" if _WHOLE.fullmatch(plain) or _NUMBER.fullmatch(plain) else ""


def value_of(field: Any, node: Any) -> Any:
    """Read a node as a value of a field that is no message, or a time.

    :raises WrongValueError: it is none; says what is wanted.
    """
    if is_time(field):
        return _time(field, node)
    read: _Read = _READERS.get(field.cpp_type, _whole)
    return read(field, node)


def _scalar(node: Any, wanted: str) -> ScalarNode:
    if not isinstance(node, ScalarNode):
        raise WrongValueError(f"must be {wanted}")
    return node


def _plain(node: ScalarNode) -> bool:
    return not node.style  # neither quoted nor a block


def _text(field: FieldDescriptor, node: Any) -> Any:
    if field.type == FieldDescriptor.TYPE_BYTES:
        return _bytes(node)
    scalar = _scalar(node, "a text")
    if _plain(scalar) and (kind := not_text(scalar.value)):
        raise WrongValueError(f"must be a text, and without quotes this is {kind}")
    return scalar.value


def _bytes(node: Any) -> bytes:
    wanted = "must be bytes in base64"
    text = re.sub(r"\s", "", _scalar(node, "bytes in base64").value)
    try:
        return base64.b64decode(text.replace("-", "+").replace("_", "/"), validate=True)
    except (binascii.Error, ValueError):
        raise WrongValueError(wanted) from None


def _bool(_: FieldDescriptor, node: Any) -> bool:
    scalar = _scalar(node, "true or false")
    if not _plain(scalar) or scalar.value not in _BOOL:
        raise WrongValueError("must be true or false, without quotes")
    return _BOOL[scalar.value]


def _whole(field: FieldDescriptor, node: Any) -> int:
    scalar = _scalar(node, "a whole number")
    bits = _SIGNED.get(field.cpp_type) or _UNSIGNED[field.cpp_type]
    # 64 bits are a text in JSON, whose own numbers are too short for them.
    if not (_plain(scalar) or bits == 64) or not _WHOLE.fullmatch(scalar.value):  # noqa: PLR2004 - bits
        raise WrongValueError("must be a whole number" + ("" if bits == 64 else ", without quotes"))  # noqa: PLR2004 - bits
    text = scalar.value
    number = int(text, 0) if text.startswith(("0x", "0o")) else int(text)
    lowest, highest = (-(1 << bits - 1), (1 << bits - 1) - 1)
    if field.cpp_type in _UNSIGNED:
        lowest, highest = 0, (1 << bits) - 1
    if not lowest <= number <= highest:
        raise WrongValueError(f"must be from {lowest} to {highest}")
    return number


def _float(_: FieldDescriptor, node: Any) -> float:
    scalar = _scalar(node, "a number")
    if not _plain(scalar) or not _NUMBER.fullmatch(scalar.value):
        raise WrongValueError("must be a number, without quotes")
    return float(scalar.value.lower().replace(".inf", "inf").replace(".nan", "nan"))


def _enum(field: FieldDescriptor, node: Any) -> int:
    enum: Any = field.enum_type
    words = [it.name for it in enum.values if it.number]
    text = _scalar(node, f"one of {', '.join(words)}").value
    if text not in words:
        near = get_close_matches(text.upper(), words, n=1)
        hint = f"; {near[0]} perhaps" if near else ""
        raise WrongValueError(f"must be one of {', '.join(words)}{hint}")
    return int(enum.values_by_name[text].number)


def _time(field: Any, node: Any) -> Any:
    kind, wanted = _TIMES[field.message_type.full_name]
    value: Any = kind()
    try:
        value.FromJsonString(_scalar(node, wanted).value)
    except WrongValueError:
        raise
    except ValueError:
        raise WrongValueError(f"must be {wanted}") from None
    return value


_READERS: Final[dict[int, _Read]] = {
    FieldDescriptor.CPPTYPE_STRING: _text,
    FieldDescriptor.CPPTYPE_BOOL: _bool,
    FieldDescriptor.CPPTYPE_DOUBLE: _float,
    FieldDescriptor.CPPTYPE_FLOAT: _float,
    FieldDescriptor.CPPTYPE_ENUM: _enum,
}
