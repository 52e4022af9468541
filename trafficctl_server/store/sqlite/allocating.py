"""Indexes of the pool: unique, kept until released, found alike fast however full it is.

Held indexes without a gap between them are a run. Each row says whether it ends its run, so
the first free index past a held one is a single look-up.
"""

import sqlite3
from collections.abc import Mapping

from trafficctl_server.store.errors import PoolExhausted
from trafficctl_server.store.pool import preferred_index
from trafficctl_server.store.records import Write


def allocate(db: sqlite3.Connection, write: Write, *, size: int) -> Mapping[str, int]:
    """Release and allocate what a write asks for; answer key to index.

    :param size: number of indexes in the pool.
    :raises PoolExhausted: no index is free.
    """
    for key in set(write.release) - set(write.allocate):
        _release(db, key)
    allocations: dict[str, int] = {}
    for key in write.allocate:
        held = db.execute("SELECT pool_index FROM allocations WHERE key = ?", (key,)).fetchone()
        allocations[key] = _take(db, key, size) if held is None else held[0]
    return allocations


def _take(db: sqlite3.Connection, key: str, size: int) -> int:
    index = _free_from(db, preferred_index(key, size))
    if index >= size:
        index = _free_from(db, 0)
    if index >= size:
        raise PoolExhausted(size)
    db.execute(
        "INSERT INTO allocations (key, pool_index, ends_run) VALUES (?1, ?2,"
        " NOT EXISTS (SELECT 1 FROM allocations WHERE pool_index = ?2 + 1))",
        (key, index),
    )
    _mark_before(db, index, ends_run=False)
    return index


def _release(db: sqlite3.Connection, key: str) -> None:
    # All rows are fetched: an unfinished statement would outlive its savepoint.
    for (index,) in db.execute(
        "DELETE FROM allocations WHERE key = ? RETURNING pool_index", (key,)
    ).fetchall():
        _mark_before(db, index, ends_run=True)


def _mark_before(db: sqlite3.Connection, index: int, *, ends_run: bool) -> None:
    db.execute("UPDATE allocations SET ends_run = ? WHERE pool_index = ?", (ends_run, index - 1))


def _free_from(db: sqlite3.Connection, start: int) -> int:
    """Answer the first free index from ``start`` on; it may lie past the pool."""
    held = db.execute("SELECT 1 FROM allocations WHERE pool_index = ?", (start,)).fetchone()
    if held is None:
        return start
    end = db.execute(
        "SELECT min(pool_index) FROM allocations WHERE ends_run = 1 AND pool_index >= ?", (start,)
    ).fetchone()
    return int(end[0]) + 1
