import dataclasses
import importlib
import typing
from collections.abc import Mapping
from enum import StrEnum
from pathlib import PurePosixPath

import pytest
from google.protobuf.descriptor import Descriptor, FieldDescriptor
from trafficctl_sdk.rpc_status import RpcStatus

from tests.contract.protos.interface import behaviors, files, messages, name_of
from tests.contract.protos.strategies import model_classes

WITHOUT_MODEL = {"plan", "reachability", "resource", "revision", "watch"}
WELL_KNOWN = {
    "google.protobuf.Duration": int,
    "google.protobuf.Timestamp": int,
    "google.rpc.Status": RpcStatus,
}
SCALARS: dict[int, type] = {
    FieldDescriptor.CPPTYPE_BOOL: bool,
    FieldDescriptor.CPPTYPE_DOUBLE: float,
    FieldDescriptor.CPPTYPE_INT32: int,
    FieldDescriptor.CPPTYPE_INT64: int,
    FieldDescriptor.CPPTYPE_UINT32: int,
    FieldDescriptor.CPPTYPE_UINT64: int,
}


def top(message: Descriptor) -> Descriptor:
    return message if message.containing_type is None else top(message.containing_type)


def modelled() -> list[Descriptor]:
    return [
        message
        for message in messages()
        if PurePosixPath(message.file.name).stem not in WITHOUT_MODEL
        and not top(message).name.endswith(("Request", "Response"))
    ]


def python_name(full_name: str, file_name: str) -> typing.Any:
    module = importlib.import_module(f"trafficctl_sdk.model.{PurePosixPath(file_name).stem}")
    found: object = module
    for part in full_name.removeprefix("trafficctl.v2.").split("."):
        found = getattr(found, part)
    return found


def value_type(field: FieldDescriptor) -> object:
    if field.enum_type is not None:
        return python_name(field.enum_type.full_name, field.enum_type.file.name)
    if field.message_type is not None:
        known = WELL_KNOWN.get(field.message_type.full_name)
        return known or python_name(field.message_type.full_name, field.message_type.file.name)
    if field.cpp_type == FieldDescriptor.CPPTYPE_STRING:
        return bytes if field.type == FieldDescriptor.TYPE_BYTES else str
    return SCALARS[field.cpp_type]


def expected(field: FieldDescriptor) -> tuple[object, object]:
    """Give the annotation and the default that the model's rules ask for."""
    if field.message_type is not None and field.message_type.GetOptions().map_entry:
        key, value = field.message_type.fields
        return Mapping[value_type(key), value_type(value)], {}  # type: ignore[misc] # built from descriptors
    kind: typing.Any = value_type(field)
    if field.is_repeated:
        return tuple[kind, ...], ()
    if field.has_presence or field.enum_type is not None:
        return kind | None, None
    return kind, kind()


@pytest.mark.parametrize("message", modelled(), ids=name_of)
def test_every_message_has_a_class_with_the_same_fields(message: Descriptor) -> None:
    cls = python_name(message.full_name, message.file.name)
    hints = typing.get_type_hints(cls)
    assert list(hints) == [field.name for field in message.fields]
    empty = cls()
    for field in message.fields:
        assert (hints[field.name], getattr(empty, field.name)) == expected(field)


@pytest.mark.parametrize("message", modelled(), ids=name_of)
def test_fields_carry_number_oneof_and_behavior(message: Descriptor) -> None:
    cls = python_name(message.full_name, message.file.name)
    for field in message.fields:
        metadata = dict(cls.__dataclass_fields__[field.name].metadata)
        oneof = field.containing_oneof
        marks = behaviors(field)
        assert metadata.pop("number") == field.number
        real = oneof is not None and not (len(oneof.fields) == 1 and oneof.name.startswith("_"))
        assert metadata.pop("oneof", None) == (oneof.name if real and oneof else None)
        assert metadata.pop("secret", False) == ("INPUT_ONLY" in marks)
        assert metadata.pop("output_only", False) == ("OUTPUT_ONLY" in marks)
        assert metadata == {}


def test_every_enum_has_its_values_but_the_unspecified_one() -> None:
    enums = [enum for message in modelled() for enum in message.enum_types]
    enums += [enum for file in files() for enum in file.enum_types_by_name.values()]
    for enum in enums:
        cls = python_name(enum.full_name, enum.file.name)
        assert issubclass(cls, StrEnum)
        names = [value.name for value in enum.values if value.number]
        assert [(member.name, member.value) for member in cls] == [(name, name) for name in names]


def test_the_model_has_no_other_classes() -> None:
    written = {python_name(message.full_name, message.file.name) for message in modelled()}
    assert set(model_classes()) == written


@pytest.mark.parametrize("cls", model_classes(), ids=lambda cls: str(cls.__qualname__))
def test_objects_of_the_model_are_frozen_and_small(cls: type) -> None:
    empty = cls()
    assert not hasattr(empty, "__dict__")
    for name in cls.__dataclass_fields__:  # type: ignore[attr-defined] # a dataclass
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(empty, name, None)
        with pytest.raises(TypeError, match="positional"):
            cls(None)


@pytest.mark.parametrize("cls", model_classes(), ids=lambda cls: str(cls.__qualname__))
def test_every_class_says_what_it_is(cls: type) -> None:
    assert cls.__doc__
    assert not cls.__doc__.startswith(f"{cls.__name__}(")
    assert dataclasses.is_dataclass(cls)
