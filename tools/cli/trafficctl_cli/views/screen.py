"""Where words go: results to standard output, all else to standard error.

Colour only on a terminal and without ``NO_COLOR``. What a server says may come from other people,
so whatever could steer a terminal is shown as an escape.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Final

from rich.console import Console
from rich.live import Live
from rich.progress import Progress, SpinnerColumn, TextColumn
from rich.text import Text

_STEERING: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
Line = str | Text


def plain(text: str) -> str:
    """Make a text harmless for terminals."""
    return _STEERING.sub(lambda it: it[0].encode("unicode_escape").decode(), text)


class Screen:
    """One terminal, or what stands in its place."""

    def __init__(self) -> None:
        self.out = Console(file=sys.stdout, highlight=False, markup=False, emoji=False)
        self.err = Console(file=sys.stderr, highlight=False, markup=False, emoji=False)

    def tell(self, lines: Iterable[Line]) -> None:
        """Write results, however wide they are."""
        for line in lines:
            if self.out.is_terminal:
                self.out.print(line, soft_wrap=True)
            else:
                sys.stdout.write(f"{line}\n")

    def write(self, text: str) -> None:
        """Write text for programs, as it is."""
        sys.stdout.write(text)

    def note(self, line: Line) -> None:
        """Tell people something that is no result."""
        self.err.print(line, soft_wrap=True)

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
