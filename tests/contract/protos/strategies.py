"""Hypothesis strategies for any dataclass of the SDK, read from its type hints."""

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from trafficctl_sdk import model
from trafficctl_sdk.rpc_status import RpcStatus
from trafficctl_sdk.shapes import (
    EnumShape,
    FixedShape,
    ListShape,
    MappingShape,
    MessageShape,
    OptionalShape,
    RawShape,
    ScalarShape,
    Shape,
    fields_of,
)

_INT32 = st.integers(0, 2**31 - 1)
_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
_SCALARS: dict[type, st.SearchStrategy[Any]] = {
    str: _TEXT,
    int: _INT32,
    float: st.floats(allow_nan=False, allow_infinity=False),
    bool: st.booleans(),
    bytes: st.binary(max_size=6),
}
_RAW = st.recursive(
    st.none() | st.booleans() | st.integers() | _TEXT,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(_TEXT, inner, max_size=2),
    max_leaves=4,
)


def examples(count: int) -> settings:
    """Give settings that look at no clock, so that a busy machine fails no test."""
    slow = [HealthCheck.too_slow]
    return settings(max_examples=count, deadline=None, suppress_health_check=slow)


def model_classes() -> list[type]:
    """Give every dataclass of the model, nested ones too, in a stable order."""
    found: list[type] = []
    for module in pkgutil.iter_modules(model.__path__):
        content = vars(importlib.import_module(f"{model.__name__}.{module.name}"))
        for value in content.values():
            if isinstance(value, type) and value.__module__.endswith(f".{module.name}"):
                found += _with_nested(value)
    return found


@cache
def instances(cls: type, depth: int = 3) -> st.SearchStrategy[Any]:
    """Give objects of a dataclass; at most one member of each oneof is set.

    :param depth: how many levels of messages are filled below this one.
    """
    alternatives: dict[str, list[str]] = {}
    for field in fields(cls):
        if field.metadata.get("oneof"):
            alternatives.setdefault(field.metadata["oneof"], []).append(field.name)
    content = st.fixed_dictionaries(
        {field.name: _values(field.shape, depth) for field in fields_of(cls)}
    )
    choice = st.fixed_dictionaries(
        {oneof: st.sampled_from(names) for oneof, names in alternatives.items()}
    )

    def build(values: dict[str, Any], chosen: dict[str, str]) -> Any:
        dropped = {n for oneof, names in alternatives.items() for n in names if n != chosen[oneof]}
        return cls(**{name: value for name, value in values.items() if name not in dropped})

    return st.builds(build, content, choice)


def _values(shape: Shape, depth: int) -> st.SearchStrategy[Any]:  # noqa: C901, PLR0911 - one for each form
    match shape:
        case ScalarShape(type=kind):
            return _SCALARS[kind]
        case EnumShape(type=enum):
            return st.sampled_from(list(enum))
        case OptionalShape(value=MessageShape()) if depth == 0:
            return st.none()
        case ListShape() | MappingShape() if depth == 0:
            return st.just(()) if isinstance(shape, ListShape) else st.just({})
        case MessageShape(type=cls):
            return st.deferred(lambda: instances(cls, depth - 1))
        case OptionalShape(value=inner):
            return st.none() | _values(inner, depth)
        case ListShape(item=inner):
            return st.lists(_values(inner, depth), max_size=2).map(tuple)
        case FixedShape(items=items):
            return st.tuples(*(_values(item, depth) for item in items))
        case MappingShape(key=key, value=inner):
            return st.dictionaries(_SCALARS[key], _values(inner, depth), max_size=2)
        case RawShape():
            return _RAW


def _with_nested(cls: type) -> Iterator[type]:
    if is_dataclass(cls) and cls is not RpcStatus:
        yield cls
        for value in vars(cls).values():
            if isinstance(value, type):
                yield from _with_nested(value)
