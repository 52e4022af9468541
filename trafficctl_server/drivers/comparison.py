"""Calls on two sides: what is sent to be judged twice, and what comes back where it differs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from trafficctl_sdk.codec import from_json, to_json
from trafficctl_sdk.explain import Inventory, PlacedObject, Verdict, VerdictKind

_BY_KIND: Final = {it.value: Verdict(kind=it) for it in VerdictKind}


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What calls are judged over on one side of a comparison."""

    objects: Sequence[PlacedObject]
    inventory: Inventory


def sides_data(before: Side, after: Side) -> dict[str, object]:
    """Give two sides as JSON types; objects that are the same ones on both stand there once."""
    was, now = ({id(it) for it in side.objects} for side in (before, after))
    one, other = (
        dict[str, object](objects=[object_data(it) for it in side.objects if id(it) not in there])
        for side, there in ((before, now), (after, was))
    )
    inventory = to_json(before.inventory)
    if before.inventory != after.inventory:  # no null stands for it: frames with one cost more
        other["inventory"] = to_json(after.inventory)
    return {
        "shared": [object_data(it) for it in before.objects if id(it) in now],
        "sides": [{**one, "inventory": inventory}, other],
    }


def object_data(placed: PlacedObject) -> dict[str, object]:
    """Give an object as JSON types; its body is of these types already."""
    return {"cluster": placed.cluster, "body": placed.body, "origins": placed.origins}


def read_sides(data: Any) -> tuple[Side, Side]:
    """Read what :func:`sides_data` gave.

    :raises DecodeError: host and worker have different SDKs.
    """
    shared = tuple(from_json(PlacedObject, item) for item in data["shared"])
    one, other = (
        (*shared, *(from_json(PlacedObject, item) for item in side["objects"]))
        for side in data["sides"]
    )
    was, now = data["sides"]
    before = Side(objects=one, inventory=from_json(Inventory, was["inventory"]))
    stated = now.get("inventory")
    inventory = before.inventory if stated is None else from_json(Inventory, stated)
    return before, Side(objects=other, inventory=inventory)


def pair_data(before: Verdict, after: Verdict) -> str | list[dict[str, Any]]:
    """Give the verdicts on one call as JSON types; where both are known and alike, their kind."""
    if before.kind is after.kind and before.kind is not VerdictKind.UNKNOWN:
        return before.kind.value
    return [to_json(before), to_json(after)]


def read_pair(data: Any) -> tuple[Verdict, Verdict]:
    """Read what :func:`pair_data` gave.

    :raises DecodeError: it cannot be read.
    """
    if isinstance(data, str) and data in _BY_KIND:
        return _BY_KIND[data], _BY_KIND[data]
    before, after = data
    return from_json(Verdict, before), from_json(Verdict, after)
