"""One worker process kept at work: started again when it ends, one batch in it at a time."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from trafficctl_sdk.codec import DecodeError, from_json
from trafficctl_sdk.driver_info import DriverInfo
from trafficctl_sdk.errors import Violation

from trafficctl_server.drivers.backoff import restart_delay
from trafficctl_server.drivers.discovery import FoundDriver
from trafficctl_server.drivers.driver_log import DriverLog
from trafficctl_server.drivers.limits import MEBIBYTE, SECOND, DriverHostSettings
from trafficctl_server.drivers.questions import hook_calls
from trafficctl_server.drivers.results import Failure, FailureKind, RefusedSlice
from trafficctl_server.drivers.worker_process import (
    WorkerEndedError,
    WorkerProcess,
    WorkerTimedOutError,
)

_WINDOW: Final = 8
"""Questions sent ahead, half of them at once, so that the worker never waits for the host."""
_LONGEST_TEXT: Final = 500
_ENDINGS: Final = frozenset({FailureKind.TIMED_OUT, FailureKind.CRASHED, FailureKind.OUT_OF_MEMORY})
"""Failures after which there is no process."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """What a driver said of itself when it was loaded."""

    info: DriverInfo
    hooks: frozenset[str]
    rendering_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A hook's answer as JSON types."""

    data: Any


Answer: TypeAlias = Answered | RefusedSlice | Failure


class LoadRefusedError(Exception):
    """The worker did not take the driver; the text says why."""


class SupervisedWorker:
    """Keeps one worker process of one driver."""

    def __init__(self, found: FoundDriver, settings: DriverHostSettings, log: DriverLog) -> None:
        self._found = found
        self._settings = settings
        self._log = log
        self._turn = asyncio.Lock()
        self._process: WorkerProcess | None = None
        self._keeper: asyncio.Task[None] | None = None
        self._stopped = False
        self._starts = 0
        self._ends_in_a_row = 0
        self._next_start = 0.0
        self._declaration: Declaration | None = None
        self.trouble = ""
        """Why the worker ended last; empty once it answers again."""

    async def start(self) -> None:
        """Start the worker for the first time, and keep it from now on.

        :raises LoadRefusedError: it does not take the driver; nothing is kept.
        """
        async with self._turn:
            await self._load()
        self._keeper = asyncio.create_task(self._keep())

    async def stop(self) -> None:
        """End the process for good; whoever waits for an answer gets none."""
        self._stopped = True
        if self._keeper is not None:
            self._keeper.cancel()
            await asyncio.gather(self._keeper, return_exceptions=True)
        await self._end_process()
        async with self._turn:
            await self._end_process()

    @property
    def pid(self) -> int | None:
        """The process id, while there is a process."""
        if self._process is None or self._process.ended.is_set():
            return None
        return self._process.pid

    @property
    def restarts(self) -> int:
        """How many processes were started in place of an ended one."""
        return max(self._starts - 1, 0)

    @property
    def waiting(self) -> bool:
        """Whether there is no process, and none is started before some time has passed."""
        return self.pid is None and self._ends_in_a_row > 1

    @property
    def declaration(self) -> Declaration:
        """What the newest process said of the driver.

        :raises LoadRefusedError: none was ever loaded.
        """
        if self._declaration is None:
            raise LoadRefusedError("it was never loaded")
        return self._declaration

    async def ask(
        self,
        hook: str,
        count: int,
        question: Callable[[int], bytes],
        take: Callable[[int, Answer], None],
        *,
        patience: int,
    ) -> None:
        """Ask a batch; each question gets exactly one answer, in order.

        A question that ends the worker gets the failure, and the rest goes on in a new one. Where
        something else may be to blame, it is asked once more first.

        :param question: gives the JSON of a question by its index; may be asked again.
        :param patience: nanoseconds to wait for a restart; what is left of the batch when it
            takes longer is answered UNAVAILABLE.
        """
        async with self._turn:
            done = sent = 0
            repeated = -1
            process: WorkerProcess | None = None
            while done < count:
                if process is None:
                    unavailable = await self._ready(patience)
                    if unavailable is not None:
                        await _take_rest(take, range(done, count), unavailable)
                        return
                    process, sent = self._process, done
                    continue
                if sent - done <= _WINDOW // 2:
                    ahead = range(sent, min(done + _WINDOW, count))
                    process.ask(hook, [question(it) for it in ahead])
                    sent = ahead.stop
                before = process.answered
                answer = await self._answer(process, self._settings.time_limit * hook_calls(hook))
                if isinstance(answer, Failure) and answer.kind in _ENDINGS:
                    process = None
                    await self._lose(answer.text)
                    if self._stopped:
                        await _take_rest(take, range(done, count), self._unavailable(0))
                        return
                    if _may_be_blameless(answer.kind, before) and repeated != done:
                        repeated = done
                        continue
                else:
                    self._ends_in_a_row, self.trouble = 0, ""
                take(done, answer)
                done += 1
                await asyncio.sleep(0)  # answers that wait already would else keep RPCs out

    async def _answer(self, process: WorkerProcess, limit: int) -> Answer:
        try:
            return self._read(await process.answer(limit))
        except WorkerTimedOutError:
            return _timed_out(limit)
        except WorkerEndedError as error:
            if error.out_of_memory:
                return self._out_of_memory()
            if error.out_of_time:
                return _timed_out(limit)
            return Failure(
                kind=FailureKind.CRASHED, text=f"the driver's process {error}"[:_LONGEST_TEXT]
            )

    def _read(self, frame: dict[str, Any]) -> Answer:
        try:
            if "answer" in frame:
                return Answered(data=frame["answer"])
            if "violations" in frame:
                return RefusedSlice(
                    violations=tuple(from_json(Violation, item) for item in frame["violations"])
                )
            kind = FailureKind(frame["failure"]["kind"])
            if kind is FailureKind.OUT_OF_MEMORY:
                return self._out_of_memory()
            return Failure(kind=kind, text=str(frame["failure"]["text"])[:_LONGEST_TEXT])
        except (DecodeError, KeyError, TypeError, ValueError) as error:
            return Failure(
                kind=FailureKind.INVALID_OUTPUT,
                text=f"answered what cannot be read: {error}"[:_LONGEST_TEXT],
            )

    def _out_of_memory(self) -> Failure:
        limit = self._settings.memory_limit // MEBIBYTE
        return Failure(
            kind=FailureKind.OUT_OF_MEMORY, text=f"went beyond its memory limit of {limit} MiB"
        )

    async def _ready(self, patience: int) -> Failure | None:
        """See to it that there is a process; else say why there is none."""
        while self.pid is None or self._stopped:
            if self._process is not None:
                await self._lose("the driver's process ended between two questions")
            wait = self._next_start - asyncio.get_running_loop().time()
            if self._stopped or wait * SECOND > patience:
                return self._unavailable(max(wait, 0))
            await asyncio.sleep(max(wait, 0))
            try:
                await self._load()
            except LoadRefusedError as error:
                await self._lose(str(error))
        return None

    def _unavailable(self, wait: float) -> Failure:
        text = f"{self.trouble}; started again in {wait:.1f} s"
        if self._stopped:
            text = "the server is stopping"
        return Failure(kind=FailureKind.UNAVAILABLE, text=text)

    async def _lose(self, trouble: str) -> None:
        await self._end_process()
        self.trouble = trouble
        self._ends_in_a_row += 1
        delay = restart_delay(self._ends_in_a_row) / SECOND
        self._next_start = asyncio.get_running_loop().time() + delay

    async def _end_process(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            await process.end()

    async def _load(self) -> None:
        self._starts += 1
        try:
            self._process = await WorkerProcess.start(self._found, self._settings, self._log)
            if self._stopped:
                await self._process.end()
            self._declaration = _declaration(await self._process.receive(self._settings.load_limit))
        except WorkerTimedOutError:
            text = f"did not load within {self._settings.load_limit / SECOND:g} s"
        except WorkerEndedError as error:
            text = f"its process {error} while it was loaded"
            if error.out_of_time:
                text = f"did not load within {self._settings.load_limit / SECOND:g} s"
        except OSError as error:
            text = f"no process can be started: {error.strerror}"
        except LoadRefusedError as error:
            text = str(error)
        else:
            return
        await self._end_process()
        raise LoadRefusedError(text[:_LONGEST_TEXT])

    async def _keep(self) -> None:
        """Start the worker again when it has ended, as soon as that is due."""
        loop = asyncio.get_running_loop()
        while True:
            if self._process is not None:
                await self._process.ended.wait()
            await asyncio.sleep(max(self._next_start - loop.time(), 0))
            async with self._turn:
                await self._ready(patience=0)


async def _take_rest(
    take: Callable[[int, Answer], None], rest: range, unavailable: Failure
) -> None:
    for index in rest:
        take(index, unavailable)
        await asyncio.sleep(0)


def _may_be_blameless(kind: FailureKind, answered_before: int) -> bool:
    """Say whether the question may be innocent of the end of the process.

    A process may be ended from outside, and memory be full of what earlier questions left there.
    """
    return kind is FailureKind.CRASHED or (
        kind is FailureKind.OUT_OF_MEMORY and answered_before > 0
    )


def _timed_out(limit: int) -> Failure:
    return Failure(kind=FailureKind.TIMED_OUT, text=f"no answer within {limit / SECOND:g} s")


def _declaration(frame: dict[str, Any]) -> Declaration:
    if "refused" in frame:
        raise LoadRefusedError(str(frame["refused"]))
    try:
        loaded = frame["loaded"]
        return Declaration(
            info=from_json(DriverInfo, loaded["info"]),
            hooks=frozenset(loaded["hooks"]),
            rendering_version=str(loaded["rendering_version"]),
        )
    except (DecodeError, KeyError, TypeError) as error:
        raise LoadRefusedError(f"what it says of itself cannot be read: {error}") from error
