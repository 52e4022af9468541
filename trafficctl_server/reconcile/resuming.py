"""Takes up where the last run ended: what has moved since is looked at, the rest stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from trafficctl_sdk.slices import Scope

from trafficctl_server.compile.admission import is_leaving
from trafficctl_server.compile.facts import HOME_NAMESPACE
from trafficctl_server.compile.guards import CLUSTERS
from trafficctl_server.compile.movement import Movement
from trafficctl_server.compile.touching import namespace
from trafficctl_server.intents.kinds import CLUSTER, GROUP

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from trafficctl_server.compile.world import World
    from trafficctl_server.intents.admission import DriverAdmission
    from trafficctl_server.intents.precedence import Precedence
    from trafficctl_server.intents.world_feed import WorldFeed
    from trafficctl_server.reconcile.book import StatusBook
    from trafficctl_server.reconcile.checkpoints import Checkpoints
    from trafficctl_server.reconcile.compiling import Compiling
    from trafficctl_server.reconcile.marks import Mark
    from trafficctl_server.store.records import Checkpoint, Record
    from trafficctl_server.store.store import Store

T = TypeVar("T")

_FOUND: Final = frozenset({CLUSTER.name, GROUP.name})
"""What a start looks at besides all that is being deleted."""


class Resuming:
    """Finds the scopes to compile and the intents to look at after a start."""

    def __init__(
        self,
        *,
        store: Store,
        feed: WorldFeed,
        admission: DriverAdmission,
        compiling: Compiling,
        book: StatusBook,
        checkpoints: Checkpoints,
        precedence: Precedence,
    ) -> None:
        self._store = store
        self._feed = feed
        self._world: World = feed.world
        self._admission = admission
        self._compiling = compiling
        self._book = book
        self._checkpoints = checkpoints
        self._precedence = precedence
        self._found: list[Record] = []
        self._last: Checkpoint | None = None

    def look(self, record: Record) -> None:
        """Take a record that a start reads."""
        if record.kind in _FOUND or record.delete_time is not None:
            self._found.append(record)

    def found(self) -> Sequence[Record]:
        """Give all groups and clusters, and what is being deleted; once."""
        found, self._found = self._found, []
        return found

    async def moved(self) -> AbstractSet[str] | None:
        """Give the guards that were touched since the checkpoint; none: all may have moved.

        To be asked once the world knows all clusters.
        """
        self._last = await self._checkpoints.load()
        if self._last is None:
            return None
        touched = await self._store.scopes_touched(self._last.revision)
        return None if CLUSTERS in touched else touched

    async def resume(self) -> None:
        """Touch all that may not be as the world says it must be."""
        last = self._last
        touched = await self._store.scopes_touched(last.revision) if last else frozenset({CLUSTERS})
        known = self._world.all_scopes()
        # Where our own namespace is needed follows from what the others came to, not from guards.
        scopes = {namespace(HOME_NAMESPACE)}
        if CLUSTERS in touched:
            self._compiling.touch(sorted(scopes.union(known, self._compiling.places.scopes())))
            self._touch_intents(self._world.intents)
            return
        movement = Movement(touched, self._world)
        scopes |= set(map(Scope.parse, self._checkpoints.revisits))
        scopes |= set(await self._picked(known, movement.moved)) if touched else set()
        scopes |= set(map(Scope.parse, await self._outdated(known)))
        self._compiling.touch(sorted(scopes))
        self._compiling.unmoved = known - scopes
        if last is None or not last.said:
            self._touch_intents(self._world.intents)
            return
        if touched:
            self._touch_intents(
                await self._picked(list(self._world.intents), movement.moved_intent)
            )

    async def remember(self) -> None:
        """Read what was said before, and look at the intents of which nothing was."""
        await self._book.start(self._store, self._precedence)
        self._touch_intents(await self._picked(list(self._world.intents), self._is_unsaid))

    async def _outdated(self, known: AbstractSet[Scope]) -> set[str]:
        """Name the scopes that nobody wants any more, or another driver rendered, or none could."""
        serving = {
            cluster: ("", "") if driver is None else (driver.name, driver.rendering_version)
            for cluster, here in self._world.clusters.items()
            if not is_leaving(here)
            for driver in (self._admission.serving(here),)
        }
        names: set[str] = set()
        await self._precedence.each(known, lambda it: names.add(str(it)))

        def is_outdated(mark: Mark) -> bool:
            rendered_by = (mark.driver, mark.version)
            return not (
                mark.scope in names and mark.digest and serving.get(mark.cluster) == rendered_by
            )

        return {it.scope for it in await self._picked(self._compiling.places, is_outdated)}

    def _is_unsaid(self, intent: str) -> bool:
        return not self._book.is_said(intent, *self._feed.record(intent))

    async def _picked(self, items: Iterable[T], wanted: Callable[[T], bool]) -> list[T]:
        found: list[T] = []

        def look(it: T) -> None:
            if wanted(it):
                found.append(it)

        await self._precedence.each(items, look)
        return found

    def _touch_intents(self, names: Iterable[str]) -> None:
        for name in names:
            self._book.touch(name)
