"""What clusters hold: as their targets took it, and as it is read back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, Protocol

from trafficctl_sdk.explain import MissingFact
from trafficctl_sdk.slices import Origin, Scope, ScopeKind

from trafficctl_server.clusters.target import TargetUnavailable
from trafficctl_server.compile.calls import Concern
from trafficctl_server.compile.inventory import destination_of, places_of
from trafficctl_server.compile.references import served_workload
from trafficctl_server.compile.touching import namespace
from trafficctl_server.reachability.views import Unseen, View

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection, Iterable, Iterator, Sequence

    from trafficctl_sdk.intent_kinds import ConnectivityIntent
    from trafficctl_sdk.model.workload import Workload

    from trafficctl_server.compile.world import World
    from trafficctl_server.reconcile.entry import Entry

_SHARED: Final = frozenset({ScopeKind.DESTINATION, ScopeKind.WORKLOAD, ScopeKind.EXPOSED_HOST})
"""Kinds of scopes that may stand in clusters where nothing serves or calls any more."""


class Ledger(Protocol):
    """Where objects are found."""

    def at(self, scopes: Collection[Scope]) -> Sequence[Entry]:
        """Give everything in scopes, in all clusters, that is ours or shall be."""

    async def desired(
        self, scopes: Collection[Scope], clusters: Collection[str]
    ) -> Sequence[tuple[Entry, bytes]]:
        """Give what is wanted of scopes in clusters."""

    async def delivered(
        self, scopes: Collection[Scope], clusters: Collection[str]
    ) -> Sequence[tuple[Entry, bytes | None]]:
        """Give what the targets took; None: it is not known."""

    async def observed(
        self, scopes: Collection[Scope], cluster: str
    ) -> Sequence[tuple[Entry, bytes | None, str]]:
        """Read back what is there; None: it cannot be read, for the reason that follows.

        :raises TargetUnavailable: the target cannot be looked at.
        """


class StandingView(View):
    """What stands in clusters, and may be behind the world.

    :param departed: gives an intent that is being deleted, by name.
    """

    def __init__(
        self,
        world: World,
        revision: int,
        moved: int,
        *,
        ledger: Ledger,
        departed: Callable[[str], Awaitable[ConnectivityIntent | None]],
    ) -> None:
        super().__init__(world, revision, moved)
        self._ledger = ledger
        self._departed = departed

    async def widened(self, concern: Concern) -> Concern:
        """Add the clusters where anything still stands, and where outer names still lead."""
        entries = self._ledger.at(concern.scopes)
        keys = {destination_of(it) for it in await self._served(entries)}
        behind = [it for key in keys for it in self.world.workloads_serving(key)]
        there = {it.cluster for it in entries if Scope.parse(it.scope).kind in _SHARED}
        there |= {it.cluster for workload in behind for it in places_of(workload)}
        names = (it.name for it in behind)
        return Concern(
            scopes=tuple(sorted({*concern.scopes, *_scopes(keys)})),
            clusters=tuple(sorted({*concern.clusters, *(there & self.world.clusters.keys())})),
            workloads=tuple(sorted({*concern.workloads, *names})),
        )

    async def _served(self, entries: Sequence[Entry]) -> list[Workload]:
        """Give the workloads to which outer names lead in what stands."""
        names = {
            name
            for it in entries
            if Scope.parse(it.scope).kind is ScopeKind.EXPOSED_HOST
            for name in it.intents
        }
        found: list[Workload] = []
        for name in sorted(names):
            intent = self.world.intents.get(name) or await self._departed(name)
            served = served_workload(intent) if intent is not None else ""
            found += [self.world.workloads[served]] if served in self.world.workloads else []
        return found


def _scopes(destinations: Iterable[str]) -> Iterator[Scope]:
    for key in destinations:
        yield Scope(kind=ScopeKind.DESTINATION, key=key)
        yield Scope(kind=ScopeKind.WORKLOAD, key=key)
        yield namespace(key.partition("/")[0])


class DeliveredView(StandingView):
    """What the clusters' targets took so far."""

    async def objects(
        self, scopes: Collection[Scope], clusters: Collection[str]
    ) -> Sequence[tuple[Entry, bytes]]:
        """Give what was written of scopes in clusters.

        :raises Unseen: something was written, and it was not kept what it was.
        """
        found = await self._ledger.delivered(scopes, clusters)
        missing = [
            MissingFact(
                kind="delivered_object",
                cluster=entry.cluster,
                text=f"an earlier release wrote {entry.key} in {entry.cluster} and did not keep"
                " what it was; it is known once it is written again",
            )
            for entry, body in found
            if body is None
        ]
        if missing:
            raise Unseen(*missing)
        return [(_as_written(entry), body) for entry, body in found if body is not None]


class ObservedView(StandingView):
    """What is read back from the clusters' targets now, whoever wrote it there."""

    async def objects(
        self, scopes: Collection[Scope], clusters: Collection[str]
    ) -> Sequence[tuple[Entry, bytes]]:
        """Give what is there under the names of our objects.

        :raises Unseen: a target cannot be looked at, or something there cannot be read.
        """
        found: list[tuple[Entry, bytes]] = []
        missing: list[MissingFact] = []
        for cluster in sorted(clusters):
            try:
                there = await self._ledger.observed(scopes, cluster)
            except TargetUnavailable as error:
                text = f"cluster {cluster} cannot be looked at: {error.detail}"
                missing.append(MissingFact(kind="target", cluster=cluster, text=text))
                continue
            found += [(_as_written(entry), body) for entry, body, _ in there if body is not None]
            missing += [
                MissingFact(
                    kind="observed_object",
                    cluster=cluster,
                    text=f"{entry.key} in {cluster} cannot be read: {problem}",
                )
                for entry, body, problem in there
                if body is None
            ]
        if missing:
            raise Unseen(*missing)
        return found


def _as_written(entry: Entry) -> Entry:
    """Give an entry with the origins of what was written."""
    if entry.written == entry.desired:
        return entry
    origins = tuple(Origin(intent=it, fields=()) for it, _ in sorted(entry.written_origins))
    return replace(entry, origins=origins)
