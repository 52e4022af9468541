"""The rows that say what a start need not work out again."""

import sqlite3

from trafficctl_server.store.records import Checkpoint, Write


def write_checkpoint(db: sqlite3.Connection, write: Write) -> None:
    """Do what a write asks of these rows."""
    if write.checkpoint is not None:
        it = write.checkpoint
        db.execute(
            "INSERT OR REPLACE INTO checkpoint VALUES (1, ?, ?, ?)",
            (it.revision, it.basis, int(it.said)),
        )
    db.executemany(
        "INSERT OR IGNORE INTO revisits VALUES (?)", [(it,) for it in write.revisit_puts]
    )
    db.executemany("DELETE FROM revisits WHERE scope = ?", [(it,) for it in write.revisit_removes])


def read_checkpoint(db: sqlite3.Connection) -> Checkpoint | None:
    """Answer the one that was written last."""
    row = db.execute("SELECT revision, basis, said FROM checkpoint").fetchone()
    return None if row is None else Checkpoint(revision=row[0], basis=row[1], said=bool(row[2]))


def read_revisits(db: sqlite3.Connection) -> list[str]:
    """Answer the scopes to work out anew at each start, sorted."""
    return [row[0] for row in db.execute("SELECT scope FROM revisits ORDER BY scope")]
