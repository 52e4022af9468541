"""What the interface has: resource types and methods, read from the descriptors."""

import importlib
import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Final

import trafficctl.v2
from google.api import resource_pb2
from google.protobuf.descriptor import MethodDescriptor
from google.protobuf.message_factory import GetMessageClass
from trafficctl.v2.plan_pb2 import Plan
from trafficctl.v2.resource_pb2 import Resource

DOMAIN: Final = "trafficctl.dev"
WILDCARD: Final = "-"
WRITTEN: Final = (
    "TrafficIntentGroup",
    "InterclusterIntent",
    "IntraclusterIntent",
    "OutboundIntent",
    "InboundIntent",
    "DnsProviderIntent",
    "Workload",
    "Cluster",
)
"""Types that clients write, in an order in which they can be read."""


@dataclass(frozen=True, slots=True)
class Method:
    """One RPC.

    :ivar path: as it is called, ``/package.Service/Method``.
    """

    path: str
    request: type[Any]
    response: type[Any]


@dataclass(frozen=True)
class ResourceType:
    """One type of resource.

    :ivar name: of its message, such as ``InterclusterIntent``; what a document calls its kind.
    :ivar field: the field of ``Resource`` and of requests that holds one.
    :ivar patterns: of its names, such as ``clusters/{cluster}``.
    """

    name: str
    message: type[Any]
    field: str
    patterns: tuple[str, ...]

    @property
    def type_name(self) -> str:
        """What Watch calls it."""
        return f"{DOMAIN}/{self.name}"

    @property
    def collection(self) -> str:
        """The segment before the id, such as ``interclusterIntents``."""
        return self.patterns[0].split("/")[-2]

    @property
    def plural(self) -> str:
        """The field of a List answer."""
        return f"{self.field}s"

    @property
    def is_intent(self) -> bool:
        """Whether it is an intent."""
        return self.name.endswith("Intent")

    @cached_property
    def parents(self) -> tuple[str, ...]:
        """Patterns of the parents; empty for what has none."""
        found = (pattern.rsplit("/", 2)[0] for pattern in self.patterns if pattern.count("/") > 1)
        return tuple(found)

    def matches(self, name: str) -> bool:
        """Say whether a name has the form of this type's."""
        return any(fits(pattern, name) for pattern in self.patterns)

    def method(self, verb: str) -> Method:
        """Give a standard method, such as ``Get`` or ``List``."""
        return method(f"{verb}{self.name}{'s' if verb == 'List' else ''}")


def fits(pattern: str, name: str) -> bool:
    """Say whether a name, or one with ``-`` for ids, is of a pattern."""
    wanted, given = pattern.split("/"), name.split("/")
    return len(wanted) == len(given) and all(
        given_part and (part.startswith("{") or part == given_part)
        for part, given_part in zip(wanted, given, strict=True)
    )


def _type(message: Any, field: str) -> ResourceType:
    option = message.GetOptions().Extensions[resource_pb2.resource]
    return ResourceType(
        name=message.name,
        message=GetMessageClass(message),
        field=field,
        patterns=tuple(option.pattern),
    )


def _types() -> Mapping[str, ResourceType]:
    found = [_type(field.message_type, field.name) for field in Resource.DESCRIPTOR.fields]
    return {it.name: it for it in (*found, _type(Plan.DESCRIPTOR, "plan"))}


TYPES: Final = _types()
"""Every type, by name."""

INTENTS: Final = tuple(it for it in TYPES.values() if it.is_intent)
"""The types of intents."""


def type_of_name(name: str) -> ResourceType | None:
    """Give the type whose names have the form of this one."""
    return next((it for it in TYPES.values() if it.matches(name)), None)


def resource_in(holder: Any) -> Any:
    """Take the resource out of a ``Resource``."""
    return getattr(holder, holder.WhichOneof("resource"))


def method(name: str) -> Method:
    """Give the RPC of this name.

    :raises KeyError: there is none.
    """
    return _methods()[name]


@cache
def _methods() -> Mapping[str, Method]:
    return {
        it.name: Method(
            path=f"/{it.containing_service.full_name}/{it.name}",
            request=GetMessageClass(it.input_type),
            response=GetMessageClass(it.output_type),
        )
        for it in _method_descriptors()
    }


def _method_descriptors() -> list[MethodDescriptor]:
    modules = (
        importlib.import_module(f"trafficctl.v2.{it.name}")
        for it in pkgutil.iter_modules(trafficctl.v2.__path__)
        if it.name.endswith("_pb2")
    )
    return [
        it
        for module in modules
        for service in module.DESCRIPTOR.services_by_name.values()
        for it in service.methods
    ]
