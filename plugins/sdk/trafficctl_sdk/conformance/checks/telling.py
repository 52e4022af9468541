"""Says where two answers differ, in one line."""

import json
from collections.abc import Iterator
from typing import Any, Final

from trafficctl_sdk.conformance.subject import Answer, Raised, Rendered, Turned
from trafficctl_sdk.slices import TrafficSlice

_LONGEST: Final = 60


def place(traffic_slice: TrafficSlice) -> str:
    """Name a slice."""
    return f"slice {traffic_slice.scope} in cluster {traffic_slice.cluster}"


def gist(answer: Answer) -> str:
    """Say what an answer is."""
    match answer:
        case Raised(text=text):
            return f"failed: {text}"
        case Turned(violations=violations):
            return f"refused {', '.join(it.field or 'the slice' for it in violations)}"
        case Rendered(rendering=rendering):
            return f"rendered {len(rendering.manifests)} objects"


def difference(one: Answer, other: Answer) -> str:
    """Say where two answers differ first."""
    if not isinstance(one, Rendered) or not isinstance(other, Rendered):
        return f"{gist(one)}, then {gist(other)}"
    return next(_differences(json.loads(one.data), json.loads(other.data), ""), "nowhere")


def _differences(one: Any, other: Any, at: str) -> Iterator[str]:
    if isinstance(one, dict) and isinstance(other, dict):
        for key in (*one, *(it for it in other if it not in one)):
            if one.get(key) != other.get(key):
                dot = "." if at else ""
                yield from _differences(one.get(key), other.get(key), f"{at}{dot}{key}")
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for index, (a, b) in enumerate(zip(one, other, strict=True)):
            if a != b:
                yield from _differences(a, b, f"{at}[{index}]")
    elif one != other:
        yield f"{at}: {_short(one)}, then {_short(other)}"


def _short(value: object) -> str:
    text = "nothing" if value is None else json.dumps(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
