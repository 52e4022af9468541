import sqlite3
from pathlib import Path

import pytest

from trafficctl_server.store.records import LedgerRow, Write
from trafficctl_server.store.sqlite.migrating import migrate, packaged_scripts
from trafficctl_server.store.sqlite.store import SqliteStore


def nothing(_step: str) -> None:
    pass


async def test_a_file_of_the_first_layout_comes_forward_with_its_rows(path: Path) -> None:
    db = sqlite3.connect(path, isolation_level=None)
    migrate(db, packaged_scripts()[:1], nothing)
    assert db.execute("PRAGMA user_version").fetchone() == (1,)
    db.execute(
        "INSERT INTO records VALUES ('g', 'Intent', 'u', 'e', 4, 9, 1, 2, NULL, 1, x'01', x'02')"
    )
    db.execute("UPDATE meta SET revision = 9")
    db.close()
    store = SqliteStore(path, pool_size=4)
    await store.start()
    found = await store.get("g")
    assert found is not None
    assert (found.generation, found.revision, found.progress, found.body) == (4, 9, b"\1", b"\2")
    row = LedgerRow(
        cluster="east",
        key="k",
        scope="s",
        desired_digest="d",
        written_digest="",
        manifest=b"m",
        origins=(),
        state=b"",
        tombstone=False,
        target="",
        wave=0,
    )
    assert (await store.commit(Write(ledger_puts=(row,)))).revision == 9
    assert len(await store.ledger()) == 1
    await store.close()
    db = sqlite3.connect(path)
    assert db.execute("PRAGMA user_version").fetchone() == (len(packaged_scripts()),)
    db.close()


async def test_what_an_older_release_wrote_is_not_made_up(path: Path) -> None:
    """It kept the desired object alone: what was written is known where it is that one."""
    db = sqlite3.connect(path, isolation_level=None)
    migrate(db, packaged_scripts()[:2], nothing)
    db.executemany(
        "INSERT INTO ledger VALUES ('east', ?, 's', ?, ?, '[]', x'', ?, '', 0, x'01')",
        [("same", "d1", "d1", 0), ("behind", "d2", "d1", 0), ("going", "", "d1", 1)],
    )
    db.close()
    store = SqliteStore(path, pool_size=4)
    await store.start()
    found = await store.written([it.ledger_key for it in await store.ledger()])
    assert {it.key: body for it, body in found.items()} == {
        "same": b"\1",
        "behind": None,
        "going": None,
    }
    await store.close()


def test_a_script_that_fails_leaves_the_layout_before_it(path: Path) -> None:
    db = sqlite3.connect(path, isolation_level=None)
    with pytest.raises(sqlite3.OperationalError):
        migrate(db, (*packaged_scripts(), "CREATE TABLE half (x); SELECT nonsense;"), nothing)
    assert db.execute("PRAGMA user_version").fetchone() == (len(packaged_scripts()),)
    assert db.execute("SELECT 1 FROM sqlite_master WHERE name = 'half'").fetchone() is None
    assert not db.in_transaction
    migrate(db, packaged_scripts(), nothing)
    db.close()


def test_a_stop_between_scripts_is_taken_up_again(path: Path) -> None:
    class StoppedError(Exception):
        pass

    def stop(step: str) -> None:
        if step == "after migration":
            raise StoppedError

    db = sqlite3.connect(path, isolation_level=None)
    for version in range(1, len(packaged_scripts()) + 1):
        with pytest.raises(StoppedError):
            migrate(db, packaged_scripts(), stop)
        assert db.execute("PRAGMA user_version").fetchone() == (version,)
    migrate(db, packaged_scripts(), stop)
    db.close()
