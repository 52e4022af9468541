"""One write as statements, inside the transaction and savepoint of its batch."""

import sqlite3
from dataclasses import replace
from typing import NamedTuple

import orjson

from trafficctl_server.store.coalescing import Touched, record_of, told, touched
from trafficctl_server.store.records import Change, Committed, Expectation, Put, Record, Write
from trafficctl_server.store.sqlite.allocating import allocate
from trafficctl_server.store.sqlite.checkpoints import write_checkpoint
from trafficctl_server.store.sqlite.delivery import write_delivery
from trafficctl_server.store.sqlite.preconditions import (
    answered,
    need_empty,
    need_etags,
    need_names,
    need_scopes,
    unmet,
)
from trafficctl_server.store.sqlite.rows import (
    RECORD_COLUMNS,
    Row,
    change_row,
    record_of_row,
    record_row,
)

_FIND = f"SELECT {RECORD_COLUMNS} FROM records WHERE name = ?"  # noqa: S608 - constants only
_INSERT = (
    f"INSERT INTO records ({RECORD_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)"  # noqa: S608 - constants only
    " ON CONFLICT (name) DO UPDATE SET kind = excluded.kind, uid = excluded.uid,"
    " etag = excluded.etag, generation = excluded.generation, revision = excluded.revision,"
    " create_time = excluded.create_time, update_time = excluded.update_time,"
    " delete_time = excluded.delete_time, schema = excluded.schema,"
    " progress = excluded.progress, body = excluded.body, kept = NULL"
    " WHERE records.delete_time IS NOT NULL"
)
_UPDATE = (
    "UPDATE records SET kind = ?2, etag = ?4, generation = ?5, revision = ?6, create_time = ?7,"
    " update_time = ?8, delete_time = ?9, schema = ?10, progress = ?11, body = ?12, kept = NULL"
    " WHERE name = ?1 AND uid = ?3"
)
_UPDATE_ETAG = f"{_UPDATE} AND etag = ?13 AND delete_time IS NULL"
_HISTORY = (
    f"INSERT INTO history (position, time, wish, change, {RECORD_COLUMNS})"  # noqa: S608 - constants only
    " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
)

_KEEP = (
    "UPDATE records SET kept = nullif(?2, x'') WHERE name = ?1"
    " AND etag = ?3 AND generation = ?4 AND update_time = ?5"
)
_TOUCH = "INSERT OR REPLACE INTO scopes (scope, revision) SELECT value, ? FROM json_each(?)"


class Applied(NamedTuple):
    """What one write did.

    :ivar revision: the newest after it.
    :ivar changes: each with whether more than progress changed.
    """

    revision: int
    result: Committed
    changes: tuple[tuple[Change, bool], ...] = ()


def apply(
    db: sqlite3.Connection, write: Write, newest: int, *, pool_size: int, now: int
) -> Applied:
    """Run one write; on any error the caller takes the savepoint back.

    :param newest: newest revision before the write.
    :param now: time of the changes in the history, nanoseconds.
    """
    known = answered(db, write)
    if known is not None:
        return Applied(newest, known)
    need_scopes(db, write)
    need_names(db, write)
    need_etags(db, write)
    revision = newest + 1
    names: dict[str, Touched] = {}
    _put(db, write, names, revision)
    _progress(db, write, names, revision)
    _remove(db, write, names)
    if write.kept:
        db.executemany(_KEEP, [(it.name, it.kept, *it.version) for it in write.kept])
    need_empty(db, write)
    allocations = allocate(db, write, size=pool_size)
    changes = tuple(told(names, revision))
    db.executemany(_HISTORY, [change_row(it, wish=wish, time=now) for it, wish in changes])
    if changes or write.touch_scopes:
        newest = revision
    if write.touch_scopes:
        db.execute(_TOUCH, (revision, orjson.dumps(write.touch_scopes)))
    write_delivery(db, write)
    write_checkpoint(db, write)
    request = write.request
    if request is not None:
        db.execute(
            "INSERT INTO requests VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                request.principal,
                request.method,
                request.request_id,
                request.body_digest,
                newest,
                request.time,
                request.response,
            ),
        )
    return Applied(newest, Committed(revision=newest, allocations=allocations), changes)


def find(db: sqlite3.Connection, name: str) -> Record | None:
    """Answer the record of that name."""
    row = db.execute(_FIND, (name,)).fetchone()
    return None if row is None else record_of_row(row)


def _put(db: sqlite3.Connection, write: Write, names: dict[str, Touched], revision: int) -> None:
    for put in write.puts:
        found = find(db, put.name)
        record = record_of(put, found, revision)
        statement, values = _guarded(put, record_row(record))
        if db.execute(statement, values).rowcount != 1:
            raise unmet(put, found)
        names[put.name] = touched(found)
        names[put.name].become(record, wish=True)


def _guarded(put: Put, values: Row) -> tuple[str, Row]:
    if put.expect.expectation is Expectation.ABSENT:
        return _INSERT, values
    if put.expect.expectation is Expectation.ETAG:
        return _UPDATE_ETAG, (*values, put.expect.value)
    return _UPDATE, values


def _progress(
    db: sqlite3.Connection, write: Write, names: dict[str, Touched], revision: int
) -> None:
    for step in write.progress:
        name = names.get(step.name) or touched(find(db, step.name))
        here = name.after
        if here is None or here.uid != step.uid or here.progress == step.progress:
            continue
        db.execute(
            "UPDATE records SET progress = ?, revision = ? WHERE name = ? AND uid = ?",
            (step.progress, revision, step.name, step.uid),
        )
        name.become(replace(here, progress=step.progress, revision=revision), wish=False)
        names[step.name] = name


def _remove(db: sqlite3.Connection, write: Write, names: dict[str, Touched]) -> None:
    for remove in write.removes:
        name = names.get(remove.name) or touched(find(db, remove.name))
        if name.after is None or name.after.uid != remove.uid:
            continue
        db.execute("DELETE FROM records WHERE name = ? AND uid = ?", (remove.name, remove.uid))
        name.become(None, wish=True)
        names[remove.name] = name
