"""Every row of ``make bench`` runs, in a small world; what it measures is not judged here."""

from pathlib import Path

import pytest

from tools.bench.__main__ import ROWS, measure
from tools.bench.report import page, table
from tools.bench.results import Result
from tools.bench.world.inventory import clusters, workloads
from tools.bench.world.size import FULL
from tools.bench.world.wishes import intents

LONG = ("change", "get-while-rendering")
"""Rows that start further servers; ``make test-crash`` runs all."""


def shown(results: list[Result]) -> None:
    assert all(
        it.met is not None or "not served" in it.how or "UNIMPLEMENTED" in it.how for it in results
    ), table(results)
    text = page(results)
    for it in results:
        assert it.figure in text
        assert it.how in text


async def test_rows_run_against_one_server(tmp_path: Path) -> None:
    rows = [it for it in ROWS if it not in LONG]
    results = await measure(rows, smoke=True, folder=tmp_path / "run")
    assert len(results) >= len(rows)
    shown(results)


@pytest.mark.crash
async def test_every_row_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shown(await measure(list(ROWS), smoke=True, folder=tmp_path / "run"))


def test_the_stated_world_is_the_one_of_the_page() -> None:
    assert (FULL.intents, FULL.destinations) == (100_000, 20_000)
    assert (FULL.clusters, FULL.namespaces) == (50, 500)
    assert len({it.name for it in clusters(FULL)}) == FULL.clusters
    assert len({it.name for it in workloads(FULL)}) == FULL.workloads
    size = FULL.__class__(clusters=2, namespaces=1)
    chosen = list(intents(size))
    assert len({it.name for it in chosen}) == size.intents == FULL.intents // FULL.namespaces
    assert all(len(it.callers) == 2 for it in chosen)
    through_gateways = [it for it in chosen if all(c.egress is not None for c in it.callers)]
    assert len(through_gateways) * 10 == len(chosen)
