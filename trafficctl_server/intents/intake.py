"""Accepts new and changed wishes."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from trafficctl_sdk.model.workload import Workload

from trafficctl_server.compile.accepting import address_token, scopes_touched
from trafficctl_server.compile.addresses import address_keys
from trafficctl_server.compile.inventory import destination_of, pods_of
from trafficctl_server.compile.names import group_of
from trafficctl_server.drivers.results import DriverError
from trafficctl_server.intents import failures
from trafficctl_server.intents.bodies import SCHEMA, etag_of, office, same_generation
from trafficctl_server.intents.judging import Judgement, judge
from trafficctl_server.intents.kinds import GROUP, INTENTS, WORKLOAD, kind_of
from trafficctl_server.store.records import ABSENT, Expect, Put, Record, Write

if TYPE_CHECKING:
    from trafficctl_sdk.errors import Violation
    from trafficctl_sdk.intent_kinds import ConnectivityIntent

    from trafficctl_server.intents.desk import Desk
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
            parents = {group.name: group.uid}
        if self._desk.feed.record(wish.name)[0]:  # what comes up later the store finds itself
            there = await self._desk.get(kind, wish.name)
            if there is not None and there.delete_time is None:
                raise failures.AlreadyExists(wish.name, kind.name)
        new = replace(
            wish,
            uid=str(uuid.uuid4()),
            generation=1,
            creator=request.principal,
            last_editor=request.principal,
        )
        body = self._desk.bodies.encode(new)
        judgement = judge(new, body, self._desk.feed.world, self._desk.admission)
        await self._ask_drivers(new, judgement.drivers)
        now = self._desk.clock()
        put = Put(
            name=new.name,
            kind=kind.name,
            uid=new.uid,
            etag=etag_of(new.uid, body),
            generation=1,
            create_time=now,
            update_time=now,
            body=body,
            progress=b"",
            expect=ABSENT,
            schema=SCHEMA,
        )
        return self._write(put, new, judgement, revision, parents), _record(put)

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
        before = self._desk.bodies.wish(stored)
        wish = build(before)
        now = self._desk.clock()
        changed = not same_generation(before, wish)
        new = replace(
            wish,
            name=name,
            uid=stored.uid,
            generation=stored.generation + changed,
            creator=before.creator,
            last_editor=before.last_editor,
        )
        asked = office(stored)
        if self._desk.bodies.encode(new, asked) == stored.body:
            return Write(), stored
        new = replace(new, last_editor=request.principal)
        body = self._desk.bodies.encode(new, asked)
        judgement = judge(new, body, self._desk.feed.world, self._desk.admission)
        await self._ask_drivers(new, judgement.drivers)
        put = Put(
            name=name,
            kind=kind.name,
            uid=stored.uid,
            etag=etag_of(stored.uid, body),
            generation=new.generation,
            create_time=stored.create_time,
            update_time=now,
            body=body,
            expect=Expect.etag(stored.etag),
            schema=SCHEMA,
        )
        return (
            self._write(put, new, judgement, revision, {}),
            replace(_record(put), progress=stored.progress),
        )

    def _write(
        self,
        put: Put,
        new: Resource,
        judgement: Judgement,
        revision: int,
        parents: dict[str, str | None],
    ) -> Write:
        world = self._desk.feed.world
        touched = set(judgement.scopes)
        addresses = set(judgement.addresses)
        before = world.intents.get(new.name)
        if before is not None:
            touched.update(scopes_touched(before, world))
        if isinstance(new, Workload):
            touched.add(f"served:{new.name}")
            moved = self._addresses_of(new)
            addresses |= moved
            touched.update(address_token(it) for it in moved)
        return Write(
            puts=(put,),
            expect_names=parents,
            expect_scopes=dict.fromkeys(sorted(touched), revision),
            touch_scopes=tuple(sorted(touched)),
            allocate=tuple(sorted(addresses)),
        )

    def _addresses_of(self, workload: Workload) -> set[str]:
        """Give the addresses that intents need once a workload is known as it is now."""
        world = self._desk.feed.world
        before = world.workloads.get(workload.name)
        if before is not None and _addressed(before) == _addressed(workload):
            return set()
        world.put_workload(workload)
        try:
            return {
                key
                for name in world.intents_referring_to(workload.name)
                for key in address_keys(world.intents[name], world)
            }
        finally:
            world.drop_workload(workload.name)
            if before is not None:
                world.put_workload(before)

    async def _ask_drivers(self, new: Resource, names: Sequence[str]) -> None:
        """Let the drivers of the clusters concerned say what declarations cannot.

        One that gives no answer stops nobody: what it then fails to render stands in status.

        :raises failures.Violations: what they found, all of it.
        """
        found: list[Violation] = []
        for name in names:
            intent: ConnectivityIntent = new  # type: ignore[assignment] # only intents name drivers
            try:
                found += await self._desk.drivers.validate_intent(name, intent, ())
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


def _record(put: Put) -> Record:
    return Record(
        name=put.name,
        kind=put.kind,
        uid=put.uid,
        etag=put.etag,
        generation=put.generation,
        revision=0,
        create_time=put.create_time,
        update_time=put.update_time,
        delete_time=put.delete_time,
        body=put.body,
        progress=put.progress or b"",
        schema=put.schema,
    )


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
