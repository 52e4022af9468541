"""The command as an operator meets it: output, exit codes, no traceback."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Protocol

import pytest

from trafficctl_server.cli import main
from trafficctl_server.settings.loading import load_settings


def start(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a process."""
    environment = {key: text for key, text in os.environ.items() if "TRAFFICCTL" not in key}
    return subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "trafficctl_server", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=environment | {f"TRAFFICCTL_{name}": text for name, text in variables.items()},
    )


class Run(Protocol):
    """Runs the command here; for what ends before it sets the process up."""

    def __call__(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]: ...


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        for name, text in variables.items():
            monkeypatch.setenv(f"TRAFFICCTL_{name}", text)
        try:
            code = main(arguments)
        except SystemExit as ended:
            code = int(ended.code or 0)
        return subprocess.CompletedProcess(arguments, code, *capsys.readouterr())

    return run


def test_fine_settings_end_with_0() -> None:
    done = start("check-config")
    assert (done.returncode, done.stdout, done.stderr) == (0, "the settings are fine\n", "")


def test_every_mistake_is_a_line_and_ends_with_2(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "s.toml"
    file.write_text('[server]\nlisten = "0.0.0.0:1"\n[limits]\nconcurrent_rpcs = -1\n')
    done = run("check-config", "--config", str(file), LOG__LEVEL="loud")
    assert done.returncode == 2
    assert done.stdout == ""
    places = [line.partition(": ")[0] for line in done.stderr.splitlines()]
    assert places == [str(file), str(file), "TRAFFICCTL_LOG__LEVEL"]


@pytest.mark.parametrize("command", ["serve", "drivers"])
def test_no_command_runs_on_bad_settings(run: Run, command: str) -> None:
    done = run(command, SERVER__LISTEN="0.0.0.0:1")
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert line.startswith("TRAFFICCTL_SERVER__LISTEN: listen = 0.0.0.0:1 is open")
    assert "set tls.client_ca or token_file" in line


def test_the_settings_in_force_are_shown_as_a_file_without_secrets(
    run: Run, tmp_path: Path
) -> None:
    done = run(
        "check-config",
        "--show",
        STORE__KEY="MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
        DELIVERY__SCAN_INTERVAL="5s",
    )
    assert done.returncode == 0
    assert 'key = "(set)"' in done.stdout
    assert "MDEyMzQ1" not in done.stdout + done.stderr
    file = tmp_path / "shown.toml"
    file.write_text(done.stdout.replace('key = "(set)"\n', ""))
    assert load_settings(file, {}).delivery.scan_interval.total_seconds() == 5


@pytest.mark.parametrize("arguments", [(), ("nothing",), ("serve", "--no-such-option")])
def test_wrong_arguments_end_with_2_and_say_how(run: Run, arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert "usage: trafficctl-server" in done.stderr


def test_a_missing_file_is_one_line() -> None:
    done = start("serve", "--config", "/no/such/file.toml")
    assert done.returncode == 2
    assert done.stderr == ("/no/such/file.toml: cannot be read: no such file or directory\n")


def test_a_taken_address_is_one_line_and_ends_with_1(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        done = start("serve", SERVER__LISTEN=address, SERVER__STATE_DIR=str(tmp_path / "state"))
    assert done.returncode == 1
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    (error,) = [line for line in lines if line["level"] == "error"]
    assert error["event"] == (
        f"cannot listen on {address}: address already in use; change server.listen"
    )
    assert "Traceback" not in done.stderr


def test_drivers_are_listed_with_the_reason_of_a_refusal(tmp_path: Path) -> None:
    info = tmp_path / "site" / "broken_driver-1.2.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: broken-driver\nVersion: 1.2\n")
    (info / "entry_points.txt").write_text("[trafficctl.drivers]\nbroken = no_such_module\n")
    path = os.pathsep.join((str(tmp_path / "site"), *sys.path))
    done = subprocess.run(
        [sys.executable, "-m", "trafficctl_server", "drivers"],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": path},
    )
    assert done.returncode == 0, done.stderr
    (line,) = [line for line in done.stdout.splitlines() if line.startswith("broken ")]
    assert line.startswith("broken  refused  broken-driver 1.2  ")
    assert "no_such_module" in line
