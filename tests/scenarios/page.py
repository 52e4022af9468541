"""Keeps the table of all scenarios in ``README.md``: ``python -m tests.scenarios.page``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tests.scenarios.scenario import HERE, scenarios

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.scenarios.scenario import Scenario

PAGE: Final = HERE / "README.md"
_HEAD: Final = "| case | what it shows | about |\n|---|---|---|\n"
_TABLE: Final = re.compile(re.escape(_HEAD) + r"(?:\|.*\n)*")


def table(them: Sequence[Scenario]) -> str:
    """Write the table of scenarios, each with the first sentence of what it shows."""
    rows = (
        f"| [{it.id}](cases/{it.id}.yaml) | {_first_sentence(it.shows)} | {', '.join(it.about)} |\n"
        for it in them
    )
    return _HEAD + "".join(rows)


def told_table(page: str) -> str:
    """Give the table that a page has."""
    found = _TABLE.search(page)
    assert found is not None, "the page has no table of scenarios"
    return found[0]


def _first_sentence(text: str) -> str:
    return re.split(r"(?<=\.) ", text, maxsplit=1)[0]


def _write() -> None:
    page = PAGE.read_text()
    PAGE.write_text(page.replace(told_table(page), table(scenarios())))


if __name__ == "__main__":
    _write()
