"""A driver that behaves badly: its slice fails with a reason, everything else is rendered."""

import os
import signal

import pytest
from trafficctl_sdk import Rendering

from tests.fakes.driver_site import DriverSite, HostStarter, destination
from trafficctl_server.drivers.host import (
    DriverHost,
    DriverState,
    Failure,
    FailureKind,
)
from trafficctl_server.drivers.limits import MEBIBYTE, SECOND

BACKTRACKING = "import re\nre.match(r'(a+)+$', 'a' * 60 + 'b')"
EATING = "hoard = []\nwhile True: hoard.append(bytearray(1 << 20))"
SHARED = "import mmap\nhoard = [mmap.mmap(-1, 1 << 30) for _ in range(100)]"

DIALLING = "import socket\nsocket.create_connection(('127.0.0.1', 9))"
STARTING = "import subprocess\nsubprocess.run(['sleep', '60'])"
DRIVER = """
from trafficctl_sdk import DriverInfo, hookimpl

@hookimpl
def trafficctl_driver_info() -> DriverInfo:
    return DriverInfo(name=NAME, hook_api={hook_api}, scope_kinds=())
{more}
"""
OTHER_ARGUMENT = """
@hookimpl
def trafficctl_render_slice(intent: str) -> str: ...
"""
OTHER_HOOK = """
@hookimpl
def trafficctl_rendr(): ...
"""
FOREIGN_NAME = """\
m = config_map(slice)
m.body["metadata"][{field!r}] = {value!r}
return Rendering(manifests=(m,))"""
BODY = "return Rendering(manifests=(Manifest(body={}, wave=0),))"

WRONG = FailureKind.INVALID_OUTPUT
CASES = {
    "raises": ("raise KeyError('port')", FailureKind.RAISED, "KeyError: 'port'"),
    "raises no Unicode": (r"raise ValueError('\ud800')", FailureKind.RAISED, r"\ud800"),
    "sys.exit": ("import sys; sys.exit(3)", FailureKind.RAISED, "SystemExit: 3"),
    "busy loop": ("while True: pass", FailureKind.TIMED_OUT, "within 1 s"),
    "backtracking": (BACKTRACKING, FailureKind.TIMED_OUT, "within 1 s"),
    "eats memory": (EATING, FailureKind.OUT_OF_MEMORY, "160 MiB"),
    "eats shared memory": (SHARED, FailureKind.OUT_OF_MEMORY, "160 MiB"),
    "os._exit": ("import os; os._exit(9)", FailureKind.CRASHED, "exit code 9"),
    "segfault": ("import ctypes; ctypes.string_at(0)", FailureKind.CRASHED, "SIGSEGV"),
    "closes the pipes": ("import os; os.closerange(3, 99)", FailureKind.CRASHED, "exit code"),
    "network": (DIALLING, FailureKind.RAISED, "may not use the network"),
    "process": (STARTING, FailureKind.RAISED, "may not start processes"),
    "another type": ("return 42", WRONG, "an int"),
    "nothing": ("return None", WRONG, "None"),
    "another type within": ("return Rendering(manifests=('x',))", WRONG, "no JSON"),
    "a set": (BODY.format("{'a': {1}}"), WRONG, "set"),
    "a number as key": (BODY.format("{'a': {1: 'a'}}"), WRONG, "the key 1"),
    "no number": (BODY.format("{'a': float('nan')}"), WRONG, "not JSON"),
    "no Unicode": (BODY.format("{'a': '\\ud800'}"), WRONG, "not JSON"),
    "a circle": (f"body = {{}}; body['a'] = body; {BODY.format('body')}", WRONG, "recursion"),
    "too large": (BODY.format("{'a': 'x' * 5_000_000}"), WRONG, "at most"),
    "a path as name": (
        FOREIGN_NAME.format(field="name", value="../../etc/passwd"),
        WRONG,
        "metadata.name '../../etc/passwd' is not valid",
    ),
    "a path as namespace": (
        FOREIGN_NAME.format(field="namespace", value=".."),
        WRONG,
        "metadata.namespace '..' is not valid",
    ),
    "refuses without a reason": ("raise Refused()", WRONG, "without violations"),
}


async def names(host: DriverHost, driver: str, *services: str) -> list[str]:
    """Render a batch and show each outcome as the object's name or the kind of failure."""
    shown = []
    for result in await host.render(driver, [destination(service) for service in services]):
        match result.outcome:
            case Rendering(manifests=(manifest,)):
                metadata = manifest.body["metadata"]
                assert isinstance(metadata, dict)
                shown.append(metadata["name"])
            case Failure(kind=kind):
                shown.append(kind.value)
            case other:
                shown.append(type(other).__name__)
    return shown


@pytest.mark.parametrize(("misbehaviour", "kind", "words"), CASES.values(), ids=CASES.keys())
async def test_a_bad_slice_fails_alone_and_says_why(
    site: DriverSite, start_host: HostStarter, misbehaviour: str, kind: FailureKind, words: str
) -> None:
    site.install_renderer("bad", misbehaviour)
    site.install_renderer("good")
    host = await start_host()

    results = await host.render("bad", [destination(name) for name in ("a", "bad", "b", "c")])

    assert [type(result.outcome) for result in results] == [
        Rendering,
        Failure,
        Rendering,
        Rendering,
    ]
    failure = results[1].outcome
    assert isinstance(failure, Failure)
    assert failure.kind is kind
    assert words in failure.text
    assert await names(host, "good", "x", "bad") == ["x", "bad"]
    assert await names(host, "bad", "again") == ["again"]


async def test_what_is_printed_never_reaches_the_answers(
    site: DriverSite, start_host: HostStarter, caplog: pytest.LogCaptureFixture
) -> None:
    site.install_renderer(
        "chatty", "import os\nprint('hello')\nos.write(1, b'raw\\n')\nreturn Rendering()"
    )
    caplog.set_level("INFO", "trafficctl.drivers")
    host = await start_host()

    assert [
        result.outcome
        for result in await host.render("chatty", [destination("bad"), destination("bad")])
    ] == [Rendering(), Rendering()]

    await host.stop()
    printed = [record for record in caplog.records if record.name == "trafficctl.drivers"]
    assert {"hello", "raw"} <= {getattr(record, "text", "") for record in printed}
    assert {getattr(record, "driver", "") for record in printed} == {"chatty"}
    assert printed == caplog.records, "what asyncio says of a process is no line for operators"


async def test_a_flood_of_output_neither_blocks_nor_fills_the_log(
    site: DriverSite, start_host: HostStarter, caplog: pytest.LogCaptureFixture
) -> None:
    site.install_renderer("flood", "for _ in range(20000): print('y' * 100)\nreturn Rendering()")
    caplog.set_level("INFO", "trafficctl.drivers")
    host = await start_host(time_limit=20 * SECOND)

    (result,) = await host.render("flood", [destination("bad")])

    assert result.outcome == Rendering()
    assert len(caplog.records) <= 201


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("import nothing_like_this", "No module named 'nothing_like_this'"),
        ("import sys; sys.exit(1)", "SystemExit: 1"),
        ("import os; os._exit(7)", "exit code 7"),
        ("hoard = bytearray(1 << 30)", "memory limit"),
        ("x = 1", "trafficctl_driver_info is missing"),
        (DRIVER.format(hook_api=(0, 9), more=""), "written for hook version 0.9"),
        (DRIVER.format(hook_api=(1, 0), more=OTHER_ARGUMENT), "the hook takes slice"),
        (DRIVER.format(hook_api=(1, 0), more=OTHER_HOOK), "no hook is named trafficctl_rendr"),
    ],
)
async def test_a_driver_that_does_not_load_is_refused_and_the_rest_load(
    site: DriverSite, start_host: HostStarter, source: str, words: str
) -> None:
    site.install("broken", source)
    site.install_renderer("good")

    host = await start_host()

    broken, good = host.roster
    assert (broken.state, good.state) == (DriverState.REFUSED, DriverState.LOADED)
    assert words in broken.refusal
    assert broken.isolation.pids == ()
    assert await names(host, "good", "a") == ["a"]
    assert await names(host, "broken", "a") == ["UNAVAILABLE"]


async def test_a_driver_that_loads_without_end_is_refused_in_time(
    site: DriverSite, start_host: HostStarter
) -> None:
    site.install("broken", "while True: pass")

    host = await start_host(load_limit=2 * SECOND)

    (broken,) = host.roster
    assert broken.state is DriverState.REFUSED
    assert "did not load within 2 s" in broken.refusal
    assert broken.isolation.pids == ()


async def test_of_two_drivers_of_one_name_neither_is_loaded(
    site: DriverSite, start_host: HostStarter
) -> None:
    site.install("twin", "", distribution="first")
    site.install("twin", "", distribution="second", version="2.0")

    host = await start_host()

    (twin,) = host.roster
    assert twin.state is DriverState.REFUSED
    assert "first 1.0, second 2.0; uninstall all but one" in twin.refusal


async def test_a_blocked_driver_is_not_even_imported(
    site: DriverSite, start_host: HostStarter
) -> None:
    module = site.install("blocked", "open(__file__ + '.ran', 'w').close()")

    host = await start_host(blocked=frozenset({"blocked"}))

    status = host.driver("blocked")
    assert status is not None
    assert "drivers.blocked" in status.refusal
    assert not module.with_name("__init__.py.ran").exists()


async def test_an_innocent_slice_is_not_blamed_for_what_others_left_in_memory(
    site: DriverSite, start_host: HostStarter
) -> None:
    site.install_renderer(
        "leaky",
        "hoard.append(bytearray(30 << 20))\nreturn Rendering(manifests=(config_map(slice),))",
        more="\nhoard = []\n",
    )
    host = await start_host(memory_limit=128 * MEBIBYTE)

    assert await names(host, "leaky", *["bad"] * 12) == ["bad"] * 12
    status = host.driver("leaky")
    assert status is not None
    assert status.restarts > 0


async def test_a_worker_ended_from_outside_fails_no_slice(
    site: DriverSite, start_host: HostStarter
) -> None:
    site.install_renderer("good")
    host = await start_host()
    (pid,) = host.roster[0].isolation.pids

    os.kill(pid, signal.SIGKILL)

    assert await names(host, "good", "a", "b") == ["a", "b"]
    assert host.roster[0].restarts == 1
    assert host.roster[0].isolation.pids != (pid,)


async def test_a_driver_that_ends_its_process_again_and_again_is_degraded_then_left_alone(
    site: DriverSite, start_host: HostStarter
) -> None:
    site.install_renderer("loop", "import os; os._exit(1)")
    site.install_renderer("good")
    host = await start_host()

    kinds = await names(host, "loop", *["bad"] * 30)

    assert kinds[0] == "CRASHED"
    assert kinds[-1] == "UNAVAILABLE"
    assert set(kinds) == {"CRASHED", "UNAVAILABLE"}
    status = host.driver("loop")
    assert status is not None
    assert status.state is DriverState.DEGRADED
    assert "exit code 1" in status.health
    assert await names(host, "good", "a") == ["a"]
