"""What people may write for a name: the whole of it, or what follows the context's ``in``."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from trafficctl_cli.exits import CommandError, Exit
from trafficctl_cli.server.catalog import INTENTS, TYPES, WILDCARD, ResourceType, type_of_name

_ROOTS: Final = ("projects", "clusters", "drivers")
_ALL_INTENTS: Final = "intents"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a word of the command line means.

    :ivar name: of one resource; empty: many are meant.
    :ivar parent: of the many, ``-`` for any id; empty where the type has no parent.
    :ivar one_of_many: the word did not name the type; one that is not served is no mistake.
    """

    type: ResourceType
    name: str = ""
    parent: str = ""
    one_of_many: bool = False


def wanted(word: str, place: str) -> tuple[Wanted, ...]:
    """Say what a word means: a name, a collection, a type, or ``intents`` for all of theirs.

    :param place: where relative words are, such as ``projects/p``; may be empty: anywhere.
    :raises CommandError: it means nothing.
    """
    if word.casefold() == _ALL_INTENTS:
        found = (it for kind in INTENTS for it in _all_of(kind, place))
        return tuple(replace(it, one_of_many=True) for it in found)
    kind = _type_called(word)
    if kind is not None:
        return _all_of(kind, place)
    name = whole_name(word, place)
    kind = type_of_name(name)
    if kind is not None:
        if WILDCARD in name.split("/"):
            raise _meaningless(word, "'-' stands for any id only in front of a collection")
        return (Wanted(kind, name=name),)
    for each in TYPES.values():
        for pattern in each.patterns:
            parent, _, collection = name.rpartition("/")
            if collection == each.collection and type_pattern_fits(pattern, parent):
                return (Wanted(each, parent=parent),)
    raise _meaningless(word, "neither a type nor a name")


def place(word: str, within: str) -> str:
    """Give the name or the beginning of names that a word means for a Watch."""
    if word.startswith("projects/"):
        return word.strip("/")
    (found, *_) = wanted(word, within)
    return found.name or found.parent


def one_name(word: str, place: str, types: Sequence[ResourceType]) -> str:
    """Give the whole name of one resource of some types.

    :raises CommandError: it is none.
    """
    name = whole_name(word, place)
    if WILDCARD not in name.split("/") and any(it.matches(name) for it in types):
        return name
    patterns = " or ".join(it.patterns[0] for it in types)
    raise _meaningless(word, f"wanted: {patterns}")


def whole_name(word: str, place: str) -> str:
    """Put in front of a relative name what its pattern needs of the place.

    :raises CommandError: the place does not say enough.
    """
    first = word.partition("/")[0]
    if first in _ROOTS:
        return word.strip("/")
    for each in TYPES.values():
        if first != each.collection or not each.parents:
            continue
        head = _within(each, place)
        if head is None or WILDCARD in head.split("/"):
            raise _meaningless(word, f"write the whole name ({each.patterns[0]}), or say --in")
        return f"{head}/{word}".strip("/")
    return word


def type_pattern_fits(pattern: str, parent: str) -> bool:
    """Say whether a parent is one of a pattern's."""
    head = pattern.split("/")[:-2]
    given = parent.split("/") if parent else []
    return len(head) == len(given) and all(
        part.startswith("{") or part == other for part, other in zip(head, given, strict=True)
    )


def _all_of(kind: ResourceType, place: str) -> tuple[Wanted, ...]:
    if not kind.parents:
        return (Wanted(kind),)
    found = dict.fromkeys("/".join(_filled(pattern, place) or ()) for pattern in kind.parents)
    fitting = [it for it in found if it]
    if not fitting:
        raise CommandError(
            Exit.USAGE, [f"no {kind.collection} can be in {place}: say another --in"]
        )
    return tuple(Wanted(kind, parent=it) for it in fitting)


def _within(kind: ResourceType, place: str) -> str | None:
    for pattern in kind.parents:
        filled = _filled(pattern, place)
        if filled is not None and WILDCARD not in filled:
            return "/".join(filled)
    return None


def _filled(pattern: str, place: str) -> list[str] | None:
    """Fill a parent's pattern with a place, ``-`` where it says nothing; None: it does not fit."""
    parts, given = pattern.split("/"), place.split("/") if place else []
    if given[:1] != parts[:1]:
        given = []  # clusters are nowhere in a project
    result = []
    for index, part in enumerate(parts):
        is_id = part.startswith("{")
        if index < len(given):
            if not is_id and given[index] != part:
                return None
            result.append(given[index])
        else:
            result.append(WILDCARD if is_id else part)
    return result


def _type_called(word: str) -> ResourceType | None:
    folded = word.casefold()
    for each in TYPES.values():
        if folded in (each.name.casefold(), each.collection.casefold(), f"{each.name}s".casefold()):
            return each
    return None


def _meaningless(word: str, why: str) -> CommandError:
    return CommandError(Exit.USAGE, [f"{word!r} is not understood: {why}"])
