"""The page of the benchmark: the command, the machine, the table, and how each row is measured."""

import os
import platform
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final

from tools.bench.misses import MISSES
from tools.bench.results import Result
from tools.bench.world.size import FULL

_LIBRARIES: Final = ("grpcio", "protobuf", "protovalidate", "aiosqlite", "orjson")
_WORDS: Final = {True: "met", False: "**missed**", None: "not measured"}


def page(results: Sequence[Result]) -> str:
    """Give the whole page in Markdown."""
    return "\n".join((_head(), table(results), "", *(_about(it) for it in results)))


def table(results: Sequence[Result]) -> str:
    """Give the table in Markdown."""
    lines = ["| figure | ceiling, same run | measured | wanted | |", "|---|---|---|---|---|"]
    lines += [
        f"| {it.figure} | {it.ceiling} | {it.measured} | {it.wanted} | {_WORDS[it.met]} |"
        for it in results
    ]
    return "\n".join(lines)


def _head() -> str:
    libraries = ", ".join(f"{it} {version(it)}" for it in _LIBRARIES)
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / (1 << 30)
    return f"""# Benchmarks

<!-- Written by `make bench`: run it, do not edit. -->

Measured on {datetime.now(UTC):%Y-%m-%d} with

```sh
make bench
```

on {os.cpu_count()} cores of {_processor()}, {memory:.0f} GiB of memory,
{platform.system()} {platform.release()}, Python {platform.python_version()}, SQLite \
{sqlite3.sqlite_version}, {libraries}.
`BENCH_ROWS="get create"` measures some rows and writes nothing.

The server is a process of its own on loopback with its default settings, the durable store and the
Istio driver; clients are processes of their own on the same machine.
Ceilings are measured in the same run, in bursts that alternate with the server's, and the figure is
the median of the ratios: what else goes on on the machine meets both.

The world: {FULL.intents:,} intents over {FULL.destinations:,} destinations in {FULL.clusters} \
clusters and {FULL.namespaces} namespaces.
Each namespace is in two clusters, with {FULL.services} services and {FULL.hosts} hosts outside;
about each service there are two intercluster, two intracluster and one inbound intent,
about each host five outbound ones.
All have two clients; one intent in ten lets its callers leave through dedicated egress gateways.
It is generated (`tools/bench/world`), written into a store as the office would write it, and then
compiled, rendered and delivered by the server itself, which must settle every intent.
"""


def _about(result: Result) -> str:
    lines = [f"## {result.figure[0].upper()}{result.figure[1:]}", "", result.how, ""]
    if result.details:
        lines += [f"- {it}" for it in result.details] + [""]
    for beginning, why in MISSES.items():
        if result.met is False and result.figure.startswith(beginning):
            lines += [f"**Missed.** {why}", ""]
    return "\n".join(lines)


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()
