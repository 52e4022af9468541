"""The page about scenarios has them all, and leaves out no acceptance case unsaid."""

import re
from typing import Final

from tests.scenarios.page import PAGE, table, told_table
from tests.scenarios.scenario import scenarios

ACCEPTANCE: Final = frozenset(
    f"T{number:02}"
    for number in (*range(1, 8), *range(10, 16), 17, *range(21, 24), 25, 26, *range(28, 31))
) | {"T32", "T34", "T35", "T36", "T37", "T38"}
"""The cases that were collected; other numbers were never given."""


def test_the_table_has_all_scenarios_as_they_are() -> None:
    assert told_table(PAGE.read_text()) == table(scenarios())


def test_every_acceptance_case_has_a_scenario_or_a_reason() -> None:
    shown = {it for scenario in scenarios() for it in scenario.about if re.match(r"T\d", it)}
    left_out = PAGE.read_text().split("## What has no scenario")[1]
    reasoned = {
        it for row in re.findall(r"^\| (T.*?) \|", left_out, re.MULTILINE) for it in row.split(", ")
    }
    assert not shown & reasoned
    assert shown | reasoned == ACCEPTANCE
