"""What comes back from a driver."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from trafficctl_sdk.errors import Violation
from trafficctl_sdk.manifests import Rendering


class FailureKind(StrEnum):
    """How a hook failed.

    All but UNAVAILABLE are the driver's answer to this input: asking again before the input or
    the driver changes gives the same.
    """

    RAISED = "RAISED"
    TIMED_OUT = "TIMED_OUT"
    OUT_OF_MEMORY = "OUT_OF_MEMORY"
    CRASHED = "CRASHED"
    """The worker process ended under it."""
    INVALID_OUTPUT = "INVALID_OUTPUT"
    UNAVAILABLE = "UNAVAILABLE"
    """The hook was not called: the driver is refused or its worker does not start. Ask again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why a hook gave nothing; the text is fit for an intent's status."""

    kind: FailureKind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedSlice:
    """The driver cannot express the slice, and says which fields are to blame."""

    violations: tuple[Violation, ...]


RenderOutcome: TypeAlias = Rendering | RefusedSlice | Failure


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderResult:
    """What a driver made of one slice.

    :ivar slice_digest: of the slice, as :mod:`trafficctl_server.drivers.slice_bytes` gives it.
    :ivar rendering_version: of the driver that answered (see ``DriverStatus``); empty when it was
        not called.
    """

    slice_digest: str
    rendering_version: str
    outcome: RenderOutcome


class DriverError(Exception):
    """A deciding hook gave no answer to an RPC."""

    def __init__(self, driver: str, hook: str, failure: Failure) -> None:
        super().__init__(f"driver {driver}: {failure.text}")
        self.driver = driver
        self.hook = hook
        self.failure = failure
