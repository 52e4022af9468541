"""Durations as Istio reads them."""

from typing import Final

SECOND: Final = 1_000_000_000
MILLISECOND: Final = 1_000_000


def duration(nanoseconds: int | None) -> str | None:
    """Give a duration such as ``1.5s``; none where none is stated."""
    if nanoseconds is None:
        return None
    seconds, rest = divmod(nanoseconds, SECOND)
    fraction = f"{rest:09}".rstrip("0")
    return f"{seconds}.{fraction}s" if fraction else f"{seconds}s"
