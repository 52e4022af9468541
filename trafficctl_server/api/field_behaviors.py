"""What ``google.api.field_behavior`` asks for: outputs are the server's, secrets stay."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, Final

from google.api.field_behavior_pb2 import INPUT_ONLY, OUTPUT_ONLY, field_behavior
from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import Message

_OUTPUT: Final = int(OUTPUT_ONLY)
_SECRET: Final = int(INPUT_ONLY)


@cache
def is_output_only(field: FieldDescriptor) -> bool:
    """Say whether only the server sets a field."""
    return _OUTPUT in field.GetOptions().Extensions[field_behavior]


@cache
def is_secret(field: FieldDescriptor) -> bool:
    """Say whether a field is taken and never answered."""
    return _SECRET in field.GetOptions().Extensions[field_behavior]


def clear_outputs(message: Message) -> None:
    """Take out, at every depth, what only the server sets: clients may send it back (AIP-203)."""
    for field, value in message.ListFields():
        if is_output_only(field):
            message.ClearField(field.name)
        elif _reaches(field.message_type, _OUTPUT):
            for item in _items(field, value):
                clear_outputs(item)


def keep_secrets(stored: Message, wished: Message) -> None:
    """Put the stored secrets where a wish leaves them out: clients never see what they keep.

    In lists an element takes the secrets of the one that is equal but for them, else of the one
    in its place.
    """
    fields: Iterable[FieldDescriptor] = stored.DESCRIPTOR.fields  # type: ignore[assignment] # two names of one class
    for field in fields:
        if is_secret(field):
            if _is_set(stored, field) and not _is_decided(wished, field):
                _copy(stored, wished, field)
        elif _reaches(field.message_type, _SECRET):
            for before, after in _pairs(stored, wished, field):
                keep_secrets(before, after)


def _pairs(stored: Any, wished: Any, field: FieldDescriptor) -> Iterable[tuple[Message, Message]]:
    if not field.is_repeated:
        if stored.HasField(field.name) and wished.HasField(field.name):
            yield getattr(stored, field.name), getattr(wished, field.name)
        return
    before, after = getattr(stored, field.name), getattr(wished, field.name)
    if _is_map(field):
        yield from ((before[key], after[key]) for key in before if key in after)
        return
    left = dict(enumerate(before))
    new = {}
    for index, item in enumerate(after):
        same = next((it for it in left if _seen(left[it]) == _seen(item)), None)
        if same is None:
            new[index] = item
        else:
            yield left.pop(same), item
    yield from ((left[index], item) for index, item in new.items() if index in left)


def _seen(message: Message) -> bytes:
    """Give a message as clients see it, without secrets and outputs."""
    copy = type(message)()
    copy.CopyFrom(message)
    clear_outputs(copy)
    _clear_secrets(copy)
    return copy.SerializeToString(deterministic=True)


def _clear_secrets(message: Message) -> None:
    for field, value in message.ListFields():
        if is_secret(field):
            message.ClearField(field.name)
        elif _reaches(field.message_type, _SECRET):
            for item in _items(field, value):
                _clear_secrets(item)


def _is_set(message: Any, field: FieldDescriptor) -> bool:
    if field.has_presence:
        return bool(message.HasField(field.name))
    return bool(getattr(message, field.name))


def _is_decided(message: Any, field: FieldDescriptor) -> bool:
    """Say whether a wish sets a field, or another one that excludes it."""
    oneof = field.containing_oneof
    if oneof is not None:
        return message.WhichOneof(oneof.name) is not None
    return _is_set(message, field)


def _copy(source: Any, target: Any, field: FieldDescriptor) -> None:
    if field.is_repeated:
        getattr(target, field.name).MergeFrom(getattr(source, field.name))
    elif field.message_type is not None:
        getattr(target, field.name).CopyFrom(getattr(source, field.name))
    else:
        setattr(target, field.name, getattr(source, field.name))


def _is_map(field: FieldDescriptor) -> bool:
    return field.message_type is not None and field.message_type.GetOptions().map_entry


def _items(field: FieldDescriptor, value: Any) -> Iterator[Message]:
    if _is_map(field):
        yield from value.values()
    elif field.is_repeated:
        yield from value
    else:
        yield value


@cache
def _reaches(descriptor: Descriptor | None, behavior: int) -> bool:
    """Say whether a message of a type may hold a field with a behavior, at any depth."""
    return descriptor is not None and any(
        behavior in field.GetOptions().Extensions[field_behavior]
        for it in reachable(descriptor)
        for field in it.fields
    )


def reachable(descriptor: Descriptor) -> Iterator[Descriptor]:
    """Give a type of messages and those that may be in such a message, at any depth, each once."""
    seen: set[str] = set()
    left = [descriptor]
    while left:
        here = left.pop()
        if here.full_name not in seen:
            seen.add(here.full_name)
            yield here
            left += (it.message_type for it in here.fields if it.message_type is not None)
