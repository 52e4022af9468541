"""Takes wishes back: what is deleted stays readable until every cluster has confirmed it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from trafficctl_sdk.model.cluster import Cluster

from trafficctl_server.compile.accepting import scopes_touched
from trafficctl_server.compile.names import last_id
from trafficctl_server.compile.references import served_workload
from trafficctl_server.intents import failures
from trafficctl_server.intents.bodies import office
from trafficctl_server.intents.desk import put_of, translated
from trafficctl_server.intents.kinds import CLUSTER, GROUP, INTENTS, WORKLOAD
from trafficctl_server.store.records import Record, Write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trafficctl_server.intents.desk import Desk
    from trafficctl_server.intents.kinds import Kind, Resource
    from trafficctl_server.intents.requests import ChangeRequest

_PAGE: Final = 1000
_ROUNDS: Final = 10
"""So often a forced delete begins again because intents were created meanwhile."""


class Removal:
    """Deletes resources."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def delete(
        self,
        kind: Kind,
        name: str,
        request: ChangeRequest,
        *,
        etag: str = "",
        force: bool = False,
        allow_missing: bool = False,
    ) -> Resource:
        """Delete a resource; it answers in state DELETING.

        :param force: a group with its intents; a cluster that still holds objects.
        :param allow_missing: a missing one is answered, not refused.
        :raises failures.Failure: why it cannot be.
        """
        first = await self._desk.answered(request)
        if first is not None:
            return first[0]
        there = await self._desk.get(kind, name)
        if there is None or there.delete_time is not None:
            if not allow_missing:
                raise failures.NotFound(name, kind.name)
            if there is not None:
                return self._desk.bodies.present(there)
            return kind.model(name=name)

        for _ in range(_ROUNDS if force else 1):
            with suppress(failures.GroupNotEmpty):
                return await self._delete(kind, name, request, etag=etag, force=force)
        raise failures.GroupNotEmpty(name)

    async def _delete(
        self, kind: Kind, name: str, request: ChangeRequest, *, etag: str, force: bool
    ) -> Resource:
        async def attempt(revision: int) -> tuple[Write, Sequence[Record]]:
            record = await self._desk.live(kind, name)
            if etag and etag != record.etag:
                raise failures.EtagMismatch(name, record.etag)
            if kind == GROUP:
                return await self._group(record, revision, force=force)
            if kind == WORKLOAD:
                return self._workload(record, revision)
            if kind == CLUSTER:
                return self._cluster(record, force=force)
            return self._intent(record, revision)

        return (await self._desk.write(request, attempt))[0]

    def _intent(self, record: Record, revision: int) -> tuple[Write, Sequence[Record]]:
        gone = self._deleting(record)
        intent = self._desk.feed.world.intents.get(record.name)
        touched = scopes_touched(intent, self._desk.feed.world) if intent is not None else ()
        return (
            Write(
                puts=(put_of(gone),),
                expect_scopes=dict.fromkeys(touched, revision),
                touch_scopes=touched,
            ),
            [gone],
        )

    async def _group(
        self, record: Record, revision: int, *, force: bool
    ) -> tuple[Write, Sequence[Record]]:
        gone = self._deleting(record)
        intents = [it for kind in INTENTS for it in await self._below(kind, record.name)]
        taken = [it for it in intents if force and it.delete_time is None]
        writes = [self._intent(it, revision)[0] for it in taken]
        touched = tuple(sorted({scope for it in writes for scope in it.touch_scopes}))
        return (
            Write(
                puts=(*(put for it in writes for put in it.puts), put_of(gone)),
                expect_scopes=dict.fromkeys(touched, revision),
                touch_scopes=touched,
                expect_empty=tuple(f"{record.name}/{kind.collection}/-" for kind in INTENTS),
            ),
            [gone],
        )

    def _workload(self, record: Record, revision: int) -> tuple[Write, Sequence[Record]]:
        world = self._desk.feed.world
        serving = sorted(
            name
            for name in world.intents_referring_to(record.name)
            if served_workload(world.intents[name]) == record.name
        )
        if serving:
            raise failures.WorkloadInUse(record.name, serving)
        gone = self._deleting(record)
        token = f"served:{record.name}"
        return (
            Write(puts=(put_of(gone),), expect_scopes={token: revision}, touch_scopes=(token,)),
            [gone],
        )

    def _cluster(self, record: Record, *, force: bool) -> tuple[Write, Sequence[Record]]:
        if not (force or self._drained(record)) and self._desk.owned(last_id(record.name)):
            raise failures.ClusterNotDrained(record.name)
        wish = self._desk.bodies.wish(record)
        body = self._desk.bodies.encode(wish, {**office(record), "forget": force})
        gone = replace(self._deleting(record), body=body)
        return Write(puts=(put_of(gone),)), [gone]

    def _drained(self, record: Record) -> bool:
        cluster = self._desk.bodies.present(record)
        return isinstance(cluster, Cluster) and cluster.state is Cluster.State.DRAINED

    def _deleting(self, record: Record) -> Record:
        return replace(record, delete_time=self._desk.clock())

    async def _below(self, kind: Kind, group: str) -> list[Record]:
        found: list[Record] = []
        while True:
            after = found[-1].name if found else ""
            with translated():
                page = await self._desk.store.list(
                    kind.name, f"{group}/{kind.collection}/-", after=after, limit=_PAGE
                )
            found += page
            if len(page) < _PAGE:
                return found
