"""Reads JSON that somebody wrote: what has another type counts as absent."""

from collections.abc import Mapping
from typing import TypeAlias

Json: TypeAlias = Mapping[str, object]


def mapping(body: Json, name: str) -> Json:
    """Give an object; empty where there is none."""
    value = body.get(name)
    return value if isinstance(value, Mapping) else {}


def has(body: Json, name: str) -> bool:
    """Say whether an object is there, be it empty."""
    return isinstance(body.get(name), Mapping)


def items(body: Json, name: str) -> tuple[Json, ...]:
    """Give the objects of a list."""
    value = body.get(name)
    return tuple(it for it in value if isinstance(it, Mapping)) if isinstance(value, list) else ()


def text(body: Json, name: str) -> str:
    """Give a text; empty where there is none."""
    value = body.get(name)
    return value if isinstance(value, str) else ""


def texts(body: Json, name: str) -> tuple[str, ...]:
    """Give the texts of a list."""
    value = body.get(name)
    return tuple(it for it in value if isinstance(it, str)) if isinstance(value, list) else ()
