"""The rows of delivery: ledger, slices and targets."""

import sqlite3
from collections.abc import Iterable, Mapping

from trafficctl_server.store.records import (
    LedgerKey,
    LedgerRow,
    SliceKey,
    SliceRow,
    TargetRow,
    Write,
)
from trafficctl_server.store.sqlite.rows import LEDGER_COLUMNS, ledger_of_row, ledger_row

_CHANGE = (
    "UPDATE {}SET scope = ?3, desired_digest = ?4, written_digest = ?5, origins = ?6,"
    " state = ?7, tombstone = ?8, target = ?9, wave = ?10, manifest = coalesce(?11, manifest),"
    # Columns have here the values from before: what was written must not be lost.
    " written_manifest = CASE WHEN ?5 IN ('', ?4) THEN NULL"
    " WHEN ?12 IS NOT NULL THEN ?12"
    " WHEN written_manifest IS NOT NULL AND written_digest = ?5 THEN written_manifest"
    " WHEN desired_digest = ?5 THEN manifest END"
)
_KEEP_MANIFEST = f"{_CHANGE.format('ledger ')} WHERE cluster = ?1 AND key = ?2"
_PUT = (
    f"INSERT INTO ledger ({LEDGER_COLUMNS}, manifest, written_manifest)"  # noqa: S608 - constants only
    " VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12)"
    f" ON CONFLICT (cluster, key) DO {_CHANGE.format('')}"
)


def write_delivery(db: sqlite3.Connection, write: Write) -> None:
    """Do what a write asks of these rows."""
    for row in write.ledger_puts:
        statement = _KEEP_MANIFEST if row.manifest is None else _PUT
        db.execute(statement, (*ledger_row(row), row.manifest, row.written))
    for key in write.ledger_removes:
        db.execute("DELETE FROM ledger WHERE cluster = ? AND key = ?", (key.cluster, key.key))
    for row_ in write.slice_puts:
        db.execute(
            "INSERT OR REPLACE INTO slices VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                row_.scope,
                row_.cluster,
                row_.driver,
                row_.driver_version,
                row_.digest,
                row_.failure,
                int(row_.calling),
            ),
        )
    for gone in write.slice_removes:
        db.execute(
            "DELETE FROM slices WHERE scope = ? AND cluster = ? AND driver = ?",
            (gone.scope, gone.cluster, gone.driver),
        )
    for target in write.target_puts:
        db.execute(
            "INSERT OR REPLACE INTO targets VALUES (?, ?)", (target.cluster, target.identity)
        )
    for cluster in write.target_removes:
        db.execute("DELETE FROM targets WHERE cluster = ?", (cluster,))


def read_ledger(
    db: sqlite3.Connection, after: LedgerKey | None, limit: int | None
) -> list[LedgerRow]:
    """Answer rows by cluster and key, without manifests; see ``Store.ledger``."""
    start = ("", "") if after is None else (after.cluster, after.key)
    rows = db.execute(
        f"SELECT {LEDGER_COLUMNS} FROM ledger"  # noqa: S608 - constants only
        " WHERE (cluster, key) > (?, ?) ORDER BY cluster, key LIMIT ?",
        (*start, -1 if limit is None else limit),
    )
    return [ledger_of_row(row) for row in rows]


def read_manifests(db: sqlite3.Connection, keys: Iterable[LedgerKey]) -> Mapping[LedgerKey, bytes]:
    """Answer the manifests of those keys that are in the ledger."""
    found: dict[LedgerKey, bytes] = {}
    for key in keys:
        row = db.execute(
            "SELECT manifest FROM ledger WHERE cluster = ? AND key = ?", (key.cluster, key.key)
        ).fetchone()
        if row is not None:
            found[key] = row[0]
    return found


def read_written(
    db: sqlite3.Connection, keys: Iterable[LedgerKey]
) -> Mapping[LedgerKey, bytes | None]:
    """Answer what was written of those keys; None: it is not known."""
    found: dict[LedgerKey, bytes | None] = {}
    for key in keys:
        row = db.execute(
            "SELECT CASE written_digest WHEN desired_digest THEN manifest ELSE written_manifest END"
            " FROM ledger WHERE cluster = ? AND key = ? AND written_digest != ''",
            (key.cluster, key.key),
        ).fetchone()
        if row is not None:
            found[key] = row[0]
    return found


def read_slices(
    db: sqlite3.Connection, after: SliceKey | None, limit: int | None
) -> list[SliceRow]:
    """Answer rows by scope, cluster and driver; see ``Store.slices``."""
    start = ("", "", "") if after is None else (after.scope, after.cluster, after.driver)
    rows = db.execute(
        "SELECT scope, cluster, driver, driver_version, digest, failure, calling FROM slices"
        " WHERE (scope, cluster, driver) > (?, ?, ?) ORDER BY scope, cluster, driver LIMIT ?",
        (*start, -1 if limit is None else limit),
    )
    return [
        SliceRow(
            scope=row[0],
            cluster=row[1],
            driver=row[2],
            driver_version=row[3],
            digest=row[4],
            failure=row[5],
            calling=bool(row[6]),
        )
        for row in rows
    ]


def read_targets(db: sqlite3.Connection) -> list[TargetRow]:
    """Answer all rows by cluster."""
    rows = db.execute("SELECT cluster, identity FROM targets ORDER BY cluster")
    return [TargetRow(cluster=row[0], identity=row[1]) for row in rows]
