"""Log lines: one JSON object a line on standard error, as fluentd reads them.

``time`` (RFC 3339, UTC), ``level``, ``event`` (a short phrase), ``room`` (the logger), then the
fields: those of the request at hand (:mod:`.log_context`) and those given with ``extra=``.
"""

import logging
import sys
from datetime import UTC, datetime
from typing import Any, Final, TextIO

from pythonjsonlogger.json import JsonFormatter

from trafficctl_server.settings.groups import LogSettings
from trafficctl_server.telemetry.log_context import current_fields

_OWN: Final = frozenset({"time", "level", "event", "room"})
_LONGEST: Final = 8192  # characters of one field; a longer line breaks collectors
_THIRD_PARTY: Final = ("grpc", "asyncio", "jaeger_tracing", "aiosqlite")


class LineFormatter(JsonFormatter):
    """Writes a record as one line of JSON."""

    def add_fields(
        self,
        log_data: dict[str, Any],
        record: logging.LogRecord,
        message_dict: dict[str, Any],
    ) -> None:
        """Put the fields in the order in which they are read."""
        extra: dict[str, Any] = {}
        super().add_fields(extra, record, message_dict)
        at = datetime.fromtimestamp(record.created, UTC)
        log_data["time"] = at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        log_data["level"] = record.levelname.lower()
        log_data["event"] = record.getMessage()[:_LONGEST]
        log_data["room"] = record.name.removeprefix("trafficctl_server.")
        log_data.update(current_fields())
        for name, value in extra.items():
            if name not in _OWN and name != "message" and value not in (None, ""):
                log_data[name] = value[-_LONGEST:] if isinstance(value, str) else value


class LeavingClients(logging.Filter):
    """Drops grpc's tracebacks about clients that left before their answer: nothing is wrong."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let everything else pass."""
        error = record.exc_info[1] if record.exc_info else None
        text = f"{type(error).__name__} {error} {record.getMessage()}"
        return "ExecuteBatchError" not in text


def configure_logs(settings: LogSettings, stream: TextIO | None = None) -> None:
    """Make the root logger write such lines; earlier handlers of it are dropped.

    :param stream: default: standard error.
    """
    handler = logging.StreamHandler(sys.stderr if stream is None else stream)
    handler.setFormatter(LineFormatter(rename_fields={"exc_info": "exception"}))
    handler.addFilter(LeavingClients())
    root = logging.getLogger()
    for old in root.handlers[:]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(settings.level.upper())
    for name in _THIRD_PARTY:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
