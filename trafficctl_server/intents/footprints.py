"""What intents touch, kept beside their rows: a start that trusts it need not read them."""

from __future__ import annotations

import logging
import sys
from itertools import islice
from typing import TYPE_CHECKING, Final

from trafficctl_server.compile.footprint import References
from trafficctl_server.compile.guards import footprint_guards
from trafficctl_server.compile.references import cluster_ids, workload_ids
from trafficctl_server.intents.bodies import SCHEMA
from trafficctl_server.intents.footprint_codec import KeptIntent, KeptReader, written
from trafficctl_server.intents.kinds import INTENTS
from trafficctl_server.intents.packing import kind_of_name
from trafficctl_server.intents.pages import each_kept
from trafficctl_server.store.errors import StoreUnavailable
from trafficctl_server.store.records import ABSENT, Kept, KeptPut, Put, Write

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Set as AbstractSet

    from trafficctl_server.compile.world import World
    from trafficctl_server.intents.packing import Packing
    from trafficctl_server.intents.precedence import Precedence
    from trafficctl_server.store.records import Record
    from trafficctl_server.store.store import Store

PATTERN: Final = "PackingPattern"
"""Kind of the records whose bodies say what packed intents are read by."""
_AT_ONCE: Final = 50
"""So many intents are kept with one commit: others need the loop and the file too."""

_log = logging.getLogger(__name__)


class Footprints:
    """Keeps what the world finds of each intent, and tells the world of it at the next start.

    What is kept is right while the intent is the same, none of its guards is touched, and clusters,
    drivers and release are the same: who asks for it, and has it kept, sees to that.
    """

    def __init__(
        self, store: Store, world: World, packing: Packing, precedence: Precedence
    ) -> None:
        self._store = store
        self._world = world
        self._packing = packing
        self._precedence = precedence
        self._stored: set[str] = set()

    async def open(self) -> None:
        """Learn what the last run packed by; before anything is packed."""
        for kind in INTENTS:
            record = await self._store.get(_pattern_name(kind.name))
            if record is not None:
                self._packing.learn(kind.name, record.body)
                self._stored.add(kind.name)

    async def read(self, touched: AbstractSet[str], take: Callable[[Record], None]) -> None:
        """Tell the world of all intents as they are kept.

        :param touched: the guards that were touched since what is kept was right.
        :param take: takes the record of each intent of which nothing is kept that is right.
        """
        reader = KeptReader(self._world.one)
        moved: list[str] = []

        def recall(it: Kept | Record) -> None:
            if not isinstance(it, Kept):
                take(it)
            elif not self._recall(it, reader, touched):
                moved.append(it.name)

        for kind in INTENTS:
            await each_kept(self._store, kind.name, self._precedence, recall)
        for name in moved:
            record = await self._store.get(name)
            if record is not None:
                async with self._precedence.turn():
                    take(record)

    def _recall(self, it: Kept, reader: KeptReader, touched: AbstractSet[str]) -> bool:
        kind = kind_of_name(it.name)
        mark = self._packing.mark(kind) if kind in self._stored else None
        kept = reader.read(it.kept, mark) if mark is not None else None
        if kept is None:
            return False
        found, workloads = kept.footprint, kept.references.workloads
        if touched and not touched.isdisjoint(footprint_guards(found, workloads)):
            return False
        # What indexes hold of its name is one object.
        self._world.recall_intent(sys.intern(it.name), kept.packed, found, kept.references)
        return True

    async def write(self, trusted: Callable[[], bool]) -> None:
        """Keep what the world found since; what cannot be kept now is left for later.

        :param trusted: whether drivers are those that a start compares with.
        """
        unkept = self._world.unkept
        while trusted() and (names := list(islice(unkept, _AT_ONCE))):
            left = names
            try:
                puts = await self._puts(names)
                if trusted():
                    await self._commit(puts)
                    left = []
            except StoreUnavailable as error:
                _log.warning("footprints wait for the store", extra={"why": str(error)})
                return
            finally:
                unkept.update(dict.fromkeys(it for it in left if it in self._world.intents))

    async def _puts(self, names: list[str]) -> tuple[KeptPut, ...]:
        puts: list[KeptPut] = []

        def add(name: str) -> None:
            puts.extend(self._put(name))

        await self._precedence.each(names, add)
        return tuple(puts)

    def _put(self, name: str) -> list[KeptPut]:
        """Give what is to be kept of an intent, which is not to be kept any more then."""
        self._world.unkept.pop(name, None)
        packed = self._world.intents.packed(name)
        if not packed:
            return []
        version = self._packing.version(name, packed)
        found = self._world.footprint(name)
        if not found.lasting:
            return [KeptPut(name, version, b"")]
        intent = self._world.intents[name]
        refers_to = References(workload_ids(intent), cluster_ids(intent))
        mark = self._packing.mark(kind_of_name(name))
        return [KeptPut(name, version, written(KeptIntent(found, refers_to, packed), mark))]

    async def _commit(self, puts: tuple[KeptPut, ...]) -> None:
        new = sorted({kind_of_name(it.name) for it in puts} - self._stored)
        # An earlier try may have got through without an answer.
        missing = [it for it in new if await self._store.get(_pattern_name(it)) is None]
        patterns = tuple(_pattern_put(it, self._packing.pattern(it)) for it in missing)
        await self._store.commit(Write(puts=patterns, kept=puts), background=True)
        self._stored.update(new)


def _pattern_name(kind: str) -> str:
    return f"packing/{kind}"


def _pattern_put(kind: str, pattern: bytes) -> Put:
    """Give the put of the bytes that all packed intents of a kind are read by."""
    return Put(
        name=_pattern_name(kind),
        kind=PATTERN,
        uid=kind,
        etag="",
        generation=1,
        create_time=0,
        update_time=0,
        body=pattern,
        expect=ABSENT,
        schema=SCHEMA,
    )
