"""One worker process as the host sees it: started, talked to under a time limit, ended."""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from typing import Any, Final

from trafficctl_server.drivers import frames
from trafficctl_server.drivers.discovery import FoundDriver
from trafficctl_server.drivers.driver_log import DriverLog
from trafficctl_server.drivers.limits import SECOND, DriverHostSettings

_MODULE: Final = "trafficctl_server.drivers.worker"
_INHERITED: Final = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "LD_LIBRARY_PATH")
_TICKS: Final = 10
_LAST_WORDS: Final = 0.5  # seconds until what an ended process printed is read
_LONGEST_LINE: Final = 64 * 1024
_WAITING_FRAMES: Final = 64


class WorkerTimedOutError(Exception):
    """No answer came in time; the process must be ended."""


class WorkerEndedError(Exception):
    """The process ended, or speaks what is no answer; its exit code is negative for a signal."""

    def __init__(self, exit_code: int | None, text: str) -> None:
        super().__init__(text)
        self._exit_code = exit_code

    @property
    def out_of_memory(self) -> bool:
        """It ended itself for want of memory."""
        return self._exit_code == frames.OUT_OF_MEMORY_EXIT

    @property
    def out_of_time(self) -> bool:
        """Its own alarm ended it."""
        return self._exit_code == -signal.SIGALRM


class WorkerProcess:
    """A fresh interpreter in a session of its own; it is over once, and never reused."""

    def __init__(self, process: asyncio.subprocess.Process, log: DriverLog) -> None:
        self._process = process
        self._log = log
        self._frames: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue(_WAITING_FRAMES)
        self._asked = 0
        self._answered = 0
        self._noise = ""
        self._closing: asyncio.Task[None] | None = None
        self.ended = asyncio.Event()
        self._output = asyncio.create_task(self._read_output())
        self._readers = [asyncio.create_task(self._read_frames()), self._output]

    @classmethod
    async def start(
        cls, found: FoundDriver, settings: DriverHostSettings, log: DriverLog
    ) -> "WorkerProcess":
        """Start the process and tell it which driver to load; its answer is the first frame.

        :raises OSError: the system has no process to give.
        """
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",
            "-X",
            "faulthandler",
            "-m",
            _MODULE,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=worker_environment(os.environ, sys.path),
            cwd="/",
            start_new_session=True,
            limit=_LONGEST_LINE,
        )
        worker = cls(process, log)
        worker._send([frames.encode({"load": _order(found, settings)})])
        return worker

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    @property
    def answered(self) -> int:
        """How many questions the process has answered."""
        return self._answered

    def ask(self, hook: str, questions: Sequence[bytes]) -> None:
        """Send questions, as JSON, at once; the caller keeps what is unanswered small."""
        payloads = []
        for question in questions:
            head = frames.encode({"id": self._asked, "hook": hook})
            self._asked += 1
            payloads.append(head[:-1] + b',"input":' + question + b"}")
        self._send(payloads)

    def _send(self, payloads: Sequence[bytes]) -> None:
        assert self._process.stdin is not None  # noqa: S101 - it was opened as a pipe
        if payloads and not self._process.stdin.is_closing():
            self._process.stdin.write(b"".join(map(frames.pack, payloads)))

    async def answer(self, limit: int) -> dict[str, Any]:
        """Give the answer to the first question that has none yet; see :meth:`receive`."""
        frame = await self.receive(limit)
        if frame.get("id") != self._answered:
            raise WorkerEndedError(None, "answered what was not asked")
        self._answered += 1
        return frame

    async def receive(self, limit: int) -> dict[str, Any]:
        """Give the next answer, waiting so many nanoseconds for it.

        The wait is counted in ticks of this event loop: when the loop itself stands still, the
        driver is not blamed for it.

        :raises WorkerTimedOutError: no answer came.
        :raises WorkerEndedError: none will come.
        """
        for _ in range(_TICKS):
            if not self._frames.empty():  # no clock is set for what is there
                break
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(limit / SECOND / _TICKS):
                    return self._checked(await self._frames.get())
        if not self._frames.empty():
            return self._checked(self._frames.get_nowait())
        raise WorkerTimedOutError

    def _checked(self, frame: dict[str, Any] | None) -> dict[str, Any]:
        if frame is None:
            self._frames.put_nowait(None)
            raise WorkerEndedError(self._process.returncode, self._noise or self._last_words())
        return frame

    def _last_words(self) -> str:
        code = self._process.returncode
        if code is None:
            return "closed its pipe"
        if code >= 0:
            return f"ended with exit code {code}"
        return f"was ended by {signal.Signals(-code).name}"

    async def end(self) -> None:
        """End the process and whatever it started, wait for it, and let go of its pipes."""
        if self._closing is None:
            self._closing = asyncio.create_task(self._close())
        await asyncio.shield(self._closing)

    async def _close(self) -> None:
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                # The session is the worker's own, so its group is what the driver started.
                os.killpg(self._process.pid, signal.SIGKILL)
        # What it printed last often says why it ended, and closing the transport before asyncio saw
        # the end would take that from it. But whoever left the group may hold the pipes.
        exited = asyncio.ensure_future(self._process.wait())
        await asyncio.wait([self._output, exited], timeout=_LAST_WORDS)
        for reader in self._readers:
            reader.cancel()
        await asyncio.gather(*self._readers, return_exceptions=True)
        # A process that left the group may hold the pipes open: nobody else closes our ends.
        self._process._transport.close()  # type: ignore[attr-defined] # noqa: SLF001 - asyncio has no public way
        await exited
        with contextlib.suppress(asyncio.QueueFull):
            self._frames.put_nowait(None)
        self.ended.set()

    async def _read_frames(self) -> None:
        assert self._process.stdout is not None  # noqa: S101 - it was opened as a pipe
        try:
            while True:
                header = await self._process.stdout.readexactly(frames.LENGTH.size)
                payload = await self._process.stdout.readexactly(frames.size(header))
                frame = frames.decode(payload)
                if "log" in frame:
                    self._log_event(frame["log"])
                else:
                    await self._frames.put(frame)
        except asyncio.IncompleteReadError:
            await self._process.wait()
        except frames.FrameError as error:
            self._noise = f"sent what is no answer: {error}"
        await self._frames.put(None)
        self.ended.set()

    def _log_event(self, event: Mapping[str, Any]) -> None:
        self._log.event(str(event["event"]), event["fields"])

    async def _read_output(self) -> None:
        stream = self._process.stderr
        assert stream is not None  # noqa: S101 - it was opened as a pipe
        while chunk := await _read_line(stream):
            line = chunk.decode(errors="replace").rstrip()
            if line:
                self._log.output(line)


async def _read_line(stream: asyncio.StreamReader) -> bytes:
    try:
        return await stream.readuntil(b"\n")
    except asyncio.IncompleteReadError as error:
        return error.partial
    except asyncio.LimitOverrunError as error:
        return await stream.readexactly(error.consumed)


def _order(found: FoundDriver, settings: DriverHostSettings) -> dict[str, Any]:
    return {
        "name": found.name,
        "value": found.value,
        "distribution": found.distribution,
        "version": found.version,
        "options": dict(settings.options.get(found.name, {})),
        "server_version": settings.server_version,
        "memory_limit": settings.memory_limit,
        "time_limit": settings.time_limit,
        "load_limit": settings.load_limit,
    }


def worker_environment(environment: Mapping[str, str], path: list[str]) -> dict[str, str]:
    """Give all that a worker inherits: no secret, no credential, no home.

    The import path is the server's own, so that both find the same wheels. Hashes are not
    randomised: a driver that walks over a set gives the same bytes after each restart.
    """
    inherited = {name: environment[name] for name in _INHERITED if name in environment}
    absolute = dict.fromkeys(os.path.abspath(entry) for entry in path)  # noqa: PTH100 - "" is the working directory
    return {
        **inherited,
        "PYTHONPATH": os.pathsep.join(absolute),
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
