"""Tables of a Markdown page."""

import re
from collections.abc import Iterator
from itertools import product


def rows(page: str, header: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Give the rows of all tables with this header."""
    within = False
    for line in page.splitlines():
        cells = tuple(it.strip() for it in line.strip().strip("|").split(" | "))
        if not line.startswith("|"):
            within = False
        elif within and not line.startswith("|---"):
            yield cells
        elif cells == header:
            within = True


def quoted(cell: str) -> list[str]:
    """Give what stands in backticks in a cell."""
    return re.findall(r"`([^`]+)`", cell)


def expanded(cell: str) -> list[str]:
    """Give what stands in backticks in a cell, one for each alternative in braces."""
    found = []
    for text in quoted(cell):
        parts = re.split(r"\{([^}]*)\}", text)
        choices = [part.split(",") if at % 2 else [part] for at, part in enumerate(parts)]
        found += ["".join(chosen) for chosen in product(*choices)]
    return found
