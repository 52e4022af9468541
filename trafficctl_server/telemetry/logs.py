"""Log lines: one JSON object a line on standard error, as fluentd reads them.

``time`` (RFC 3339, UTC), ``level``, ``event`` (a short phrase), ``room`` (the logger), then the
fields: those of the request at hand (:mod:`.log_context`) and those given with ``extra=``.
"""

import logging
import sys
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, TextIO

from trafficctl_server.settings.groups import LogSettings
from trafficctl_server.telemetry.lines import LONGEST, encoded, line_of, presentable

if TYPE_CHECKING:
    _Stream = logging.StreamHandler[TextIO]
else:
    _Stream = logging.StreamHandler  # no generic at run time
_STANDARD: Final = frozenset(vars(logging.makeLogRecord({})))
"""What a record has without ``extra=``."""
_THIRD_PARTY: Final = ("grpc", "asyncio", "jaeger_tracing", "aiosqlite")


class LineFormatter(logging.Formatter):
    """Writes a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Give the line's text."""
        extra = ((name, value) for name, value in vars(record).items() if name not in _STANDARD)
        level, event = record.levelname.lower(), record.getMessage()
        line = line_of(record.created, level, event, record.name, presentable(extra))
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)[-LONGEST:]
        return encoded(line)


class LeavingClients(logging.Filter):
    """Drops grpc's tracebacks about clients that left before their answer: nothing is wrong."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let everything else pass."""
        error = record.exc_info[1] if record.exc_info else None
        text = f"{type(error).__name__} {error} {record.getMessage()}"
        return "ExecuteBatchError" not in text


class LineHandler(_Stream):
    """Writes lines of records, and lines for which no record was made."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__(stream)
        self.setFormatter(LineFormatter())
        self.addFilter(LeavingClients())

    def put(self, text: str) -> None:
        """Write a line."""
        self.acquire()
        try:
            self.stream.write(f"{text}\n")
            self.stream.flush()
        finally:
            self.release()


def write_line(logger: logging.Logger, level: int, event: str, fields: Mapping[str, Any]) -> None:
    """Write the line of ``logger.log(level, event, extra=fields)`` without making a record.

    For what is written with every request: a record costs three times as much as its line.

    :param fields: short ones, none of them empty.
    """
    if not logger.isEnabledFor(level):
        return
    name = logging.getLevelName(level).lower()
    try:
        for handler in logging.root.handlers:
            if isinstance(handler, LineHandler):
                handler.put(encoded(line_of(time.time(), name, event, logger.name, fields)))
    except Exception:  # noqa: BLE001 - what cannot be written must not harm who works
        logger.log(level, event, extra=dict(fields))  # logging's own way to say so


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
