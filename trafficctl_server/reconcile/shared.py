"""Entries as a start reads them: what many have in common is one object in memory."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import orjson
from trafficctl_sdk.slices import Origin

from trafficctl_server.clusters.target import ObjectKey
from trafficctl_server.reconcile.entries import Entry, Trouble

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trafficctl_server.store.records import LedgerRow


class Shared:
    """Makes entries of stored rows; use one for all rows of a ledger."""

    def __init__(self) -> None:
        self._origins: dict[tuple[Origin, ...], tuple[Origin, ...]] = {}
        self._written: dict[tuple[tuple[str, str], ...], Mapping[str, str]] = {}

    def entry_of(self, row: LedgerRow) -> Entry:
        """Make an entry of a stored row."""
        state = orjson.loads(row.state) if row.state else {}
        trouble = state.get("trouble")
        desired = "" if row.tombstone else row.desired_digest
        written = desired if row.written_digest == desired else row.written_digest
        # Before the process ended the delivery may have begun.
        begun = () if desired and desired == written else (desired,)
        key = ObjectKey.parse(row.key)
        intern = sys.intern
        return Entry(
            cluster=intern(row.cluster),
            key=ObjectKey(
                group=intern(key.group),
                kind=intern(key.kind),
                namespace=intern(key.namespace),
                name=intern(key.name),
            ),
            scope=intern(row.scope),
            desired=desired,
            written=written,
            attempted=tuple(dict.fromkeys((*state.get("attempted", ()), *begun))),
            origins=self._origins_of(row.origins, state.get("fields", {})),
            written_origins=self._written_of(state.get("written_origins", {})),
            target=intern(row.target),
            wave=row.wave,
            rendered_at=state.get("rendered_at", 0),
            written_at=state.get("written_at", 0),
            trouble=Trouble(**trouble) if trouble else None,
            released=state.get("released", False),
            durable=True,
            trace=intern(state.get("trace", "")),
            trace_id=intern(state.get("trace_id", "")),
        )

    def _origins_of(
        self, intents: tuple[str, ...], fields: Mapping[str, list[str]]
    ) -> tuple[Origin, ...]:
        origins = tuple(
            Origin(
                intent=sys.intern(it), fields=tuple(sys.intern(name) for name in fields.get(it, ()))
            )
            for it in intents
        )
        return self._origins.setdefault(origins, origins)

    def _written_of(self, uids: Mapping[str, str]) -> Mapping[str, str]:
        found = tuple(uids.items())
        known = self._written.get(found)
        if known is None:
            known = {sys.intern(name): sys.intern(uid) for name, uid in found}
            self._written[tuple(known.items())] = known
        return known
