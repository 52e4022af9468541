"""Checks the resource names and ids that clients send."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from trafficctl_sdk.errors import Violation

WILDCARD: Final = "-"
_LONGEST: Final = 1024
_SHOWN: Final = 80  # characters of a client's text that an answer repeats

_LABEL: Final = re.compile(r"[a-z]([-a-z0-9]{0,61}[a-z0-9])?")
_LABEL_OR_DIGIT: Final = re.compile(r"[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?")
_VERSION: Final = re.compile(r"(?!.*\.\.)[a-z0-9]([-.a-z0-9]{0,61}[a-z0-9])?")
_CHOSEN_BY_SERVER: Final = re.compile(r"[A-Za-z0-9]{26}")
_ENTRY_POINT: Final = re.compile(r"[A-Za-z0-9]([-._A-Za-z0-9]{0,126}[A-Za-z0-9])?")
_DECIMAL: Final = re.compile(r"[0-9]{1,19}")

_LABEL_TEXT: Final = "1-63 of a-z, 0-9 and '-', a letter first, no '-' last"
_IDS: Final = {
    "projects": (_LABEL_OR_DIGIT, "1-63 of a-z, 0-9 and '-', no '-' first or last"),
    "resourceBundles": (_LABEL_OR_DIGIT, "1-63 of a-z, 0-9 and '-', no '-' first or last"),
    "versions": (
        _VERSION,
        "1-63 of a-z, 0-9, '-' and '.', none of these two first or last, no '..'",
    ),
    "objects": (_CHOSEN_BY_SERVER, "26 letters and digits"),
    "records": (_CHOSEN_BY_SERVER, "26 letters and digits"),
    "drivers": (_ENTRY_POINT, "1-128 letters, digits, '-', '.' and '_'"),
    "revisions": (_DECIMAL, "a decimal number"),
}
"""Collection → what its ids look like; all others are DNS labels that begin with a letter."""

_RESERVED: Final = frozenset({"any", "all", "none", "self", "default-deny"})
_RESERVED_PREFIX: Final = "trafficctl-"
_NOT_RESERVED_IN: Final = frozenset({"realizations", "drivers"})
"""Collections whose ids the server chooses: there ``none`` is a cluster that is none."""


def name_violations(
    patterns: Sequence[str], name: str, field: str, *, wildcards: bool = False
) -> tuple[Violation, ...]:
    """Check a name against the patterns of its type.

    :param patterns: such as ``clusters/{cluster}``, at least one.
    :param field: path of the name in the request.
    :param wildcards: ``-`` may stand for any id.
    """
    if _good_name(tuple(patterns), wildcards=wildcards).fullmatch(name):
        return ()
    if not name:
        return (_violation(field, "name.required", f"is needed: {_alternatives(patterns)}"),)
    segments = name.split("/")
    if len(name) <= _LONGEST:
        for pattern in patterns:
            if _has_shape(pattern.split("/"), segments):
                return tuple(_bad_ids(segments, field, wildcards=wildcards))
    return (
        _violation(
            field,
            "name.pattern",
            f"{_shown(name)} is not of the form {_alternatives(patterns)}",
        ),
    )


def id_violations(collection: str, chosen: str, field: str) -> tuple[Violation, ...]:
    """Check the id that a client chose for a new resource of a collection."""
    found = _bad_id(collection, chosen, field)
    return () if found is None else (found,)


def place_violations(patterns: Sequence[str], place: str, field: str) -> tuple[Violation, ...]:
    """Check a name or the beginning of one, whole segments, with ``-`` for any id."""
    segments = place.split("/")
    if len(place) <= _LONGEST:
        for pattern in patterns:
            if _has_shape(pattern.split("/")[: len(segments)], segments):
                return tuple(_bad_ids(segments, field, wildcards=True))
    return (
        _violation(
            field, "name.pattern", f"{_shown(place)} is no resource name and no beginning of one"
        ),
    )


@cache
def _good_name(patterns: tuple[str, ...], *, wildcards: bool) -> re.Pattern[str]:
    """Match names with which nothing is wrong: all but a few, and these are looked at in detail."""
    return re.compile("|".join(_good_parts(it.split("/"), wildcards=wildcards) for it in patterns))


def _good_parts(segments: Sequence[str], *, wildcards: bool) -> str:
    parts = []
    for collection, _ in zip(segments[::2], segments[1::2], strict=True):
        wanted, _ = _IDS.get(collection, (_LABEL, _LABEL_TEXT))
        text = f"(?:{wanted.pattern})"
        if collection not in _NOT_RESERVED_IN:
            words = "|".join(sorted(_RESERVED))
            text = rf"(?!(?:{words})(?:/|\Z)|{_RESERVED_PREFIX}){text}"
        if wildcards:
            text = f"(?:{WILDCARD}|{text})"
        parts.append(f"{collection}/{text}")
    return "/".join(parts)


def _has_shape(pattern: Sequence[str], segments: Sequence[str]) -> bool:
    return len(pattern) == len(segments) and all(
        wanted.startswith("{") or wanted == given
        for wanted, given in zip(pattern, segments, strict=True)
    )


def _bad_ids(segments: Sequence[str], field: str, *, wildcards: bool) -> Iterator[Violation]:
    for collection, chosen in zip(segments[::2], segments[1::2], strict=False):
        if wildcards and chosen == WILDCARD:
            continue
        found = _bad_id(collection, chosen, field)
        if found is not None:
            yield found


def _bad_id(collection: str, chosen: str, field: str) -> Violation | None:
    pattern, text = _IDS.get(collection, (_LABEL, _LABEL_TEXT))
    reserved = chosen in _RESERVED or chosen.startswith(_RESERVED_PREFIX)
    if reserved and collection not in _NOT_RESERVED_IN:
        return _violation(field, "id.reserved", f"{_shown(chosen)} is reserved: choose another id")
    if not pattern.fullmatch(chosen):
        return _violation(field, "id.pattern", f"{_shown(chosen)} is no id of {collection}: {text}")
    return None


def _alternatives(patterns: Sequence[str]) -> str:
    return " or ".join(patterns)


def _shown(text: str) -> str:
    return ascii(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}...")


def _violation(field: str, rule: str, description: str) -> Violation:
    return Violation(field=field, rule=rule, description=description)
