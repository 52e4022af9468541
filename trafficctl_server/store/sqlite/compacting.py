"""Forgetting, in pieces small enough that commits go on between them."""

import sqlite3

from trafficctl_server.store.sqlite.rows import PLACES_PER_REVISION

_PIECE = 1000


def forget_changes(db: sqlite3.Connection, *, wishes: bool, before: int) -> bool:
    """Forget the oldest changes made before a time; answer whether there are more.

    :param wishes: changes of more than progress, else those of progress alone.
    """
    rows = db.execute(
        "SELECT position FROM history WHERE wish = ? AND time < ? ORDER BY time LIMIT ?",
        (int(wishes), before, _PIECE),
    ).fetchall()
    if not rows:
        return False
    floor = max(rows)[0] // PLACES_PER_REVISION
    db.execute("BEGIN IMMEDIATE")
    try:
        db.executemany("DELETE FROM history WHERE position = ?", rows)
        db.execute("UPDATE meta SET floor = max(floor, ?)", (floor,))
        if wishes:
            db.execute("UPDATE meta SET wishes_floor = max(wishes_floor, ?)", (floor,))
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
    return len(rows) == _PIECE


def forget_requests(db: sqlite3.Connection, *, before: int) -> bool:
    """Forget the oldest requests answered before a time; answer whether there are more."""
    deleted = db.execute(
        "DELETE FROM requests WHERE rowid IN"
        " (SELECT rowid FROM requests WHERE time < ? ORDER BY time LIMIT ?)",
        (before, _PIECE),
    ).rowcount
    return deleted == _PIECE
