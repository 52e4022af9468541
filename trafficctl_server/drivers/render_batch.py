"""One batch of slices on its way through a worker, and what came of each."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Final

from trafficctl_sdk.admission.output import (
    LARGEST_MANIFEST,
    InvalidOutputError,
    check_rendering,
    json_size,
)
from trafficctl_sdk.codec import DecodeError, from_json
from trafficctl_sdk.manifests import Rendering
from trafficctl_sdk.slices import ScopeKind, TrafficSlice

from trafficctl_server.drivers import frames
from trafficctl_server.drivers.results import Failure, FailureKind, RenderOutcome, RenderResult
from trafficctl_server.drivers.slice_bytes import digest_of, slice_bytes, slice_digest
from trafficctl_server.drivers.supervisor import Answer, Answered

_LONGEST_TEXT: Final = 500
_SURELY_SMALL: Final = LARGEST_MANIFEST // 4
"""No spaces or longer words for numbers make a body of so many bytes too large."""


class RenderBatch:
    """Questions made when they are sent and answers checked when they come, one at a time."""

    def __init__(
        self,
        slices: Sequence[TrafficSlice],
        scope_kinds: Collection[ScopeKind],
        rendering_version: Callable[[], str],
    ) -> None:
        """Take the slices of the declared kinds; all others get nothing, without being asked."""
        self._slices = slices
        self._asked = [index for index, item in enumerate(slices) if item.scope.kind in scope_kinds]
        self._outcomes: list[RenderOutcome] = [Rendering()] * len(slices)
        self._versions = [""] * len(slices)
        self._digests = [""] * len(slices)
        self._rendering_version = rendering_version

    @property
    def count(self) -> int:
        """How many slices the driver is asked about."""
        return len(self._asked)

    def question(self, index: int) -> bytes:
        """Give the JSON of one slice that is asked about."""
        place = self._asked[index]
        payload = slice_bytes(self._slices[place])
        self._digests[place] = digest_of(payload)
        return payload

    def take(self, index: int, answer: Answer) -> None:
        """Note the answer to one question."""
        place = self._asked[index]
        self._outcomes[place] = (
            _rendering(answer, self._slices[place]) if isinstance(answer, Answered) else answer
        )
        if not isinstance(answer, Failure) or answer.kind is not FailureKind.UNAVAILABLE:
            self._versions[place] = self._rendering_version()

    def result(self, place: int) -> RenderResult:
        """Give what came of a slice, by its place in the batch."""
        return RenderResult(
            slice_digest=self._digests[place] or slice_digest(self._slices[place]),
            rendering_version=self._versions[place],
            outcome=self._outcomes[place],
        )


def _rendering(answer: Answered, traffic_slice: TrafficSlice) -> RenderOutcome:
    try:
        rendering = from_json(Rendering, answer.data)
        check_rendering(rendering, {origin.intent for origin in traffic_slice.origins}, _size)
    except (DecodeError, InvalidOutputError) as error:
        return Failure(kind=FailureKind.INVALID_OUTPUT, text=str(error)[:_LONGEST_TEXT])
    return rendering


def _size(body: Mapping[str, object]) -> int:
    size = len(frames.encode(body))
    return size if size < _SURELY_SMALL else json_size(body)
