"""Digests in memory: the bytes of their hex, as there is one for each object and slice."""

from __future__ import annotations

from typing import TypeAlias

Digest: TypeAlias = "bytes | str"
"""What :func:`packed` gave."""


def packed(digest: str) -> Digest:
    """Give a digest in fewer bytes, or itself where it is not the hex of any."""
    try:
        found = bytes.fromhex(digest)
    except ValueError:
        return digest
    return found if found.hex() == digest else digest


def unpacked(digest: Digest) -> str:
    """Give the digest that was packed."""
    return digest if isinstance(digest, str) else digest.hex()
