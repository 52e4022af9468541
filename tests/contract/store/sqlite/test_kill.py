"""A real kill -9 of a process that commits as fast as it can."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from trafficctl_server.store.sqlite.store import SqliteStore

COMMITTER = """
import asyncio, itertools, os, sys
from pathlib import Path
from trafficctl_server.store.records import ABSENT, Put, RequestRecord, Write
from trafficctl_server.store.sqlite.store import SqliteStore

def create(name):
    return Write(
        puts=(Put(name=name, kind="Intent", uid=name, etag="e", generation=1, create_time=1,
            update_time=1, body=name.encode() * 50, expect=ABSENT),),
        touch_scopes=(name[:3],), allocate=(name,),
        request=RequestRecord(principal="p", method="m", request_id=name, body_digest="d",
            response=b"", time=1))

async def main():
    store = SqliteStore(Path(sys.argv[1]), pool_size=1 << 20)
    await store.start()
    numbers = itertools.count()
    async def work():
        for number in numbers:
            name = f"{sys.argv[2]}-{number}"
            done = await store.commit(create(name))
            os.write(1, f"{done.revision} {name} {done.allocations[name]}\\n".encode())
    await asyncio.gather(*(work() for _ in range(16)))

asyncio.run(main())
"""


def our_environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


def killed_run(path: Path, life: int, lines: int) -> list[tuple[int, str, int]]:
    """Commit until so many answers were read, kill, and tell all that was acknowledged."""
    with subprocess.Popen(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", COMMITTER, str(path), str(life)],
        env=our_environment(),
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        read = [process.stdout.readline() for _ in range(lines)]
        process.kill()
        read += process.stdout.readlines()
    told = (line.split() for line in read if line.endswith("\n"))
    return [(int(revision), name, int(index)) for revision, name, index in told]


FAILING = """
import asyncio, sys
from pathlib import Path
from trafficctl_server.store.sqlite.store import SqliteStore

async def main():
    store = SqliteStore(Path(sys.argv[1]), pool_size=4)
    await store.start()
    kept.append(store)
    raise SystemExit(7)

kept = []
asyncio.run(main())
"""


def test_a_process_that_fails_without_closing_ends(path: Path) -> None:
    ran = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", FAILING, str(path)], env=our_environment(), timeout=60, check=False
    )
    assert ran.returncode == 7


@pytest.mark.parametrize("lives", [3, pytest.param(60, marks=pytest.mark.crash)])
async def test_all_that_was_acknowledged_is_there_after_kill_9(path: Path, lives: int) -> None:
    acknowledged: dict[str, tuple[int, int]] = {}
    for life in range(lives):
        for revision, name, index in killed_run(path, life, lines=50 + 97 * life % 400):
            acknowledged[name] = revision, index
        store = SqliteStore(path, pool_size=1 << 20)
        await store.start()
        current, records = await store.snapshot()
        found = {record.name: record for record in records}
        allocations = await store.allocations()
        for name, (revision, index) in acknowledged.items():
            assert found[name].revision == revision
            assert found[name].body == name.encode() * 50
            assert allocations[name] == index
        changes = await store.changes(0, 1_000_000)
        assert [change.revision for change in changes] == list(range(1, current + 1))
        assert {change.name for change in changes} == set(found) == set(allocations)
        assert len(set(allocations.values())) == len(allocations)
        assert await store.check() == "ok"
        await store.close()
    assert len(acknowledged) >= 50 * lives
