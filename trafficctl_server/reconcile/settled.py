"""Entries that are as wished, in few bytes: nearly all are, and few of them are asked for.

Objects of one scope in one cluster are rendered together, and what they say alike is one object.
"""

from __future__ import annotations

import sys
from functools import lru_cache
from struct import Struct
from struct import error as StructError  # noqa: N812 - the module names it so
from typing import TYPE_CHECKING, Final, NamedTuple

import orjson
from trafficctl_sdk.slices import Origin

from trafficctl_server.reconcile.digests import packed as packed_digest
from trafficctl_server.reconcile.digests import unpacked as unpacked_digest
from trafficctl_server.reconcile.entry import Entry
from trafficctl_server.reconcile.uids import Uids, packed_uids, unpacked_uids

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trafficctl_server.store.records import LedgerKey, LedgerRow

_OWN: Final = Struct(">32sQQi")
"""Digest, when it was rendered and when it was written, and wave."""
_DIGEST: Final = 32
_MORE: Final = frozenset({"attempted", "released", "trouble"})
"""What the state of a row says only where the entry is not as wished."""
_KNOWN: Final = 4096
"""So many lists of fields are one object each; some tens are usual."""


class Common(NamedTuple):
    """What an entry may say as others beside it do; see :class:`Entry`.

    :ivar intents: the names of its origins, in order, and ``fields`` theirs.
    :ivar written: the names of its written origins, often the same, and ``uids`` theirs.
    """

    scope: str
    target: str
    trace: str
    trace_id: str
    intents: tuple[str, ...]
    fields: tuple[tuple[str, ...], ...]
    written: tuple[str, ...]
    uids: Uids


class Settled(NamedTuple):
    """An entry that is as wished and durable, but for its key."""

    common: Common
    own: bytes

    @property
    def scope(self) -> str:
        """Name of the scope that renders it."""
        return self.common.scope

    @property
    def intents(self) -> frozenset[str]:
        """The intents that want it, or wanted it when it was written."""
        return frozenset((*self.common.intents, *self.common.written))

    @property
    def written(self) -> str:
        """Digest of what was written, which is what is desired."""
        return unpacked_digest(self.own[:_DIGEST])


def packed(entry: Entry, beside: Iterable[Settled]) -> Settled | None:
    """Give an entry in few bytes; none: more is to be said of it than they hold.

    :param beside: those that may have much in common with it.
    """
    if not (entry.settled and entry.durable) or entry.trouble is not None or entry.released:
        return None
    own = _own(entry.desired, entry.rendered_at, entry.written_at, entry.wave)
    if own is None:
        return None
    common = Common(
        scope=sys.intern(entry.scope),
        target=sys.intern(entry.target),
        trace=sys.intern(entry.trace),
        trace_id=sys.intern(entry.trace_id),
        intents=tuple([sys.intern(it.intent) for it in entry.origins]),
        fields=_one(tuple([it.fields for it in entry.origins])),
        written=tuple([sys.intern(it) for it, _ in entry.written_origins]),
        uids=packed_uids([it for _, it in entry.written_origins]),
    )
    return Settled(_shared(common, beside), own)


def packed_row(row: LedgerRow, beside: Iterable[Settled]) -> Settled | None:
    """Give the entry of a stored row in few bytes, as :func:`packed` does."""
    if row.tombstone or not row.desired_digest or row.written_digest != row.desired_digest:
        return None
    state = orjson.loads(row.state) if row.state else {}
    if not _MORE.isdisjoint(state):
        return None
    own = _own(
        row.desired_digest, state.get("rendered_at", 0), state.get("written_at", 0), row.wave
    )
    if own is None:
        return None
    fields, written = state.get("fields", {}), state.get("written_origins", {})
    common = Common(
        scope=sys.intern(row.scope),
        target=sys.intern(row.target),
        trace=sys.intern(state.get("trace", "")),
        trace_id=sys.intern(state.get("trace_id", "")),
        intents=tuple([sys.intern(it) for it in row.origins]),
        fields=_one(tuple([tuple(fields.get(it, ())) for it in row.origins])),
        written=tuple(map(sys.intern, written)),
        uids=packed_uids(written.values()),
    )
    return Settled(_shared(common, beside), own)


def unpacked(key: LedgerKey, settled: Settled) -> Entry:
    """Give the entry that was packed, by its key."""
    common, own = settled
    digest, rendered_at, written_at, wave = _OWN.unpack(own)
    desired = digest.hex()
    return Entry(
        ledger_key=key,
        scope=common.scope,
        desired=desired,
        written=desired,
        origins=tuple(
            Origin(intent=it, fields=fields)
            for it, fields in zip(common.intents, common.fields, strict=True)
        ),
        written_origins=tuple(zip(common.written, unpacked_uids(common.uids), strict=True)),
        target=common.target,
        wave=wave,
        rendered_at=rendered_at,
        written_at=written_at,
        durable=True,
        trace=common.trace,
        trace_id=common.trace_id,
    )


def _own(desired: str, rendered_at: int, written_at: int, wave: int) -> bytes | None:
    digest = packed_digest(desired)
    if isinstance(digest, str) or len(digest) != _DIGEST:
        return None
    try:
        return _OWN.pack(digest, rendered_at, written_at, wave)
    except StructError:
        return None  # a number that is too large


def _shared(common: Common, beside: Iterable[Settled]) -> Common:
    """Give the very object of one that is equal, if any is."""
    for it in beside:
        if it.common == common:
            return it.common
    return common._replace(written=common.intents) if common.written == common.intents else common


@lru_cache(_KNOWN)
def _one(fields: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    """Give the one object that stands for equal ones: intents fill in the same few fields."""
    return fields
