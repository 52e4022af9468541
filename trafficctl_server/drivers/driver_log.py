"""What a driver prints and logs, as log lines with its name on them, and not too many."""

import logging
import time
from collections.abc import Callable, Mapping
from typing import Final

_LOGGER: Final = logging.getLogger("trafficctl.drivers")
_WINDOW: Final = 60.0
_LINES_PER_WINDOW: Final = 200
_LONGEST: Final = 2000


class DriverLog:
    """The log lines of one driver: at most 200 a minute, then a count of what was dropped."""

    def __init__(self, driver: str, now: Callable[[], float] = time.monotonic) -> None:
        self._driver = driver
        self._now = now
        self._window_end = 0.0
        self._written = 0
        self._dropped = 0

    def output(self, line: str) -> None:
        """Log a line that the driver printed, cut to 2000 characters."""
        self._write("driver output", {"text": line[:_LONGEST]})

    def event(self, event: str, fields: Mapping[str, object]) -> None:
        """Log what the driver logged through the host."""
        shown = {key: str(value)[:_LONGEST] for key, value in fields.items()}
        self._write("driver event", {"driver_event": event[:_LONGEST], "driver_fields": shown})

    def _write(self, message: str, extra: Mapping[str, object]) -> None:
        now = self._now()
        if now >= self._window_end:
            self._report_dropped()
            self._window_end = now + _WINDOW
            self._written = 0
        if self._written >= _LINES_PER_WINDOW:
            self._dropped += 1
            return
        self._written += 1
        _LOGGER.info(message, extra={"driver": self._driver, **extra})

    def _report_dropped(self) -> None:
        if self._dropped:
            _LOGGER.warning(
                "driver output dropped", extra={"driver": self._driver, "lines": self._dropped}
            )
        self._dropped = 0
