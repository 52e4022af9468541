"""Takes wishes back: what is deleted stays readable until every cluster has confirmed it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from trafficctl_server.compile.guards import namespaces_touched, scopes_touched
from trafficctl_server.compile.names import group_of
from trafficctl_server.compile.references import served_workload
from trafficctl_server.intents import failures
from trafficctl_server.intents.bodies import office
from trafficctl_server.intents.desk import translated
from trafficctl_server.intents.drafting import deleted, own_guards
from trafficctl_server.intents.kinds import CLUSTER, GROUP, INTENTS, WORKLOAD
from trafficctl_server.store.records import Record, Write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trafficctl_server.compile.world import World
    from trafficctl_server.intents.desk import Desk
    from trafficctl_server.intents.drafting import Draft
    from trafficctl_server.intents.kinds import Kind, Resource
    from trafficctl_server.intents.requests import ChangeRequest
    from trafficctl_server.store.store import Store

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
        self._desk.need_direct(group_of(record.name))
        gone = self._deleting(record)
        world = self._desk.feed.world
        intent = world.intents.get(record.name)
        expected = set(scopes_touched(intent, world)) if intent is not None else set()
        guards = own_guards(gone, world)
        return (
            Write(
                puts=(gone.put,),
                expect_scopes=dict.fromkeys(sorted(expected | guards.expected), revision),
                touch_scopes=tuple(
                    sorted({*expected, *guards.touched, *namespaces_touched(record.name, world)})
                ),
            ),
            [gone.record],
        )

    async def _group(
        self, record: Record, revision: int, *, force: bool
    ) -> tuple[Write, Sequence[Record]]:
        self._desk.need_direct(record.name)
        gone = self._deleting(record)
        intents = await intents_below(record.name, self._desk.store)
        taken = [it for it in intents if force and it.delete_time is None]
        writes = [self._intent(it, revision)[0] for it in taken]
        guards = own_guards(gone, self._desk.feed.world)
        touched = {scope for it in writes for scope in it.touch_scopes} | guards.touched
        expected = {scope for it in writes for scope in it.expect_scopes} | guards.touched
        return (
            Write(
                puts=(*(put for it in writes for put in it.puts), gone.put),
                expect_scopes=dict.fromkeys(sorted(expected), revision),
                touch_scopes=tuple(sorted(touched)),
                expect_empty=emptied(record.name),
            ),
            [gone.record],
        )

    def _workload(self, record: Record, revision: int) -> tuple[Write, Sequence[Record]]:
        world = self._desk.feed.world
        need_unserved(record.name, world)
        gone = self._deleting(record)
        guards = own_guards(gone, world)
        touched = set(guards.touched)
        there = world.workloads.get(record.name)
        if there is not None:
            touched.update(map(str, world.drop_workload(record.name)))
            world.put_workload(there)
        return (
            Write(
                puts=(gone.put,),
                expect_scopes=dict.fromkeys(sorted(guards.expected), revision),
                touch_scopes=tuple(sorted(touched)),
            ),
            [gone.record],
        )

    def _cluster(self, record: Record, *, force: bool) -> tuple[Write, Sequence[Record]]:
        if not force:
            self._desk.need_empty(record)
        gone = self._deleting(record)
        body = self._desk.bodies.encode(gone.wish, {**office(record), "forget": force})
        gone = replace(gone, put=replace(gone.put, body=body))
        guards = own_guards(gone, self._desk.feed.world)
        return Write(puts=(gone.put,), touch_scopes=tuple(sorted(guards.touched))), [gone.record]

    def _deleting(self, record: Record) -> Draft:
        return deleted(record, self._desk.bodies, now=self._desk.clock())


async def intents_below(group: str, store: Store) -> list[Record]:
    """Give the intents of a group, also those that are being deleted."""
    found: list[Record] = []
    for kind in INTENTS:
        after = ""
        while True:
            with translated():
                page = await store.list(
                    kind.name, f"{group}/{kind.collection}/-", after=after, limit=_PAGE
                )
            found += page
            if len(page) < _PAGE:
                break
            after = page[-1].name
    return found


def emptied(group: str) -> tuple[str, ...]:
    """Give the patterns of names of which none may be left when a group goes."""
    return tuple(f"{group}/{kind.collection}/-" for kind in INTENTS)


def need_unserved(workload: str, world: World) -> None:
    """Need that no intent of a world serves a workload.

    :raises failures.WorkloadInUse: some do.
    """
    serving = sorted(
        name
        for name in world.intents_referring_to(workload)
        if served_workload(world.intents[name]) == workload
    )
    if serving:
        raise failures.WorkloadInUse(workload, serving)
