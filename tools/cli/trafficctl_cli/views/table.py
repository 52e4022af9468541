"""Tables as columns of text, page after page, and the colours of states."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from rich.cells import cell_len
from rich.text import Text

from trafficctl_cli.views.screen import Line, plain

_PAGE: Final = 1000  # rows that are measured together
_GAP: Final = "  "
_STYLES: Final = {
    "SETTLED": "green",
    "LOADED": "green",
    "ACTIVE": "green",
    "PLACED": "green",
    "ALLOWED": "green",
    "APPLIED": "green",
    "READY": "green",
    "APPROVED": "green",
    "PASSES": "green",
    "OPENED": "green",
    "WIDENED": "green",
    "CREATE": "green",
    "PROGRESSING": "cyan",
    "WAITING": "yellow",
    "RETRYING": "yellow",
    "DRAFT": "yellow",
    "DEGRADED": "yellow",
    "UNKNOWN": "yellow",
    "UPDATE": "yellow",
    "NARROWED": "yellow",
    "NOT_APPLICABLE": "dim",
    "DELETING": "magenta",
    "REFUSED": "red",
    "REFUSES": "red",
    "HELD": "red",
    "DRIFTED": "red",
    "DENIED": "red",
    "UNREACHABLE": "red",
    "STALE": "red",
    "REJECTED": "red",
    "CLOSED": "red",
    "DELETE": "red",
}


def styled(word: str) -> Text:
    """Give a word of state its colour."""
    return Text(word, style=_STYLES.get(word.partition(" ")[0], ""))


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[Line]:
    """Give a table's lines; of very long ones, columns may widen from page to page."""
    widths = [cell_len(word) for word in head]
    left = iter(rows)
    first = True
    while page := [[plain(cell) for cell in row] for row in islice(left, _PAGE)]:
        for row in page:
            widths = [max(old, cell_len(it)) for old, it in zip(widths, row, strict=True)]
        if first:
            yield Text(_aligned(head, widths).plain, style="bold")
            first = False
        for row in page:
            yield _aligned(row, widths)


def _aligned(row: Sequence[str], widths: Sequence[int]) -> Text:
    line = Text()
    for index, (cell, width) in enumerate(zip(row, widths, strict=True)):
        line.append(_GAP if index else "")
        line.append_text(styled(cell))
        line.append(" " * (width - cell_len(cell)))
    line.rstrip()
    return line
