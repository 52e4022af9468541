"""Columns and their way into records and back."""

from collections.abc import Sequence
from typing import Any

import orjson

from trafficctl_server.store.records import (
    Change,
    ChangeKind,
    LedgerRow,
    Record,
)

RECORD_COLUMNS = (
    "name, kind, uid, etag, generation, revision, create_time, update_time, delete_time, "
    "schema, progress, body"
)
LEDGER_COLUMNS = (
    "cluster, key, scope, desired_digest, written_digest, origins, state, tombstone, target, wave"
)
PLACES_PER_REVISION = 1 << 20

Row = Sequence[Any]


def record_row(record: Record) -> Row:
    """Answer the values of ``RECORD_COLUMNS``."""
    return (
        record.name,
        record.kind,
        record.uid,
        record.etag,
        record.generation,
        record.revision,
        record.create_time,
        record.update_time,
        record.delete_time,
        record.schema,
        record.progress,
        record.body,
    )


def record_of_row(row: Row) -> Record:
    """Read the values of ``RECORD_COLUMNS``."""
    return Record(
        name=row[0],
        kind=row[1],
        uid=row[2],
        etag=row[3],
        generation=row[4],
        revision=row[5],
        create_time=row[6],
        update_time=row[7],
        delete_time=row[8],
        schema=row[9],
        progress=row[10],
        body=row[11],
    )


def position(revision: int, seq: int) -> int:
    """Answer the place of a change in the history; :raises ValueError: for a huge write."""
    if seq >= PLACES_PER_REVISION:
        msg = f"one write changes at most {PLACES_PER_REVISION} records: split it"
        raise ValueError(msg)
    return revision * PLACES_PER_REVISION + seq


def change_row(change: Change, *, wish: bool, time: int) -> Row:
    """Answer position, time, wish, change and ``RECORD_COLUMNS``."""
    place = position(change.revision, change.seq)
    return (place, time, int(wish), change.change.value, *record_row(change.record))


def change_of_row(row: Row) -> Change:
    """Read position, change and ``RECORD_COLUMNS``."""
    revision, seq = divmod(row[0], PLACES_PER_REVISION)
    record = record_of_row(row[2:])
    return Change(
        revision=revision,
        seq=seq,
        name=record.name,
        kind=record.kind,
        uid=record.uid,
        change=ChangeKind(row[1]),
        record=record,
    )


def ledger_row(row: LedgerRow) -> Row:
    """Answer the values of ``LEDGER_COLUMNS``."""
    return (
        row.cluster,
        row.key,
        row.scope,
        row.desired_digest,
        row.written_digest,
        orjson.dumps(row.origins).decode(),
        row.state,
        int(row.tombstone),
        row.target,
        row.wave,
    )


def ledger_of_row(row: Row) -> LedgerRow:
    """Read the values of ``LEDGER_COLUMNS``."""
    cluster, key, scope, desired, written, origins, state, tombstone, target, wave = row
    return LedgerRow(
        cluster,
        key,
        scope,
        desired,
        written,
        None,
        tuple(orjson.loads(origins)),
        state,
        bool(tombstone),
        target,
        wave,
    )
