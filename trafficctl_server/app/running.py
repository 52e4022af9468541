"""One run of the server, from its settings to its last answer."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
import time
from typing import TYPE_CHECKING, Final

from trafficctl_server import __version__
from trafficctl_server.api.listener import Listener
from trafficctl_server.api.services import servicers
from trafficctl_server.app.engine import Engine, build_engine
from trafficctl_server.app.garbage import look_for_garbage, undisturbed
from trafficctl_server.drivers.host import DriverHost, DriverHostSettings
from trafficctl_server.intents.precedence import Precedence
from trafficctl_server.reconcile.backoff import Backoff
from trafficctl_server.settings.files import store_key
from trafficctl_server.settings.quantities import nanoseconds
from trafficctl_server.store.errors import StoreUnavailable
from trafficctl_server.store.memory import MemoryStore
from trafficctl_server.store.sealing import Sealer, read_key
from trafficctl_server.store.sqlite.store import SqliteStore
from trafficctl_server.telemetry.jaeger_tracing import open_tracing

if TYPE_CHECKING:
    from trafficctl_server.settings.settings import Settings
    from trafficctl_server.store.store import Store

_UNUSABLE: Final = 2
"""Addresses of a pool that are not given: its network and its broadcast address."""

_SWITCH: Final = 0.0005
"""Seconds for which a thread that writes files may keep requests from the interpreter; Python's own
5 ms are what a Get waited, again and again, while everything was delivered."""

_log = logging.getLogger(__name__)


async def run(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT, then drain within the deadline.

    :raises Exception: what keeps the server from starting or going on, in one line.
    """
    sys.setswitchinterval(_SWITCH)
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    settings.server.state_dir.mkdir(parents=True, exist_ok=True)
    tracing = open_tracing(settings.tracing)
    precedence = Precedence()
    store = open_store(settings)
    drivers = DriverHost(driver_settings(settings))
    await store.start()
    try:
        await drivers.start()
        engine = await build_engine(
            store=store,
            sealer=open_sealer(settings),
            drivers=drivers,
            root=settings.directory_root,
            pool=settings.addresses.pool,
            backoff=Backoff(
                initial=nanoseconds(settings.delivery.backoff_initial),
                limit=nanoseconds(settings.delivery.backoff_limit),
            ),
            scan_interval=settings.delivery.scan_interval.total_seconds(),
            tracing=tracing,
            precedence=precedence,
        )
        listener = Listener(
            server=settings.server,
            limits=settings.limits,
            tracing=tracing,
            precedence=precedence,
        )
        ending = asyncio.create_task(stopping.wait(), name="signals")
        work: asyncio.Task[None] | None = None
        try:
            await listener.start(
                servicers(
                    desk=engine.desk,
                    intake=engine.intake,
                    removal=engine.removal,
                    care=engine.care,
                    check=engine.check,
                    explainer=engine.explainer,
                    plans=engine.plans,
                    drawing=engine.drawing,
                )
            )
            # What needs no look at the whole world is answered while the world is read.
            work = asyncio.create_task(_work(engine, settings, precedence), name="engine")
            await asyncio.wait({work, ending}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            await listener.drain(settings.server.drain_deadline)
            ending.cancel()
            failed = work is not None and work.done()
            tasks = [it for it in (work, ending) if it is not None]
            for it in tasks:
                it.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            if failed and work is not None:
                await work
    finally:
        await drivers.stop()
        await store.close()
        await tracing.close()


def open_store(settings: Settings) -> Store:
    """Give the store that the settings name, not started yet."""
    size = settings.addresses.pool.num_addresses - _UNUSABLE
    if settings.database is None:
        return MemoryStore(pool_size=size)
    return SqliteStore(settings.database, pool_size=size)


def open_sealer(settings: Settings) -> Sealer:
    """Give what seals secrets, with the key that the settings name."""
    key = store_key(settings)
    return Sealer(key if key is not None else read_key(settings.key_file, create=True))


def driver_settings(settings: Settings) -> DriverHostSettings:
    """Give the driver host what the settings say of drivers."""
    return DriverHostSettings(
        blocked=frozenset(settings.drivers.blocked),
        time_limit=nanoseconds(settings.drivers.time_limit),
        load_limit=nanoseconds(settings.drivers.load_limit),
        memory_limit=settings.drivers.memory_limit,
        options=settings.drivers.options,
        server_version=__version__,
    )


async def _work(engine: Engine, settings: Settings, precedence: Precedence) -> None:
    with undisturbed():
        await engine.start()
    async with asyncio.TaskGroup() as group:
        group.create_task(
            look_for_garbage(engine.reconciler.remembered, precedence), name="garbage"
        )
        group.create_task(engine.run(), name="run")
        group.create_task(_compact(engine.store, settings), name="compact")


async def _compact(store: Store, settings: Settings) -> None:
    """Drop what is older than the settings keep, at intervals."""
    while True:
        await asyncio.sleep(settings.store.compaction_interval.total_seconds())
        now = time.time_ns()
        try:
            await store.compact(
                wishes_before=now - nanoseconds(settings.store.wishes_age),
                progress_before=now - nanoseconds(settings.store.progress_age),
                requests_before=now - nanoseconds(settings.store.requests_age),
            )
        except StoreUnavailable as error:
            _log.warning("history was not compacted", extra={"why": str(error)})
