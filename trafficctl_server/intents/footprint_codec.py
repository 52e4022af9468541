"""What is kept of an intent, as bytes: what it touches, what it names, and its packed self."""

from __future__ import annotations

import struct
import sys
import zlib
from typing import TYPE_CHECKING, Final, NamedTuple

import orjson
from trafficctl_sdk.slices import Scope

from trafficctl_server.compile.footprint import Footprint, References
from trafficctl_server.compile.names import WorkloadId
from trafficctl_server.compile.openings import Door

if TYPE_CHECKING:
    from collections.abc import Callable

_HEAD: Final = struct.Struct("<III")
"""Checksum of what follows, size of the footprint, size of the references."""
_SUM: Final = 4
"""Bytes of the checksum."""


class KeptIntent(NamedTuple):
    """One intent as it is kept."""

    footprint: Footprint
    references: References
    packed: bytes


def written(it: KeptIntent, mark: int) -> bytes:
    """Give it as bytes; equal footprints give equal parts.

    :param mark: of the packing that packed it.
    """
    found, refers_to = it.footprint, it.references
    footprint = orjson.dumps(
        (
            sorted(map(str, found.scopes)),
            found.outer,
            sorted((door.cluster, door.gateway, door.port, door.tls) for door in found.doors),
            found.keys,
        )
    )
    workloads = (f"{of.project}/{of.bundle}/{of.workload}" for of in refers_to.workloads)
    references = orjson.dumps((sorted(workloads), sorted(refers_to.clusters)))
    head = _HEAD.pack(0, len(footprint), len(references))
    rest = head[_SUM:] + footprint + references + it.packed
    return zlib.crc32(rest, mark).to_bytes(_SUM, "little") + rest


class KeptReader:
    """Reads what :func:`written` gave; use one for many, which share what is equal in them.

    :param one: gives the one object that stands for all equal scopes.
    """

    def __init__(self, one: Callable[[Scope], Scope]) -> None:
        self._one = one
        self._footprints: dict[bytes, Footprint] = {}
        self._workloads: dict[str, WorkloadId] = {}

    def read(self, kept: bytes, mark: int) -> KeptIntent | None:
        """Read one intent; none: it was packed by another packing, or is damaged."""
        if len(kept) < _HEAD.size:
            return None
        checksum, size, references_size = _HEAD.unpack_from(kept)
        if zlib.crc32(memoryview(kept)[_SUM:], mark) != checksum:
            return None
        end = _HEAD.size + size
        after = end + references_size
        workloads, clusters = orjson.loads(kept[end:after])
        return KeptIntent(
            self._footprint(kept[_HEAD.size : end]),
            References([self._workload(it) for it in workloads], clusters),
            kept[after:],
        )

    def _footprint(self, text: bytes) -> Footprint:
        found = self._footprints.get(text)
        if found is None:
            scopes, outer, doors, keys = orjson.loads(text)
            found = self._footprints[text] = Footprint(
                scopes=tuple(self._one(Scope.parse(it)) for it in scopes),
                outer=sys.intern(outer),
                doors=tuple(
                    Door(cluster=cluster, gateway=gateway, port=port, tls=tls)
                    for cluster, gateway, port, tls in doors
                ),
                keys=tuple(map(sys.intern, keys)),
            )
        return found

    def _workload(self, text: str) -> WorkloadId:
        found = self._workloads.get(text)
        if found is None:
            found = self._workloads[text] = WorkloadId(*text.split("/"))
        return found
