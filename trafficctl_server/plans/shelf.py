"""Where plans lie: reading them, and writing each change of one as a single step."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from trafficctl_server.intents import failures
from trafficctl_server.intents.desk import Moved, records_of, response_of, translated
from trafficctl_server.plans.rows import PLAN, plan_of, put_of, record_of
from trafficctl_server.store.errors import ScopeMoved
from trafficctl_server.store.records import RequestRecord, Write

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from trafficctl_server.intents.desk import Desk
    from trafficctl_server.intents.requests import ChangeRequest
    from trafficctl_server.plans.plan import Plan
    from trafficctl_server.store.records import Record

_ROUNDS: Final = 20
"""So often a change of a plan begins again because others were faster; then it asks for a retry."""


class Overtaken(Exception):  # noqa: N818 - a signal, never shown
    """What a plan rests on has changed; the plan itself has not."""


def guard_of(plan: str) -> str:
    """Give the name that every change of a plan touches, of its state too."""
    return f"plan:{plan}"


class Shelf:
    """Reads and writes plans; a repeated request gets its first answer."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def answered(self, request: ChangeRequest) -> Plan | None:
        """Give the first answer to a repeated request; none: it is new.

        :raises failures.RequestIdReused: the id came with another body.
        """
        if not request.request_id:
            return None
        with translated():
            first = await self._desk.store.answered(
                request.principal, request.method, request.request_id
            )
        if first is None:
            return None
        if first.body_digest != request.body_digest:
            raise failures.RequestIdReused(request.request_id)
        return _replayed(first.response, first.revision)

    async def find(self, name: str) -> Plan | None:
        """Give a plan as it is now: one whose time is over is EXPIRED."""
        with translated():
            record = await self._desk.store.get(name)
        return self.seen(record) if record is not None and record.kind == PLAN else None

    async def plan(self, name: str) -> Plan:
        """Give a plan.

        :raises failures.NotFound: there is none.
        """
        found = await self.find(name)
        if found is None:
            raise failures.NotFound(name, PLAN)
        return found

    def seen(self, record: Record) -> Plan:
        """Give a plan as it is now."""
        plan = plan_of(record)
        return replace(plan, state=plan.at(self._desk.clock()))

    async def change(
        self,
        request: ChangeRequest,
        attempt: Callable[[], Awaitable[tuple[Plan | None, Plan, Write]]],
    ) -> Plan:
        """Change a plan until nobody else was faster.

        :param attempt: gives the plan as it was read (none: there is none), as it shall be, and
            what is written with it.
        :raises Overtaken: a guard that is written with it moved.
        :raises failures.Failure: as the attempt raises, or as the store answers.
        """
        for _ in range(_ROUNDS):
            try:
                before, after, write = await attempt()
            except failures.Failure:
                first = await self.answered(request)  # a twin of it may have been faster
                if first is not None:
                    return first
                raise
            if request.validate_only:
                return replace(after, revision=0)
            done = await self._commit(before, after, write, request)
            if done is not None:
                return done
        raise failures.Overloaded(f"changes of {after.name}", _ROUNDS)

    async def _commit(
        self, before: Plan | None, after: Plan, write: Write, request: ChangeRequest
    ) -> Plan | None:
        """Write a plan once; none: somebody else changed it meanwhile."""
        guard = guard_of(after.name)
        removed = any(it.name == after.name for it in write.removes)
        record = record_of(after, before)
        expected = dict(write.expect_scopes)
        if before is not None:
            expected[guard] = before.revision
        whole = replace(
            write,
            puts=write.puts if removed else (*write.puts, put_of(after, before)),
            expect_scopes=expected,
            touch_scopes=(*write.touch_scopes, guard),
            request=self._asked(request, record),
        )
        try:
            with translated():
                done = await self._desk.store.commit(whole)
        except Moved as moved:
            if isinstance(moved.__cause__, ScopeMoved) and guard in moved.__cause__.scopes:
                return None
            raise Overtaken from moved
        except (failures.AlreadyExists, failures.NotFound) as error:
            if error.name == after.name:
                raise type(error)(after.name, PLAN) from error
            raise
        if done.replayed is not None:
            return _replayed(done.replayed, done.revision)
        return plan_of(replace(record, revision=done.revision))

    def _asked(self, request: ChangeRequest, record: Record) -> RequestRecord | None:
        if not request.request_id:
            return None
        return RequestRecord(
            principal=request.principal,
            method=request.method,
            request_id=request.request_id,
            body_digest=request.body_digest,
            response=response_of([record]),
            time=self._desk.clock(),
        )


def _replayed(response: bytes, revision: int) -> Plan:
    return plan_of(replace(records_of(response)[0], revision=revision))
