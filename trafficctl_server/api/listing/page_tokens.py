"""Page tokens: where a list goes on, and for which request it is meant."""

import base64
import hashlib
from collections.abc import Sequence
from typing import Final

import orjson

_DIGEST_LENGTH: Final = 16
_LONGEST: Final = 64 << 10


class PageTokenError(ValueError):
    """A token was not made by this server for this request."""


def purpose(*parts: str) -> str:
    """Give the digest of all that must stay the same from page to page."""
    text = orjson.dumps(parts)
    return hashlib.sha256(text).hexdigest()[:_DIGEST_LENGTH]


def write_token(purpose: str, place: Sequence[str | int | bool | None]) -> str:
    """Make a token; it can be read, but means nothing to clients."""
    return base64.urlsafe_b64encode(orjson.dumps([purpose, *place])).decode().rstrip("=")


def read_token(token: str, purpose: str) -> list[object]:
    """Give the place in a token.

    :raises PageTokenError: it is not one, or it is for another request.
    """
    if len(token) > _LONGEST:
        raise PageTokenError("is no page token: send next_page_token as it came")
    padding = "=" * (-len(token) % 4)
    try:
        text = base64.b64decode(token + padding, altchars=b"-_", validate=True)
        found = orjson.loads(text)
    except ValueError:
        found = None
    if not isinstance(found, list) or not found:
        raise PageTokenError("is no page token: send next_page_token as it came")
    made_for, *place = found
    if made_for != purpose:
        raise PageTokenError(
            "is for another list: keep parent, filter and order_by, or start without a token"
        )
    return place
