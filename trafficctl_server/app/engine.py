"""Everything behind the door: the office and the engine over one store."""

from __future__ import annotations

import asyncio
import time
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import orjson
from trafficctl_sdk.codec import from_json
from trafficctl_sdk.model.realization import Realization

from trafficctl_server.api.plan_changes import merged
from trafficctl_server.clusters.registry import Targets
from trafficctl_server.compile.world import World
from trafficctl_server.intents.admission import DriverAdmission
from trafficctl_server.intents.bodies import SCHEMA, Bodies
from trafficctl_server.intents.cluster_care import ClusterCare
from trafficctl_server.intents.desk import Desk
from trafficctl_server.intents.intake import Intake
from trafficctl_server.intents.kinds import REALIZATION
from trafficctl_server.intents.removal import Removal
from trafficctl_server.intents.world_feed import WorldFeed
from trafficctl_server.plans.room import Plans, build_plans
from trafficctl_server.reachability.bases import Bases
from trafficctl_server.reachability.difference import Comparer
from trafficctl_server.reachability.drawing import Drawing
from trafficctl_server.reachability.explainer import Explainer
from trafficctl_server.reachability.judging import Judge
from trafficctl_server.reconcile.reconciler import Reconciler
from trafficctl_server.store.records import ABSENT, Put, Write

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from ipaddress import IPv4Network
    from pathlib import Path

    from trafficctl_server.clusters.files import Files
    from trafficctl_server.drivers.host import DriverHost
    from trafficctl_server.intents.precedence import Precedence
    from trafficctl_server.reconcile.backoff import Backoff
    from trafficctl_server.store.sealing import Sealer
    from trafficctl_server.store.store import Store
    from trafficctl_server.telemetry.tracing import Tracing

INSTANCE: Final = "instance"
"""Name of the record whose uid names this installation on everything that it writes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """A controller that can be called, but not from outside."""

    store: Store
    bodies: Bodies
    feed: WorldFeed
    desk: Desk
    intake: Intake
    removal: Removal
    care: ClusterCare
    targets: Targets
    reconciler: Reconciler
    bases: Bases
    explainer: Explainer
    drawing: Drawing
    comparer: Comparer
    plans: Plans

    async def start(self) -> None:
        """Read what the store knows; nothing runs yet."""
        await self.targets.start()
        await self.reconciler.remember()
        await self.plans.expiry.start()
        resuming = self.reconciler.resuming
        await self.feed.start(resuming.look, resuming.moved)
        await self.reconciler.start()

    async def check(self, cluster: str) -> Sequence[tuple[str, str, str]]:
        """Try a cluster out, by its id: what was checked, its result, and what was found."""
        await self.feed.reached(self.store.revision)
        return await self.reconciler.checking.check(cluster)

    async def run(self) -> None:
        """Follow wishes and make them true, until cancelled."""
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self.feed.run(), name="feed")
                group.create_task(self.reconciler.run(), name="reconcile")
                group.create_task(self.plans.expiry.run(), name="plans")
        finally:
            await self.targets.close()

    async def realizations(self, intent: str) -> list[Realization]:
        """Read what became of an intent in each cluster."""
        records = await self.store.list(REALIZATION, f"{intent}/realizations/-", limit=1000)
        return [from_json(Realization, orjson.loads(it.progress), strict=False) for it in records]


async def build_engine(
    *,
    store: Store,
    sealer: Sealer,
    drivers: DriverHost,
    root: Path,
    pool: IPv4Network,
    backoff: Backoff,
    scan_interval: float,
    tracing: Tracing,
    precedence: Precedence,
    files: Files | None = None,
    clock: Callable[[], int] = time.time_ns,
) -> Engine:
    """Put the office and the engine together over a store that was started.

    :param pool: of virtual addresses; the first and the last are not given.
    :param scan_interval: seconds between two looks for drift.
    """
    instance = await instance_of(store, clock)
    bodies = Bodies(sealer)
    admission = DriverAdmission(drivers)
    world = World(admission)
    feed = WorldFeed(store, bodies, world, lambda index: str(pool[index + 1]), precedence)
    targets = Targets(root=root, instance=instance, files=files)
    reconciler = Reconciler(
        store=store,
        feed=feed,
        drivers=drivers,
        admission=admission,
        targets=targets,
        instance=instance,
        pool=str(pool),
        backoff=backoff,
        scan_interval=scan_interval,
        tracing=tracing,
        precedence=precedence,
        clock=clock,
    )
    judge = Judge(drivers, admission)
    bases = Bases(store=store, bodies=bodies, feed=feed, ledger=reconciler.reader)
    desk = Desk(
        store=store,
        bodies=bodies,
        feed=feed,
        admission=admission,
        drivers=drivers,
        owned=reconciler.owned,
        tracing=tracing,
        clock=clock,
    )
    comparer = Comparer(judge)
    plans = build_plans(
        desk=desk,
        sealer=sealer,
        reconciler=reconciler,
        comparer=comparer,
        merge=merged,
        instance=instance,
    )
    bases.plan = plans.view
    return Engine(
        store=store,
        bodies=bodies,
        feed=feed,
        desk=desk,
        intake=Intake(desk),
        removal=Removal(desk),
        care=ClusterCare(desk),
        targets=targets,
        reconciler=reconciler,
        bases=bases,
        explainer=Explainer(bases, judge),
        drawing=Drawing(bases, judge, store),
        comparer=comparer,
        plans=plans,
    )


async def instance_of(store: Store, clock: Callable[[], int]) -> str:
    """Give the uid of this installation; it is made at the first start and stays."""
    record = await store.get(INSTANCE)
    if record is not None:
        return record.uid
    now = clock()
    put = Put(
        name=INSTANCE,
        kind="Instance",
        uid=str(uuid.uuid4()),
        etag="",
        generation=1,
        create_time=now,
        update_time=now,
        body=b"{}",
        expect=ABSENT,
        schema=SCHEMA,
    )
    await store.commit(Write(puts=(put,)))
    return put.uid
