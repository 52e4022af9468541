"""The command in this process, and the server beside it."""

import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest
from trafficctl_cli.main import main

ROOT = Path(__file__).parents[2]
BUNDLE = "projects/demo/resourceBundles/bookinfo/versions/v1"
GROUP = f"{BUNDLE}/trafficIntentGroups/john"
PATIENCE = 60
"""Seconds until a test that waits for a process fails instead."""


@dataclass(frozen=True)
class Done:
    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


@dataclass(frozen=True)
class Cli:
    """Runs the command.

    :ivar before: what stands before the verb.
    """

    before: tuple[str, ...]

    def __call__(self, *words: str, stdin: str = "") -> Done:
        out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
        with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
            try:
                code = main([*self.before, *words])
            except SystemExit as ended:  # click's own end of a completion
                code = int(ended.code or 0)
        return Done(code, _written(out), _written(err))


def _written(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()


@contextmanager
def running_server(folder: Path, **settings: str) -> Iterator[str]:
    """Run a server on any free port until the block ends, and give its address."""
    plain = {name: it for name, it in os.environ.items() if not name.startswith("TRAFFICCTL_")}
    stated = {"SERVER__LISTEN": "127.0.0.1:0", "SERVER__STATE_DIR": str(folder), **settings}
    with (folder / "server.log").open("w+") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "trafficctl_server", "serve"],
            cwd=ROOT,
            env=plain | {f"TRAFFICCTL_{name}": it for name, it in stated.items()},
            stdin=subprocess.DEVNULL,
            stderr=log,
        )
        try:
            yield _address(process, folder / "server.log")
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(PATIENCE)


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        for line in log.read_text().splitlines():
            if '"listening"' in line and line.endswith("}"):
                return str(json.loads(line)["address"])
        time.sleep(0.05)
    raise AssertionError(f"it does not listen: {log.read_text()}")


def applied_bookinfo(address: str) -> None:
    cli = Cli(("--server", address))
    done = cli("apply", "-f", str(ROOT / "examples" / "bookinfo"), "--wait", "--within", "60s")
    assert done.code == 0, done.err
