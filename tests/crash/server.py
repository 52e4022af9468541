"""A real server in a process of its own, which is killed by its pid."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

import grpc

from tests.fakes.town import POOL

if TYPE_CHECKING:
    from collections.abc import Callable

PATIENCE: Final = 60.0
"""Seconds until something that does not happen is a failure; nothing is measured by it."""

_LOOK: Final = 0.02
_CHANNEL: Final = (
    ("grpc.initial_reconnect_backoff_ms", 50),
    ("grpc.min_reconnect_backoff_ms", 50),
    ("grpc.max_reconnect_backoff_ms", 200),
)


def until(done: Callable[[], bool], otherwise: Callable[[], str]) -> None:
    """Wait until something holds. :raises AssertionError: it never does."""
    end = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < end, otherwise()
        threading.Event().wait(_LOOK)


@dataclass(slots=True)
class Site:
    """Where one server after another runs over the same files.

    :ivar folder: short, as a socket's path must be.
    :ivar servers: all that were started.
    """

    folder: Path
    servers: list[Server] = field(default_factory=list)

    @property
    def state(self) -> Path:
        """The server's own directory."""
        return self.folder / "state"

    @property
    def database(self) -> Path:
        """The store's file."""
        return self.state / "store.db"

    @property
    def tree(self) -> Path:
        """Root of all trees."""
        return self.folder / "tree"

    @property
    def log(self) -> Path:
        """What all the servers said."""
        return self.folder / "log"

    def start(self) -> Server:
        """Start a server; it may take a while until it answers."""
        socket, config = self.folder / "socket", self.folder / "server.toml"
        config.write_text(
            f'[server]\nlisten = "unix:{socket}"\nstate_dir = "{self.state}"\n'
            f'[store]\npath = "{self.database.name}"\n'
            f'[addresses]\npool = "{POOL}"\n'
            f'[delivery]\ndirectory_root = "{self.tree}"\n'
        )
        command = [sys.executable, "-m", "trafficctl_server", "serve", "--config", str(config)]
        with self.log.open("ab") as log:
            process = subprocess.Popen(command, stderr=log)  # noqa: S603 - our own command
        server = Server(process, grpc.insecure_channel(f"unix:{socket}", options=_CHANNEL))
        self.servers.append(server)
        return server

    def close(self) -> None:
        """End what still runs."""
        for it in self.servers:
            if it.process.poll() is None:
                it.kill()


@dataclass(slots=True)
class Server:
    """One process.

    :ivar doomed: it is being ended on purpose.
    :ivar dead: it has been.
    """

    process: subprocess.Popen[bytes]
    channel: grpc.Channel
    doomed: threading.Event = field(default_factory=threading.Event)
    dead: threading.Event = field(default_factory=threading.Event)

    def kill(self) -> None:
        """End it as nothing can prepare for, with all that it started; answers under way fail.

        :raises AssertionError: a process that it had started outlived it.
        """
        helpers = _children(self.process.pid)
        self.doomed.set()
        self.process.kill()
        self.process.wait()
        try:
            until(lambda: not _running(helpers), lambda: "a driver's worker outlives its server")
        finally:
            for pid in _running(helpers):
                os.kill(pid, signal.SIGKILL)
            self.channel.close()
            self.dead.set()

    def kill_after(self, seconds: float) -> None:
        """Kill it then."""
        threading.Timer(seconds, self.kill).start()

    def stop(self) -> int:
        """Ask it to end; give its exit code."""
        self.process.terminate()
        code = self.process.wait(PATIENCE)
        self.channel.close()
        return code


def _children(pid: int) -> list[int]:
    """Give a process's children; none where the system does not tell."""
    found = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(it) for it in found.read_text().split()] if found.exists() else []


def _running(pids: list[int]) -> list[int]:
    """Leave out those that ended, whether or not somebody took note of it."""
    return [it for it in pids if _state(it) not in {"", "Z", "X"}]


def _state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return ""
