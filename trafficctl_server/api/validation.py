"""Checks requests against the constraints that stand in the .proto files.

Covers what one message can say of itself; names, other resources and sums are checked below.
"""

import json
from functools import cache
from typing import Final

from google.protobuf.duration_pb2 import Duration
from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp
from protovalidate import EvaluationError, Validator, ViolationPb
from trafficctl_sdk.errors import Violation

from trafficctl_server.api.message_walk import walk

TIME_RANGE: Final = "time.range"
"""Rule id for a duration or a point in time that is beyond what its type allows."""
NOT_CHECKABLE: Final = "value.not_checkable"
"""Rule id for another value for which a rule cannot be worked out."""

_DURATION_SECONDS: Final = 315_576_000_000  # ten thousand years, by google.protobuf.Duration
_FIRST_SECOND: Final = -62_135_596_800  # the year 1, by google.protobuf.Timestamp
_LAST_SECOND: Final = 253_402_300_799  # the year 9999


def violations(message: Message) -> tuple[Violation, ...]:
    """Give everything in a message that breaks a constraint, in the order of field numbers.

    Paths are as the client wrote them, from the message on: ``ports[0].port``,
    ``labels["tier"]``; the name of a oneof where none or the wrong one is set; empty for a rule
    over the message itself.
    """
    try:
        found = _validator().collect_violations(message)
    except EvaluationError as error:
        return _not_checkable(message, str(error))
    if not found:
        return ()
    # Maps have no order of their own, so without sorting equal requests had unequal answers.
    return tuple(_violation(raw) for raw in sorted((raw.proto for raw in found), key=_place))


@cache
def _validator() -> Validator:
    return Validator()


def _not_checkable(message: Message, problem: str) -> tuple[Violation, ...]:
    """Name the times that made a rule fail, since its error names the rule alone."""
    times = tuple(
        Violation(field=path, rule=TIME_RANGE, description="out of the range of its type")
        for path, item in walk(message)
        if _is_out_of_range(item)
    )
    return times or (Violation(field="", rule=NOT_CHECKABLE, description=problem),)


def _is_out_of_range(message: Message) -> bool:
    if isinstance(message, Duration):
        return abs(message.seconds) > _DURATION_SECONDS
    if isinstance(message, Timestamp):
        return not _FIRST_SECOND <= message.seconds <= _LAST_SECOND
    return False


def _place(raw: ViolationPb) -> tuple[object, ...]:
    place: list[object] = []
    for element in raw.field.elements if raw.field else ():
        place.append(element.field_number)
        place.append(() if element.subscript is None else (element.subscript.value,))
    return (place, raw.rule_id)


def _violation(raw: ViolationPb) -> Violation:
    path = ""
    for element in raw.field.elements if raw.field else ():
        path += f".{element.field_name}" if path else element.field_name
        if element.subscript is not None:
            path += f"[{json.dumps(element.subscript.value)}]"
    description = f"the key {raw.message}" if raw.for_key else raw.message
    return Violation(field=path, rule=raw.rule_id, description=description)
