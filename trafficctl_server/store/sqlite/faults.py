"""What SQLite's failures mean to those who run the server."""

import sqlite3

from trafficctl_server.store.errors import StoreUnavailable

_MEANINGS = {
    sqlite3.SQLITE_FULL: (
        "the disk is full",
        "free some space, writes then go on by themselves",
    ),
    sqlite3.SQLITE_IOERR: (
        "the disk refused to read or write",
        "check free space, file size limits and the health of the disk, then repeat",
    ),
    sqlite3.SQLITE_BUSY: (
        "another process has the database locked",
        "end that process, then repeat",
    ),
    sqlite3.SQLITE_LOCKED: (
        "another process has the database locked",
        "end that process, then repeat",
    ),
    sqlite3.SQLITE_READONLY: (
        "the database is read-only",
        "make the file, its directory and its file system writable for the server's user",
    ),
    sqlite3.SQLITE_PERM: (
        "the database may not be opened",
        "make the file and its directory writable for the server's user",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "the database cannot be opened",
        "check that its directory exists and is writable for the server's user",
    ),
    sqlite3.SQLITE_CORRUPT: (
        "the database is damaged",
        "keep a copy of the file and restore a backup",
    ),
    sqlite3.SQLITE_NOTADB: (
        "the database file is damaged or no database of this server",
        "keep a copy of the file and restore a backup, or name another file",
    ),
}


def spoils_batch(error: sqlite3.Error) -> bool:
    """Answer whether the database failed, not the values of one write."""
    return type(error) in (sqlite3.OperationalError, sqlite3.DatabaseError, sqlite3.InternalError)


def unavailable(error: sqlite3.Error | OSError) -> StoreUnavailable:
    """Answer the error as the rooms above know it."""
    if isinstance(error, OSError):
        return StoreUnavailable(
            f"the database cannot be opened ({error.strerror or 'unknown failure'})",
            "check that its directory exists and is writable for the server's user",
        )
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    name = getattr(error, "sqlite_errorname", "unknown failure")
    reason, advice = _MEANINGS.get(
        code, (f"the database failed ({name})", "repeat, and report it if it stays")
    )
    return StoreUnavailable(reason, advice)
