"""Where words go: results to standard output, all else to standard error.

Colour only on a terminal and without ``NO_COLOR``. What a server says may come from other people,
so whatever could steer a terminal is shown as an escape.
"""

import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Final

from rich.console import Console
from rich.live import Live
from rich.progress import Progress, SpinnerColumn, TextColumn
from rich.text import Text

from trafficctl_cli.exits import CommandError, Exit

_STEERING: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
Line = str | Text


def plain(text: str) -> str:
    """Make a text harmless for terminals."""
    return _STEERING.sub(lambda it: it[0].encode("unicode_escape").decode(), text)


def _harmless(line: Line) -> Line:
    if isinstance(line, str):
        return plain(line)
    if _STEERING.search(line.plain):
        line.plain = plain(line.plain)
    return line


def _unheard() -> CommandError:
    # Without this the interpreter would complain when it closes the stream at its end.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return CommandError(Exit.UNHEARD, [])


class _Console(Console):
    """A console that leaves it to us what a reader's end means."""

    def on_broken_pipe(self) -> None:
        """Stop."""
        raise _unheard()


class Screen:
    """One terminal, or what stands in its place.

    Its methods raise :class:`CommandError` where nobody reads what they write any more.
    """

    def __init__(self) -> None:
        self.out: Console = _Console(file=sys.stdout, highlight=False, markup=False, emoji=False)
        self.err: Console = _Console(file=sys.stderr, highlight=False, markup=False, emoji=False)

    def tell(self, lines: Iterable[Line]) -> None:
        """Write results, however wide they are."""
        for line in lines:
            harmless = _harmless(line)
            if self.out.is_terminal:
                self.out.print(harmless, soft_wrap=True)
            else:
                self.write(f"{harmless}\n")

    def write(self, text: str) -> None:
        """Write text for programs, as it is."""
        try:
            sys.stdout.write(text)
        except BrokenPipeError:
            raise _unheard() from None

    def flush(self) -> None:
        """Write what is left."""
        try:
            sys.stdout.flush()
        except BrokenPipeError:
            raise _unheard() from None

    def note(self, line: Line) -> None:
        """Tell people something that is no result."""
        self.err.print(_harmless(line), soft_wrap=True)

    @contextmanager
    def live(self) -> Iterator[Live]:
        """Show a page of standard output that is drawn anew again and again."""
        with Live(console=self.out, auto_refresh=False, vertical_overflow="crop") as live:
            yield live

    @contextmanager
    def progress(self, text: str) -> Iterator["Step"]:
        """Show on a terminal what goes on during a long step; elsewhere nothing."""
        bar = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            console=self.err,
            transient=True,
            disable=not self.err.is_terminal,
        )
        with bar:
            yield Step(bar, text)


class Step:
    """A step under way."""

    def __init__(self, bar: Progress, text: str) -> None:
        self._bar = bar
        self._task = bar.add_task(text, total=None)

    def stop(self) -> None:
        """Take it off the terminal, where something else is written next."""
        self._bar.stop()

    def say(self, text: str) -> None:
        """Say what goes on now."""
        self._bar.update(self._task, description=text)
