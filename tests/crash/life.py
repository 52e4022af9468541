"""One process of a controller, from its start to its end or to the step at which it stops."""

from __future__ import annotations

import asyncio
import shutil
import threading
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pytest
import trafficctl_istio.plugin as istio

from tests.crash.picture import Picture, take
from tests.crash.wishes import Act
from tests.fakes.drivers import InProcessDrivers
from tests.fakes.town import POOL, Town, build
from trafficctl_server.app.engine import INSTANCE
from trafficctl_server.intents.bodies import SCHEMA
from trafficctl_server.intents.kinds import GROUP
from trafficctl_server.intents.requests import ChangeRequest
from trafficctl_server.store.records import ABSENT, Put, Write
from trafficctl_server.store.sqlite.store import SqliteStore

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from pathlib import Path

    from tests.crash.wishes import Wish

INSTALLATION: Final = "6a4d4f3e-8a4b-4b0b-9b57-1c1f6a5f0c11"
"""Owner of all objects: the same in every run, so that trees can be compared byte by byte."""

PATIENCE: Final = 60.0
"""Seconds until work that does not come to its end is a failure; nothing is measured by it."""

_LOOK: Final = 0.01
POOL_SIZE: Final = POOL.num_addresses - 2


_NO_CALLS: Final = frozenset({"after read", "after write", "after batch"})
"""Steps with no call between them and the next one: a stop there is a stop at the next."""


class Stopped(BaseException):
    """The process is gone."""


class Steps:
    """Every store and file call of a process, by name and how often it came before.

    :param stop_at: given a step; where it answers True nothing happens any more.
    :ivar seen: the steps in the order in which they began.
    :ivar started: how many of them it took to start.
    :ivar stopped_at: the step that did not happen; empty: it goes on.
    """

    def __init__(self, stop_at: Callable[[str], bool] = lambda _step: False) -> None:
        self.seen: list[str] = []
        self.started = 0
        self.stopped_at = ""
        self.paused = False
        self._stop_at = stop_at
        self._times: Counter[str] = Counter()
        self._turn = threading.Lock()
        self._tell: Callable[[], object] = lambda: None

    def on_stop(self, tell: Callable[[], object]) -> None:
        """Tell that it stopped, in the thread that did."""
        self._tell = tell

    def __call__(self, name: str) -> None:
        """Take a step. :raises Stopped: it is the one, or came after it."""
        with self._turn:
            if self.paused:
                return
            if not self.stopped_at and name in _NO_CALLS:
                return
            if not self.stopped_at:
                step = f"{name} #{self._times[name]}"
                self._times[name] += 1
                self.seen.append(step)
                if not self._stop_at(step):
                    return
                self.stopped_at = step
                self._tell()
        raise Stopped


@dataclass(slots=True)
class Client:
    """Sends wishes in order, and to the next process the one that it got no answer to.

    :ivar answered: how many were answered; those are never sent again.
    :ivar again: another process served it before.
    :ivar picture: what there is once all is done.
    """

    wishes: tuple[Wish, ...]
    answered: int = 0
    again: bool = False
    picture: Picture | None = None

    async def work(self, town: Town, steps: Steps) -> None:
        """Go on where the last process left off, then wait until nothing is under way."""
        for wish in self.wishes[self.answered :]:
            if wish.later and not self.again:
                await settle(town)
            await send(town, wish)
            self.answered += 1
        await settle(town)
        steps.paused = True
        self.picture = await take(town.store, town.root)
        steps.paused = False


async def send(town: Town, wish: Wish) -> None:
    """Send one wish, as an RPC would."""
    request = ChangeRequest(
        method=f"{wish.act}{wish.kind.name}",
        request_id=wish.request_id,
        body_digest=wish.body_digest,
    )
    engine = town.engine
    if wish.act is Act.CREATE:
        await engine.intake.create(wish.resource, request)
    elif wish.act is Act.UPDATE:
        await engine.intake.update(wish.kind, wish.name, lambda _: wish.resource, request)
    else:
        await engine.removal.delete(wish.kind, wish.name, request, force=wish.kind == GROUP)


async def settle(town: Town) -> None:
    """Wait until nothing is under way: all delivered, the deleted gone, addresses given back.

    It looks into the engine's memory, as reading the store would be steps of the process.
    """

    async def wait() -> None:
        while under_way(town):
            revision = town.store.revision
            with suppress(TimeoutError):  # not everything that happens is a revision
                await asyncio.wait_for(town.store.wait(revision), _LOOK)

    try:
        await asyncio.wait_for(wait(), PATIENCE)
    except TimeoutError:
        pytest.fail(f"still under way: {under_way(town)}")


def under_way(town: Town) -> list[str]:
    """Name what is not done yet."""
    engine = town.engine
    reconciler, world = engine.reconciler, engine.feed.world
    return [
        *(() if reconciler.idle() else ("work of the engine",)),
        *(f"leaving: {it}" for it in reconciler._departures._leaving),
        *(
            f"address: {key}"
            for key in world.unneeded & world.addresses.keys()
            if not world.needs_address(key)
        ),
    ]


async def live(folder: Path, client: Client, steps: Steps, heir: Path) -> bool:
    """Run one process over a folder; say whether the client came to its end.

    A process that stops puts nothing in order: ``heir`` is a copy of what it leaves, made while
    everything of it still stands, and what the next process finds.
    """
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    steps.on_stop(lambda: loop.call_soon_threadsafe(stopped.set))
    loop.set_exception_handler(_let_the_dead_rest)
    store = SqliteStore(folder / "state" / "store.db", pool_size=POOL_SIZE, on_step=steps)
    town: Town | None = None
    try:
        await store.start()
        await name_installation(store)
        town = await build(folder / "tree", store, drivers(), on_step=steps)
        await town.start()
        steps.started = len(steps.seen)
        assert town._task is not None
        await _until_any(client.work(town, steps), stopped.wait(), town._task)
    except (Stopped, Exception, BaseExceptionGroup):
        if not steps.stopped_at:
            raise
    finally:
        if town is not None:
            await town.stop()
        await _finish_thread(store)
        if steps.stopped_at:
            shutil.copytree(folder, heir)
            client.again = True
        await store.close()
    return not steps.stopped_at


def drivers() -> InProcessDrivers:
    """Give a driver host with the Istio driver."""
    host = InProcessDrivers()
    host.add_module(istio)
    return host


async def _until_any(
    work: Coroutine[Any, Any, None], stop: Coroutine[Any, Any, Any], engine: asyncio.Task[None]
) -> None:
    """Wait for the client's end, unless the process stops or its engine fails before."""
    tasks = [asyncio.create_task(work), asyncio.create_task(stop)]
    await asyncio.wait([*tasks, engine], return_when=asyncio.FIRST_COMPLETED)
    for it in tasks:
        it.cancel()
    if engine.done():
        await engine
    outcome, _ = await asyncio.gather(*tasks, return_exceptions=True)
    if isinstance(outcome, BaseException) and not isinstance(outcome, asyncio.CancelledError):
        raise outcome


def _let_the_dead_rest(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Leave out the stops of tasks that nobody waits for any more."""
    error = context.get("exception")
    if isinstance(error, BaseExceptionGroup):
        error = error.split(Stopped)[1]
    if error is not None and not isinstance(error, Stopped):
        loop.default_exception_handler(context)


async def _finish_thread(store: SqliteStore) -> None:
    """Let the store's thread come to the end of what it is in the middle of."""
    thread = store._file._thread
    if thread is not None:
        await thread._execute(lambda: None)  # type: ignore[no-untyped-call] # the library's own


async def name_installation(store: SqliteStore) -> None:
    """Make a new store that of :data:`INSTALLATION`."""
    if await store.get(INSTANCE) is None:
        put = Put(
            name=INSTANCE,
            kind="Instance",
            uid=INSTALLATION,
            etag="",
            generation=1,
            create_time=1,
            update_time=1,
            body=b"{}",
            expect=ABSENT,
            schema=SCHEMA,
        )
        await store.commit(Write(puts=(put,)))
