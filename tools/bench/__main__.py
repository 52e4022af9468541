"""Runs ``make bench``: measures the rows and writes them to ``docs/benchmarks.md``.

It ends by itself: rows that there is no time left for are not measured, and the page says so.
"""

import argparse
import asyncio
import shutil
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

from tools.bench.report import page, table
from tools.bench.results import Result, not_measured
from tools.bench.rows import delivering, explaining, reading, rendering, starting, writing
from tools.bench.run import SMOKE, WHOLE, Run, running
from tools.bench.serving import BenchError

Row = Callable[[Run], Awaitable[Result | list[Result]]]

# In this order: what disturbs the world least comes first.
ROWS: Final[dict[str, Row]] = {
    "render": rendering.render,
    "start": starting.start,
    "get": reading.get,
    "explain": explaining.explain,
    "plan": explaining.plan,
    "change": delivering.one_change,
    "create": writing.create,
    "get-while-rendering": reading.while_rendering,
}
WITHOUT_SERVER: Final = {"render"}
PAGE: Final = Path("docs", "benchmarks.md")
FOLDER: Final = Path("build", "bench", "run")
LONGEST: Final = 20 * 60.0
"""Seconds that the rows may take together, once the world is built."""


def main() -> int:
    """Measure, and give the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench", description=__doc__)
    parser.add_argument(
        "--rows", default="", help=f"some of {' '.join(ROWS)}; then the page is not written"
    )
    parser.add_argument(
        "--smoke", action="store_true", help="a world of 105 intents, to see that every row runs"
    )
    asked = parser.parse_args()
    chosen = asked.rows.split() or list(ROWS)
    if unknown := set(chosen) - set(ROWS):
        parser.error(f"no such row: {' '.join(sorted(unknown))}")
    try:
        results = asyncio.run(measure(chosen, smoke=asked.smoke))
    except BenchError as error:
        print(f"the benchmark failed: {error}", file=sys.stderr)
        return 1
    print(table(results))
    for result in results:
        for detail in result.details:
            print(f"- {result.figure}: {detail}")
    if len(chosen) == len(ROWS) and not asked.smoke:
        PAGE.write_text(page(results), encoding="utf-8")
    return 0


async def measure(chosen: list[str], *, smoke: bool, folder: Path = FOLDER) -> list[Result]:
    """Measure rows one after another.

    :raises BenchError: one failed.
    """
    await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)
    await asyncio.to_thread(folder.mkdir, parents=True)
    results: list[Result] = []
    async with running(SMOKE if smoke else WHOLE, folder) as run:
        if set(chosen) - WITHOUT_SERVER:
            await run.prepare()
        end = asyncio.get_running_loop().time() + LONGEST
        for name in chosen:
            print(f"measuring {name}", file=sys.stderr)
            try:
                async with asyncio.timeout_at(end):
                    found = await ROWS[name](run)
            except TimeoutError:
                why = f"The rows before it took the {LONGEST / 60:g} minutes of a run."
                found = not_measured(name, "", "", why)
            results += found if isinstance(found, list) else [found]
    return results


if __name__ == "__main__":
    sys.exit(main())
