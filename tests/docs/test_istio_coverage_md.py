"""``docs/istio-coverage.md`` has every field once, and what it names is there."""

from __future__ import annotations

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Final

import pytest
from trafficctl_istio.capabilities import INFO
from trafficctl_sdk.core_fields import served_by_core
from trafficctl_sdk.intent_kinds import INTENT_KINDS

from tests.docs.intents_page import every_leaf
from tools.coverage.table import HEADER, PAGE, page, unneeded
from tools.coverage.tables import expanded, quoted, rows

ROOT: Final = Path(__file__).parents[2]
TEXT: Final = PAGE.read_text()
WORDS: Final = {
    "inter": "intercluster",
    "intra": "intracluster",
    "out": "outbound",
    "in": "inbound",
}
RULES: Final = ("rule", "what Istio does", "what is done about it", "shown by")
OUT_OF_SCOPE: Final = ("rule", "what it is about", "why it is left alone")
NUMBERS: Final = [*(f"4.{it}" for it in range(1, 26)), *(f"10.{it}" for it in range(1, 9))]
NOTHING: Final = "–"  # noqa: RUF001 - the dash that the page writes
DECLARED: Final = frozenset(it.path for it in INFO.capabilities)


def served(kind: str, leaf: str) -> bool:
    return f"{kind}.{leaf}" in DECLARED or served_by_core(kind, leaf)


@cache
def leaves(kind: str) -> tuple[str, ...]:
    """Give what an intent of a kind can say: paths with nothing below, or declared as they are."""
    every = list(every_leaf(INTENT_KINDS[kind]))
    within = {it.rpartition(".")[0] for it in every}
    return tuple(it for it in every if it not in within or f"{kind}.{it}" in DECLARED)


def covering(field: str, kind: str) -> list[str]:
    """Give the leaves that a field of the page stands for: itself, or all below it."""
    return [it for it in leaves(kind) if it == field or it.startswith(f"{field}.")]


def test_the_table_is_written_from_what_intents_md_says() -> None:
    assert page() == TEXT, "run python -m tools.coverage"


@pytest.mark.parametrize("word", WORDS)
def test_every_field_of_a_kind_stands_once_and_as_it_is(word: str) -> None:
    kind = WORDS[word]
    told: list[str] = []
    exact = {it for row in rows(TEXT, HEADER) if word in row[1].split() for it in expanded(row[0])}
    for field, kinds, rendered, refused, shown in rows(TEXT, HEADER):
        assert refused
        assert shown
        if word not in kinds.split():
            continue
        for path in expanded(field):
            found = [it for it in covering(path, kind) if it == path or it not in exact]
            found = [it for it in found if not _nearer(path, it, exact)]
            told += found
            for leaf in found:
                assert served(kind, leaf) is (rendered != NOTHING), f"{kind}.{leaf}: {rendered}"
    assert [it for it, number in Counter(told).items() if number > 1] == []
    assert set(leaves(kind)) - set(told) == set()


def _nearer(path: str, leaf: str, exact: set[str]) -> bool:
    """Say whether another row speaks of a leaf more closely."""
    return any(len(it) > len(path) and leaf.startswith(f"{it}.") for it in exact)


def test_no_reason_and_no_proof_is_left_over() -> None:
    assert unneeded() == set()


def test_an_override_says_what_the_intent_can_say() -> None:
    for kind in WORDS.values():
        below = {it.removeprefix("overrides.") for it in leaves(kind) if "overrides." in it}
        for leaf in below & set(leaves(kind)):
            assert served(kind, leaf) is served(kind, f"overrides.{leaf}"), f"{kind}.{leaf}"


def test_every_rule_is_obeyed_or_left_alone_with_its_reason() -> None:
    obeyed = [row[0] for row in rows(TEXT, RULES)]
    left = [row[0] for row in rows(TEXT, OUT_OF_SCOPE)]
    assert sorted([*obeyed, *left]) == sorted(NUMBERS)
    assert all(all(row) for header in (RULES, OUT_OF_SCOPE) for row in rows(TEXT, header))


def test_everything_that_shows_something_is_there() -> None:
    shown = {it for row in rows(TEXT, HEADER) for it in quoted(row[-1])}
    shown |= {it for row in rows(TEXT, RULES) for it in quoted(row[-1])}
    missing = []
    for it in sorted(shown):
        file, _, name = it.partition("::")
        path = ROOT / file
        there = path.is_file() and (not name or name in _tests_in(path))
        if not there or (not name and path.suffix != ".yaml"):
            missing.append(it)
    assert missing == []


def test_scenarios_speak_of_rules_that_stand_here() -> None:
    cited = {
        number
        for case in (ROOT / "tests" / "scenarios" / "cases").glob("*.yaml")
        for number in re.findall(r"pitfalls (4\.\d+)", case.read_text())
    }
    assert cited
    assert cited <= set(NUMBERS)


@cache
def _tests_in(path: Path) -> frozenset[str]:
    return frozenset(
        it.name
        for it in ast.walk(ast.parse(path.read_text()))
        if isinstance(it, ast.FunctionDef | ast.AsyncFunctionDef)
    )
