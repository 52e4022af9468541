"""Everything in the store, page by page: a start reads all of it and keeps little."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from trafficctl_server.store.records import LedgerKey, LedgerRow, Record
    from trafficctl_server.store.store import Store

_PAGE: Final = 25
"""So many rows at once: what is made of them fits into one turn of the loop."""


async def records_of(store: Store, kind: str) -> AsyncIterator[list[Record]]:
    """Give all records of a kind, by name."""
    after = ""
    while page := await store.records(kind, after=after, limit=_PAGE):
        yield page
        after = page[-1].name


async def ledger_of(store: Store) -> AsyncIterator[list[LedgerRow]]:
    """Give all rows of the ledger, by cluster and key."""
    after: LedgerKey | None = None
    while page := await store.ledger(after=after, limit=_PAGE):
        yield page
        after = page[-1].ledger_key
