"""Writes the world into a store as the office would, many wishes to a commit.

Each resource is stored as ``Intake`` stores it: same body, etag, scopes and addresses. What the
office asks before (is it allowed, does it contradict) is not asked here: the server that compiles
the world afterwards must settle every intent, and the loader fails when one does not.
"""

import time
import uuid
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from trafficctl_sdk.model.workload import Workload

from tools.bench.world.inventory import clusters, groups, workloads
from tools.bench.world.size import WorldSize
from tools.bench.world.wishes import intents
from trafficctl_server.compile.addresses import address_keys
from trafficctl_server.compile.guards import scopes_touched
from trafficctl_server.compile.world import World
from trafficctl_server.intents.bodies import SCHEMA, Bodies, etag_of
from trafficctl_server.intents.kinds import INTENTS, Resource, kind_of
from trafficctl_server.store.records import ABSENT, Put, Write
from trafficctl_server.store.sealing import Sealer, read_key
from trafficctl_server.store.sqlite.store import SqliteStore

POOL_SIZE: Final = (1 << 20) - 2
"""Addresses that the default pool gives."""
_BATCH: Final = 1000
_UIDS: Final = uuid.UUID("6f6e6c79-6120-4e61-8d65-73706163652e")


async def load(state: Path, size: WorldSize) -> None:
    """Write the world into the state directory of a server that does not run; it must exist."""
    store = SqliteStore(state / "trafficctl.db", pool_size=POOL_SIZE)
    bodies = Bodies(Sealer(read_key(state / "trafficctl.key", create=True)))
    world = World()
    now = time.time_ns()
    await store.start()
    try:
        for part in (clusters(size), groups(size), workloads(size), intents(size)):
            for batch in _batches(part):
                await store.commit(_write(batch, bodies, world, now))
    finally:
        await store.close()


def _batches(resources: Iterable[Resource]) -> Iterator[list[Resource]]:
    left = iter(resources)
    while batch := list(islice(left, _BATCH)):
        yield batch


def _write(batch: list[Resource], bodies: Bodies, world: World, now: int) -> Write:
    puts, scopes, addresses = [], set[str](), set[str]()
    for it in batch:
        kind = kind_of(it)
        uid = str(uuid.uuid5(_UIDS, it.name))
        body = bodies.encode(it)
        puts.append(
            Put(
                name=it.name,
                kind=kind.name,
                uid=uid,
                etag=etag_of(uid, body),
                generation=1,
                create_time=now,
                update_time=now,
                body=body,
                progress=b"",
                expect=ABSENT,
                schema=SCHEMA,
            )
        )
        if isinstance(it, Workload):
            world.put_workload(it)
            scopes.add(f"served:{it.name}")
        elif kind in INTENTS:
            world.put_intent(it)  # type: ignore[arg-type] # its kind says that it is an intent
            scopes.update(scopes_touched(it, world))  # type: ignore[arg-type] # as above
            addresses.update(address_keys(it, world))  # type: ignore[arg-type] # as above
        elif kind.name == "Cluster":
            world.put_cluster(it)  # type: ignore[arg-type] # as above
    return Write(
        puts=tuple(puts), touch_scopes=tuple(sorted(scopes)), allocate=tuple(sorted(addresses))
    )
