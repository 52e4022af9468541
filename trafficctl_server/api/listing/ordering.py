"""The order of a list: by name, or by fields and then by name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from trafficctl_server.api.listing.fields import FieldKind, ListedField

Key: TypeAlias = list[str | int | bool | None]
"""Where a resource stands in an order: the values of its fields, its name last."""

_MOST: Final = 8
_TYPES: Final[Mapping[FieldKind, type]] = {
    FieldKind.TEXT: str,
    FieldKind.CHOICE: str,
    FieldKind.NUMBER: int,
    FieldKind.TIME: int,
    FieldKind.FLAG: bool,
}


class OrderError(ValueError):
    """An order cannot be read."""


@dataclass(frozen=True, slots=True)
class Order:
    """An order over resources of one type.

    :ivar steps: fields, each with whether it is turned round; ``name`` follows.
    """

    steps: tuple[tuple[ListedField, bool], ...]

    @property
    def by_name(self) -> bool:
        """Whether it is the order in which names are stored."""
        return not self.steps

    def key(self, resource: Any) -> Key:
        """Give the place of a resource."""
        values = [field.read(resource) for field, _ in self.steps]
        return [*(str(it) if isinstance(it, str) else it for it in values), resource.name]

    def compare(self, one: Key, other: Key) -> int:
        """Say which place is first: negative, the one; positive, the other. Unset is first."""
        for (_, descending), left, right in zip(self.steps, one, other, strict=False):
            if left != right:
                first = left is None or (right is not None and left < right)  # type: ignore[operator] # one field's values, or unset
                return 1 if first == descending else -1
        return (one[-1] > other[-1]) - (one[-1] < other[-1])  # type: ignore[operator] # both are names

    def accepts(self, key: Sequence[object]) -> bool:
        """Say whether a place, as a client sent it back, can be one of this order."""
        *values, name = key or [None]
        return (
            isinstance(name, str)
            and len(values) == len(self.steps)
            and all(
                value is None or type(value) is _TYPES[field.kind]
                for (field, _), value in zip(self.steps, values, strict=True)
            )
        )


def parse_order(text: str, fields: Mapping[str, ListedField]) -> Order:
    """Read an order such as ``state, create_time desc``; an empty one is by name.

    :raises OrderError: it cannot be read.
    """
    steps = [_step(part, fields) for part in text.split(",", _MOST)] if text.strip() else []
    if len(steps) > _MOST:
        raise OrderError(f"more than {_MOST} fields: leave some out")
    paths = [field.path for field, _ in steps]
    if len(set(paths)) < len(paths):
        raise OrderError("a field stands there twice: name it once")
    if paths[:1] == ["name"] and not steps[0][1]:
        return Order(())
    return Order(tuple(steps))


def _step(part: str, fields: Mapping[str, ListedField]) -> tuple[ListedField, bool]:
    path, *direction = part.split(None, 2) or [""]
    field = fields.get(path)
    if field is None or field.kind is FieldKind.LABELS:
        able = ", ".join(sorted(it.path for it in fields.values() if it.kind in _TYPES))
        raise OrderError(f"{path[:80]!a} is no field to sort by; there are {able}")
    if direction not in ([], ["asc"], ["desc"]):
        raise OrderError(f"after {path} only asc or desc may stand")
    return field, direction == ["desc"]
