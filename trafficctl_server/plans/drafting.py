"""From the changes of a plan to the rows that it would write, and what speaks against them.

All of it is told to a fork of the world first, in any order, and judged there as a whole; each row
meets what it would meet if it were changed alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

from trafficctl_sdk.model.cluster import Cluster
from trafficctl_sdk.model.traffic_intent_group import TrafficIntentGroup
from trafficctl_sdk.model.workload import Workload

from trafficctl_server.compile.guards import group_guard, namespaces_touched, scopes_touched
from trafficctl_server.compile.names import group_of
from trafficctl_server.intents import failures
from trafficctl_server.intents.drafting import changed, created, deleted, own_guards
from trafficctl_server.intents.intake import ask_drivers
from trafficctl_server.intents.judging import judge
from trafficctl_server.intents.kinds import GROUP, INTENTS
from trafficctl_server.intents.removal import emptied, intents_below, need_unserved
from trafficctl_server.intents.world_feed import forgotten, told
from trafficctl_server.plans.pacing import Pace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from trafficctl_sdk.slices import Scope

    from trafficctl_server.compile.world import World
    from trafficctl_server.intents.admission import DriverAdmission
    from trafficctl_server.intents.desk import Desk
    from trafficctl_server.intents.drafting import Draft
    from trafficctl_server.intents.kinds import Resource
    from trafficctl_server.plans.changes import Change
    from trafficctl_server.plans.problems import Found

Merge: TypeAlias = "Callable[[Resource | None, Resource], Resource]"
"""Gives a wish as it replaces a stored one, whose secrets stay where it leaves them out.

Raises ``Violations`` for constraints that the result breaks, with paths in the resource."""


@dataclass(slots=True, kw_only=True)
class Drafted:
    """The rows that a plan would write, and what that rests on.

    :ivar drafts: by the index of their change; what changes nothing has none.
    :ivar expected: guards that must not have moved, ``touched``: that are touched.
    :ivar parents: uids of groups that are needed as they are; ``resting``: etags of rows that stay.
    :ivar emptied: patterns of names of which none may be left.
    :ivar scopes: that are to be compiled.
    :ivar addresses: keys of virtual addresses that are needed.
    :ivar workloads: those that change, as they were.
    :ivar approval: groups concerned that take approved plans only.
    """

    drafts: dict[int, Draft] = field(default_factory=dict)
    expected: set[str] = field(default_factory=set)
    touched: set[str] = field(default_factory=set)
    parents: dict[str, str] = field(default_factory=dict)
    resting: dict[str, str] = field(default_factory=dict)
    emptied: list[str] = field(default_factory=list)
    scopes: set[Scope] = field(default_factory=set)
    addresses: set[str] = field(default_factory=set)
    workloads: list[Workload] = field(default_factory=list)
    approval: set[str] = field(default_factory=set)

    def rest_on(self, guards: Iterable[str]) -> None:
        """Take guards of what changes with the plan, and must not have changed before."""
        names = frozenset(guards)
        self.expected |= names
        self.touched |= names


class Drafting:
    """Drafts the changes of one plan on a fork of the world."""

    def __init__(
        self,
        *,
        desk: Desk,
        world: World,
        admission: DriverAdmission,
        merge: Merge,
        principal: str,
        found: Found,
    ) -> None:
        self._desk = desk
        self._world = world
        self._admission = admission
        self._merge = merge
        self._principal = principal
        self._found = found
        self._result = Drafted()
        self._pace = Pace()

    async def draft(self, changes: Sequence[Change]) -> Drafted:
        """Draft and judge them all; what is wrong with them is in ``found``."""
        now = self._desk.clock()
        for index, change in enumerate(changes):
            await self._pace.step()
            with self._found.at(index, change):
                draft = await self._drafted(change, now)
                if draft is not None:
                    self._result.drafts[index] = draft
                    self._before(draft)
        for draft in self._result.drafts.values():
            await self._pace.step()
            self._tell(draft)
        names = {it.name: it for it in changes}
        for index, change in enumerate(changes):
            await self._pace.step()
            with self._found.at(index, change):
                await self._need_surroundings(change, names)
            draft = self._result.drafts.get(index)
            if draft is not None:
                with self._found.at(index, change):
                    await self._judged(draft)
        return self._result

    async def _drafted(self, change: Change, now: int) -> Draft | None:
        stored = None
        # What nobody told the world of is not there; what comes up later the store finds itself.
        if change.wish is None or self._desk.feed.record(change.name)[0]:
            stored = await self._desk.get(change.kind, change.name)
        live = stored if stored is not None and stored.delete_time is None else None
        if live is None and (change.wish is None or change.etag):
            raise failures.NotFound(change.name, change.kind.name)
        if live is not None and change.etag and change.etag != live.etag:
            raise failures.EtagMismatch(change.name, live.etag)
        if change.wish is None and live is not None:
            return deleted(live, self._desk.bodies, now=now)
        before = self._desk.bodies.wish(live) if live is not None else None
        wish = self._merge(before, change.wish)  # type: ignore[arg-type] # a deletion was answered above
        if live is None or before is None:
            return created(
                replace(wish, name=change.name),
                self._desk.bodies,
                uid=change.uid,
                principal=self._principal,
                now=now,
            )
        draft = changed(live, before, wish, self._desk.bodies, principal=self._principal, now=now)
        if draft is None:
            self._result.resting[live.name] = live.etag
        return draft

    def _before(self, draft: Draft) -> None:
        """Note what a draft changes by taking the place of what is there."""
        name, result = draft.put.name, self._result
        guards = own_guards(draft, self._world)
        result.expected |= guards.expected
        result.touched |= guards.touched
        if isinstance(draft.wish, Cluster | Workload):
            result.expected |= guards.touched
        workload = self._world.workloads.get(name)
        if workload is not None:
            result.workloads.append(workload)
        intent = self._world.intents.get(name)
        if intent is not None:
            result.rest_on(scopes_touched(intent, self._world))
            result.touched.update(namespaces_touched(name, self._world))

    def _tell(self, draft: Draft) -> None:
        put, wish = draft.put, draft.wish
        if put.delete_time is not None and not isinstance(wish, Cluster):
            scopes = forgotten(put.name, put.kind, self._world)
        elif isinstance(wish, Cluster):
            scopes = told(self._desk.bodies.present(draft.record), self._world)
        else:
            scopes = told(wish, self._world)
        self._result.scopes |= scopes
        if isinstance(wish, Workload):
            self._result.touched.update(map(str, scopes))

    async def _need_surroundings(self, change: Change, plan: dict[str, Change]) -> None:
        """Need the parent of what is wished, and that nothing hangs on what is to go."""
        if change.kind == GROUP:
            await self._need_group(change, plan)
        if change.kind in INTENTS:
            self._note_policy(group_of(change.name))
            if change.wish is not None:
                await self._need_parent(group_of(change.name), plan)
        if change.wish is None and change.kind.model is Workload:
            need_unserved(change.name, self._world)
        if change.wish is None and change.kind.model is Cluster:
            stored = await self._desk.get(change.kind, change.name)
            if stored is not None:
                self._desk.need_empty(stored)

    async def _need_group(self, change: Change, plan: dict[str, Change]) -> None:
        self._note_policy(change.name)
        if change.wish is not None:
            return
        left = [
            it
            for it in await intents_below(change.name, self._desk.store)
            if it.delete_time is None and (it.name not in plan or plan[it.name].wish is not None)
        ]
        if left:
            raise failures.GroupNotEmpty(change.name)
        self._result.emptied += emptied(change.name)

    async def _need_parent(self, group: str, plan: dict[str, Change]) -> None:
        planned = plan.get(group)
        if planned is not None and planned.wish is None:
            raise failures.NotFound(group, GROUP.name)
        if planned is None and group not in self._result.parents:
            self._result.parents[group] = (await self._desk.live(GROUP, group)).uid

    def _note_policy(self, group: str) -> None:
        if self._desk.feed.policies.get(group) is TrafficIntentGroup.ChangePolicy.APPROVAL:
            self._result.approval.add(group)
        self._result.expected.add(group_guard(group))

    async def _judged(self, draft: Draft) -> None:
        if draft.put.delete_time is not None:
            return
        judgement = judge(draft.wish, draft.put.body, self._world, self._admission, told=True)
        await ask_drivers(self._desk.drivers, draft.wish, judgement.drivers)
        self._result.rest_on(judgement.scopes)
        self._result.touched.update(judgement.namespaces)
        self._result.addresses.update(judgement.addresses)
