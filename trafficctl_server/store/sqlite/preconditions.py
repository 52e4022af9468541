"""What a write needs to find, asked inside its transaction."""

import sqlite3
from collections import defaultdict
from contextlib import closing

import orjson

from trafficctl_server.store.errors import (
    AlreadyExists,
    EtagMismatch,
    NotEmpty,
    NotFound,
    RequestIdReused,
    ScopeMoved,
    StoreError,
)
from trafficctl_server.store.patterns import fits, literal_start
from trafficctl_server.store.records import Committed, Expectation, FirstAnswer, Put, Record, Write

_LAST = "\U0010ffff"
"""Sorts after every other character."""

# One statement for all scopes: each step of one lets go of the interpreter and waits for it again.
_MOVED = (
    "SELECT expected.value FROM json_each(?) AS expected"
    " CROSS JOIN scopes ON scope = expected.value WHERE revision > ?"
)


def answered(db: sqlite3.Connection, write: Write) -> Committed | None:
    """Answer the first result of a repeated request; :raises RequestIdReused: other body."""
    request = write.request
    if request is None:
        return None
    known = first_answer(db, request.principal, request.method, request.request_id)
    if known is None:
        return None
    if known.body_digest != request.body_digest:
        raise RequestIdReused(request.request_id)
    return Committed(revision=known.revision, replayed=known.response)


def first_answer(
    db: sqlite3.Connection, principal: str, method: str, request_id: str
) -> FirstAnswer | None:
    """Answer what a request with this id got when it came first."""
    known = db.execute(
        "SELECT body_digest, response, revision FROM requests"
        " WHERE principal = ? AND method = ? AND request_id = ?",
        (principal, method, request_id),
    ).fetchone()
    if known is None:
        return None
    digest, response, revision = known
    return FirstAnswer(body_digest=digest, response=response, revision=revision)


def need_scopes(db: sqlite3.Connection, write: Write) -> None:
    """Need that no scope was touched after it was checked; :raises ScopeMoved: otherwise."""
    names: defaultdict[int, list[str]] = defaultdict(list)
    for scope, at in write.expect_scopes.items():
        names[at].append(scope)
    moved = [
        scope
        for at, scopes in names.items()
        for (scope,) in db.execute(_MOVED, (orjson.dumps(scopes), at)).fetchall()
    ]
    if moved:
        raise ScopeMoved(tuple(sorted(moved)))


def need_names(db: sqlite3.Connection, write: Write) -> None:
    """Need live records, or none; :raises NotFound: or :raises AlreadyExists: otherwise."""
    for name, uid in write.expect_names.items():
        live = db.execute(
            "SELECT uid FROM records WHERE name = ? AND delete_time IS NULL", (name,)
        ).fetchone()
        if uid is None and live is not None:
            raise AlreadyExists(name)
        if uid is not None and (live is None or live[0] != uid):
            raise NotFound(name)


def need_etags(db: sqlite3.Connection, write: Write) -> None:
    """Need live records as they were read; :raises NotFound: or :raises EtagMismatch: otherwise."""
    for name, etag in write.expect_etags.items():
        live = db.execute(
            "SELECT etag FROM records WHERE name = ? AND delete_time IS NULL", (name,)
        ).fetchone()
        if live is None:
            raise NotFound(name)
        if live[0] != etag:
            raise EtagMismatch(name, live[0])


def need_empty(db: sqlite3.Connection, write: Write) -> None:
    """Need that no live name fits a pattern; :raises NotEmpty: otherwise."""
    for pattern in write.expect_empty:
        start = literal_start(pattern)
        with closing(
            db.execute(
                "SELECT name FROM records WHERE name BETWEEN ? AND ? AND delete_time IS NULL"
                # Of many names below those that could fit, none is worth looking at here.
                " AND length(name) - length(replace(name, '/', '')) = ?",
                (start, f"{start}{_LAST}", pattern.count("/")),
            )
        ) as names:
            if any(fits(name, pattern) for (name,) in names):
                raise NotEmpty(pattern)


def unmet(put: Put, found: Record | None) -> StoreError:
    """Answer why a guarded put did not find what it expects."""
    if put.expect.expectation is Expectation.ABSENT:
        return AlreadyExists(put.name)
    if found is None or found.uid != put.uid:
        return NotFound(put.name)
    if put.expect.expectation is Expectation.ETAG and found.delete_time is None:
        return EtagMismatch(put.name, found.etag)
    return NotFound(put.name)
