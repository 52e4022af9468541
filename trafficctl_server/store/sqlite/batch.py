"""Many writes, one transaction: they share the flush to disk, and each fails alone."""

import sqlite3
from collections.abc import Callable, Sequence

from trafficctl_server.store.records import Committed, Write
from trafficctl_server.store.sqlite.applying import apply
from trafficctl_server.store.sqlite.faults import spoils_batch


def commit_batch(
    db: sqlite3.Connection,
    writes: Sequence[Write],
    *,
    pool_size: int,
    now: int,
    on_step: Callable[[str], None],
) -> tuple[int, list[Committed | Exception]]:
    """Commit writes in order, durably.

    :return: the newest revision, and for each write its result or why it alone failed.
    :raises sqlite3.Error: the database failed; none of the writes is done.
    """
    db.execute("BEGIN IMMEDIATE")
    try:
        found = int(db.execute("SELECT revision FROM meta").fetchone()[0])
        revision = found
        outcomes: list[Committed | Exception] = []
        for write in writes:
            on_step("before write")
            revision, outcome = _one(db, write, revision, pool_size=pool_size, now=now)
            outcomes.append(outcome)
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
    return revision, outcomes


def _one(
    db: sqlite3.Connection, write: Write, revision: int, *, pool_size: int, now: int
) -> tuple[int, Committed | Exception]:
    db.execute("SAVEPOINT one")
    try:
        after, outcome = apply(db, write, revision, pool_size=pool_size, now=now)
    except Exception as error:
        if isinstance(error, sqlite3.Error) and spoils_batch(error):
            raise
        db.execute("ROLLBACK TO one")
        db.execute("RELEASE one")
        return revision, error
    db.execute("RELEASE one")
    return after, outcome
