"""Intents in few bytes: each is written as what differs from the first of its kind."""

from __future__ import annotations

import marshal
import sys
import zlib
from typing import TYPE_CHECKING, Any, Final, cast

from trafficctl_sdk.model.outbound_intent import OutboundIntent

from trafficctl_server.compile.sayings import brief, saying_of
from trafficctl_server.intents.kinds import INTENTS
from trafficctl_server.store.records import Record, Version

if TYPE_CHECKING:
    from trafficctl_sdk.intent_kinds import ConnectivityIntent

    from trafficctl_server.compile.sayings import Brief
    from trafficctl_server.intents.bodies import Bodies

_COLUMNS: Final = (*("uid", "etag", "generation", "create_time", "update_time", "body", "schema"),)
"""What the world is told of an intent follows from these, its name and its kind."""

_KINDS: Final = {it.collection: it.name for it in INTENTS}
_LEVEL: Final = 1
_WINDOW: Final = -12
"""No header, and 4 KiB to look back: a larger window takes longer to set up than to use."""


_INTERPRETER: Final = zlib.crc32(str(sys.implementation.cache_tag).encode())
"""Another one may write columns otherwise."""


class Packing:
    """Packs records of intents and reads them again.

    What one packed another can read where their patterns of the kind, the first packed one of it,
    are the same; their marks are the same then, too.
    """

    def __init__(self, bodies: Bodies) -> None:
        self._bodies = bodies
        self._patterns: dict[str, bytes] = {}

    def pattern(self, kind: str) -> bytes:
        """Give the pattern of a kind, of which something was packed."""
        return self._patterns[kind]

    def learn(self, kind: str, pattern: bytes) -> None:
        """Take the pattern of a kind, before anything of it is packed."""
        self._patterns[kind] = pattern

    def mark(self, kind: str) -> int:
        """Give what tells the packing of a kind from others."""
        return zlib.crc32(self._patterns[kind], _INTERPRETER)

    def pack(self, record: Record, intent: ConnectivityIntent) -> bytes:
        """Give all that a wish follows from; most of it is as in the first of its kind.

        :param intent: of the record; what it says of its destination is written beside it.
        """
        form = None if isinstance(intent, OutboundIntent) else brief(saying_of(intent))
        written = marshal.dumps((form, *(getattr(record, it) for it in _COLUMNS)))
        pattern = self._patterns.setdefault(record.kind, written)
        deflating = zlib.compressobj(_LEVEL, wbits=_WINDOW, zdict=pattern)
        return deflating.compress(written) + deflating.flush()

    def identity(self, name: str, packed: bytes) -> tuple[str, int]:
        """Give uid and generation of what :meth:`pack` gave."""
        _, columns = self._columns(name, packed)
        return columns["uid"], columns["generation"]

    def version(self, name: str, packed: bytes) -> Version:
        """Give which wish :meth:`pack` packed."""
        _, columns = self._columns(name, packed)
        return Version(columns["etag"], columns["generation"], columns["update_time"])

    def brief(self, name: str, packed: bytes) -> Brief | None:
        """Give the brief form of what an intent says of its destination, if it has one."""
        form: Brief | None = self._written(name, packed)[1][0]
        return form

    def intent(self, name: str, packed: bytes) -> ConnectivityIntent:
        """Give the intent of what :meth:`pack` gave, by its name."""
        kind, kept = self._columns(name, packed)
        record = Record(name=name, kind=kind, revision=0, delete_time=None, progress=b"", **kept)
        return cast("ConnectivityIntent", self._bodies.told(record))

    def _columns(self, name: str, packed: bytes) -> tuple[str, dict[str, Any]]:
        kind, (_, *columns) = self._written(name, packed)
        return kind, dict(zip(_COLUMNS, columns, strict=True))

    def _written(self, name: str, packed: bytes) -> tuple[str, tuple[Any, ...]]:
        kind = kind_of_name(name)
        inflating = zlib.decompressobj(wbits=_WINDOW, zdict=self._patterns[kind])
        return kind, marshal.loads(inflating.decompress(packed))  # noqa: S302 - this server wrote it


def kind_of_name(intent: str) -> str:
    """Give the kind of an intent by its name."""
    return _KINDS[intent.rsplit("/", 2)[1]]
