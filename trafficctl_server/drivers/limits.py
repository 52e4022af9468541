"""What the host is told: which drivers, under which limits, with which options."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

SECOND: Final = 1_000_000_000
MEBIBYTE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class DriverHostSettings:
    """Settings of the driver host; times in nanoseconds, sizes in bytes.

    :ivar blocked: names of drivers that are refused unseen.
    :ivar time_limit: of one hook call: one slice, one intent, one question.
    :ivar load_limit: of importing, asking and configuring one driver.
    :ivar memory_limit: of each worker process, the interpreter included.
    :ivar health_interval: between two health checks of a driver.
    :ivar options: settings of each driver by its name, as written.
    :ivar server_version: shown to drivers.
    """

    blocked: frozenset[str] = frozenset()
    time_limit: int = 5 * SECOND
    load_limit: int = 20 * SECOND
    memory_limit: int = 512 * MEBIBYTE
    health_interval: int = 30 * SECOND
    options: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    server_version: str = ""
