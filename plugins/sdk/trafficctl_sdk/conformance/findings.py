"""What a check says."""

from dataclasses import dataclass
from enum import StrEnum


class BrokenError(Exception):
    """The driver does not hold to it.

    :ivar what: is wrong, and what to do: one line.
    :ivar where: it shows: one line.
    """

    def __init__(self, what: str, where: str) -> None:
        super().__init__(f"{what}\n{where}")
        self.what = what
        self.where = where


class UndeclaredError(Exception):
    """There is nothing to check: the driver does not declare it. The text says what."""


class State(StrEnum):
    """What became of a check."""

    PASSED = "PASSED"
    FAILED = "FAILED"
    SKIPPED = "SKIPPED"
    KNOWN = "KNOWN"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One check with what became of it.

    :ivar check: its id.
    :ivar text: why it failed, was skipped, or is known to fail; a remark where it passed.
    """

    check: str
    state: State
    text: str = ""
