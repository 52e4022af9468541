"""From renderings to the ledger: what is to be written where, and what is to go."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

import orjson

from trafficctl_server.clusters.ownership import stamp
from trafficctl_server.clusters.target import ObjectKey, object_digest
from trafficctl_server.clusters.tree_paths import path_of
from trafficctl_server.reconcile.entry import Entry, withdrawn
from trafficctl_server.store.records import LedgerKey

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trafficctl_sdk.manifests import Manifest, Rendering
    from trafficctl_sdk.slices import Origin, Scope, TrafficSlice


class Ruled(Protocol):
    """Entries as a rendering is compared with them."""

    def get(self, key: LedgerKey) -> Entry | None:
        """Give the entry of a key."""

    def at(self, scope: Scope | str, cluster: str) -> list[Entry]:
        """Give the entries of one scope in one cluster."""


class Trespass(Exception):  # noqa: N818 - a fault of the driver, shown as such
    """A rendering holds an object that another scope rules.

    :ivar holder: name of that scope.
    """

    def __init__(self, key: ObjectKey, scope: str, holder: str) -> None:
        super().__init__(f"{key} is rendered by {scope} and belongs to {holder}")
        self.holder = holder


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """What a rendering changes in the ledger.

    :ivar puts: changed entries with their manifests; none keeps the stored one.
    :ivar drops: entries that nobody ever delivered and nobody wants.
    """

    puts: tuple[tuple[Entry, bytes | None], ...]
    drops: tuple[Entry, ...]


def enter(
    slice_: TrafficSlice,
    rendering: Rendering,
    entries: Ruled,
    *,
    instance: str,
    trace: str,
    trace_id: str,
    now: int,
) -> Entered:
    """Compare a rendering with the ledger; pure but for reading the entries.

    :raises Trespass: the driver rendered what another scope rules.
    :raises ValueError: it rendered what it must not in other ways.
    """
    puts: list[tuple[Entry, bytes | None]] = []
    seen: set[LedgerKey] = set()
    for manifest in rendering.manifests:
        entry, body = _entry(slice_, manifest, instance)
        path_of(entry.key)
        key = entry.ledger_key
        if key in seen:
            raise ValueError(f"{entry.key} is rendered twice")
        seen.add(key)
        there = entries.get(key)
        if there is None:
            puts.append((replace(entry, rendered_at=now, trace=trace, trace_id=trace_id), body))
            continue
        if there.scope != entry.scope and not there.tombstone:
            raise Trespass(entry.key, entry.scope, there.scope)
        if (there.desired, there.origins, there.scope, there.wave) == (
            entry.desired,
            entry.origins,
            entry.scope,
            entry.wave,
        ):
            continue
        changed = there.desired != entry.desired
        after = replace(
            there,
            scope=entry.scope,
            desired=entry.desired,
            origins=entry.origins,
            wave=entry.wave,
            rendered_at=now if changed else there.rendered_at,
            trouble=None if changed else there.trouble,
            released=there.released and not changed,
            trace=trace if changed else there.trace,
            trace_id=trace_id if changed else there.trace_id,
            durable=False,
        )
        puts.append((after, body))
    others = [it for it in entries.at(slice_.scope, slice_.cluster) if it.ledger_key not in seen]
    taken = withdraw(others)
    return Entered(puts=(*puts, *taken.puts), drops=taken.drops)


def withdraw(entries: Sequence[Entry]) -> Entered:
    """Take entries out: what may be at the target gets a tombstone, the rest is forgotten."""
    gone = [it for it in entries if not (it.written or it.attempted)]
    there = [it for it in entries if (it.written or it.attempted) and not it.tombstone]
    return Entered(puts=tuple((withdrawn(it), None) for it in there), drops=tuple(gone))


def _entry(slice_: TrafficSlice, manifest: Manifest, instance: str) -> tuple[Entry, bytes]:
    origins: tuple[Origin, ...] = slice_.origins
    if manifest.origins is not None:
        origins = tuple(it for it in slice_.origins if it.intent in manifest.origins)
    scope = str(slice_.scope)
    body = stamp(
        manifest.body,
        instance=instance,
        scope=scope,
        origins=[it.intent for it in origins],
    )
    entry = Entry(
        ledger_key=LedgerKey(cluster=slice_.cluster, key=str(ObjectKey.of(body))),
        scope=scope,
        desired=object_digest(body),
        origins=origins,
        wave=manifest.wave,
    )
    return entry, orjson.dumps(body, option=orjson.OPT_SORT_KEYS)
