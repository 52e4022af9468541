"""The pytest plugin: writes what conformance classes found to a report.

It is loaded in every run of pytest where the SDK is installed, before coverage is measured, so it
imports nothing of the SDK unless a report is asked for.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

    from trafficctl_sdk.conformance.suite import DriverConformance

_SUITE = "trafficctl_sdk.conformance.suite"
_OPTION = "--conformance-report"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take the option for the report."""
    group = parser.getgroup("trafficctl", "conformance of trafficctl drivers")
    group.addoption(
        _OPTION, metavar="FILE", help="write what the conformance kit found to a JSON file"
    )


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write one report for each driver whose conformance class was collected."""
    file = session.config.getoption(_OPTION)
    if not file:
        return
    from trafficctl_sdk.conformance.report import as_json  # noqa: PLC0415 - see above

    suites = {_suite_of(getattr(it, "cls", None)) for it in session.items}
    reports = [
        as_json(kit.trial, [kit.find(it) for it in kit.ids()])
        for kit in (it.kit() for it in suites if it is not None)
    ]
    reports.sort(key=lambda it: str(it["driver"]))
    Path(file).write_text(json.dumps(reports, indent=2) + "\n")


def _suite_of(cls: object) -> type[DriverConformance] | None:
    module = sys.modules.get(_SUITE)  # not there: nobody subclasses it
    if module is None or not isinstance(cls, type):
        return None
    suite: type[DriverConformance] = module.DriverConformance
    return cls if issubclass(cls, suite) and cls is not suite else None
