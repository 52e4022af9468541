"""Reads of records and history; each runs as one step, so it sees one revision."""

import sqlite3
from collections.abc import Collection, Iterable, Mapping
from contextlib import closing

from trafficctl_server.store.coalescing import cut
from trafficctl_server.store.errors import FutureRevision, HistoryCompacted
from trafficctl_server.store.patterns import fits, literal_start
from trafficctl_server.store.records import Change, Kept, Record
from trafficctl_server.store.sqlite.applying import find
from trafficctl_server.store.sqlite.rows import (
    RECORD_COLUMNS,
    change_of_row,
    position,
    record_of_row,
)


def read_list(
    db: sqlite3.Connection, kind: str, pattern: str, after: str, limit: int
) -> list[Record]:
    """Answer up to ``limit`` records of a kind whose names fit, in name order."""
    start = literal_start(pattern)
    names: list[str] = []
    with closing(
        db.execute(
            "SELECT name FROM records WHERE kind = ? AND name >= ? ORDER BY name",
            (kind, max(start, after)),
        )
    ) as rows:
        for (name,) in rows:
            if len(names) == limit or not name.startswith(start):
                break
            if name > after and fits(name, pattern):
                names.append(name)
    return [record for name in names if (record := find(db, name)) is not None]


def read_records(db: sqlite3.Connection, kind: str, after: str, limit: int) -> list[Record]:
    """Answer up to ``limit`` records of a kind in name order."""
    rows = db.execute(
        f"SELECT {RECORD_COLUMNS} FROM records"  # noqa: S608 - constants only
        " WHERE kind = ? AND name > ? ORDER BY name LIMIT ?",
        (kind, after, limit),
    )
    return [record_of_row(row) for row in rows]


def read_progress(
    db: sqlite3.Connection, kind: str, after: str, limit: int
) -> list[tuple[str, str, bytes]]:
    """Answer name, uid and progress of up to ``limit`` records of a kind in name order."""
    return db.execute(
        "SELECT name, uid, progress FROM records WHERE kind = ? AND name > ? ORDER BY name LIMIT ?",
        (kind, after, limit),
    ).fetchall()


def read_kept(db: sqlite3.Connection, kind: str, after: str, limit: int) -> list[Kept | Record]:
    """Answer what is kept of up to ``limit`` records of a kind in name order, or the records."""
    rows = db.execute(
        "SELECT name, kept FROM records WHERE kind = ? AND name > ? ORDER BY name LIMIT ?",
        (kind, after, limit),
    ).fetchall()
    found = (find(db, name) if kept is None else Kept(name, kept) for name, kept in rows)
    return [it for it in found if it is not None]


def read_snapshot(
    db: sqlite3.Connection, kinds: Collection[str] | None
) -> tuple[int, list[Record]]:
    """Answer the revision and all records of these kinds, by name."""
    where, values = _of_kinds(kinds)
    rows = db.execute(
        f"SELECT {RECORD_COLUMNS} FROM records WHERE 1{where} ORDER BY name",  # noqa: S608 - marks only
        values,
    )
    return _meta(db)[0], [record_of_row(row) for row in rows]


def read_changes(
    db: sqlite3.Connection,
    after: int,
    limit: int,
    kinds: Collection[str] | None,
    *,
    seen: int,
    wishes_only: bool,
) -> list[Change]:
    """Answer what changed after a revision, see ``Store.changes``."""
    revision, floor, wishes_floor = _meta(db)
    if after > revision:
        raise FutureRevision(revision)
    oldest = wishes_floor if wishes_only else floor
    if after < oldest:
        raise HistoryCompacted(oldest)
    where, values = _of_kinds(kinds)
    if wishes_only:
        where += " AND wish = 1"
    rows = db.execute(
        f"SELECT position, change, {RECORD_COLUMNS} FROM history"  # noqa: S608 - marks only
        f" WHERE position > ?{where} ORDER BY position LIMIT ?",
        (position(after + 1, 0) + seen, *values, limit + 1),
    )
    return cut([change_of_row(row) for row in rows], limit)


def read_allocations(db: sqlite3.Connection) -> Mapping[str, int]:
    """Answer every key that holds an index."""
    return dict(db.execute("SELECT key, pool_index FROM allocations").fetchall())


def read_scopes(db: sqlite3.Connection, scopes: Iterable[str]) -> Mapping[str, int]:
    """Answer the revisions that touched these scopes last; 0 when none did."""
    found = {}
    for scope in scopes:
        row = db.execute("SELECT revision FROM scopes WHERE scope = ?", (scope,)).fetchone()
        found[scope] = 0 if row is None else int(row[0])
    return found


def read_touched(db: sqlite3.Connection, after: int) -> frozenset[str]:
    """Answer all scopes that were touched after a revision."""
    rows = db.execute("SELECT scope FROM scopes WHERE revision > ?", (after,))
    return frozenset(row[0] for row in rows)


def read_revision(db: sqlite3.Connection) -> int:
    """Answer the newest revision."""
    return _meta(db)[0]


def read_integrity(db: sqlite3.Connection) -> str:
    """Answer ``ok`` or the first thing that is damaged."""
    return str(db.execute("PRAGMA integrity_check(1)").fetchone()[0])


def _meta(db: sqlite3.Connection) -> tuple[int, int, int]:
    revision, floor, wishes_floor = db.execute(
        "SELECT revision, floor, wishes_floor FROM meta"
    ).fetchone()
    return revision, floor, wishes_floor


def _of_kinds(kinds: Collection[str] | None) -> tuple[str, tuple[str, ...]]:
    if kinds is None:
        return "", ()
    ordered = tuple(sorted(kinds))
    return f" AND kind IN ({','.join('?' * len(ordered))})", ordered
