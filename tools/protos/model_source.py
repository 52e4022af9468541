"""Writes the SDK's model: one module of frozen dataclasses for each .proto file."""

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import Final

from google.api import field_behavior_pb2
from google.protobuf.descriptor_pb2 import (
    DescriptorProto,
    EnumDescriptorProto,
    FieldDescriptorProto,
    FileDescriptorProto,
    FileDescriptorSet,
)

from tools.protos.layout import GENERATE, PROTO_PACKAGE
from tools.protos.model_text import doc_comment, docstring
from tools.protos.model_types import FOREIGN, FieldType, field_type, scalar

WITHOUT_MODEL: Final = frozenset({"watch", "resource", "plan", "reachability", "revision"})
"""Files whose messages are answers of the interface, nothing that is stored or rendered."""

_TAKEN: Final = frozenset(
    {"bool", "bytes", "dataclasses", "enum", "float", "int", "str", "tuple", "Mapping", "RpcStatus"}
)
_STEP: Final = "    "
_MESSAGE, _NESTED_MESSAGE, _NESTED_ENUM, _FIELD, _FILE_ENUM, _VALUE = 4, 3, 4, 2, 5, 2


class ModelError(Exception):
    """A .proto file has something for which the model has no form."""


def is_modelled(message: str) -> bool:
    """Say whether a top-level message has a class in the model, judging by its name."""
    return not message.endswith(("Request", "Response"))


def model_modules(image: FileDescriptorSet) -> dict[str, str]:
    """Give the text of each module of the model by file name.

    :raises ModelError: a message cannot be written in Python.
    """
    files = [file for file in image.file if file.package == PROTO_PACKAGE]
    homes = {
        f".{PROTO_PACKAGE}.{name}": (_stem(file), name)
        for file in files
        if _stem(file) not in WITHOUT_MODEL
        for name in _type_names(file)
    }
    modules = {}
    for file in files:
        if _stem(file) in WITHOUT_MODEL:
            continue
        text = _Module(file, homes).text()
        if text:
            modules[f"{_stem(file)}.py"] = text
    return modules


def _stem(file: FileDescriptorProto) -> str:
    return PurePosixPath(file.name).stem


def _type_names(file: FileDescriptorProto) -> Iterator[str]:
    yield from (item.name for item in file.enum_type)
    for message in file.message_type:
        if is_modelled(message.name):
            yield message.name
            yield from _nested_names(message, message.name)


def _nested_names(message: DescriptorProto, prefix: str) -> Iterator[str]:
    yield from (f"{prefix}.{item.name}" for item in message.enum_type)
    for nested in message.nested_type:
        if not nested.options.map_entry:
            yield f"{prefix}.{nested.name}"
            yield from _nested_names(nested, f"{prefix}.{nested.name}")


class _Module:
    """One module while it is written."""

    def __init__(self, file: FileDescriptorProto, homes: dict[str, tuple[str, str]]) -> None:
        self._file = file
        self._stem = _stem(file)
        self._homes = homes
        self._comments = {
            tuple(place.path): place.leading_comments for place in file.source_code_info.location
        }
        self._nested = {name.rpartition(".")[2] for name in _type_names(file) if "." in name}
        self._imports: dict[str, set[str]] = {}
        self._uses = {"dataclasses": False, "enum": False, "Mapping": False}

    def text(self) -> str:
        body: list[str] = []
        for index, enum in enumerate(self._file.enum_type):
            body += self._enum(enum, (_FILE_ENUM, index), "")
        for index, message in enumerate(self._file.message_type):
            if is_modelled(message.name):
                body += self._message(message, (_MESSAGE, index), message.name, "")
        return "\n".join([*self._head(), *body, ""]) if body else ""

    def _head(self) -> list[str]:
        lines = [
            f'"""Messages of ``{self._file.name}``.',
            "",
            f"Made by ``{GENERATE}``: change the .proto file, not this one.",
            '"""',
            "",
            "from __future__ import annotations",
            "",
            *(f"import {name}" for name in ("dataclasses", "enum") if self._uses[name]),
        ]
        if self._uses["Mapping"]:
            lines.append("from collections.abc import Mapping")
        lines.append("")
        for module, names in sorted(self._imports.items()):
            lines.append(f"from trafficctl_sdk.{module} import {', '.join(sorted(names))}")
        return [*lines, ""]

    def _message(
        self, message: DescriptorProto, path: tuple[int, ...], name: str, indent: str
    ) -> list[str]:
        self._uses["dataclasses"] = True
        inner = indent + _STEP
        lines = [
            "",
            f"{indent}@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)",
            f"{indent}class {message.name}:",
            *docstring(self._comment(path, name), inner),
        ]
        for index, enum in enumerate(message.enum_type):
            lines += self._enum(enum, (*path, _NESTED_ENUM, index), inner)
        for index, nested in enumerate(message.nested_type):
            if not nested.options.map_entry:
                place = (*path, _NESTED_MESSAGE, index)
                lines += self._message(nested, place, f"{name}.{nested.name}", inner)
        for index, field in enumerate(message.field):
            lines += [
                "",
                *doc_comment(self._comment((*path, _FIELD, index), f"{name}.{field.name}"), inner),
            ]
            lines.append(inner + self._field(field, message, name))
        return lines

    def _enum(self, enum: EnumDescriptorProto, path: tuple[int, ...], indent: str) -> list[str]:
        self._uses["enum"] = True
        inner = indent + _STEP
        lines = ["", f"{indent}class {enum.name}(enum.StrEnum):"]
        lines += docstring(self._comment(path, enum.name), inner)
        for index, value in enumerate(enum.value):
            if value.number:
                comment = self._comment((*path, _VALUE, index), value.name)
                lines += ["", *doc_comment(comment, inner)]
                lines.append(f'{inner}{value.name} = "{value.name}"')
        return lines

    def _field(self, field: FieldDescriptorProto, message: DescriptorProto, owner: str) -> str:
        if field.name in _TAKEN:
            raise ModelError(f"{owner}.{field.name}: the model needs this name for itself")
        oneof = field.HasField("oneof_index") and not field.proto3_optional
        entry = _map_entry(field, message)
        if entry is None:
            presence = oneof or field.proto3_optional
            written = field_type(field, self._type(field, owner), presence=presence)
        else:
            self._uses["Mapping"] = True
            key, value = (self._type(part, owner) for part in entry.field)
            written = field_type(field, value, key=key, presence=False)
        oneof_name = message.oneof_decl[field.oneof_index].name if oneof else ""
        return _assignment(field, written, oneof_name)

    def _type(self, field: FieldDescriptorProto, owner: str) -> str:
        plain = scalar(field.type)
        if plain is not None:
            return plain[0]
        if field.type_name in FOREIGN:
            name = FOREIGN[field.type_name]
            if name == "RpcStatus":
                self._import("rpc_status", name)
            return name
        if field.type_name not in self._homes:
            raise ModelError(f"{owner}.{field.name}: {field.type_name} has no class in the model")
        stem, name = self._homes[field.type_name]
        top, dot, rest = name.partition(".")
        if stem == self._stem:
            if top in self._nested:
                raise ModelError(f"{owner}.{field.name}: a nested type is called {top} too")
            return name
        # A nested class of the same name would hide the imported one.
        alias = _camel(stem) + top if top in self._nested else top
        self._import(f"model.{stem}", top if alias == top else f"{top} as {alias}")
        return f"{alias}{dot}{rest}"

    def _import(self, module: str, name: str) -> None:
        self._imports.setdefault(module, set()).add(name)

    def _comment(self, path: tuple[int, ...], name: str) -> str:
        comment = self._comments.get(path, "").strip()
        if not comment:
            raise ModelError(f"{self._file.name}: {name} has no comment")
        return comment


def _map_entry(field: FieldDescriptorProto, message: DescriptorProto) -> DescriptorProto | None:
    for nested in message.nested_type:
        if nested.options.map_entry and field.type_name.endswith(f".{message.name}.{nested.name}"):
            return nested
    return None


def _assignment(field: FieldDescriptorProto, written: FieldType, oneof: str) -> str:
    behaviors: Sequence[int] = field.options.Extensions[field_behavior_pb2.field_behavior]
    metadata = [f'"number": {field.number}']
    if oneof:
        metadata.append(f'"oneof": "{oneof}"')
    if field_behavior_pb2.INPUT_ONLY in behaviors:
        metadata.append('"secret": True')
    if field_behavior_pb2.OUTPUT_ONLY in behaviors:
        metadata.append('"output_only": True')
    if written.default_factory:
        default = f"default_factory={written.default_factory}"
    else:
        default = f"default={written.default}"
    value = f"dataclasses.field({default}, metadata={{{', '.join(metadata)}}})"
    return f"{field.name}: {written.annotation} = {value}"


def _camel(stem: str) -> str:
    return "".join(part.capitalize() for part in stem.split("_"))
