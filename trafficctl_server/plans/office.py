"""Everything that clients do with plans but applying them."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from trafficctl_sdk.errors import Violation

from trafficctl_server.compile.names import project_of
from trafficctl_server.intents import failures
from trafficctl_server.intents.rules.shape import annotation_violations
from trafficctl_server.plans import states
from trafficctl_server.plans.changes import (
    content_digest,
    from_item,
    misplaced,
    repeated,
    to_item,
)
from trafficctl_server.plans.parts import Place, Section, Writer, cut, read_all, removed
from trafficctl_server.plans.plan import LIFETIME, MOST_CHANGES, Approval, Parts, Plan, PlanState
from trafficctl_server.plans.rows import PLAN
from trafficctl_server.plans.shelf import Overtaken
from trafficctl_server.store.records import Remove, Write

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from trafficctl_server.intents.desk import Desk
    from trafficctl_server.intents.requests import ChangeRequest
    from trafficctl_server.plans.changes import Change
    from trafficctl_server.plans.computing import Computing
    from trafficctl_server.plans.reservations import Reservations
    from trafficctl_server.plans.shelf import Shelf
    from trafficctl_server.store.sealing import Sealer

_ROUNDS: Final = 10
"""So often a computation begins again because what it rests on moved meanwhile."""
_REJECTABLE: Final = frozenset({PlanState.READY, PlanState.APPROVED, PlanState.STALE})


class PlanOffice:
    """Collects, computes, approves and puts away plans."""

    def __init__(
        self,
        *,
        desk: Desk,
        shelf: Shelf,
        computing: Computing,
        reservations: Reservations,
        sealer: Sealer,
    ) -> None:
        self._desk = desk
        self._shelf = shelf
        self._computing = computing
        self._reservations = reservations
        self._sealer = sealer

    async def create(self, wish: Plan, changes: Sequence[Change], request: ChangeRequest) -> Plan:
        """Create a plan under its name; with ``validate_only`` compute it and keep nothing.

        :param wish: what clients say of it.
        :raises failures.Failure: why it cannot be.
        """
        first = await self._shelf.answered(request)
        if first is not None:
            return first
        now = self._desk.clock()
        plan = replace(
            wish,
            uid=str(uuid.uuid4()),
            generation=1,
            create_time=now,
            update_time=now,
            creator=request.principal,
            expire_time=wish.expire_time or now + LIFETIME,
        )
        wrong = [
            *annotation_violations(plan.annotations),
            *misplaced(changes, project_of(plan.name)),
            *repeated(changes, ()),
        ]
        if plan.expire_time <= now:
            text = "lies in the past: leave it out, or say until when the plan may be applied"
            wrong.append(
                Violation(field="expire_time", rule="expire_time.future", description=text)
            )
        if wrong:
            raise failures.Violations(wrong)
        plan, write = self._with(plan, changes, request.principal)
        if request.validate_only:
            return replace(await self._tried(plan, changes, request.principal), revision=0)

        async def attempt() -> tuple[Plan | None, Plan, Write]:
            if await self._shelf.find(plan.name) is not None:
                raise failures.AlreadyExists(plan.name, PLAN)
            return None, plan, write

        return await self._shelf.change(request, attempt)

    async def add(
        self, name: str, changes: Sequence[Change], request: ChangeRequest, *, etag: str = ""
    ) -> Plan:
        """Add changes to a plan, which is a draft again.

        :raises failures.Failure: why it cannot be.
        """
        first = await self._shelf.answered(request)
        if first is not None:
            return first

        async def attempt() -> tuple[Plan | None, Plan, Write]:
            plan = await self._shelf.plan(name)
            states.need_open(plan)
            _need_etag(plan, etag)
            there = {
                str(it["name"]) async for it in read_all(plan, Section.CHANGES, self._desk.store)
            }
            wrong = [*misplaced(changes, project_of(name)), *repeated(changes, there)]
            if plan.count + len(changes) > MOST_CHANGES:
                text = f"a plan holds at most {MOST_CHANGES} changes: make several"
                wrong.append(Violation(field="changes", rule="changes.most", description=text))
            if wrong:
                raise failures.Violations(wrong)
            after, write = self._with(states.drafted(plan), changes, request.principal)
            write = replace(write, removes=removed(plan, changes=False))
            after = replace(
                after,
                generation=plan.generation + 1,
                update_time=self._desk.clock(),
            )
            return plan, after, write

        done = await self._shelf.change(request, attempt)
        if not request.validate_only:
            self._let_go(done)
        return done

    async def compute(self, name: str, request: ChangeRequest) -> Plan:
        """Work a plan out: it is READY then, or stays a DRAFT with problems.

        :raises failures.Failure: it cannot be worked out now.
        """
        first = await self._shelf.answered(request)
        if first is not None:
            return first
        for _ in range(_ROUNDS):
            attempts: list[Writer] = []
            try:
                done = await self._computed(name, attempts, request)
            except Overtaken:
                continue
            finally:
                for it in attempts:
                    self._reservations.let_go(it.run)
                    await it.undo()
            if not request.validate_only:
                self._let_go(done)
            return done
        raise failures.Overloaded("writers of what the plan rests on", _ROUNDS)

    async def _computed(self, name: str, attempts: list[Writer], request: ChangeRequest) -> Plan:
        """Work a plan out and write it.

        :param attempts: takes what was written in vain, if it was.
        """
        holds: dict[str, frozenset[str]] = {}

        async def attempt() -> tuple[Plan | None, Plan, Write]:
            plan = await self._shelf.plan(name)
            states.need_open(plan)
            changes = await self.changes(plan)
            now, run = self._desk.clock(), uuid.uuid4().hex[:8]
            writer = Writer(plan=plan, run=run, store=self._desk.store, now=now)
            attempts.append(writer)
            result = await self._computing.compute(
                changes,
                content=plan.content,
                principal=plan.creator,
                holder=run,
                writer=None if request.validate_only else writer,
            )
            parts = Parts(changes=plan.parts.changes, run=run, results=writer.counts)
            if not request.validate_only:
                # Held before it is written: whoever gives addresses back sees no gap.
                self._reservations.hold_more(plan.uid, result.addresses)
                holds[run] = result.addresses
            write = Write(
                puts=tuple(writer.rest),
                removes=removed(plan, changes=False),
                expect_scopes=dict.fromkeys(sorted(result.guards), result.revision),
            )
            return plan, states.computed(plan, result, parts), write

        done = await self._shelf.change(request, attempt)
        for it in attempts:
            if it.run == done.parts.run:
                it.written.clear()
                self._reservations.hold(done.uid, holds.get(it.run, ()))
        return done

    async def approve(self, name: str, digest: str, comment: str, request: ChangeRequest) -> Plan:
        """Approve a plan as it was looked at.

        :raises failures.Failure: it is another, in another state, or one's own.
        """

        def approved(plan: Plan) -> Plan:
            states.need_seen(plan, digest)
            return states.approved(plan, self._word(digest, comment, request))

        return await self._judged(name, approved, request)

    async def reject(self, name: str, digest: str, comment: str, request: ChangeRequest) -> Plan:
        """Reject a plan as it was looked at; it can no longer be applied.

        :raises failures.Failure: it is another, or in another state.
        """

        def rejected(plan: Plan) -> Plan:
            states.need_seen(plan, digest, _REJECTABLE)
            return states.ended(plan, PlanState.REJECTED, self._word(digest, comment, request))

        done = await self._judged(name, rejected, request)
        if not request.validate_only:
            self._reservations.let_go(done.uid)
        return done

    async def delete(
        self, name: str, request: ChangeRequest, *, etag: str = "", allow_missing: bool = False
    ) -> Plan:
        """Delete a plan; what it applied stays.

        :raises failures.Failure: there is none, or it is another.
        """
        first = await self._shelf.answered(request)
        if first is not None:
            return first
        if allow_missing and await self._shelf.find(name) is None:
            return Plan(name=name)

        async def attempt() -> tuple[Plan | None, Plan, Write]:
            plan = await self._shelf.plan(name)
            _need_etag(plan, etag)
            record = Remove(name=name, uid=plan.uid)
            return plan, plan, Write(removes=(record, *removed(plan, changes=True)))

        done = await self._shelf.change(request, attempt)
        if not request.validate_only:
            self._reservations.let_go(done.uid)
        return done

    async def changes(self, plan: Plan) -> list[Change]:
        """Read the changes of a plan."""
        items = read_all(plan, Section.CHANGES, self._desk.store)
        return [from_item(it, self._sealer) async for it in items]

    def _with(self, plan: Plan, changes: Sequence[Change], principal: str) -> tuple[Plan, Write]:
        """Give a plan with more changes, and the parts that hold them."""
        place = Place(plan, Section.CHANGES)
        now = self._desk.clock()
        puts = [
            place.put(plan.parts.changes + index, body, now)
            for index, body in enumerate(cut(to_item(it, self._sealer) for it in changes))
        ]
        after = replace(
            plan,
            count=plan.count + len(changes),
            content=content_digest(plan.content, changes),
            authors=tuple(dict.fromkeys((*plan.authors, principal))) if changes else plan.authors,
            last_editor=principal,
            parts=Parts(changes=plan.parts.changes + len(puts)),
        )
        return after, Write(puts=tuple(puts))

    async def _tried(self, plan: Plan, changes: Sequence[Change], principal: str) -> Plan:
        holder = plan.uid
        try:
            result = await self._computing.compute(
                changes, content=plan.content, principal=principal, holder=holder, writer=None
            )
        finally:
            self._reservations.let_go(holder)
        return replace(states.computed(plan, result, plan.parts), addresses=False)

    async def _judged(
        self, name: str, judge: Callable[[Plan], Plan], request: ChangeRequest
    ) -> Plan:
        first = await self._shelf.answered(request)
        if first is not None:
            return first

        async def attempt() -> tuple[Plan | None, Plan, Write]:
            plan = await self._shelf.plan(name)
            return plan, judge(plan), Write()

        return await self._shelf.change(request, attempt)

    def _let_go(self, plan: Plan) -> None:
        """Let go of addresses that a plan no longer holds."""
        if not plan.addresses:
            self._reservations.let_go(plan.uid)

    def _word(self, digest: str, comment: str, request: ChangeRequest) -> Approval:
        return Approval(
            principal=request.principal, time=self._desk.clock(), digest=digest, comment=comment
        )


def _need_etag(plan: Plan, etag: str) -> None:
    if etag and etag != plan.etag:
        raise failures.EtagMismatch(plan.name, plan.etag)
