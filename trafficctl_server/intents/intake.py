"""Accepts new and changed wishes."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from trafficctl_sdk.model.workload import Workload

from trafficctl_server.compile.addresses import address_keys
from trafficctl_server.compile.guards import address_guard, namespaces_touched, scopes_touched
from trafficctl_server.compile.inventory import destination_of, pods_of
from trafficctl_server.compile.names import group_of
from trafficctl_server.drivers.results import DriverError
from trafficctl_server.intents import failures
from trafficctl_server.intents.drafting import changed, created, own_guards
from trafficctl_server.intents.judging import judge
from trafficctl_server.intents.kinds import GROUP, INTENTS, WORKLOAD, kind_of
from trafficctl_server.store.records import Record, Write

if TYPE_CHECKING:
    from trafficctl_sdk.errors import Violation
    from trafficctl_sdk.intent_kinds import ConnectivityIntent

    from trafficctl_server.compile.world import World
    from trafficctl_server.drivers.host import DriverHost
    from trafficctl_server.intents.desk import Desk
    from trafficctl_server.intents.drafting import Draft
    from trafficctl_server.intents.kinds import Kind, Resource
    from trafficctl_server.intents.requests import ChangeRequest

_log = logging.getLogger(__name__)

Build = Callable[["Resource | None"], "Resource"]
"""Makes the new wish out of the stored one (none: there is none); may be called again."""


class Intake:
    """Creates and updates resources: judged, durable, then answered."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def create(self, wish: Resource, request: ChangeRequest) -> Resource:
        """Create a resource under its name.

        :raises failures.Failure: why it cannot be.
        """
        first = await self._desk.answered(request)
        if first is not None:
            return first[0]

        async def attempt(revision: int) -> tuple[Write, Sequence[Record]]:
            write, record = await self._creation(wish, request, revision)
            return write, [record]

        return (await self._desk.write(request, attempt))[0]

    async def update(
        self,
        kind: Kind,
        name: str,
        build: Build,
        request: ChangeRequest,
        *,
        etag: str = "",
        allow_missing: bool = False,
    ) -> Resource:
        """Change a resource.

        :param etag: as the client read it; empty: whatever it is now.
        :param allow_missing: create it where there is none.
        :raises failures.Failure: why it cannot be.
        """
        first = await self._desk.answered(request)
        if first is not None:
            return first[0]

        async def attempt(revision: int) -> tuple[Write, Sequence[Record]]:
            write, record = await self._change(
                kind, name, build, request, revision, etag=etag, allow_missing=allow_missing
            )
            return write, [record]

        return (await self._desk.write(request, attempt))[0]

    async def update_workloads(
        self, builds: Sequence[tuple[str, Build, bool, str]], request: ChangeRequest
    ) -> Sequence[Resource]:
        """Change many workloads as one: all of them, at one revision, or none.

        :param builds: for each its name, how to build it, allow_missing, and the etag.
        :raises failures.Failure: why it cannot be.
        """
        first = await self._desk.answered(request)
        if first is not None:
            return first

        async def attempt(revision: int) -> tuple[Write, Sequence[Record]]:
            writes, records = [], []
            for index, (name, build, allow_missing, etag) in enumerate(builds):
                with _at(f"requests[{index}].workload"):
                    write, record = await self._change(
                        WORKLOAD,
                        name,
                        build,
                        request,
                        revision,
                        etag=etag,
                        allow_missing=allow_missing,
                    )
                writes.append(write)
                records.append(record)
            return _together(writes), records

        return await self._desk.write(request, attempt)

    async def _creation(
        self, wish: Resource, request: ChangeRequest, revision: int
    ) -> tuple[Write, Record]:
        kind = kind_of(wish)
        parents: dict[str, str | None] = {}
        if kind in INTENTS:
            group = await self._desk.live(GROUP, group_of(wish.name))
            self._desk.need_direct(group.name)
            parents = {group.name: group.uid}
        if self._desk.feed.record(wish.name)[0]:  # what comes up later the store finds itself
            there = await self._desk.get(kind, wish.name)
            if there is not None and there.delete_time is None:
                raise failures.AlreadyExists(wish.name, kind.name)
        draft = created(
            wish,
            self._desk.bodies,
            uid=str(uuid.uuid4()),
            principal=request.principal,
            now=self._desk.clock(),
        )
        return await self._judged(draft, revision, parents), draft.record

    async def _change(
        self,
        kind: Kind,
        name: str,
        build: Build,
        request: ChangeRequest,
        revision: int,
        *,
        etag: str,
        allow_missing: bool,
    ) -> tuple[Write, Record]:
        stored = await self._desk.get(kind, name)
        if stored is None or stored.delete_time is not None:
            if not allow_missing or etag:
                raise failures.NotFound(name, kind.name)
            return await self._creation(replace(build(None), name=name), request, revision)
        if etag and etag != stored.etag:
            raise failures.EtagMismatch(name, stored.etag)
        if kind in (GROUP, *INTENTS):
            self._desk.need_direct(name if kind == GROUP else group_of(name))
        before = self._desk.bodies.wish(stored)
        draft = changed(
            stored,
            before,
            build(before),
            self._desk.bodies,
            principal=request.principal,
            now=self._desk.clock(),
        )
        if draft is None:
            return Write(), stored
        return await self._judged(draft, revision, {}), draft.record

    async def _judged(self, draft: Draft, revision: int, parents: dict[str, str | None]) -> Write:
        """Judge a draft and say what to write with it.

        :raises failures.Failure: why it cannot be.
        """
        world = self._desk.feed.world
        judgement = judge(draft.wish, draft.put.body, world, self._desk.admission)
        await ask_drivers(self._desk.drivers, draft.wish, judgement.drivers)
        expected = set(judgement.scopes)
        touched = set(judgement.namespaces)
        addresses = set(judgement.addresses)
        before = world.intents.get(draft.put.name)
        if before is not None:
            expected.update(scopes_touched(before, world))
            touched.update(namespaces_touched(before.name, world))
        if isinstance(draft.wish, Workload):
            scopes, keys = moved(draft.wish, world)
            touched |= scopes
            addresses |= keys
            expected.update(address_guard(it) for it in keys)
        guards = own_guards(draft, world)
        return Write(
            puts=(draft.put,),
            expect_names=parents,
            expect_scopes=dict.fromkeys(sorted(expected | guards.expected), revision),
            touch_scopes=tuple(sorted(touched | expected | guards.touched)),
            allocate=tuple(sorted(addresses)),
        )


def moved(workload: Workload, world: World) -> tuple[set[str], set[str]]:
    """Give what changes in a world with a workload; the world is the same afterwards.

    :return: names of the scopes touched, and keys of the addresses that intents need then.
    """
    before = world.workloads.get(workload.name)
    touched = {str(it) for it in world.put_workload(workload)}
    try:
        if before is not None and _addressed(before) == _addressed(workload):
            return touched, set()
        return touched, {
            key
            for name in world.intents_referring_to(workload.name)
            for key in address_keys(world.intents[name], world)
        }
    finally:
        world.drop_workload(workload.name)
        if before is not None:
            world.put_workload(before)


async def ask_drivers(drivers: DriverHost, new: Resource, names: Sequence[str]) -> None:
    """Let the drivers of the clusters concerned say what declarations cannot.

    One that gives no answer stops nobody: what it then fails to render stands in status.

    :raises failures.Violations: what they found, all of it.
    """
    found: list[Violation] = []
    for name in names:
        intent: ConnectivityIntent = new  # type: ignore[assignment] # only intents name drivers
        try:
            found += await drivers.validate_intent(name, intent, ())
        except DriverError as error:
            _log.warning("driver did not judge an intent", extra={"why": str(error)})
    if found:
        raise failures.Violations(found)


@contextmanager
def _at(prefix: str) -> Iterator[None]:
    """Name fields as they stand in a batch."""
    try:
        yield
    except failures.Violations as error:
        error.move_below(prefix)
        raise


def _together(writes: Sequence[Write]) -> Write:
    return Write(
        puts=tuple(put for it in writes for put in it.puts),
        expect_scopes={scope: at for it in writes for scope, at in it.expect_scopes.items()},
        touch_scopes=tuple(sorted({scope for it in writes for scope in it.touch_scopes})),
        allocate=tuple(sorted({key for it in writes for key in it.allocate})),
    )


def _addressed(workload: Workload) -> tuple[str, frozenset[str]]:
    """Give what of a workload has virtual addresses: its service, and single pods."""
    return destination_of(workload), pods_of(workload)
