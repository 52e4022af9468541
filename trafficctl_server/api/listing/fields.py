"""The fields that filters and orders may name: those below 18, equal in all types."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from operator import attrgetter
from typing import Any, Final

from google.protobuf.descriptor import Descriptor, FieldDescriptor

_LAST: Final = 17
_TIMESTAMP: Final = "google.protobuf.Timestamp"


class FieldKind(Enum):
    """How the values of a field compare."""

    TEXT = auto()
    NUMBER = auto()
    FLAG = auto()
    CHOICE = auto()
    TIME = auto()
    """Nanoseconds since the Unix epoch."""
    LABELS = auto()
    """Texts by key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedField:
    """One field.

    :ivar path: as clients write it, such as ``counts.total``.
    :ivar read: gives its value in an object of the model; ``None``: unset.
    :ivar choices: the values that a CHOICE has.
    """

    path: str
    kind: FieldKind
    read: Callable[[Any], Any]
    choices: tuple[str, ...] = ()


@cache
def listed_fields(descriptor: Descriptor) -> Mapping[str, ListedField]:
    """Give the fields of a type of resource, by path."""
    found: dict[str, ListedField] = {}
    for field in descriptor.fields:
        if field.number <= _LAST:
            kind = _kind(field)
            if kind is not None:
                found[field.name] = _listed(field.name, kind, field)
            elif field.message_type is not None:
                for inner in field.message_type.fields:
                    path = f"{field.name}.{inner.name}"
                    found[path] = _listed(path, FieldKind.NUMBER, inner)
    return found


def _kind(field: FieldDescriptor) -> FieldKind | None:
    """Give the kind of a field; none: it is a message of numbers."""
    entry = field.message_type
    if entry is not None:
        if entry.GetOptions().map_entry:
            return FieldKind.LABELS
        return FieldKind.TIME if entry.full_name == _TIMESTAMP else None
    if field.enum_type is not None:
        return FieldKind.CHOICE
    if field.cpp_type == FieldDescriptor.CPPTYPE_STRING:
        return FieldKind.TEXT
    return FieldKind.FLAG if field.cpp_type == FieldDescriptor.CPPTYPE_BOOL else FieldKind.NUMBER


def _listed(path: str, kind: FieldKind, field: FieldDescriptor) -> ListedField:
    choices = (
        tuple(it.name for it in field.enum_type.values if it.number) if field.enum_type else ()
    )
    return ListedField(path=path, kind=kind, read=_reader(path), choices=choices)


def _reader(path: str) -> Callable[[Any], Any]:
    head, _, inner = path.partition(".")
    if not inner:
        return attrgetter(head)
    return lambda resource: getattr(getattr(resource, head), inner, None)
