"""Log lines: one JSON object a line on standard error, as fluentd reads them.

``time`` (RFC 3339, UTC), ``level``, ``event`` (a short phrase), ``room`` (the logger), then the
fields: those of the request at hand (:mod:`.log_context`) and those given with ``extra=``.
"""

import asyncio
import logging
import sys
import time
from collections import deque
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TextIO

from trafficctl_server.settings.groups import LogSettings
from trafficctl_server.telemetry.lines import LONGEST, encoded, line_of, presentable
from trafficctl_server.telemetry.log_context import current_fields

if TYPE_CHECKING:
    _Stream = logging.StreamHandler[TextIO]
else:
    _Stream = logging.StreamHandler  # no generic at run time
_STANDARD: Final = frozenset(vars(logging.makeLogRecord({})))
"""What a record has without ``extra=``."""
_HELD: Final = 0.02
"""Seconds for which a line waits for others: a process that is killed takes such lines with it."""
_THIRD_PARTY: Final = ("grpc", "asyncio", "jaeger_tracing", "aiosqlite")


class LineFormatter(logging.Formatter):
    """Writes a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Give the line's text."""
        extra = ((name, value) for name, value in vars(record).items() if name not in _STANDARD)
        level, event = record.levelname.lower(), record.getMessage()
        around, fields = current_fields(), presentable(extra)
        line = line_of(record.created, level, event, record.name, around, fields)
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)[-LONGEST:]
        return encoded([line]).removesuffix("\n")


class LeavingClients(logging.Filter):
    """Drops grpc's tracebacks about clients that left before their answer: nothing is wrong."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let everything else pass."""
        error = record.exc_info[1] if record.exc_info else None
        text = f"{type(error).__name__} {error} {record.getMessage()}"
        return "ExecuteBatchError" not in text


class _HeldLine(NamedTuple):
    """A line that is made when it is written.

    :ivar at: seconds since the Unix epoch.
    :ivar around: fields of the request at hand; the line's own go before them.
    """

    at: float
    level: int
    event: str
    room: str
    around: Mapping[str, Any]
    fields: Mapping[str, Any]

    @property
    def line(self) -> dict[str, Any]:
        level = _level_name(self.level)
        return line_of(self.at, level, self.event, self.room, self.around, self.fields)


@lru_cache(maxsize=16)
def _level_name(level: int) -> str:
    return logging.getLevelName(level).lower()


class LineHandler(_Stream):
    """Writes lines of records, and lines for which no record was made.

    Those are held for a moment and written together: putting one on its way costs more than to
    make it. A record does not overtake them, and none is left when the process ends by itself.
    """

    def __init__(self, stream: TextIO) -> None:
        super().__init__(stream)
        self.setFormatter(LineFormatter())
        self.addFilter(LeavingClients())
        self._held: deque[_HeldLine] = deque()

    def hold(self, line: _HeldLine) -> None:
        """Write a line soon, or now where no loop runs."""
        self._held.append(line)
        if len(self._held) > 1:
            return  # what was held first is waited for
        try:
            asyncio.get_running_loop().call_later(_HELD, self._write_held)
        except RuntimeError:
            self._write_held()

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record's line, after those that came before it."""
        self._write_held()
        super().emit(record)

    def flush(self) -> None:
        """Write what is held, and have it leave the process."""
        self._write_held()
        super().flush()

    def _write_held(self) -> None:
        if not self._held:
            return
        self.acquire()  # any thread may log a record
        try:
            lines = []
            while self._held:
                lines.append(self._held.popleft().line)
            self.stream.write(encoded(lines))
            self.stream.flush()
        except Exception:  # noqa: BLE001 - what cannot be written must not harm who works
            self.handleError(logging.makeLogRecord({"msg": "lines were not written"}))
        finally:
            self.release()


def write_line(logger: logging.Logger, level: int, event: str, fields: Mapping[str, Any]) -> None:
    """Write the line of ``logger.log(level, event, extra=fields)`` without making a record.

    For what is written with every request: a record costs three times as much as its line.

    :param fields: short ones, none of them empty; nobody changes them any more.
    """
    if not logger.isEnabledFor(level):
        return
    line = _HeldLine(time.time(), level, event, logger.name, current_fields(), fields)
    for handler in logging.root.handlers:
        if isinstance(handler, LineHandler):
            handler.hold(line)


def configure_logs(settings: LogSettings, stream: TextIO | None = None) -> None:
    """Make the root logger write such lines; earlier handlers of it are dropped.

    :param stream: default: standard error.
    """
    root = logging.getLogger()
    for old in root.handlers[:]:
        root.removeHandler(old)
    root.addHandler(LineHandler(sys.stderr if stream is None else stream))
    root.setLevel(settings.level.upper())
    for name in _THIRD_PARTY:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
