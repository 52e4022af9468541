"""Intents in few bytes, for this run alone: each is written as what differs from another."""

from __future__ import annotations

import marshal
import zlib
from typing import TYPE_CHECKING, Any, Final, cast

from trafficctl_server.intents.kinds import INTENTS
from trafficctl_server.store.records import Record

if TYPE_CHECKING:
    from trafficctl_sdk.intent_kinds import ConnectivityIntent

    from trafficctl_server.intents.bodies import Bodies

_COLUMNS: Final = (*("uid", "etag", "generation", "create_time", "update_time", "body", "schema"),)
"""What the world is told of an intent follows from these, its name and its kind."""

_KINDS: Final = {it.collection: it.name for it in INTENTS}
_LEVEL: Final = 1
_WINDOW: Final = -12
"""No header, and 4 KiB to look back: a larger window takes longer to set up than to use."""


class Packing:
    """Packs records of intents and reads them again; what one packed no other can read."""

    def __init__(self, bodies: Bodies) -> None:
        self._bodies = bodies
        self._firsts: dict[str, bytes] = {}

    def pack(self, record: Record) -> bytes:
        """Give all that a wish follows from; most of it is as in the first of its kind."""
        written = marshal.dumps(tuple(getattr(record, it) for it in _COLUMNS))
        first = self._firsts.setdefault(record.kind, written)
        deflating = zlib.compressobj(_LEVEL, wbits=_WINDOW, zdict=first)
        return deflating.compress(written) + deflating.flush()

    def identity(self, name: str, packed: bytes) -> tuple[str, int]:
        """Give uid and generation of what :meth:`pack` gave."""
        _, columns = self._columns(name, packed)
        return columns["uid"], columns["generation"]

    def intent(self, name: str, packed: bytes) -> ConnectivityIntent:
        """Give the intent of what :meth:`pack` gave, by its name."""
        kind, kept = self._columns(name, packed)
        record = Record(name=name, kind=kind, revision=0, delete_time=None, progress=b"", **kept)
        return cast("ConnectivityIntent", self._bodies.told(record))

    def _columns(self, name: str, packed: bytes) -> tuple[str, dict[str, Any]]:
        kind = _KINDS[name.rsplit("/", 2)[1]]
        inflating = zlib.decompressobj(wbits=_WINDOW, zdict=self._firsts[kind])
        columns = marshal.loads(inflating.decompress(packed))  # noqa: S302 - this process wrote it
        return kind, dict(zip(_COLUMNS, columns, strict=True))
