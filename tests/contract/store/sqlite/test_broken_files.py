"""What can be wrong with the file: clear text, nothing lost, and it goes on afterwards."""

import asyncio
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from trafficctl_server.store.errors import StoreUnavailable
from trafficctl_server.store.records import Write
from trafficctl_server.store.sqlite.faults import unavailable
from trafficctl_server.store.sqlite.migrating import packaged_scripts
from trafficctl_server.store.sqlite.store import SqliteStore

Create = Callable[..., Write]


async def refusal(path: Path) -> StoreUnavailable:
    store = SqliteStore(path, pool_size=4, busy_timeout=0.05)
    with pytest.raises(StoreUnavailable) as refused:
        await store.start()
    assert str(path.parent) not in str(refused.value)
    return refused.value


async def filled(path: Path, create: Create, records: int = 300) -> None:
    store = SqliteStore(path, pool_size=1000)
    await store.start()
    await asyncio.gather(
        *(store.commit(create(f"g/{i:04}", body=bytes(2000))) for i in range(records))
    )
    await store.close()


async def test_a_full_disk_refuses_writes_keeps_reads_and_recovers(
    store: SqliteStore, path: Path, create: Create
) -> None:
    await store.commit(create("first"))

    def limit(db: sqlite3.Connection, pages: int) -> None:
        db.execute(f"PRAGMA max_page_count = {pages}").fetchall()

    await store._file.run("limit", limit, 40)
    acknowledged = ["first"]

    async def fill() -> None:
        for number in range(1000):
            await store.commit(create(f"g/{number}", body=bytes(3000)))
            acknowledged.append(f"g/{number}")

    with pytest.raises(StoreUnavailable, match="the disk is full: free some space"):
        await fill()
    assert {record.name for record in (await store.snapshot())[1]} == set(acknowledged)
    await store._file.run("limit", limit, 100_000)
    await store.commit(create("later"))
    await store.close()
    again = SqliteStore(path, pool_size=4)
    await again.start()
    revision, records = await again.snapshot()
    assert {record.name for record in records} == {*acknowledged, "later"}
    assert revision == len(records)
    assert await again.check() == "ok"
    await again.close()


# The soft limit of file size is the kernel's own refusal to let a file grow.
CAPPED = """
import asyncio, resource, sys
from pathlib import Path
from trafficctl_server.store.errors import StoreUnavailable
from trafficctl_server.store.records import ABSENT, Put, Write
from trafficctl_server.store.sqlite.store import SqliteStore

def create(name):
    return Write(puts=(Put(name=name, kind="Intent", uid="u", etag="e", generation=1,
        create_time=1, update_time=1, body=bytes(3000), expect=ABSENT),))

def cap(size):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

async def main():
    store = SqliteStore(Path(sys.argv[1]), pool_size=4)
    await store.start()
    cap(400_000)
    done = 0
    try:
        for number in range(1000):
            await store.commit(create(f"g/{number}"))
            done += 1
    except StoreUnavailable as error:
        text = str(error)
    readable = len((await store.snapshot())[1])
    cap(resource.RLIM_INFINITY)
    await store.commit(create("later"))
    await store.close()
    print(done, readable, text, sep="|")

asyncio.run(main())
"""


async def test_a_file_that_may_not_grow_refuses_writes_and_recovers(path: Path) -> None:
    ran = ran_apart(CAPPED, path)
    done, readable, text = ran.strip().split("|")
    assert 0 < int(done) < 1000
    assert readable == done
    assert "disk refused" in text
    assert "free space" in text
    again = SqliteStore(path, pool_size=4)
    await again.start()
    assert len((await again.snapshot())[1]) == int(done) + 1
    assert await again.check() == "ok"
    await again.close()


HOLDER = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def held_by_another_process(path: Path) -> Iterator[None]:
    with subprocess.Popen(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", HOLDER, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        yield


async def test_a_locked_file_is_said_and_the_same_store_starts_afterwards(
    path: Path, create: Create
) -> None:
    await filled(path, create, 3)
    store = SqliteStore(path, pool_size=4, busy_timeout=0.05)
    with held_by_another_process(path):
        with pytest.raises(StoreUnavailable, match="another process has the database locked"):
            await store.start()
        with pytest.raises(StoreUnavailable, match="closed"):
            await store.get("g/0000")
    await store.start()
    assert await store.get("g/0000") is not None
    await store.close()


async def test_two_servers_never_share_a_file(
    store: SqliteStore, path: Path, create: Create
) -> None:
    assert "another server uses this database" in str(await refusal(path))
    await store.commit(create("g"))
    await store.close()
    second = SqliteStore(path, pool_size=4)
    await second.start()
    assert await second.get("g") is not None
    await second.close()


async def test_nobody_else_gets_into_an_open_file(store: SqliteStore, path: Path) -> None:
    assert store.revision == 0
    stranger = sqlite3.connect(path, timeout=0)
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        stranger.execute("SELECT * FROM records")
    stranger.close()


UNPRIVILEGED = """
import asyncio, os, sys
from pathlib import Path
from trafficctl_server.store.errors import StoreUnavailable
from trafficctl_server.store.sqlite.store import SqliteStore

async def main():
    store = SqliteStore(Path(sys.argv[1]), pool_size=4)
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)
    try:
        await store.start()
    except StoreUnavailable as error:
        print(error)

asyncio.run(main())
"""


@pytest.mark.parametrize("writable", ["nothing", "lock only"])
def test_a_read_only_place_is_said_and_left_as_it_is(writable: str) -> None:
    with tempfile.TemporaryDirectory(prefix="trafficctl-") as name:
        folder = Path(name)
        path = folder / "store.db"
        path.touch(mode=0o444)
        lock = folder / "store.db.lock"
        lock.touch()
        lock.chmod(0o666 if writable == "lock only" else 0o444)
        folder.chmod(0o555)
        ran = ran_apart(UNPRIVILEGED, path)
        assert "cannot be opened (Permission denied)" in ran
        assert "writable for the server's user" in ran
        assert content_of(path) == b""
        folder.chmod(0o755)


def test_a_read_only_database_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    sqlite3.connect(path).close()
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    with pytest.raises(sqlite3.OperationalError) as failed:
        db.execute("CREATE TABLE t (x)")
    db.close()
    assert "the database is read-only: make the file" in str(unavailable(failed.value))


async def test_a_damaged_header_is_said_and_the_file_left_as_it_is(
    path: Path, create: Create
) -> None:
    await filled(path, create)
    spoilt = b"\xde\xad" * 50 + content_of(path)[100:]
    overwrite(path, spoilt)
    assert "damaged or no database of this server" in str(await refusal(path))
    assert content_of(path) == spoilt


async def test_a_damaged_page_is_said_and_never_read_as_data(path: Path, create: Create) -> None:
    await filled(path, create)
    content = bytearray(content_of(path))
    middle = len(content) // 4096 // 4 * 4096
    content[middle : middle + 40 * 4096] = b"\xa5" * (40 * 4096)
    overwrite(path, content)
    store = SqliteStore(path, pool_size=4)
    await store.start()
    with pytest.raises(StoreUnavailable, match="damaged: keep a copy"):
        await store.snapshot()
    assert await store.check() != "ok"
    await store.close()


async def test_a_cut_off_file_is_said(path: Path, create: Create) -> None:
    await filled(path, create)
    with path.open("r+b") as file:
        file.truncate(20_000)
    assert "damaged" in str(await refusal(path))


async def test_a_newer_layout_is_refused_untouched(path: Path, create: Create) -> None:
    await filled(path, create, 1)
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version = 99")
    db.close()
    before = content_of(path)
    error = str(await refusal(path))
    assert f"layout 99, this release knows {len(packaged_scripts())}" in error
    assert "run the newer release" in error
    assert content_of(path) == before


async def test_the_database_of_another_program_is_refused_untouched(path: Path) -> None:
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE theirs (x)")
    db.close()
    assert "another program" in str(await refusal(path))
    db = sqlite3.connect(path)
    assert db.execute("SELECT name FROM sqlite_master").fetchall() == [("theirs",)]
    db.close()


async def test_a_file_taken_away_under_the_server_takes_no_more_writes(
    store: SqliteStore, path: Path, create: Create
) -> None:
    await store.commit(create("g"))
    moved = path.with_suffix(".moved")
    move(path, moved)
    with pytest.raises(StoreUnavailable, match="removed or replaced"):
        await store.commit(create("h"))
    move(moved, path)
    assert (await store.commit(create("i"))).revision == 2


def test_the_files_are_the_owners_alone(path: Path, create: Create) -> None:
    async def life() -> None:
        store = SqliteStore(path, pool_size=4)
        await store.start()
        await store.commit(create("g"))
        modes = {file.name: file.stat().st_mode & 0o777 for file in path.parent.iterdir()}
        assert modes == dict.fromkeys(("store.db", "store.db-wal", "store.db.lock"), 0o600)
        await store.close()

    before = os.umask(0)
    try:
        asyncio.run(life())
    finally:
        os.umask(before)


def ran_apart(script: str, path: Path) -> str:
    return subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", script, str(path)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        stdout=subprocess.PIPE,
        text=True,
        timeout=60,
        check=True,
    ).stdout


def content_of(path: Path) -> bytes:
    return path.read_bytes()


def overwrite(path: Path, content: bytes | bytearray) -> None:
    path.write_bytes(content)


def move(path: Path, to: Path) -> None:
    path.rename(to)
