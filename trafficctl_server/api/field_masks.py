"""Update masks: which fields of a stored resource a request replaces.

A path replaces what it names as a whole, lists and messages too. Paths go through messages, never
into lists and maps. No mask, or an empty one: every field of the resource that is set.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Final, TypeVar

from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import Message
from trafficctl_sdk.errors import Violation

from trafficctl_server.api.field_behaviors import is_output_only

M = TypeVar("M", bound=Message)

ALL: Final = "*"
_NOT_REPLACED: Final = frozenset({"name", "etag"})
"""Named in a mask without effect: they say which resource, and which state of it."""


def mask_violations(
    descriptor: Descriptor, paths: Sequence[str], field: str
) -> tuple[Violation, ...]:
    """Check the paths of a mask for messages of a type.

    :param field: path of the mask in the request.
    """
    if ALL in paths:
        if len(set(paths)) == 1:
            return ()
        text = "'*' stands for all fields: name no others beside it"
        return (Violation(field=field, rule="update_mask.all", description=text),)
    return tuple(
        Violation(field=field, rule="update_mask.path", description=f"{path[:200]!a} {wrong}")
        for path in dict.fromkeys(paths)
        for wrong in _wrong(descriptor, path)
    )


def merge(stored: M, wish: M, paths: Sequence[str]) -> M:
    """Give the stored message with what the mask selects taken from the wish.

    :param wish: without outputs.
    :param paths: of a mask without violations.
    """
    merged = type(stored)()
    merged.CopyFrom(stored)
    for path in _effective(wish, paths):
        _replace(merged, wish, path.split("."))
    return merged


def _wrong(descriptor: Descriptor, path: str) -> Iterator[str]:
    """Say what is wrong with a path; nothing if it is right."""
    here: Descriptor | None = descriptor
    for segment in path.split("."):
        if here is None:
            yield "goes into a list, a map or a plain value: name it as a whole"
            return
        field = here.fields_by_name.get(segment)
        if field is None:
            yield "is no field: correct it"
            return
        if is_output_only(field):
            yield "is set by the server alone: leave it out"
            return
        here = None if field.is_repeated else field.message_type


def _effective(wish: Message, paths: Sequence[str]) -> list[str]:
    if not paths:
        names = [field.name for field, _ in wish.ListFields()]
    elif ALL in paths:
        names = [field.name for field in wish.DESCRIPTOR.fields if not is_output_only(field)]
    else:
        names = list(dict.fromkeys(paths))
    return [name for name in names if name not in _NOT_REPLACED]


def _replace(target: Any, source: Any, segments: Sequence[str]) -> None:
    head, *rest = segments
    if rest:
        if source.HasField(head) or target.HasField(head):
            _replace(getattr(target, head), getattr(source, head), rest)
        return
    field: FieldDescriptor = target.DESCRIPTOR.fields_by_name[head]
    value = getattr(source, head)
    if field.is_repeated:
        target.ClearField(head)
        getattr(target, head).MergeFrom(value)
    elif field.has_presence and not source.HasField(head):
        target.ClearField(head)
    elif field.message_type is not None:
        place = getattr(target, head)
        place.CopyFrom(value)
        place.SetInParent()
    else:
        setattr(target, head, value)
