"""One facade over OpenTracing: spans that follow awaiting code, and a text that carries them on.

A span is current in the task that opened it and in tasks started inside. Where the work goes on
elsewhere (a store row, a queue), :meth:`Tracing.carry` gives its place in the trace as text and
:meth:`Tracing.resume` takes it up again, also after a restart.
"""

import asyncio
from collections.abc import Iterable, Mapping
from contextvars import ContextVar, Token
from types import MappingProxyType
from typing import Any, Final, Self
from urllib.parse import parse_qsl, urlencode

import opentracing
from opentracing import Format

from trafficctl_server.telemetry.log_context import note_fields, unnote
from trafficctl_server.telemetry.silent_tracer import SilentTracer
from trafficctl_server.telemetry.wire_context import carrier_of

TagValue = str | int | float | bool
_LONGEST_TAG: Final = 256
_LONGEST_CARRIED: Final = 512
_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


class Parent:
    """A place in a trace where a span may go on; opaque."""

    __slots__ = ("context",)

    def __init__(self, context: Any) -> None:
        self.context = context


class Span:
    """Work under way, with its tags: what is done inside its ``with`` block.

    :ivar trace_id: hexadecimal, at least 16 digits.
    """

    __slots__ = ("_logged", "_noted", "_span", "_token", "_tracing", "trace_id")

    def __init__(self, tracing: "Tracing", span: Any, logged: Mapping[str, str]) -> None:
        self._tracing = tracing
        self._span = span
        self.trace_id = f"{span.context.trace_id:016x}"
        self._logged = logged
        self._token: Token[tuple[Tracing, Any] | None] | None = None
        self._noted: Token[Mapping[str, str]] | None = None

    def __enter__(self) -> Self:
        self.begin()
        return self

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        self.end(error)

    def begin(self) -> None:
        """Make it the current one, until :meth:`end` in the same task."""
        self._token = _current.set((self._tracing, self._span))
        self._noted = note_fields({"trace_id": self.trace_id, **self._logged})

    def end(self, error: BaseException | None = None) -> None:
        """Finish it, and say what the work ended with, if it was an error."""
        if isinstance(error, asyncio.CancelledError):
            self.tag("cancelled", value=True)
        elif isinstance(error, Exception):
            self.tag("error", value=True)
            self.tag("error.kind", type(error).__name__)  # a text might hold what is secret
        if self._noted is not None:
            unnote(self._noted)
        if self._token is not None:
            _current.reset(self._token)
        self._span.finish()

    def tag(self, name: str, value: TagValue) -> None:
        """Say something about the work: short and never a secret; texts are cut at 256.

        Anything but text, numbers and booleans is named by its type alone.
        """
        if isinstance(value, str):
            value = value[:_LONGEST_TAG]
        elif not isinstance(value, int | float):
            value = type(value).__name__
        self._span.set_tag(name, value)

    @property
    def parent(self) -> Parent:
        """The place below this span, for work that outlives the ``with`` block."""
        return Parent(self._span.context)


class Tracing:
    """Starts spans and moves their places in and out of texts.

    :param tracer: an OpenTracing tracer whose contexts have a ``trace_id``; default: one that
        records nothing.
    """

    def __init__(self, tracer: Any = None) -> None:
        self._records = tracer is not None
        self._tracer: Any = tracer if self._records else SilentTracer()

    def span(
        self,
        name: str,
        *,
        parent: Parent | None = None,
        logged: Mapping[str, str] = _NOTHING,
        **tags: TagValue,
    ) -> Span:
        """Open a span for the work inside the ``with`` block.

        :param parent: where the trace goes on; default: the current span, or a new trace.
        :param logged: fields of the log lines inside, besides the trace's id.
        :param tags: as :meth:`Span.tag` takes them; ``__`` in a name becomes a dot.
        """
        below = parent.context if parent else self._current_context()
        raw = self._tracer.start_span(name, child_of=below, ignore_active_span=True)
        span = Span(self, raw, logged)
        if self._records:
            for tag, value in tags.items():
                span.tag(tag.replace("__", "."), value)
        return span

    @property
    def trace_id(self) -> str:
        """The current trace's id as hexadecimal text; empty outside of any span."""
        context = self._current_context()
        return "" if context is None else f"{context.trace_id:016x}"

    def extract(self, metadata: Iterable[tuple[str, str | bytes]]) -> Parent | None:
        """Find where a caller's trace goes on, if its metadata says so; malformed counts as not."""
        carrier = carrier_of(metadata)
        try:
            context = self._tracer.extract(Format.TEXT_MAP, carrier) if carrier else None
        except (opentracing.SpanContextCorruptedException, ValueError):
            return None
        return Parent(context) if context is not None and context.trace_id else None

    def inject(self) -> tuple[tuple[str, str], ...]:
        """Give the metadata that makes a called server go on with the current trace."""
        context = self._current_context()
        if context is None:
            return ()
        carrier: dict[str, str] = {}
        self._tracer.inject(context, Format.TEXT_MAP, carrier)
        return tuple(carrier.items())

    def carry(self) -> str:
        """Write the current place as one line of text; empty outside of any span."""
        return urlencode(self.inject())

    def resume(self, text: str) -> Parent | None:
        """Read what :meth:`carry` wrote; anything else, or nothing, is no parent."""
        if not text or len(text) > _LONGEST_CARRIED:
            return None
        return self.extract(parse_qsl(text))

    async def close(self) -> None:
        """Send what is still held, for at most two seconds."""

    def _current_context(self) -> Any:
        active = _current.get()
        return active[1].context if active and active[0] is self else None


_current: ContextVar[tuple[Tracing, Any] | None] = ContextVar("trafficctl_span", default=None)
