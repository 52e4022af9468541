"""Many writes, one transaction: they share the flush to disk, and each fails alone."""

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from trafficctl_server.store.records import Change, Committed, Write
from trafficctl_server.store.sqlite.applying import Applied, apply
from trafficctl_server.store.sqlite.faults import spoils_batch


@dataclass(frozen=True, slots=True)
class Batch:
    """What a batch did.

    :ivar before: the newest revision before it; ``revision`` is the one after it.
    :ivar outcomes: for each write its result, or why it alone failed.
    :ivar changes: in order, each with whether more than progress changed.
    """

    before: int
    revision: int
    outcomes: list[Committed | Exception]
    changes: list[tuple[Change, bool]]


def commit_batch(
    db: sqlite3.Connection,
    writes: Sequence[Write],
    *,
    pool_size: int,
    now: int,
    on_step: Callable[[str], None],
) -> Batch:
    """Commit writes in order, durably.

    :raises sqlite3.Error: the database failed; none of the writes is done.
    """
    db.execute("BEGIN IMMEDIATE")
    try:
        found = int(db.execute("SELECT revision FROM meta").fetchone()[0])
        revision = found
        outcomes: list[Committed | Exception] = []
        changes: list[tuple[Change, bool]] = []
        for write in writes:
            on_step("before write")
            applied = _one(db, write, revision, pool_size=pool_size, now=now)
            if isinstance(applied, Exception):
                outcomes.append(applied)
            else:
                revision = applied.revision
                outcomes.append(applied.result)
                changes += applied.changes
            on_step("after write")
        if revision != found:
            db.execute("UPDATE meta SET revision = ?", (revision,))
        on_step("before commit")
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
    on_step("after commit")
    return Batch(before=found, revision=revision, outcomes=outcomes, changes=changes)


def _one(
    db: sqlite3.Connection, write: Write, revision: int, *, pool_size: int, now: int
) -> Applied | Exception:
    db.execute("SAVEPOINT one")
    try:
        applied = apply(db, write, revision, pool_size=pool_size, now=now)
    except Exception as error:
        if isinstance(error, sqlite3.Error) and spoils_batch(error):
            raise
        db.execute("ROLLBACK TO one")
        db.execute("RELEASE one")
        return error
    db.execute("RELEASE one")
    return applied
