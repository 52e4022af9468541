"""A talkative driver does not fill the log."""

import pytest

from trafficctl_server.drivers.driver_log import DriverLog


def test_a_minute_has_room_for_200_lines_and_the_next_counts_what_was_dropped(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("INFO", "trafficctl.drivers")
    seconds = 100.0
    log = DriverLog("paper", now=lambda: seconds)

    for number in range(250):
        log.output(f"line {number}")
    assert len(caplog.records) == 200

    seconds = 161.0
    log.event("again", {"port": 80, "long": "x" * 9000})

    dropped, event = caplog.records[200:]
    assert (dropped.levelname, getattr(dropped, "lines", None)) == ("WARNING", 50)
    assert getattr(event, "driver_event", None) == "again"
    assert len(getattr(event, "driver_fields", {})["long"]) == 2000
