"""Entries as a start reads them: what many have in common is one object in memory."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TypeVar, cast

import orjson
from trafficctl_sdk.slices import Origin

from trafficctl_server.reconcile.entries import Entry, Trouble
from trafficctl_server.store.records import LedgerKey

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from trafficctl_server.store.records import LedgerRow

T = TypeVar("T")


class Shared:
    """Makes entries of stored rows; use one for all rows of a ledger."""

    def __init__(self) -> None:
        self._known: dict[object, object] = {}
        self._origins: dict[tuple[str, ...], Origin] = {}

    def entry_of(self, row: LedgerRow) -> Entry:
        """Make an entry of a stored row."""
        state = orjson.loads(row.state) if row.state else {}
        trouble = state.get("trouble")
        desired = "" if row.tombstone else row.desired_digest
        written = desired if row.written_digest == desired else row.written_digest
        # Before the process ended the delivery may have begun.
        begun = () if desired and desired == written else (desired,)
        intern = sys.intern
        return Entry(
            ledger_key=LedgerKey(cluster=intern(row.cluster), key=row.key),
            scope=intern(row.scope),
            desired=desired,
            written=written,
            attempted=tuple(dict.fromkeys((*state.get("attempted", ()), *begun))),
            origins=self._origins_of(row.origins, state.get("fields", {})),
            written_origins=self._written_of(state.get("written_origins", {})),
            target=intern(row.target),
            wave=row.wave,
            rendered_at=self._one(state.get("rendered_at", 0)),
            written_at=self._one(state.get("written_at", 0)),
            trouble=Trouble(**trouble) if trouble else None,
            released=state.get("released", False),
            durable=True,
            trace=intern(state.get("trace", "")),
            trace_id=intern(state.get("trace_id", "")),
        )

    def _origins_of(
        self, intents: tuple[str, ...], fields: Mapping[str, list[str]]
    ) -> tuple[Origin, ...]:
        return self._one(tuple(self._origin_of(it, fields.get(it, ())) for it in intents))

    def _origin_of(self, intent: str, fields: Sequence[str]) -> Origin:
        found = self._origins.get((intent, *fields))
        if found is None:
            named = self._one(tuple(sys.intern(it) for it in fields))
            found = Origin(intent=sys.intern(intent), fields=named)
            self._origins[found.intent, *named] = found
        return found

    def _one(self, value: T) -> T:
        """Give the one object that stands for all that are equal to a value."""
        return cast("T", self._known.setdefault(value, value))

    def _written_of(self, uids: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
        return self._one(tuple(self._one((sys.intern(it), uid)) for it, uid in uids.items()))
