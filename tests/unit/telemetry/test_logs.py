import asyncio
import io
import json
import logging
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import SecretStr

from trafficctl_server.settings.groups import LogSettings
from trafficctl_server.telemetry.lines import encoded, line_of
from trafficctl_server.telemetry.log_context import current_fields, note_fields, unnote
from trafficctl_server.telemetry.logs import LineHandler, configure_logs, write_line

Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def lines() -> Iterator[Lines]:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    stream = io.StringIO()
    configure_logs(LogSettings(level="info"), stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.handlers[:] = before
    root.setLevel(level)


def test_a_line_has_time_level_event_room_and_fields(lines: Lines) -> None:
    noted = note_fields({"trace_id": "abc", "rpc": "/x/Y"})
    logging.getLogger("trafficctl_server.store.sqlite").info("committed", extra={"rows": 3})
    unnote(noted)
    (line,) = lines()
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", line.pop("time"))
    assert line == {
        "level": "info",
        "event": "committed",
        "room": "store.sqlite",
        "trace_id": "abc",
        "rpc": "/x/Y",
        "rows": 3,
    }


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(event=st.text(), value=st.text() | st.binary() | st.floats() | st.lists(st.text()))
def test_whatever_is_logged_stays_one_line_of_json(lines: Lines, event: str, value: Any) -> None:
    before = len(lines())
    logging.getLogger("t").info("%s", event, extra={"value": value})
    assert len(lines()) == before + 1
    assert lines()[-1]["event"] == event


def test_what_some_readers_take_for_the_end_of_a_line_ends_none() -> None:
    stream = io.StringIO()
    handler = LineHandler(stream)
    ends = {f"{number}": f"a{end}b" for number, end in enumerate("\x0b\x0c\x1c\x85\u2028\u2029")}
    lines = [
        line_of(0, "info", "rpc", "api", {"peer": "unix:"}),
        line_of(0, "info", "rpc", "api", ends),
        line_of(0, "info", "rpc", "api", {"half": "\ud800", "large": 2**70}),
    ]
    text = encoded(lines)
    assert text.isascii()
    assert [json.loads(it) for it in text.splitlines()] == lines
    handler.emit(logging.makeLogRecord({"name": "t", "msg": "a\u2028b"}))
    (line,) = stream.getvalue().splitlines()
    assert json.loads(line)["event"] == "a\u2028b"


def test_own_fields_cannot_be_forged(lines: Lines) -> None:
    logging.getLogger("t").info("true", extra={"level": "forged", "event": "forged"})
    (line,) = lines()
    assert (line["level"], line["event"]) == ("info", "true")


def test_secrets_and_endless_texts_stay_out(lines: Lines) -> None:
    logging.getLogger("t").info("x", extra={"key": SecretStr("hunter2"), "long": "y" * 100_000})
    (line,) = lines()
    assert "hunter2" not in json.dumps(line)
    assert len(line["long"]) < 10_000


def test_an_exception_is_on_the_same_line(lines: Lines) -> None:
    try:
        int("x")
    except ValueError:
        logging.getLogger("t").exception("failed")
    (line,) = lines()
    assert line["exception"].startswith("Traceback")
    assert "invalid literal" in line["exception"]


def test_leaving_clients_are_no_news_but_other_errors_of_grpc_are(lines: Lines) -> None:
    class ExecuteBatchError(Exception):
        """As grpc names it."""

    log = logging.getLogger("grpc._cython.cygrpc")
    for error in (ExecuteBatchError("Failed"), ValueError("other")):
        try:
            raise error
        except (ExecuteBatchError, ValueError):
            log.exception("failed sending")
    assert [line["exception"].rpartition("\n")[2] for line in lines()] == ["ValueError: other"]


def test_the_level_is_obeyed_and_libraries_are_quiet(lines: Lines) -> None:
    logging.getLogger("trafficctl_server.x").debug("no")
    logging.getLogger("asyncio").info("no")
    logging.getLogger("asyncio").warning("yes")
    assert [line["event"] for line in lines()] == ["yes"]


def test_a_line_without_a_record_is_the_line_of_the_record(lines: Lines) -> None:
    log = logging.getLogger("trafficctl_server.api")
    fields = {"ms": 0.25, "peer": "ünïx:", "odd": b"x"}
    noted = note_fields({"trace_id": "abc"})
    log.info("rpc", extra=fields)
    write_line(log, logging.INFO, "rpc", fields)
    unnote(noted)
    write_line(log, logging.DEBUG, "too much", fields)
    record, direct = lines()
    assert direct.pop("time") >= record.pop("time")
    assert list(direct.items()) == list(record.items())


def test_a_line_that_cannot_be_written_harms_nobody(capsys: pytest.CaptureFixture[str]) -> None:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    stream = io.StringIO()
    configure_logs(LogSettings(), stream)
    stream.close()
    try:
        write_line(logging.getLogger("t"), logging.INFO, "rpc", {"code": "OK"})
    finally:
        root.handlers[:] = before
        root.setLevel(level)
    assert "I/O operation on closed file" in capsys.readouterr().err


async def test_held_lines_are_written_soon_and_before_any_record(lines: Lines) -> None:
    log = logging.getLogger("trafficctl_server.api")
    write_line(log, logging.INFO, "one", {})
    write_line(log, logging.INFO, "two", {})
    log.info("three")
    assert [line["event"] for line in lines()] == ["one", "two", "three"]
    write_line(log, logging.INFO, "four", {})
    async with asyncio.timeout(30):
        while len(lines()) < 4:  # noqa: ASYNC110 - nothing but the stream tells
            await asyncio.sleep(0.01)
    assert lines()[3]["event"] == "four"


def test_a_process_that_ends_leaves_no_line_behind() -> None:
    """Whether it returns or fails: what was held is written at its end."""
    for ending in ("", "raise SystemExit(3)", "raise ValueError('unforeseen')"):
        program = f"""
import asyncio, logging
from trafficctl_server.settings.groups import LogSettings
from trafficctl_server.telemetry.logs import configure_logs, write_line

async def main():
    for number in range(3):
        write_line(logging.getLogger("t"), logging.INFO, "rpc", {{"number": number}})
    {ending}

configure_logs(LogSettings())
asyncio.run(main())
"""
        ended = subprocess.run(  # noqa: S603 - the program is the one above
            [sys.executable, "-c", program], capture_output=True, text=True, check=False
        )
        written = [json.loads(it) for it in ended.stderr.splitlines() if it.startswith("{")]
        assert [line["number"] for line in written] == [0, 1, 2], ended.stderr


async def test_tasks_do_not_share_fields() -> None:
    both = asyncio.Barrier(2)

    async def work(name: str) -> str:
        note_fields({"rpc": name})
        await both.wait()
        return current_fields()["rpc"]

    assert list(await asyncio.gather(work("a"), work("b"))) == ["a", "b"]
    assert dict(current_fields()) == {}
