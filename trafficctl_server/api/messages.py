"""Protobuf messages to classes of the model and back, driven by descriptors.

Converters are compiled once for each message type. Enums meet by name; "unspecified" is ``None``;
durations and points in time are integer nanoseconds.
"""

from collections.abc import Callable, Mapping
from functools import cache
from operator import attrgetter
from typing import Any, Final, TypeAlias, TypeVar

from google.api import field_behavior_pb2
from google.protobuf.descriptor import Descriptor, EnumDescriptor, FieldDescriptor
from google.protobuf.message import Message

from trafficctl_server.api.field_behaviors import reachable
from trafficctl_server.api.model_classes import model_class, model_enum
from trafficctl_server.api.well_known import (
    duration_to_model,
    fill_duration,
    fill_status,
    fill_timestamp,
    status_to_model,
    timestamp_to_model,
)

M = TypeVar("M", bound=Message)
_ToModel: TypeAlias = Callable[[Any], Any]
_Fill: TypeAlias = Callable[[Any, Any], None]

_SMALL: Final = 256
"""Bytes up to which a message may recur."""
_KEPT: Final = 1024
"""So many messages of a type are kept at most."""
_WELL_KNOWN: Final[Mapping[str, tuple[_ToModel, _Fill]]] = {
    "google.protobuf.Duration": (duration_to_model, fill_duration),
    "google.protobuf.Timestamp": (timestamp_to_model, fill_timestamp),
    "google.rpc.Status": (status_to_model, fill_status),
}


class UnknownValueError(ValueError):
    """An enum field holds a number that the model has no value for.

    :ivar path: the field, such as ``ports[0].protocol``.
    """

    def __init__(self, problem: str, path: str = "") -> None:
        super().__init__(f"{path}: {problem}" if path else problem)
        self.problem = problem
        self.path = path

    def below(self, segment: str) -> "UnknownValueError":
        """Give the same error as seen from one level higher."""
        dot = "." if self.path and not self.path.startswith("[") else ""
        return UnknownValueError(self.problem, f"{segment}{dot}{self.path}")


def to_model(message: Message) -> Any:
    """Give the model's object of a message; its class has the message's name.

    :raises UnknownValueError: an enum has an unknown number, or a list holds an unspecified one.
    :raises TypeError: the model has no class for the message.
    """
    return _reader(message.DESCRIPTOR)(message)


def to_message(obj: object, message_class: type[M], *, secrets: bool = False) -> M:
    """Give the message of a model's object.

    :param secrets: with the fields that are input only; answers to clients never have them.
    :raises TypeError: the message is not the one of the object's class.
    :raises ValueError: a number does not fit its field.
    """
    descriptor = message_class.DESCRIPTOR
    if type(obj) is not model_class(descriptor):
        raise TypeError(f"{type(obj).__qualname__} is not the class of {descriptor.full_name}")
    message = message_class()
    _writer(descriptor, secrets=secrets)(message, obj)
    return message


@cache
def _reader(descriptor: Descriptor) -> _ToModel:
    cls = model_class(descriptor)
    readers: dict[int, tuple[str, _ToModel | None]] = {}

    def read(message: Message) -> Any:
        values = {}
        for field, value in message.ListFields():
            name, convert = readers[field.number]
            if convert is None:
                values[name] = value
                continue
            try:
                values[name] = convert(value)
            except UnknownValueError as error:
                raise error.below(name) from None
        return cls(**values)

    for field in descriptor.fields:
        readers[field.number] = field.name, _field_reader(field)
    return read


def _field_reader(field: FieldDescriptor) -> _ToModel | None:
    entry = field.message_type
    if entry is not None and entry.GetOptions().map_entry:
        return _map_reader(_value_reader(entry.fields_by_name["value"]))
    if not field.is_repeated:
        return _value_reader(field)
    if field.enum_type is not None:
        return _list_reader(_enum_reader(field.enum_type, unspecified=False))
    return _list_reader(_value_reader(field))


def _value_reader(field: FieldDescriptor) -> _ToModel | None:
    if field.enum_type is not None:
        return _enum_reader(field.enum_type, unspecified=True)
    if field.message_type is None:
        return None
    if field.message_type.full_name in _WELL_KNOWN:
        return _WELL_KNOWN[field.message_type.full_name][0]
    read = _reader(field.message_type)
    return _sharing(read) if _is_shareable(field.message_type) else read


def _sharing(read: _ToModel) -> _ToModel:
    """Have one object stand for all small messages that are alike, such as a port or a rule."""
    known: dict[bytes, Any] = {}

    def share(message: Message) -> Any:
        written = message.SerializePartialToString()
        if len(written) > _SMALL:
            return read(message)
        found = known.get(written)
        if found is None:
            found = read(message)
            if len(known) >= _KEPT:
                known.clear()
            known[written] = found
        return found

    return share


@cache
def _is_shareable(descriptor: Descriptor) -> bool:
    """Say whether messages hold neither secrets nor maps, which could be changed."""
    return not any(
        (it.message_type is not None and it.message_type.GetOptions().map_entry) or _is_secret(it)
        for each in reachable(descriptor)
        for it in each.fields
    )


def _enum_reader(descriptor: EnumDescriptor, *, unspecified: bool) -> _ToModel:
    enum = model_enum(descriptor)
    members = {value.number: enum[value.name] for value in descriptor.values if value.number}

    def read(number: int) -> Any:
        member = members.get(number)
        if member is None and (number or not unspecified):
            raise UnknownValueError(f"{descriptor.name} has no value {number} to be used here")
        return member

    return read


def _list_reader(item: _ToModel | None) -> _ToModel:
    if item is None:
        return tuple

    def read(values: Any) -> tuple[Any, ...]:
        result: list[Any] = []
        try:
            result.extend(map(item, values))
        except UnknownValueError as error:
            raise error.below(f"[{len(result)}]") from None
        return tuple(result)

    return read


def _map_reader(item: _ToModel | None) -> _ToModel:
    # Messages give entries in any order, and equal wishes must be told in one.
    if item is None:
        return lambda values: dict(sorted(values.items()))
    return lambda values: {key: item(value) for key, value in sorted(values.items())}


@cache
def _writer(descriptor: Descriptor, *, secrets: bool) -> _Fill:
    plan = [
        (attrgetter(field.name), _field_writer(field, secrets=secrets))
        for field in descriptor.fields
        if secrets or not _is_secret(field)
    ]

    def write(message: Message, obj: Any) -> None:
        message.SetInParent()
        for get, fill in plan:
            value = get(obj)
            if value is not None:
                fill(message, value)

    return write


def _is_secret(field: FieldDescriptor) -> bool:
    behaviors = field.GetOptions().Extensions[field_behavior_pb2.field_behavior]
    return field_behavior_pb2.INPUT_ONLY in behaviors


def _field_writer(field: FieldDescriptor, *, secrets: bool) -> _Fill:
    name, entry = field.name, field.message_type
    if entry is not None and entry.GetOptions().map_entry:
        return _map_writer(name, entry.fields_by_name["value"], secrets=secrets)
    if field.enum_type is not None:
        return _enum_writer(name, field.enum_type, repeated=field.is_repeated)
    if entry is not None:
        return _message_writer(name, entry, repeated=field.is_repeated, secrets=secrets)
    if field.is_repeated:
        return lambda message, values: getattr(message, name).extend(values)
    return lambda message, value: setattr(message, name, value)


def _enum_writer(name: str, descriptor: EnumDescriptor, *, repeated: bool) -> _Fill:
    enum = model_enum(descriptor)
    numbers = {enum[value.name]: value.number for value in descriptor.values if value.number}
    if repeated:
        return lambda message, members: getattr(message, name).extend(
            [numbers[member] for member in members]
        )
    return lambda message, member: setattr(message, name, numbers[member])


def _message_writer(name: str, entry: Descriptor, *, repeated: bool, secrets: bool) -> _Fill:
    fill = _filler(entry, secrets=secrets)
    if not repeated:
        return lambda message, value: fill(getattr(message, name), value)

    def write(message: Any, values: Any) -> None:
        items = getattr(message, name)
        for value in values:
            fill(items.add(), value)

    return write


def _map_writer(name: str, item: FieldDescriptor, *, secrets: bool) -> _Fill:
    if item.message_type is None:
        return lambda message, values: getattr(message, name).update(values)
    fill = _filler(item.message_type, secrets=secrets)

    def write(message: Any, values: Any) -> None:
        entries = getattr(message, name)
        for key, value in values.items():
            fill(entries[key], value)

    return write


def _filler(descriptor: Descriptor, *, secrets: bool) -> _Fill:
    if descriptor.full_name in _WELL_KNOWN:
        return _WELL_KNOWN[descriptor.full_name][1]
    return _writer(descriptor, secrets=secrets)
