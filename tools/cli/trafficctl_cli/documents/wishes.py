"""All documents of one command, kept small: each as the bytes of its change, and where it stands.

A document's text is not kept. To show a line, the one document concerned is read again.
"""

import hashlib
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final
from zlib import crc32

from trafficctl.v2.plan_pb2 import Change

from trafficctl_cli.documents.places import spot
from trafficctl_cli.documents.reading import Document, documents, item_of, node_of
from trafficctl_cli.documents.sources import Piece, Source, again, pieces
from trafficctl_cli.exits import CommandError, Exit

_OFTEN: Final = 500
_MOST_FAULTS: Final = 1000
_LARGEST: Final = 3 << 20  # bytes of one change; a message may have 4 MiB in all


def _silent(_: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong, at a place that an editor can open; lines and columns from 1."""

    label: str
    line: int
    column: int
    path: str
    text: str

    def __str__(self) -> str:
        """Give it as compilers do."""
        what = f"{self.path}: {self.text}" if self.path else self.text
        at = f":{self.line}:{self.column}" if self.line else ""
        return f"{self.label}{at}: {what}"


class Wishes:
    """The changes that documents ask for, in their order.

    :ivar projects: the projects that their names are in.
    """

    def __init__(self, sources: Sequence[Source]) -> None:
        self.projects: dict[str, None] = {}
        self._sources = sources
        self._changes: list[bytes] = []
        self._source = array("I")
        self._start = array("Q")
        self._length = array("I")
        self._line = array("I")
        self._item = array("i")
        self._crc = array("I")
        self._names: dict[bytes, int] = {}

    def __len__(self) -> int:
        """Count them."""
        return len(self._changes)

    def change(self, index: int) -> Change:
        """Give one."""
        return Change.FromString(self._changes[index])

    def changes(self) -> Iterator[Change]:
        """Give all of them, one by one."""
        return map(self.change, range(len(self)))

    def chunks(self, most: int, size: int) -> Iterator[tuple[int, list[Change]]]:
        """Give them in parts of so many changes and bytes, each with the index of its first."""
        part: list[Change] = []
        first = used = 0
        for index, data in enumerate(self._changes):
            if part and (len(part) == most or used + len(data) > size):
                yield first, part
                first, part, used = index, [], 0
            part.append(Change.FromString(data))
            used += len(data) + 8  # around each change in its message
        if part:
            yield first, part

    def add(self, source: int, piece: Piece, document: Document, change: Change) -> str:
        """Keep one; gives why it cannot be, or nothing."""
        data = change.SerializeToString()
        if len(data) > _LARGEST:
            return f"is larger than {_LARGEST >> 20} MiB"
        name = document.message.name
        known = self._names.setdefault(_digest(name), len(self))
        if known != len(self):
            return f"{name} was said already at {self.label(known)}"
        collection, _, rest = name.partition("/")
        if collection == "projects":
            self.projects[rest.partition("/")[0]] = None
        self._changes.append(data)
        self._source.append(source)
        self._start.append(piece.start)
        self._length.append(len(piece.text))
        self._line.append(piece.line)
        self._item.append(document.item)
        self._crc.append(crc32(piece.text))
        return ""

    def label(self, index: int) -> str:
        """Say where a document begins."""
        found = self.problem(index, "", "")
        return f"{found.label}:{found.line}" if found.line else found.label

    def problem(self, index: int, path: str, text: str) -> Problem:
        """Find the place of a field in the file of a document.

        :param path: as the server says it, from the resource on.
        """
        source = self._sources[self._source[index]]
        try:
            piece = again(source, self._start[index], self._length[index])
        except OSError:
            piece = b""
        if crc32(piece) != self._crc[index]:  # somebody changed it since
            return Problem(source.label, 0, 0, path, text)
        found = spot(item_of(node_of(piece), self._item[index]), path)
        line = self._line[index] + found.line + 1
        return Problem(source.label, line, found.column + 1, found.path, text)


def read_wishes(
    sources: Sequence[Source], *, delete: bool = False, tell: Callable[[int], None] = _silent
) -> Wishes:
    """Read every document.

    :param delete: the resources are to go; only kinds and names matter.
    :param tell: is told now and then how many there are so far.
    :raises CommandError: with all that is wrong, each at its place.
    """
    wishes = Wishes(sources)
    problems: list[Problem] = []
    for number, source in enumerate(sources):
        for piece in pieces(source):
            for each in documents(piece.text, names_only=delete):
                problems += _faults(source, piece, each)
                if not each.faults:
                    refused = wishes.add(number, piece, each, _change(each.message, delete=delete))
                    if len(wishes) % _OFTEN == 0:
                        tell(len(wishes))
                    if refused:
                        line, column = piece.line + each.line + 1, each.column + 1
                        problems.append(Problem(source.label, line, column, "", refused))
        if len(problems) >= _MOST_FAULTS:
            break
    if problems:
        raise invalid(problems)
    if not len(wishes):
        labels = ", ".join(it.label for it in sources)
        raise CommandError(Exit.USAGE, [f"there is no document in {labels}"])
    return wishes


def invalid(problems: Iterable[Problem]) -> CommandError:
    """Make the error of many places."""
    found = sorted(problems, key=lambda it: (it.label, it.line, it.column))
    told = [str(it) for it in found[:_MOST_FAULTS]]
    if len(found) >= _MOST_FAULTS:
        told.append("there may be more: so many are enough to begin with")
    count = f"{len(found)} places are wrong" if len(found) > 1 else "one place is wrong"
    return CommandError(Exit.INVALID, [count, *told])


def _change(message: Any, *, delete: bool) -> Change:
    if delete:
        return Change(delete=message.name)
    change = Change(etag=message.etag)
    message.ClearField("etag")
    for field in change.apply.DESCRIPTOR.fields:
        if field.message_type is message.DESCRIPTOR:
            getattr(change.apply, field.name).CopyFrom(message)
    return change


def _faults(source: Source, piece: Piece, document: Document) -> Iterator[Problem]:
    for it in document.faults:
        line, column = piece.line + it.line + 1, it.column + 1
        yield Problem(source.label, line, column, it.path, it.text)


def _digest(name: str) -> bytes:
    return hashlib.blake2b(name.encode(), digest_size=16).digest()
