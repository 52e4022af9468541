"""Slices as the bytes that workers are sent, and the digests of these."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import orjson
from trafficctl_sdk.codec import to_json

if TYPE_CHECKING:
    from trafficctl_sdk.slices import TrafficSlice


def slice_bytes(slice_: TrafficSlice) -> bytes:
    """Give a slice as JSON; equal slices have equal bytes.

    The SDK's canonical form but for how very small and very large fractions are written, in half
    the time: it is taken of everything that is compiled.
    """
    return orjson.dumps(to_json(slice_), option=orjson.OPT_SORT_KEYS)


def digest_of(data: bytes) -> str:
    """Give the SHA-256 of a slice's bytes in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def slice_digest(slice_: TrafficSlice) -> str:
    """Give the digest of a slice."""
    return digest_of(slice_bytes(slice_))
