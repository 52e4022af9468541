"""What rows share: the worlds, the server under test, the load process, and how long to measure."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import grpc
from trafficctl.v2 import intercluster_intent_pb2_grpc as services

from tools.bench.loader import Loader, loader
from tools.bench.requests import gets
from tools.bench.serving import BenchError, Process, ceiling, quiet, server
from tools.bench.world.cache import fresh_copy
from tools.bench.world.loading import load
from tools.bench.world.size import FULL, SMALL, THOUSAND, WorldSize

_PATIENCE: Final = 900.0
"""Seconds that the engine may need to work off what a row caused."""
_COMPARED: Final = "everything is compiled"
"""The log's event once everything is compiled that has moved since the run before a start."""
_LOOK: Final = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """How a start went: seconds since the process was started, and what it had to do.

    :ivar unmoved: scopes of which nothing has moved since the last run compiled them.
    """

    seconds: float
    unmoved: int
    compiled: int
    rendered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How much is measured.

    :ivar seconds: of one burst; ``pairs`` of them are compared.
    :ivar burst_size: requests prepared for one burst.
    :ivar changes: of single intents.
    :ivar calls: of Plan and of Explain.
    :ivar settled: the world is compiled and delivered before the first row.
    """

    size: WorldSize
    small: WorldSize
    seconds: float
    pairs: int
    burst_size: int
    changes: int
    calls: int
    settled: bool = True


WHOLE: Final = Scale(
    size=FULL, small=THOUSAND, seconds=2.0, pairs=7, burst_size=6000, changes=20, calls=500
)
SMOKE: Final = Scale(
    size=SMALL, small=SMALL, seconds=0.1, pairs=1, burst_size=40, changes=1, calls=3, settled=False
)


class Run:
    """One run of the benchmark; rows use one server on one copy of the world, one after another."""

    def __init__(self, scale: Scale, folder: Path, clients: Loader) -> None:
        self.scale = scale
        self.size = scale.size
        self.state = folder / "world"
        self.loader = clients
        self._folder = folder
        self._running: Process | None = None
        self._stack = AsyncExitStack()

    async def prepare(self) -> None:
        """Put the world where the server under test finds it."""
        if self.scale.settled:
            await fresh_copy(self.size, self.state)
        else:
            await asyncio.to_thread(self.state.mkdir)
            await load(self.state, self.size)

    async def server(self) -> Process:
        """Give the server under test; it is started where it does not run."""
        if self._running is None:
            self._running = await self._stack.enter_async_context(server(self.state))
        return self._running

    async def stop(self) -> None:
        """End the server under test; the next one starts on what it left."""
        self._running = None
        await self._stack.aclose()

    async def quiet(self, running: Process) -> None:
        """Wait until a server has compared everything and has nothing more to do."""
        await self.compared(running)
        await quiet(running, _PATIENCE)

    def ceiling(self, module: str, loop: str = "asyncio") -> AbstractAsyncContextManager[Process]:
        """Run a ceiling for as long as the block lasts; as it comes, on asyncio's own loop."""
        return ceiling(module, self._folder, loop)

    async def small_world(self) -> Path:
        """Give the state directory of a small world."""
        return await fresh_copy(self.scale.small, self._folder / "small")

    async def first_answer(self, running: Process) -> float:
        """Give the seconds from a server's start until it answers a Get."""
        request = gets(self.size, 1)[0]
        async with grpc.aio.insecure_channel(running.address) as channel:
            stub = services.InterclusterIntentServiceStub(channel)
            await stub.GetInterclusterIntent(request, timeout=60, wait_for_ready=True)
        return time.monotonic() - running.started

    async def compared(self, running: Process) -> Checked:
        """Wait until a server has compared everything with what was rendered before its start."""
        end = time.monotonic() + _PATIENCE
        while not (found := running.events(_COMPARED)):
            if time.monotonic() > end:
                raise BenchError("the server did not compare everything")
            await asyncio.sleep(_LOOK)
        return Checked(
            seconds=time.monotonic() - running.started,
            unmoved=found[0]["unmoved"],
            compiled=found[0]["scopes"],
            rendered=found[0]["outdated"],
        )

    async def outdate(self) -> None:
        """Stop the server, and let what stands be rendered by another driver version."""
        await self.stop()
        await asyncio.to_thread(_outdate, self.state / "trafficctl.db")


def _outdate(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("UPDATE slices SET driver_version = 'another'")
    db.close()


@asynccontextmanager
async def running(scale: Scale, folder: Path) -> AsyncIterator[Run]:
    """Make a run; whatever it started is ended with the block."""
    async with loader() as clients:
        run = Run(scale, folder, clients)
        try:
            yield run
        finally:
            await run.stop()
