"""A whole controller without its door: store, office, engine and targets, in this process."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from ipaddress import IPv4Network
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from trafficctl_sdk.model.cluster import Cluster
from trafficctl_sdk.model.workload import Workload

from tests.fakes.drivers import InProcessDrivers
from tests.fakes.trees import files
from trafficctl_server.app.engine import Engine, build_engine
from trafficctl_server.clusters.files import DiskFiles
from trafficctl_server.compile.names import last_id
from trafficctl_server.intents.kinds import KINDS, Kind, Resource, kind_of
from trafficctl_server.intents.precedence import Precedence
from trafficctl_server.intents.requests import ChangeRequest
from trafficctl_server.reconcile.backoff import Backoff
from trafficctl_server.store.memory import MemoryStore
from trafficctl_server.store.sealing import Sealer
from trafficctl_server.telemetry.tracing import Tracing

if TYPE_CHECKING:
    from trafficctl_sdk.model.realization import Realization

    from trafficctl_server.store.store import Store

POOL = IPv4Network("240.96.0.0/24")
PATIENCE = 30.0
"""Seconds until a test that waits for the engine fails instead; nothing is measured by it."""


@dataclass(slots=True)
class Town:
    """One running controller.

    :ivar root: where the trees are.
    """

    engine: Engine
    drivers: InProcessDrivers
    store: Store
    root: Path
    _task: asyncio.Task[None] | None = field(default=None)

    async def create(self, resource: Resource, **request: Any) -> Resource:
        """Create a resource under its name."""
        return await self.engine.intake.create(resource, ChangeRequest(**request))

    async def update(self, resource: Resource) -> Resource:
        """Replace a resource."""
        kind = kind_of(resource)
        return await self.engine.intake.update(
            kind, resource.name, lambda _: resource, ChangeRequest()
        )

    async def delete(self, kind: Kind, name: str, *, force: bool = False) -> Resource:
        """Delete a resource."""
        return await self.engine.removal.delete(kind, name, ChangeRequest(), force=force)

    async def get(self, name: str) -> Resource | None:
        """Read a resource as clients see it."""
        record = await self.store.get(name)
        if record is None or record.kind not in KINDS:
            return None
        return self.engine.bodies.present(record)

    async def until(self, done: Callable[[], Any]) -> None:
        """Wait until something holds, looking after every change of the store."""

        async def wait() -> None:
            while True:
                revision = self.store.revision
                found = done()
                if asyncio.iscoroutine(found):
                    found = await found
                if found:
                    return
                with suppress(TimeoutError):  # not everything that happens is a revision
                    await asyncio.wait_for(self.store.wait(revision), 0.02)

        await asyncio.wait_for(wait(), PATIENCE)

    async def settled(self, *names: str) -> None:
        """Wait until intents are looked at and nothing is under way for them by itself."""

        async def done() -> bool:
            for name in names:
                it = await self.get(name)
                if it is None or isinstance(it, Cluster | Workload):
                    return False
                if it.observed_generation < it.generation or it.reconciling:
                    return False
            return True

        await self.until(done)

    async def gone(self, *names: str) -> None:
        """Wait until resources are no longer there."""

        async def done() -> bool:
            return all([await self.store.get(it) is None for it in names])

        await self.until(done)

    async def quiet(self) -> None:
        """Wait until nothing is under way anywhere."""
        await self.until(self.engine.reconciler.idle)

    async def realizations(self, intent: str) -> dict[str, Realization]:
        """Read what became of an intent, by cluster id."""
        return {last_id(it.name): it for it in await self.engine.realizations(intent)}

    def tree(self) -> dict[str, str]:
        """Read every delivered file, by its path below the root."""
        return files(self.root)

    def objects(self, cluster: str) -> dict[str, dict[str, Any]]:
        """Read a cluster's objects, by ``<namespace>/<file name>``."""
        prefix = f"{cluster}/"
        return {
            path.removeprefix(prefix): yaml.safe_load(text)
            for path, text in self.tree().items()
            if path.startswith(prefix)
        }

    async def start(self) -> None:
        """Start the engine."""
        await self.engine.start()
        self._task = asyncio.create_task(self.engine.run())

    async def stop(self) -> None:
        """Stop the engine where it is; the store stays open."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None


async def build(
    root: Path,
    store: Store,
    drivers: InProcessDrivers,
    *,
    scan_interval: float = 3600.0,
    tracing: Tracing | None = None,
    on_step: Callable[[str], None] = lambda _step: None,
    precedence: Precedence | None = None,
) -> Town:
    """Put a controller together over a store and a folder; not started yet."""
    engine = await build_engine(
        store=store,
        sealer=Sealer(b"0" * 32),
        drivers=drivers,  # type: ignore[arg-type] # the face of a DriverHost
        root=root,
        pool=POOL,
        files=DiskFiles(on_step),
        backoff=Backoff(initial=1_000_000, limit=20_000_000),
        scan_interval=scan_interval,
        tracing=tracing or Tracing(),
        precedence=precedence or Precedence(),
    )
    return Town(engine=engine, drivers=drivers, store=store, root=root)


@asynccontextmanager
async def town(
    root: Path, drivers: InProcessDrivers, store: Store | None = None, **options: Any
) -> AsyncIterator[Town]:
    """Run a controller for as long as the block lasts."""
    kept = store if store is not None else MemoryStore(pool_size=POOL.num_addresses - 2)
    await kept.start()
    it = await build(root, kept, drivers, **options)
    await it.start()
    try:
        yield it
    finally:
        await it.stop()
        if store is None:
            await kept.close()
