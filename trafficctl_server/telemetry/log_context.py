"""Fields that every log line of one request carries, whoever writes it.

They live in a context variable, so concurrent tasks never see each other's.
"""

from collections.abc import Mapping
from contextvars import ContextVar, Token
from types import MappingProxyType

_fields: ContextVar[Mapping[str, str]] = ContextVar(
    "trafficctl_log_fields", default=MappingProxyType({})
)


def current_fields() -> Mapping[str, str]:
    """Give the fields in force here."""
    return _fields.get()


class log_fields:  # noqa: N801 - it reads as contextlib's own do
    """Adds fields to the log lines written inside, and by tasks started inside."""

    __slots__ = ("_added", "_token")

    def __init__(self, **fields: str) -> None:
        self._added = fields
        self._token: Token[Mapping[str, str]] | None = None

    def __enter__(self) -> None:
        self._token = _fields.set({**_fields.get(), **self._added})

    def __exit__(self, *_: object) -> None:
        if self._token is not None:
            _fields.reset(self._token)
