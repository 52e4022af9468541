"""The types of resource as the wire knows them: messages, name patterns, fields of requests."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from google.api import resource_pb2
from google.protobuf.message_factory import GetMessageClass
from trafficctl.v2.resource_pb2 import Resource

from trafficctl_server.api.model_classes import model_class


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceType:
    """One type.

    :ivar name: of its message, its kind in the store.
    :ivar message: class of its message.
    :ivar field: name of the field that holds it in requests and in ``Resource``.
    :ivar patterns: of its names, such as ``clusters/{cluster}``.
    """

    name: str
    message: type[Any]
    field: str
    patterns: tuple[str, ...]

    @property
    def list_field(self) -> str:
        """The field that holds a page of them in answers to List."""
        return f"{self.field}s"

    @property
    def collection(self) -> str:
        """The segment before the id in their names."""
        return self.patterns[0].split("/")[-2]

    @property
    def parents(self) -> tuple[str, ...]:
        """The patterns of their parents' names; none: they have no parent."""
        found = (pattern.rsplit("/", 2) for pattern in self.patterns)
        return tuple(parts[0] for parts in found if len(parts) > 2)  # noqa: PLR2004 - parent, collection, id

    @property
    def model(self) -> type[Any]:
        """The class of the model."""
        return model_class(self.message.DESCRIPTOR)


def _types() -> Mapping[str, ResourceType]:
    found: dict[str, ResourceType] = {}
    for field in Resource.DESCRIPTOR.fields:
        message: Any = field.message_type
        option = message.GetOptions().Extensions[resource_pb2.resource]
        found[message.name] = ResourceType(
            name=message.name,
            message=GetMessageClass(message),
            field=field.name,
            patterns=tuple(option.pattern),
        )
    return MappingProxyType(found)


RESOURCE_TYPES: Final[Mapping[str, ResourceType]] = _types()
"""Every type that ``Resource`` can hold, by name."""
