"""Where documents come from: files, folders, standard input; split without reading all of one."""

import io
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, Protocol

from trafficctl_cli.exits import CommandError, Exit

STDIN: Final = "-"
_ENDINGS: Final = (".yaml", ".yml", ".json")
_START: Final = re.compile(rb"---(?=\s|$)")
_END: Final = re.compile(rb"\.\.\.(?=\s|$)")
_EMPTY: Final = re.compile(rb"\s*(?:#.*)?(?:---\s*(?:#.*)?)?$")
_BOM: Final = b"\xef\xbb\xbf"


class Source(Protocol):
    """A text that can be read again."""

    @property
    def label(self) -> str:
        """What people call it."""

    def open(self) -> BinaryIO:
        """Open it.

        :raises OSError: it cannot be read.
        """


@dataclass(frozen=True, slots=True)
class FileSource:
    """A file."""

    path: Path

    @property
    def label(self) -> str:
        """Its path, as it was given."""
        return str(self.path)

    def open(self) -> BinaryIO:
        """Open it.

        :raises OSError: it cannot be read.
        """
        return self.path.open("rb")


@dataclass(frozen=True, slots=True)
class TextSource:
    """A text in memory: standard input or a pipe, which nobody can read twice."""

    label: str
    text: bytes

    def open(self) -> BinaryIO:
        """Open it."""
        return io.BytesIO(self.text)


@dataclass(frozen=True, slots=True)
class Piece:
    """The text of one document.

    :ivar start: its first byte in the source.
    :ivar line: its first line there, from 0.
    """

    text: bytes
    start: int
    line: int


def sources(paths: Iterable[str]) -> list[Source]:
    """Find every file that is meant; those of a folder by name.

    :raises CommandError: one is not there, or a folder holds none; all mistakes together.
    """
    found: list[Source] = []
    mistakes = []
    for path in dict.fromkeys(paths):
        if path == STDIN:
            found.append(TextSource("standard input", sys.stdin.buffer.read()))
        elif Path(path).is_dir():
            below = sorted(it for it in Path(path).rglob("*") if _is_ours(it))
            found += map(FileSource, below)
            if not below:
                mistakes.append(f"{path} holds no file that ends in {', '.join(_ENDINGS)}")
        elif Path(path).is_file():
            found.append(FileSource(Path(path)))
        elif Path(path).exists():  # a pipe, as of <(...), which can be read once
            found.append(TextSource(path, Path(path).read_bytes()))
        else:
            mistakes.append(f"{path} does not exist")
    if mistakes:
        raise CommandError(Exit.USAGE, mistakes)
    return found


def pieces(source: Source) -> Iterator[Piece]:
    """Split a source at its document marks, which by YAML's own rule are nothing else anywhere.

    :raises CommandError: it cannot be read.
    """
    try:
        with source.open() as file:
            yield from _split(file)
    except OSError as error:
        why = (error.strerror or "unknown error").lower()
        raise CommandError(Exit.USAGE, [f"{source.label} cannot be read: {why}"]) from None


def again(source: Source, start: int, length: int) -> bytes:
    """Read a part of a source once more.

    :raises OSError: it cannot be read.
    """
    with source.open() as file:
        file.seek(start)
        return file.read(length)


def _split(file: BinaryIO) -> Iterator[Piece]:
    lines: list[bytes] = []
    position = start = first = 0
    said = False
    for number, raw in enumerate(file):
        line = raw if number else raw.removeprefix(_BOM)
        if not number:
            position = start = len(raw) - len(line)
        if _START.match(line) or _END.match(line):
            if said:
                yield Piece(b"".join(lines), start, first)
            lines, said = [], False
            start, first = position, number
        if _END.match(line):
            start, first = position + len(line), number + 1
        else:
            lines.append(line)
            said = said or not _EMPTY.match(line)
        position += len(line)
    if said:
        yield Piece(b"".join(lines), start, first)


def _is_ours(path: Path) -> bool:
    hidden = any(part.startswith(".") and part not in (".", "..") for part in path.parts)
    return path.suffix in _ENDINGS and path.is_file() and not hidden
