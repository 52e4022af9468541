"""A tracer that records nothing, yet gives every request a trace id.

The id stands in log lines, on errors and on delivered objects, so they can be matched even where no
collector runs; a trace that a client started is passed on.
"""

import random
from dataclasses import dataclass
from typing import Any

import opentracing

from trafficctl_server.telemetry.wire_context import HEADER

_random = random.Random()  # noqa: S311 - ids are no secrets; it begins with what the system gives


@dataclass(slots=True)  # not frozen: every request makes one
class SilentContext(opentracing.SpanContext):  # type: ignore[misc] # published without types
    """A place in a trace: its ids and whether others record it."""

    trace_id: int
    span_id: int
    parent_id: int
    flags: int


class SilentSpan(opentracing.Span):  # type: ignore[misc] # published without types
    """Holds its place in the trace and forgets the rest."""


class SilentTracer(opentracing.Tracer):  # type: ignore[misc] # published without types
    """Makes places in traces, keeps no spans."""

    def start_span(
        self,
        operation_name: str | None = None,  # noqa: ARG002 - OpenTracing's signature
        child_of: SilentContext | None = None,
        *_: Any,
        **__: Any,
    ) -> SilentSpan:
        """Start a span below ``child_of``, or a new trace."""
        span_id = _random.getrandbits(64) or 1
        if child_of is None:
            return SilentSpan(self, SilentContext(span_id, span_id, 0, 0))
        return SilentSpan(
            self, SilentContext(child_of.trace_id, span_id, child_of.span_id, child_of.flags)
        )

    def inject(
        self,
        span_context: SilentContext,
        format: str,  # noqa: A002, ARG002 - OpenTracing's signature
        carrier: dict[str, str],
    ) -> None:
        """Write the place as Jaeger's clients do."""
        c = span_context
        carrier[HEADER] = f"{c.trace_id:x}:{c.span_id:x}:{c.parent_id:x}:{c.flags:x}"

    def extract(
        self,
        format: str,  # noqa: A002, ARG002 - OpenTracing's signature
        carrier: dict[str, str],
    ) -> SilentContext | None:
        """Read such a place."""
        if HEADER not in carrier:
            return None
        return SilentContext(*(int(part, 16) for part in carrier[HEADER].split(":")))
