"""Tracing that keeps its spans in memory, for tests and trials."""

from dataclasses import dataclass
from typing import Any

from opentracing.mocktracer import MockTracer

from trafficctl_server.telemetry.tracing import Tracing


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedSpan:
    """A finished span.

    :ivar parent_id: 0 for the first span of a trace.
    """

    name: str
    trace_id: str
    span_id: int
    parent_id: int
    tags: dict[str, Any]


class MemoryTracing(Tracing):
    """Records every span."""

    def __init__(self) -> None:
        self._memory = MockTracer()
        super().__init__(self._memory)

    @property
    def spans(self) -> tuple[RecordedSpan, ...]:
        """All finished spans, in the order of their ends."""
        return tuple(
            RecordedSpan(
                name=span.operation_name,
                trace_id=f"{span.context.trace_id:016x}",
                span_id=span.context.span_id,
                parent_id=span.parent_id or 0,
                tags=dict(span.tags),
            )
            for span in self._memory.finished_spans()
        )
