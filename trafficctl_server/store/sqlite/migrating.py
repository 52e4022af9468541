"""Brings a database file to the layout of this release, one numbered script after another."""

import sqlite3
from collections.abc import Callable, Sequence
from importlib.resources import files

from trafficctl_server.store.errors import StoreUnavailable

_APPLICATION_ID = 0x74726166


def packaged_scripts() -> tuple[str, ...]:
    """Answer the scripts of this release; the n-th makes layout n."""
    folder = files("trafficctl_server.store.sqlite") / "schema"
    scripts = sorted(
        (entry for entry in folder.iterdir() if entry.name.endswith(".sql")),
        key=lambda entry: entry.name,
    )
    return tuple(script.read_text(encoding="utf-8") for script in scripts)


def migrate(db: sqlite3.Connection, scripts: Sequence[str], on_step: Callable[[str], None]) -> None:
    """Apply the scripts that the file has not seen, each in a transaction of its own.

    :raises StoreUnavailable: the file is another program's or of a newer release.
    """
    version = int(db.execute("PRAGMA user_version").fetchone()[0])
    ours = db.execute("PRAGMA application_id").fetchone()[0] == _APPLICATION_ID
    empty = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    if not ours and (version or not empty):
        raise StoreUnavailable(
            "the file is the database of another program", "name another file for this server"
        )
    if version > len(scripts):
        raise StoreUnavailable(
            f"the database has layout {version}, this release knows {len(scripts)}",
            "run the newer release again or restore a backup made before it",
        )
    for number, script in enumerate(scripts[version:], start=version + 1):
        on_step("before migration")
        try:
            db.executescript(
                f"BEGIN IMMEDIATE;\n{script}\nPRAGMA user_version = {number};\nCOMMIT;"
            )
        except BaseException:
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise
        on_step("after migration")
