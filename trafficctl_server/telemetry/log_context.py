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


def note_fields(fields: Mapping[str, str]) -> Token[Mapping[str, str]]:
    """Add fields to the log lines that the task at hand writes from here on; see :func:`unnote`."""
    around = _fields.get()
    return _fields.set({**around, **fields} if around else fields)


def unnote(noted: Token[Mapping[str, str]]) -> None:
    """Take them back, and what was added since."""
    _fields.reset(noted)
