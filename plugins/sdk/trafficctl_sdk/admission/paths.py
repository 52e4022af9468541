"""Whether the path of a capability names something in the model.

A path that names nothing would be a promise that is never kept: the field it meant is refused,
and nobody learns why.
"""

from typing import Final

from trafficctl_sdk.intent_kinds import INTENT_KINDS
from trafficctl_sdk.shapes import (
    EnumShape,
    ListShape,
    MappingShape,
    MessageShape,
    OptionalShape,
    Shape,
    fields_of,
)

_SHORTEST: Final = 2
"""Segments: the kind and a field."""


def flaw_of_path(path: str) -> str:
    """Say what is wrong with ``<kind>.<field>…``; empty: it can be the pattern of a leaf.

    An enum ends with one of its values; a message stands for itself with nothing set in it.
    """
    kind, *segments = path.split(".")
    if kind not in INTENT_KINDS:
        return f"{kind!r} is no kind of intent; kinds are {', '.join(INTENT_KINDS)}"
    if len(segments) + 1 < _SHORTEST:
        return "it names no field"
    shape: Shape = MessageShape(INTENT_KINDS[kind])
    for index, segment in enumerate(segments):
        inner, known = _step(shape, segment)
        if inner is None:
            place = ".".join([kind, *segments[:index]])
            return f"{place} has no {segment!r}{_choices(known)}"
        shape = inner
    if isinstance(shape, EnumShape) and segments[-1] not in shape.type.__members__:
        return f"it ends at an enum; add one of its values: {', '.join(shape.type.__members__)}"
    return ""


def _step(shape: Shape, segment: str) -> tuple[Shape | None, tuple[str, ...]]:
    """Go one segment down; none: there is no such thing, and these are what there is."""
    if isinstance(shape, MessageShape):
        fields = {field.name: _bare(field.shape) for field in fields_of(shape.type)}
        return fields.get(segment), tuple(fields)
    if isinstance(shape, EnumShape) and segment in shape.type.__members__:
        return shape, ()
    return None, tuple(shape.type.__members__) if isinstance(shape, EnumShape) else ()


def _bare(shape: Shape) -> Shape:
    while True:
        match shape:
            case OptionalShape(value=inner) | MappingShape(value=inner) | ListShape(item=inner):
                shape = inner
            case _:
                return shape


def _choices(known: tuple[str, ...]) -> str:
    return f"; there is {', '.join(known)}" if known else ", nor anything below it"
