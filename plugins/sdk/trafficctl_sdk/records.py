"""What DNS drivers exchange with the host."""

from dataclasses import dataclass
from enum import StrEnum

from trafficctl_sdk.manifests import Record


class RecordAction(StrEnum):
    """What to do with one record set."""

    UPSERT = "UPSERT"
    DELETE = "DELETE"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordChange:
    """One change of one record set."""

    action: RecordAction
    record: Record


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordOutcome:
    """What became of one change: done, to be tried again, or refused for good.

    :ivar retry_after: nanoseconds; 0 when it is not to be tried again.
    """

    done: bool
    retry_after: int = 0
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneFacts:
    """One zone as its provider knows it."""

    zone: str
    identity: str
    serial: int = 0
