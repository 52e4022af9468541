"""What a filter means for one type of resource.

A comparison with a field that is unset, or with a label that is not there, holds for no operator;
``NOT`` turns that round. ``:`` is ``=``, with ``:*`` for "is set"; on a map it asks for a key.
"""

import operator
from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any, Final, TypeAlias

from google.protobuf.timestamp_pb2 import Timestamp

from trafficctl_server.api.listing.fields import FieldKind, ListedField
from trafficctl_server.api.listing.filter_syntax import (
    AllOf,
    AnyOf,
    Comparison,
    FilterError,
    Negation,
    Term,
    parse,
)
from trafficctl_server.api.well_known import timestamp_to_model

Matches: TypeAlias = Callable[[Any], bool]
"""Says whether a resource, as object of the model, passes."""

_ANYTHING: Final = "*"
_MOST_DIGITS: Final = 19
_COMPARE: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "=": operator.eq,
    ":": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_UNORDERED: Final = frozenset({FieldKind.FLAG, FieldKind.CHOICE})


def matcher(text: str, fields: Mapping[str, ListedField]) -> Matches:
    """Compile a filter.

    :raises FilterError: it cannot be read, or compares what cannot be compared.
    """
    return _compiled(parse(text), fields)


def _compiled(term: Term, fields: Mapping[str, ListedField]) -> Matches:
    match term:
        case Comparison():
            return _comparison(term, fields)
        case Negation():
            inner = _compiled(term.term, fields)
            return lambda resource: not inner(resource)
        case AllOf():
            every = [_compiled(it, fields) for it in term.terms]
            return lambda resource: all(it(resource) for it in every)
        case AnyOf():
            some = [_compiled(it, fields) for it in term.terms]
            return lambda resource: any(it(resource) for it in some)


def _comparison(term: Comparison, fields: Mapping[str, ListedField]) -> Matches:
    head = fields.get(term.path[0])
    if head is not None and head.kind is FieldKind.LABELS:
        return _in_map(term, head)
    field = fields.get(".".join(term.path))
    if field is None:
        known = ", ".join(sorted(fields))
        raise FilterError(f"no such field; there are {known}", term.place)
    holds = _test(term, field)
    return lambda resource: _with_value(field.read(resource), holds)


def _with_value(value: Any, holds: Callable[[Any], bool]) -> bool:
    return value is not None and holds(value)


def _in_map(term: Comparison, field: ListedField) -> Matches:
    if len(term.path) == 1:
        if term.operator != ":":
            raise FilterError(
                f"{field.path} is a map: ask {field.path}:key or {field.path}.key = value",
                term.place,
            )
        if term.value == _ANYTHING:
            return lambda resource: bool(field.read(resource))
        return lambda resource: term.value in field.read(resource)
    # Keys hold dots, and few people quote them.
    key = ".".join(term.path[1:])
    holds = _text_test(term)
    return lambda resource: _with_value(field.read(resource).get(key), holds)


def _test(term: Comparison, field: ListedField) -> Callable[[Any], bool]:
    if field.kind is FieldKind.TEXT:
        return _text_test(term)
    if term.operator == ":" and term.value == _ANYTHING:
        return lambda value: value is not False and value != 0
    if field.kind in _UNORDERED and term.operator not in {"=", "!=", ":"}:
        raise FilterError(f"{field.path} has no order: use = or !=", term.place)
    wanted = _value(term, field)
    compare = _COMPARE[term.operator]
    return lambda value: compare(value, wanted)


def _value(term: Comparison, field: ListedField) -> object:
    match field.kind:
        case FieldKind.NUMBER:
            digits = term.value.removeprefix("-")
            if digits.isascii() and digits.isdecimal() and len(digits) <= _MOST_DIGITS:
                return int(term.value)
            raise FilterError(f"{field.path} compares with a whole number", term.place)
        case FieldKind.FLAG:
            if term.value in {"true", "false"}:
                return term.value == "true"
            raise FilterError(f"{field.path} compares with true or false", term.place)
        case FieldKind.CHOICE:
            if term.value in field.choices:
                return term.value
            raise FilterError(
                f"{field.path} compares with one of {', '.join(field.choices)}", term.place
            )
        case _:
            return _time(term, field)


def _time(term: Comparison, field: ListedField) -> int:
    time = Timestamp()
    try:
        time.FromJsonString(term.value)
    except (ValueError, OverflowError):
        raise FilterError(
            f'{field.path} compares with a time such as "2030-01-31T12:00:00Z"', term.place
        ) from None
    return timestamp_to_model(time)


def _text_test(term: Comparison) -> Callable[[str], bool]:
    if term.operator == ":" and term.value == _ANYTHING:
        return bool
    if _ANYTHING in term.value and term.operator in {"=", "!=", ":"}:
        fits = _wildcard(term.value)
        return (lambda value: not fits(value)) if term.operator == "!=" else fits
    compare = _COMPARE[term.operator]
    return lambda value: compare(value, term.value)


def _wildcard(pattern: str) -> Callable[[str], bool]:
    """Match texts with ``*`` for any part, in time linear in the text for each ``*``."""
    first, *middle, last = pattern.split(_ANYTHING)

    def fits(text: str) -> bool:
        if len(text) < len(first) + len(last):
            return False
        if not (text.startswith(first) and text.endswith(last)):
            return False
        end = len(text) - len(last)

        def after(at: int, part: str) -> int:
            found = text.find(part, at, end) if at >= 0 else -1
            return found + len(part) if found >= 0 else -1

        return reduce(after, middle, len(first)) >= 0

    return fits
