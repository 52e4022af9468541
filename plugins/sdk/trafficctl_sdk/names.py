"""Names of Kubernetes objects that are readable, tenant-safe and stable."""

import base64
import hashlib
from functools import lru_cache

_READABLE = 40
_DIGEST = 10
_OBJECT_ID = 26
_KEPT = 16_384


def object_name(readable: str, *key: str) -> str:
    """Give ``<readable cut to 40>-<10 base32 characters of SHA-256 over the key>``.

    The key must hold everything that makes the object another one (project, destination, …):
    two tenants never meet, and the name does not depend on what else exists.
    """
    cut = readable[:_READABLE].rstrip("-.")
    return f"{cut}-{_base32('/'.join(key))[:_DIGEST]}"


def object_id(*key: str) -> str:
    """Give the 26 base32 characters of SHA-256 that name a managed object or record."""
    return _base32("/".join(key))[:_OBJECT_ID]


@lru_cache(_KEPT)
def _base32(text: str) -> str:
    return base64.b32encode(hashlib.sha256(text.encode()).digest()).decode().lower()
