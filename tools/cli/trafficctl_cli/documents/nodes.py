"""The nodes of one document into a message; everything that is wrong, with its place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any, Final

from google.api import field_behavior_pb2
from google.protobuf.descriptor import Descriptor, FieldDescriptor
from yaml.nodes import MappingNode, ScalarNode, SequenceNode

from trafficctl_cli.documents.scalars import WrongValueError, is_null, is_time, value_of

_DEEPEST: Final = 60  # levels; more is an alias into itself
_MOST: Final = 1_000_000  # nodes of one document; more is aliases of aliases
_OUTPUT: Final = field_behavior_pb2.OUTPUT_ONLY


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is wrong in a document.

    :ivar line: from 0, in the document.
    :ivar path: in the words of the document; empty: the document itself.
    """

    line: int
    column: int
    path: str
    text: str


class Filling:
    """Fills one message from nodes, and collects what is wrong."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self._left = _MOST

    def fault(self, node: Any, path: str, text: str) -> None:
        """Note what is wrong at a node."""
        mark = node.start_mark
        self.faults.append(Fault(mark.line, mark.column, path, text))

    def fill(
        self, message: Any, node: Any, path: str, *, skip: frozenset[str] = frozenset()
    ) -> None:
        """Fill a message from a mapping.

        What only the server writes is left out; so what ``get`` gave can be applied.

        :param skip: keys that are no fields.
        """
        if not self._passable(node, path):
            return
        if not isinstance(node, MappingNode):
            self.fault(node, path, f"must be a mapping{_mistaken(node)}")
            return
        known = fields_of(message.DESCRIPTOR)
        seen: dict[str, str] = {}
        branches: dict[str, str] = {}
        for key, value in node.value:
            word = key.value if isinstance(key, ScalarNode) else ""
            below = f"{path}.{word}" if path else word
            field = known.get(word)
            if word in skip:
                if word in seen:
                    self.fault(key, below, "is there twice")
                seen[word] = word
            elif field is None:
                self.fault(key, below, _unknown(word, known))
            elif field.name in seen:
                self.fault(key, below, "is there twice")
            elif not is_output(field):
                seen[field.name] = word
                self._one_branch(field, key, below, branches)
                self._field(message, field, value, below)

    def _one_branch(
        self, field: FieldDescriptor, key: Any, path: str, branches: dict[str, str]
    ) -> None:
        """Note a second branch of a oneof, which would silently win over the first."""
        oneof = field.containing_oneof
        if oneof is None:
            return
        if oneof.name in branches:
            words = ", ".join(it.json_name for it in oneof.fields)
            other = branches[oneof.name]
            self.fault(key, path, f"cannot stand beside {other}: only one of {words}")
        branches.setdefault(oneof.name, path.rpartition(".")[2])

    def _field(self, message: Any, field: FieldDescriptor, node: Any, path: str) -> None:
        if is_null(node):
            empty = "{}" if field.message_type is not None and not field.is_repeated else "a value"
            self.fault(node, path, f"is empty: give it {empty}, or leave it out")
        elif field.message_type is not None and field.message_type.GetOptions().map_entry:
            self._map(message, field, node, path)
        elif not field.is_repeated:
            self._single(message, field, node, path)
        elif not isinstance(node, SequenceNode):
            self.fault(node, path, "must be a list")
        elif self._passable(node, path):
            items = getattr(message, field.name)
            for index, item in enumerate(node.value):
                self._item(items, field, item, f"{path}[{index}]")

    def _single(self, message: Any, field: FieldDescriptor, node: Any, path: str) -> None:
        if field.message_type is not None and not is_time(field):
            target = getattr(message, field.name)
            target.SetInParent()
            self.fill(target, node, path)
            return
        for value in self._value(field, node, path):
            if field.message_type is None:
                setattr(message, field.name, value)
            else:
                getattr(message, field.name).CopyFrom(value)

    def _item(self, items: Any, field: FieldDescriptor, node: Any, path: str) -> None:
        if field.message_type is not None and not is_time(field):
            self.fill(items.add(), node, path)
            return
        for value in self._value(field, node, path):
            items.append(value)

    def _map(self, message: Any, field: FieldDescriptor, node: Any, path: str) -> None:
        if not self._passable(node, path):
            return
        if not isinstance(node, MappingNode):
            self.fault(node, path, "must be a mapping")
            return
        entries = getattr(message, field.name)
        entry: Any = field.message_type
        kind = entry.fields_by_name["value"]
        for key, item in node.value:
            if not isinstance(key, ScalarNode):
                self.fault(key, path, "must have texts as keys")
                continue
            below = f'{path}["{key.value}"]'
            if key.value in entries:
                self.fault(key, below, "is there twice")
            elif kind.message_type is not None:
                self.fill(entries[key.value], item, below)
            else:
                for value in self._value(kind, item, below):
                    entries[key.value] = value

    def _value(self, field: FieldDescriptor, node: Any, path: str) -> Iterator[Any]:
        """Give the value, or note why there is none."""
        try:
            yield value_of(field, node)
        except WrongValueError as error:
            self.fault(node, path, str(error))

    def _passable(self, node: Any, path: str) -> bool:
        """Count what is looked at: aliases could make a small text endless."""
        self._left -= 1 + (len(node.value) if not isinstance(node, ScalarNode) else 0)
        if self._left > 0 and path.count(".") + path.count("[") < _DEEPEST:
            return True
        if not any(it.text.startswith("is too large") for it in self.faults):
            self.fault(node, "", "is too large, or repeats itself by aliases")
        return False


@cache
def fields_of(descriptor: Descriptor) -> Mapping[str, FieldDescriptor]:
    """Give a message's fields by both of their names, the JSON one first."""
    by_json = {it.json_name: it for it in descriptor.fields}
    return by_json | {it.name: it for it in descriptor.fields}


@cache
def is_output(field: FieldDescriptor) -> bool:
    """Say whether only the server writes a field."""
    return _OUTPUT in field.GetOptions().Extensions[field_behavior_pb2.field_behavior]


def _unknown(word: str, known: Mapping[str, FieldDescriptor]) -> str:
    names = list(dict.fromkeys(it.json_name for it in known.values()))
    near = get_close_matches(word, names, n=1)
    return f"is no field here{f'; {near[0]} perhaps' if near else ''}"


def _mistaken(node: Any) -> str:
    return " (fields with their values)" if isinstance(node, ScalarNode) else ", not a list"
