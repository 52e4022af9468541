"""Makes the table out of ``docs/intents.md`` and what shows each of its rows."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from tools.coverage import proofs
from tools.coverage.tables import expanded, quoted, rows

DOCS: Final = Path(__file__).resolve().parents[2] / "docs"
PAGE: Final = DOCS / "istio-coverage.md"
HEADER: Final = ("field", "kinds", "rendered as", "refused", "shown by")
_BEGIN: Final = "<!-- fields: written by `python -m tools.coverage` -->\n"
_END: Final = "<!-- end of fields -->\n"
_FIELDS: Final = ("field", "kinds", "meaning, default, limits", "with Istio")
_NOT_SERVED: Final = ("field", "kinds")
_NEVER: Final = ("field", "kinds", "rule")
_NAMED: Final = (
    ("reason", "what it means", "what to do"),
    ("rule", "what it means"),
    ("reason", "state", "what it means", "what to do"),
)
_NOTHING: Final = "–"  # noqa: RUF001 - the dash that the pages write


class UnprovenError(Exception):
    """A row that nothing in ``proofs.py`` speaks of."""


def page() -> str:
    """Give the page with its table as it should be."""
    text = PAGE.read_text()
    head, rest = text.split(_BEGIN)
    _, tail = rest.split(_END)
    lines = ["| " + " | ".join(row) + " |" for row in table()]
    top = ["| " + " | ".join(HEADER) + " |", "|---" * len(HEADER) + "|"]
    return "".join([head, _BEGIN, "\n", "\n".join([*top, *lines]), "\n\n", _END, tail])


def table() -> Iterator[tuple[str, ...]]:
    """Give every row.

    :raises UnprovenError: with the field, where nothing shows it or nobody says why not.
    """
    intents = (DOCS / "intents.md").read_text()
    known = {it for header in _NAMED for row in rows(intents, header) for it in expanded(row[0])}
    for field, kinds, meaning, rendered in rows(intents, _FIELDS):
        refusals = [it for it in quoted(meaning) if it in known]
        yield (
            field,
            kinds,
            "the core's own" if rendered == _NOTHING else rendered,
            ", ".join(f"`{it}`" for it in dict.fromkeys(refusals)) or "by its limits",
            f"`{_of(proofs.SERVED, field)}`",
        )
    for field, kinds in rows(intents, _NOT_SERVED):
        why = _of(proofs.WHY_NOT, field)
        yield (
            field,
            kinds,
            _NOTHING,
            f"always, `FIELD_NOT_SUPPORTED`: {why}",
            _code(proofs.NOT_SERVED),
        )
    for field, kinds, rule in rows(intents, _NEVER):
        yield field, kinds, _NOTHING, f"always, {rule}: it means nothing there", _code(proofs.NEVER)


def _code(text: str) -> str:
    return f"`{text}`"


def unneeded() -> set[str]:
    """Give the entries of ``proofs.py`` that no row needs."""
    intents = (DOCS / "intents.md").read_text()
    needed = {_best(proofs.SERVED, row[0]) for row in rows(intents, _FIELDS)}
    needed |= {_best(proofs.WHY_NOT, row[0]) for row in rows(intents, _NOT_SERVED)}
    return {*proofs.SERVED, *proofs.WHY_NOT} - needed


def _of(said: Mapping[str, str], cell: str) -> str:
    """Give what is said of the longest beginning of a row's first field."""
    return said[_best(said, cell)]


def _best(said: Mapping[str, str], cell: str) -> str:
    written = quoted(cell)[0].replace("{traffic_policy,overrides.traffic_policy}", "traffic_policy")
    first = re.sub(r"\{([^,}]*)[^}]*\}", r"\1", written)
    fitting = [it for it in said if first.startswith(it) or written.startswith(it)]
    if not fitting:
        raise UnprovenError(written)
    return max(fitting, key=len)
