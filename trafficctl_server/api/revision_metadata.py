"""Tells with every answer the store-wide revision that it speaks of."""

from functools import lru_cache
from typing import Final

from trafficctl_server.api.interceptors.call import Context

REVISION_KEY: Final = "trafficctl-revision"


def tell_revision(context: Context, revision: int) -> None:
    """Send a revision after the answer: a Watch that starts there misses nothing since."""
    context.set_trailing_metadata(_metadata(revision))


@lru_cache(maxsize=1)
def _metadata(revision: int) -> tuple[tuple[str, str]]:
    return ((REVISION_KEY, str(revision)),)
