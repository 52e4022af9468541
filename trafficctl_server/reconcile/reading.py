"""Reads objects for whoever asks what is wanted, what was delivered, and what is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from trafficctl_server.clusters.registry import DIRECTORY

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from trafficctl_sdk.slices import Scope

    from trafficctl_server.clusters.registry import Targets
    from trafficctl_server.reconcile.compiling import Compiling
    from trafficctl_server.reconcile.entry import Entry
    from trafficctl_server.reconcile.keeping import LedgerKeeper
    from trafficctl_server.store.store import Store


class LedgerReader:
    """Changes nothing."""

    def __init__(
        self, compiling: Compiling, keeper: LedgerKeeper, store: Store, targets: Targets
    ) -> None:
        self._compiling = compiling
        self._keeper = keeper
        self._store = store
        self._targets = targets

    def at(self, scopes: Collection[Scope]) -> list[Entry]:
        """Give everything in scopes, in all clusters, that is ours or shall be."""
        return self._entries(scopes, self._keeper.entries.clusters())

    async def desired(
        self, scopes: Collection[Scope], clusters: Collection[str]
    ) -> list[tuple[Entry, bytes]]:
        """Give what is wanted of scopes in clusters, with each object as JSON.

        What was touched is waited for until it is rendered, or known to fail: then what was wanted
        before goes on to be.
        """
        await self._compiling.rendered(scopes)
        found = [it for it in self._entries(scopes, clusters) if not it.tombstone]
        bodies = await self._keeper.manifests([it.ledger_key for it in found])
        return [(it, bodies[it.ledger_key]) for it in found if it.ledger_key in bodies]

    async def delivered(
        self, scopes: Collection[Scope], clusters: Collection[str]
    ) -> list[tuple[Entry, bytes | None]]:
        """Give what the targets took of scopes in clusters, as far as the ledger on disk knows.

        None: something was written there, and what it was is not known.
        """
        entries = self._entries(scopes, clusters)
        bodies = await self._store.written([it.ledger_key for it in entries])
        return [(it, bodies[it.ledger_key]) for it in entries if it.ledger_key in bodies]

    async def observed(
        self, scopes: Collection[Scope], cluster: str
    ) -> list[tuple[Entry, bytes | None, str]]:
        """Read back what is there of scopes in one cluster; what is not there is left out.

        None: it cannot be read, and the text says why.

        :raises TargetUnavailable: the target cannot be looked at.
        """
        entries = self._entries(scopes, (cluster,))
        if not entries:
            return []
        target = self._targets.target_for(cluster, DIRECTORY)
        contents = await target.read([it.key for it in entries])
        return [
            (entry, _as_json(it.body), it.problem)
            for entry, it in zip(entries, contents, strict=True)
            if it.body is not None or it.problem
        ]

    def _entries(self, scopes: Collection[Scope], clusters: Iterable[str]) -> list[Entry]:
        entries = self._keeper.entries
        names = [str(it) for it in scopes]
        return [it for cluster in clusters for name in names for it in entries.at(name, cluster)]


def _as_json(body: object) -> bytes | None:
    return None if body is None else orjson.dumps(body, option=orjson.OPT_SORT_KEYS)
