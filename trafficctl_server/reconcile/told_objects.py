"""What was said last of each managed object, in few bytes: there are as many as objects.

In a dict all of them take four times the memory. A record is a digest of the object's id
and what was said of it; records whose digests begin alike are beside each other, in no order.
"""

from __future__ import annotations

import hashlib
from sys import getsizeof
from typing import Final

from trafficctl_server.reconcile.told import TOLD_SIZE, Told

_KEY: Final = 16
"""Bytes: by chance two objects share them once in 2^128."""
_RECORD: Final = _KEY + TOLD_SIZE
_SHIFT: Final = 4
"""Digests begin alike in all but so many bits of their first two bytes."""


class ToldObjects:
    """What was said of objects, by the ids that their names end in."""

    def __init__(self) -> None:
        self._records: dict[int, bytearray] = {}

    @property
    def size(self) -> int:
        """How many bytes all of it takes."""
        return sum(map(getsizeof, self._records.values()))

    def get(self, of: str) -> Told | None:
        """Give what was said of an object; none: nothing."""
        key, beside, at = self._find(of)
        return None if at < 0 else Told(beside[at + len(key) : at + _RECORD])

    def put(self, of: str, told: Told) -> None:
        """Take what is said of an object."""
        key, beside, at = self._find(of)
        if at < 0:
            self._records.setdefault(_where(key), beside).extend(key + told)
        else:
            beside[at : at + _RECORD] = key + told

    def drop(self, of: str) -> None:
        """Forget an object."""
        key, beside, at = self._find(of)
        if at >= 0:
            beside[at : at + _RECORD] = beside[-_RECORD:]
            del beside[-_RECORD:]
            if not beside:
                del self._records[_where(key)]

    def _find(self, of: str) -> tuple[bytes, bytearray, int]:
        """Give the key of an object, the records that it would be among, and where; -1: nowhere."""
        key = hashlib.blake2b(of.encode(), digest_size=_KEY).digest()
        beside = self._records.get(_where(key), bytearray())
        at = beside.find(key)
        while at % _RECORD and at >= 0:  # a part of two records, by chance
            at = beside.find(key, at + 1)
        return key, beside, at


def _where(key: bytes) -> int:
    return int.from_bytes(key[:2], "big") >> _SHIFT
