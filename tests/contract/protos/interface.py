"""The interface as its descriptors tell it, for the tests beside this file."""

import importlib
import pkgutil
from collections.abc import Iterator

import trafficctl.v2
from google.api import annotations_pb2, field_behavior_pb2, http_pb2, resource_pb2
from google.protobuf.descriptor import (
    Descriptor,
    FieldDescriptor,
    FileDescriptor,
    MethodDescriptor,
)

MUTATING = (
    *("Create", "Update", "Delete", "BatchUpdate"),
    *("Drain", "Resume", "Release", "Adopt"),
    *("AddPlanChanges", "Compute", "Approve", "Reject", "Apply", "RollBack"),
)
READING = ("Get", "List", "Check", "Explain", "Fetch", "Watch")


def files() -> list[FileDescriptor]:
    names = [module.name for module in pkgutil.iter_modules(trafficctl.v2.__path__)]
    return [
        importlib.import_module(f"trafficctl.v2.{name}").DESCRIPTOR
        for name in names
        if name.endswith("_pb2")
    ]


def methods() -> list[MethodDescriptor]:
    services = [service for file in files() for service in file.services_by_name.values()]
    return [method for service in services for method in service.methods]


def messages() -> list[Descriptor]:
    """Give every message, nested ones too, without the entries of maps."""
    tops = [message for file in files() for message in file.message_types_by_name.values()]
    return [message for top in tops for message in _with_nested(top)]


def requests() -> list[Descriptor]:
    return [m for m in messages() if m.name.endswith("Request") and m.containing_type is None]


def answers() -> list[Descriptor]:
    return [m for m in messages() if m.name.endswith("Response") and m.containing_type is None]


def resources() -> list[Descriptor]:
    return [m for m in messages() if m.GetOptions().HasExtension(resource_pb2.resource)]


def reachable(roots: list[Descriptor]) -> list[Descriptor]:
    """Give our messages that stand in these or below them."""
    found: dict[str, Descriptor] = {}
    waiting = list(roots)
    while waiting:
        message = waiting.pop()
        if message.full_name not in found and message.file.package == "trafficctl.v2":
            found[message.full_name] = message
            waiting += [f.message_type for f in message.fields if f.message_type is not None]
    return [m for m in found.values() if not m.GetOptions().map_entry]


def resource_options(message: Descriptor) -> resource_pb2.ResourceDescriptor:
    return message.GetOptions().Extensions[resource_pb2.resource]


def http_rule(method: MethodDescriptor) -> http_pb2.HttpRule:
    return method.GetOptions().Extensions[annotations_pb2.http]


def http_bindings(method: MethodDescriptor) -> list[http_pb2.HttpRule]:
    rule = http_rule(method)
    return [rule, *rule.additional_bindings]


def behaviors(field: FieldDescriptor) -> set[str]:
    numbers = field.GetOptions().Extensions[field_behavior_pb2.field_behavior]
    return {field_behavior_pb2.FieldBehavior.Name(number) for number in numbers}


def name_of(item: MethodDescriptor | Descriptor | FieldDescriptor) -> str:
    return item.full_name.removeprefix("trafficctl.v2.")


def snake(camel: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in camel).lstrip("_")


def _with_nested(message: Descriptor) -> Iterator[Descriptor]:
    yield message
    for nested in message.nested_types:
        if not nested.GetOptions().map_entry:
            yield from _with_nested(nested)
