"""A server that runs as an operator runs it: an installed command, settings, a signal to stop."""

import json
import signal
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from tests.e2e.environments import Environment, plain_variables

PATIENCE: Final = 60  # seconds until a test that waits for a process fails instead


@dataclass(slots=True)
class Server:
    """A running ``trafficctl-server serve``.

    :ivar address: ``host:port`` that it listens on.
    :ivar state: its state directory.
    """

    process: subprocess.Popen[str]
    state: Path
    address: str = ""
    _lines: list[str] = field(default_factory=list)
    _listening: threading.Event = field(default_factory=threading.Event)
    _reader: threading.Thread | None = None

    @property
    def trees(self) -> Path:
        return self.state / "clusters"

    def log(self) -> list[dict[str, Any]]:
        """Give the log so far; every line of it must be JSON."""
        return [json.loads(line) for line in self._lines]

    def files(self) -> dict[str, str]:
        """Read every delivered file, by its path below the trees."""
        paths = sorted(self.trees.rglob("*.yaml"))
        return {str(path.relative_to(self.trees)): path.read_text() for path in paths}

    def start_reading(self) -> None:
        """Read the log until the server ends, and wait until it listens."""
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        assert self._listening.wait(PATIENCE), f"it does not listen: {self._lines}"
        assert self.address, f"it ended with {self.process.wait(PATIENCE)}: {self._lines}"

    def stop(self) -> int:
        """Send SIGTERM and give the exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.ended()

    def ended(self) -> int:
        """Wait for the end and give the exit code; the log is whole then."""
        code = self.process.wait(PATIENCE)
        if self._reader is not None:
            self._reader.join(PATIENCE)
        if self.process.stderr is not None:
            self.process.stderr.close()
        return code

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self._lines.append(line)
            if '"listening"' in line:
                self.address = json.loads(line)["address"]
                self._listening.set()
        self._listening.set()


@contextmanager
def running_server(environment: Environment, folder: Path, **variables: str) -> Iterator[Server]:
    """Run a server on any free port, with its state below a folder, until the block ends.

    :param variables: settings, see ``serve_variables``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    process = subprocess.Popen(  # noqa: S603 - the command under test
        [str(environment.script("trafficctl-server")), "serve"],
        cwd=folder,
        env=serve_variables(folder, variables),
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    server = Server(process, folder / "state")
    try:
        server.start_reading()
        yield server
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        server.ended()


def serve_variables(folder: Path, settings: Mapping[str, str]) -> dict[str, str]:
    """Give the variables of a server.

    :param settings: by the names of their variables without ``TRAFFICCTL_``; ``PYTHONPATH`` may
        be among them.
    """
    stated = {
        "SERVER__LISTEN": "127.0.0.1:0",
        "SERVER__STATE_DIR": str(folder / "state"),
        **settings,
    }
    return plain_variables(
        {
            name if name == "PYTHONPATH" else f"TRAFFICCTL_{name}": text
            for name, text in stated.items()
        }
    )


def run_server(
    environment: Environment, folder: Path, *arguments: str, **settings: str
) -> subprocess.CompletedProcess[str]:
    """Run the command to its end."""
    return subprocess.run(  # noqa: S603 - the command under test
        [str(environment.script("trafficctl-server")), *arguments],
        cwd=folder,
        env=serve_variables(folder, settings),
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
