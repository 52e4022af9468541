"""The two forms in which the kit says one thing in two ways."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

Body: TypeAlias = Mapping[str, Any]
"""A part of an intent as JSON; ``bases`` completes it."""

SECOND: Final = 1_000_000_000
CONNECTED: Final = ("intercluster", "intracluster", "outbound", "inbound")
SERVED: Final = ("intercluster", "intracluster", "inbound")
INSIDE: Final = ("intercluster", "intracluster")
HTTP: Final = "HTTP"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two bodies of the same shape: every leaf in which they differ must matter.

    :ivar kinds: of intents that can say it.
    :ivar protocol: what the port speaks that it needs.
    """

    one: Body
    other: Body
    kinds: tuple[str, ...] = CONNECTED
    protocol: str = HTTP


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Alternatives of which an intent takes one: each must be told from each other.

    :ivar bodies: pattern of the leaf that a body is about → the body.
    :ivar synonyms: a technology may treat some of them alike.
    """

    bodies: Mapping[str, Body]
    kinds: tuple[str, ...] = CONNECTED
    protocol: str = HTTP
    synonyms: bool = field(default=False)


Wish: TypeAlias = Pair | Choice


def at(path: str, value: object) -> dict[str, Any]:
    """Nest a value below fields: ``at("a.b", 1)`` is ``{"a": {"b": 1}}``."""
    for name in reversed(path.split(".")):
        value = {name: value}
    assert isinstance(value, dict)  # noqa: S101 - a path has at least one field
    return value


def joined(one: Body, *more: Body) -> dict[str, Any]:
    """Lay bodies over each other: objects field by field; anything else is replaced."""
    result = dict(one)
    for body in more:
        for key, value in body.items():
            held = result.get(key)
            if isinstance(held, Mapping) and isinstance(value, Mapping):
                result[key] = joined(held, value)
            else:
                result[key] = value
    return result
