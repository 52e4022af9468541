"""How a protobuf type is written in the SDK's model."""

from dataclasses import dataclass
from typing import Final

from google.protobuf.descriptor_pb2 import FieldDescriptorProto

_SCALARS: Final = {
    FieldDescriptorProto.TYPE_BOOL: ("bool", "False"),
    FieldDescriptorProto.TYPE_BYTES: ("bytes", 'b""'),
    FieldDescriptorProto.TYPE_DOUBLE: ("float", "0.0"),
    FieldDescriptorProto.TYPE_INT32: ("int", "0"),
    FieldDescriptorProto.TYPE_INT64: ("int", "0"),
    FieldDescriptorProto.TYPE_STRING: ("str", '""'),
    FieldDescriptorProto.TYPE_UINT32: ("int", "0"),
    FieldDescriptorProto.TYPE_UINT64: ("int", "0"),
}
"""Scalar type → Python type and zero; other scalars are not used by our files."""

FOREIGN: Final = {
    ".google.protobuf.Duration": "int",
    ".google.protobuf.Timestamp": "int",
    ".google.rpc.Status": "RpcStatus",
}
"""Messages that are no dataclass of the model → what stands for them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldType:
    """A field's annotation and default, as Python text."""

    annotation: str
    default: str = ""
    default_factory: str = ""


def scalar(kind: FieldDescriptorProto.Type.ValueType) -> tuple[str, str] | None:
    """Give Python type and zero of a scalar; None for messages and enums."""
    return _SCALARS.get(kind)


def field_type(
    field: FieldDescriptorProto, name: str, *, key: str = "", presence: bool
) -> FieldType:
    """Say how a field is annotated.

    :param name: Python name of its type, of the values for a map.
    :param key: Python name of a map's key type; empty: no map.
    :param presence: absent and zero are two things.
    """
    if key:
        return FieldType(annotation=f"Mapping[{key}, {name}]", default_factory="dict")
    if field.label == FieldDescriptorProto.LABEL_REPEATED:
        return FieldType(annotation=f"tuple[{name}, ...]", default="()")
    zero = _SCALARS.get(field.type)
    if zero is not None and not presence:
        return FieldType(annotation=name, default=zero[1])
    return FieldType(annotation=f"{name} | None", default="None")
