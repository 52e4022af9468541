"""The processes of a measurement: the server, a ceiling, and how they are ended."""

import asyncio
import json
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

PATIENCE: Final = 120.0
"""Seconds until a process that does not listen, or does not end, fails the measurement."""
_PAGE: Final = os.sysconf("SC_PAGE_SIZE")
_TICKS: Final = os.sysconf("SC_CLK_TCK")
_LOOK: Final = 0.5
"""Seconds between two looks at what a process uses."""
_CALM: Final = 6
"""So many looks in a row must find it idle."""
_IDLE_SHARE: Final = 0.05
"""What an idle process may use of one core."""


class BenchError(Exception):
    """A measurement cannot go on; the text says why."""


@dataclass(slots=True, kw_only=True)
class Process:
    """A process that listens on loopback.

    :ivar started: ``time.monotonic()`` when it was started.
    :ivar listening: seconds from its start to its listening.
    """

    address: str
    started: float
    listening: float
    log: Path
    process: asyncio.subprocess.Process

    @property
    def resident(self) -> int:
        """Its resident memory in bytes, without its children's."""
        text = Path(f"/proc/{self.process.pid}/statm").read_text(encoding="ascii")
        return int(text.split()[1]) * _PAGE

    def events(self, name: str) -> list[dict[str, Any]]:
        """Give the lines of its log about one event."""
        lines = self.log.read_text(encoding="utf-8").splitlines()
        found = (json.loads(line) for line in lines if line.startswith("{") and line.endswith("}"))
        return [it for it in found if it.get("event") == name]


@asynccontextmanager
async def server(state: Path, **settings: str) -> AsyncIterator[Process]:
    """Run the server on a state directory, as an operator runs it; only errors are logged.

    :param settings: by the names of their variables, without ``TRAFFICCTL_``.
    """
    stated = {
        "SERVER__LISTEN": "127.0.0.1:0",
        "SERVER__STATE_DIR": str(state),
        "DELIVERY__SCAN_INTERVAL": "1d",
        **settings,
    }
    command = (sys.executable, "-m", "trafficctl_server", "serve")
    async with _running(command, state / "server.log", stated) as process:
        yield process


@asynccontextmanager
async def ceiling(module: str, folder: Path, loop: str) -> AsyncIterator[Process]:
    """Run one of the bare servers of ``ceilings`` on a loop."""
    command = (sys.executable, "-m", f"tools.bench.ceilings.{module}", str(folder), loop)
    async with _running(command, folder / f"{module}-{loop}.log", {}) as process:
        yield process


@asynccontextmanager
async def _running(
    command: tuple[str, ...], log: Path, settings: Mapping[str, str]
) -> AsyncIterator[Process]:
    own = {key: text for key, text in os.environ.items() if not key.startswith("TRAFFICCTL_")}
    started = time.monotonic()
    with log.open("wb") as lines:
        process = await asyncio.create_subprocess_exec(
            *command,
            env={**own, **{f"TRAFFICCTL_{key}": text for key, text in settings.items()}},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=lines,
            start_new_session=True,
        )
    running = Process(address="", started=started, listening=0.0, log=log, process=process)
    try:
        running.address = await _listening(running)
        running.listening = time.monotonic() - started
        yield running
    finally:
        await _end(process)


async def _listening(running: Process) -> str:
    while time.monotonic() - running.started < PATIENCE:
        for event in running.events("listening"):
            return str(event["address"])
        if running.process.returncode is not None:
            break
        await asyncio.sleep(0.01)
    raise BenchError(f"nothing listens: see {running.log}")


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None:
        return
    process.send_signal(signal.SIGTERM)
    try:
        await asyncio.wait_for(process.wait(), PATIENCE)
    except TimeoutError:
        process.kill()
        await process.wait()


async def quiet(running: Process, patience: float) -> None:
    """Wait until the process and its children hardly use the processor.

    :raises BenchError: they still do when the patience ends.
    """
    calm, end = 0, time.monotonic() + patience
    before = _used(running.process.pid)
    while calm < _CALM:
        if time.monotonic() > end:
            raise BenchError(f"{running.address} did not come to rest")
        await asyncio.sleep(_LOOK)
        now = _used(running.process.pid)
        calm = calm + 1 if now - before < _LOOK * _IDLE_SHARE else 0
        before = now


def _used(pid: int) -> float:
    """Give the seconds of processor that a process and its children have used."""
    tree = [pid, *_children(pid)]
    return sum(_seconds(it) for it in tree)


def _children(pid: int) -> list[int]:
    path = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(it) for it in path.read_text(encoding="ascii").split()] if path.exists() else []


def _seconds(pid: int) -> float:
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except FileNotFoundError:
        return 0.0
    fields = text.rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS
