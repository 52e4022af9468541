"""Everything in the store, row by row: a start reads all of it and keeps little."""

from __future__ import annotations

import asyncio
from operator import attrgetter
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from trafficctl_server.intents.precedence import Precedence
    from trafficctl_server.store.records import (
        Kept,
        LedgerKey,
        LedgerRow,
        Record,
        SliceKey,
        SliceRow,
    )
    from trafficctl_server.store.store import Store

T = TypeVar("T")
K = TypeVar("K")

_PAGE: Final = 100
"""So many rows are read at once: a request that needs the file meanwhile waits for a page."""


async def each_record(
    store: Store, kind: str, precedence: Precedence, take: Callable[[Record], None]
) -> None:
    """Take all records of a kind, by name."""

    def read(after: str | None) -> Awaitable[Sequence[Record]]:
        return store.records(kind, after=after or "", limit=_PAGE)

    await _each(read, attrgetter("name"), precedence, take)


async def each_kept(
    store: Store, kind: str, precedence: Precedence, take: Callable[[Kept | Record], None]
) -> None:
    """Take what is kept of all records of a kind, or the records, by name."""

    def read(after: str | None) -> Awaitable[Sequence[Kept | Record]]:
        return store.kept(kind, after=after or "", limit=_PAGE)

    await _each(read, attrgetter("name"), precedence, take)


async def each_progress(
    store: Store, kind: str, precedence: Precedence, take: Callable[[tuple[str, str, bytes]], None]
) -> None:
    """Take name, uid and progress of all records of a kind, by name."""

    def read(after: str | None) -> Awaitable[Sequence[tuple[str, str, bytes]]]:
        return store.progress(kind, after=after or "", limit=_PAGE)

    def name(row: tuple[str, str, bytes]) -> str:
        return row[0]

    await _each(read, name, precedence, take)


async def each_entry(
    store: Store, precedence: Precedence, take: Callable[[LedgerRow], None]
) -> None:
    """Take all rows of the ledger, by cluster and key."""

    def read(after: LedgerKey | None) -> Awaitable[Sequence[LedgerRow]]:
        return store.ledger(after=after, limit=_PAGE)

    await _each(read, attrgetter("ledger_key"), precedence, take)


async def each_slice(
    store: Store, precedence: Precedence, take: Callable[[SliceRow], None]
) -> None:
    """Take all rows of slices, by scope, cluster and driver."""

    def read(after: SliceKey | None) -> Awaitable[Sequence[SliceRow]]:
        return store.slices(after=after, limit=_PAGE)

    await _each(read, attrgetter("slice_key"), precedence, take)


async def _each(
    read: Callable[[K | None], Awaitable[Sequence[T]]],
    key: Callable[[T], K],
    precedence: Precedence,
    take: Callable[[T], None],
) -> None:
    page = await read(None)
    while page:
        # The file is read while its last page is taken.
        following = asyncio.ensure_future(read(key(page[-1])))
        try:
            await precedence.each(page, take)
            page = await following
        finally:
            following.cancel()
