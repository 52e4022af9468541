"""Changes as bytes, made once for all watchers.

Encoded messages that follow each other are read as one message with the lists joined, so a
message of a stream is its head and the fragments of its changes in a row.
"""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from trafficctl.v2.watch_pb2 import WatchResponse

from trafficctl_server.api.messages import to_message
from trafficctl_server.api.resource_types import RESOURCE_TYPES
from trafficctl_server.api.sources import Presented
from trafficctl_server.store.records import ChangeKind, Record

_MOST: Final = 4096
_MOST_BYTES: Final = 32 << 20


@dataclass(slots=True, kw_only=True)
class EncodedRecord:
    """One record as of one revision.

    :ivar labels: none where its type has no labels.
    """

    labels: Mapping[str, str]
    _message: Any
    size: int
    _fragments: dict[ChangeKind, bytes] = field(default_factory=dict)

    def fragment(self, kind: ChangeKind) -> bytes:
        """Give a ``WatchResponse`` that holds nothing but this change, encoded."""
        if kind not in self._fragments:
            change = WatchResponse.Change(kind=kind.value, resource=self._message)
            self._fragments[kind] = WatchResponse(changes=[change]).SerializeToString()
        return self._fragments[kind]


class Encoding:
    """Encodes records for watchers; keeps the last 4096, 32 MiB at most."""

    def __init__(self, present: Presented) -> None:
        self._present = present
        self._kept: OrderedDict[tuple[str, str, int], EncodedRecord] = OrderedDict()
        self._size = 0

    def record(self, record: Record) -> EncodedRecord:
        """Give a record for watchers."""
        key = (record.name, record.uid, record.revision)
        known = self._kept.get(key)
        if known is not None:
            self._kept.move_to_end(key)
            return known
        made = self._made(record)
        self._kept[key] = made
        self._size += made.size
        while len(self._kept) > _MOST or self._size > _MOST_BYTES:
            self._size -= self._kept.popitem(last=False)[1].size
        return made

    def _made(self, record: Record) -> EncodedRecord:
        of = RESOURCE_TYPES[record.kind]
        resource = self._present(record)
        message = to_message(resource, of.message)
        return EncodedRecord(
            labels=getattr(resource, "labels", {}),
            _message={of.field: message},
            size=2 * message.ByteSize(),
        )


def head(revision: int, *, more: bool = False, bookmark: str = "") -> bytes:
    """Encode what stands before the fragments of a message."""
    made = WatchResponse(revision=revision, more=more, bookmark=bookmark or None)
    return made.SerializeToString()
