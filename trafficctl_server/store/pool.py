"""Where in the pool a key is placed."""

import hashlib


def preferred_index(key: str, size: int) -> int:
    """Answer the index that a key gets while no other key holds it.

    Held indexes were chosen by it: another formula would move every key that comes back.

    :param size: number of indexes in the pool, 1 or more.
    """
    digest = hashlib.sha256(key.encode()).digest()
    return int.from_bytes(digest[:8], "big") % size
