"""Fields that every log line of one request carries, whoever writes it.

They live in a context variable, so concurrent tasks never see each other's.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType

_fields: ContextVar[Mapping[str, str]] = ContextVar(
    "trafficctl_log_fields", default=MappingProxyType({})
)


def current_fields() -> Mapping[str, str]:
    """Give the fields in force here."""
    return _fields.get()


@contextmanager
def log_fields(**fields: str) -> Iterator[None]:
    """Add fields to the log lines written inside, and by tasks started inside."""
    token = _fields.set({**_fields.get(), **fields})
    try:
        yield
    finally:
        _fields.reset(token)
