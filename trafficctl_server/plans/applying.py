"""Makes a plan happen: all of it as it was shown, as one revision, or nothing."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from trafficctl_server.intents import failures
from trafficctl_server.intents.desk import translated
from trafficctl_server.intents.removal import intents_below
from trafficctl_server.intents.requests import ChangeRequest
from trafficctl_server.plans import states
from trafficctl_server.plans.object_changes import wanted
from trafficctl_server.plans.pacing import Pace
from trafficctl_server.plans.parts import Section, read_all
from trafficctl_server.plans.plan import PlanState
from trafficctl_server.plans.planned_rows import to_put
from trafficctl_server.plans.shelf import Overtaken
from trafficctl_server.store.records import LedgerKey, Write

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trafficctl_server.intents.desk import Desk
    from trafficctl_server.plans.plan import Plan
    from trafficctl_server.plans.reservations import Reservations
    from trafficctl_server.plans.shelf import Shelf
    from trafficctl_server.reconcile.entries import Entries


@dataclass(slots=True)
class Base:
    """What a plan rests on, as it was kept; see ``Drafted``."""

    guards: set[str] = field(default_factory=set)
    touched: list[str] = field(default_factory=list)
    entries: dict[LedgerKey, str] = field(default_factory=dict)
    parents: dict[str, str | None] = field(default_factory=dict)
    resting: dict[str, str] = field(default_factory=dict)
    emptied: list[str] = field(default_factory=list)

    def take(self, item: list[Any]) -> None:
        """Take one stored item."""
        match item:
            case ["guard", str(name)]:
                self.guards.add(name)
            case ["touch", str(name)]:
                self.touched.append(name)
            case ["entry", str(cluster), str(key), str(desired)]:
                self.entries[LedgerKey(cluster=cluster, key=key)] = desired
            case ["parent", str(name), str(uid)]:
                self.parents[name] = uid
            case ["rest", str(name), str(etag)]:
                self.resting[name] = etag
            case ["empty", str(pattern)]:
                self.emptied.append(pattern)


class Applying:
    """Applies plans.

    :param entries: the live ledger.
    """

    def __init__(
        self, *, desk: Desk, shelf: Shelf, reservations: Reservations, entries: Entries
    ) -> None:
        self._desk = desk
        self._shelf = shelf
        self._reservations = reservations
        self._entries = entries
        self._busy: set[str] = set()

    def seen(self, plan: Plan) -> Plan:
        """Give a plan as it is at this moment: APPLYING while it is."""
        busy = plan.uid in self._busy and plan.state in (PlanState.READY, PlanState.APPROVED)
        return replace(plan, state=PlanState.APPLYING) if busy else plan

    async def apply(self, name: str, digest: str, request: ChangeRequest) -> Plan:
        """Apply a plan as it was looked at; answers once it is durable.

        :raises failures.PlanStale: it must be computed again.
        :raises failures.Failure: why else it cannot be.
        """
        first = await self._shelf.answered(request)
        if first is not None:
            return first
        plan = await self._shelf.plan(name)
        states.need_applicable(self.seen(plan), digest)
        self._busy.add(plan.uid)
        try:
            return await self._apply(plan, digest, request)
        finally:
            self._busy.discard(plan.uid)

    async def need_fresh(self, plan: Plan) -> None:
        """Need that what a plan rests on is as it was.

        :raises failures.PlanStale: it must be computed again.
        """
        base = await self._base(plan)
        try:
            self._need_as_it_was(plan, base)
            await self._need_unmoved(dict.fromkeys(base.guards, plan.base_revision))
        except Overtaken as error:
            raise failures.PlanStale(plan.name) from error

    async def _base(self, plan: Plan) -> Base:
        base = Base()
        async for item in read_all(plan, Section.GUARDS, self._desk.store):
            base.take(item)
        return base

    async def _apply(self, seen: Plan, digest: str, request: ChangeRequest) -> Plan:
        feed, traced = self._desk.feed, set[str]()

        async def attempt() -> tuple[Plan | None, Plan, Write]:
            plan = await self._shelf.plan(seen.name)
            states.need_applicable(plan, digest)
            await feed.reached(self._desk.store.revision)
            base = await self._base(plan)
            self._need_as_it_was(plan, base)
            write = await self._write(plan, base, request)
            if request.validate_only:
                await self._need_writable(write)
            else:
                traced.update(it.name for it in write.puts)
                feed.note_trace(traced, self._desk.tracing.carry())
            return plan, states.ended(plan, PlanState.APPLIED), write

        try:
            done = await self._shelf.change(request, attempt)
        except BaseException as error:
            feed.forget_trace(traced)
            # What is about the plan itself stays as it is.
            if not isinstance(error, _OTHERS) or getattr(error, "name", "") == seen.name:
                raise
            if not request.validate_only:
                await self._note_stale(seen)
            raise failures.PlanStale(seen.name) from error
        if not request.validate_only:
            try:
                await feed.reached(done.revision)
            finally:
                self._reservations.let_go(done.uid)  # the intents hold the addresses now
        return done

    def _need_as_it_was(self, plan: Plan, base: Base) -> None:
        """Need that what the store does not guard is as it was. :raises Overtaken: it is not."""
        versions = self._desk.admission.versions()
        entries = (wanted(self._entries.get(key)) == it for key, it in base.entries.items())
        if versions != plan.drivers or not all(entries):
            raise Overtaken

    async def _need_writable(self, write: Write) -> None:
        """Need what the store will need of a write that is not written. :raises Overtaken: no."""
        await self._need_unmoved(write.expect_scopes)
        leaving = {it.name for it in write.puts if it.delete_time is not None}
        for group in {it.rsplit("/", 2)[0] for it in write.expect_empty}:
            below = await intents_below(group, self._desk.store)
            if any(it.delete_time is None and it.name not in leaving for it in below):
                raise Overtaken

    async def _need_unmoved(self, guards: Mapping[str, int]) -> None:
        with translated():
            moved = await self._desk.store.scope_revisions(guards)
        if any(at > guards[it] for it, at in moved.items()):
            raise Overtaken

    async def _write(self, plan: Plan, base: Base, request: ChangeRequest) -> Write:
        now, pace = self._desk.clock(), Pace()
        puts = []
        async for item in read_all(plan, Section.ROWS, self._desk.store):
            await pace.step()
            puts.append(to_put(item, request.principal, now))
        addresses = read_all(plan, Section.ADDRESSES, self._desk.store)
        return Write(
            puts=tuple(puts),
            expect_scopes=dict.fromkeys(sorted(base.guards), plan.base_revision),
            touch_scopes=tuple(base.touched),
            expect_names=base.parents,
            expect_etags=base.resting,
            expect_empty=tuple(base.emptied),
            allocate=tuple([it async for it in addresses]),
        )

    async def _note_stale(self, seen: Plan) -> None:
        """Say on the plan that it is out of date, unless it is another by now."""

        async def attempt() -> tuple[Plan | None, Plan, Write]:
            plan = await self._shelf.plan(seen.name)
            states.need_seen(plan, seen.digest)
            return plan, replace(plan, state=PlanState.STALE), Write()

        with suppress(failures.Failure):
            await self._shelf.change(ChangeRequest(), attempt)


_OTHERS: Final = (
    Overtaken,
    failures.AlreadyExists,
    failures.EtagMismatch,
    failures.GroupNotEmpty,
    failures.NotFound,
)
"""How the store says that something is not as it was when the plan was computed."""
