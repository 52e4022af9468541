"""Uids in memory: sixteen bytes each, as there are some for each record and object."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Collection

UID_SIZE: Final = 16
_UIDS: Final = re.compile("(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12},)*")
_APART: Final = str.maketrans("", "", "-,")

Uids: TypeAlias = "bytes | tuple[str, ...]"
"""What :func:`packed_uids` gave."""


def uid_bytes(uid: str) -> bytes:
    """Give the bytes of a uid; ValueError where it is none."""
    return bytes.fromhex(uid.replace("-", ""))


def uid_of(packed: bytes) -> str:
    """Give the uid of its bytes."""
    it = packed.hex()
    return f"{it[:8]}-{it[8:12]}-{it[12:16]}-{it[16:20]}-{it[20:]}"


def packed_uids(uids: Collection[str]) -> Uids:
    """Give the bytes of uids, one after the other, or themselves where one is none."""
    joined = "".join([f"{it}," for it in uids])
    if _UIDS.fullmatch(joined) is None:
        return tuple(uids)
    return bytes.fromhex(joined.translate(_APART))


def unpacked_uids(packed: Uids) -> list[str]:
    """Give the uids that were packed."""
    if isinstance(packed, tuple):
        return [*packed]
    return [uid_of(packed[it : it + UID_SIZE]) for it in range(0, len(packed), UID_SIZE)]
