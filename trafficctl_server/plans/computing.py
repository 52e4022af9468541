"""Works a plan out: from its changes to what it would do, and what that rests on."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

import orjson
from trafficctl_sdk.codec import to_json

from trafficctl_server.compile.addresses import unallocated
from trafficctl_server.compile.admission import is_leaving
from trafficctl_server.compile.guards import address_guard, guards_of
from trafficctl_server.intents import failures
from trafficctl_server.intents.admission import DriverAdmission
from trafficctl_server.plans import object_changes, planned_rows
from trafficctl_server.plans.drafting import Drafting
from trafficctl_server.plans.foreseeing import Foreseeing
from trafficctl_server.plans.outlook import Outlook, PlanView
from trafficctl_server.plans.pacing import Pace
from trafficctl_server.plans.parts import Section
from trafficctl_server.plans.plan import ClusterSummary, Problems, Summary
from trafficctl_server.plans.problems import Found
from trafficctl_server.reachability.effects import Effect
from trafficctl_server.reachability.views import DesiredView
from trafficctl_server.reconcile.brake import braked, least, tripped

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from trafficctl_server.compile.world import World
    from trafficctl_server.intents.desk import Desk
    from trafficctl_server.plans.changes import Change
    from trafficctl_server.plans.drafting import Drafted, Merge
    from trafficctl_server.plans.parts import Writer
    from trafficctl_server.plans.reservations import Reservations
    from trafficctl_server.reachability.difference import Comparer
    from trafficctl_server.reachability.effects import Difference
    from trafficctl_server.reachability.views import Desired
    from trafficctl_server.reconcile.compiling import Compiling
    from trafficctl_server.reconcile.entry import Entry
    from trafficctl_server.reconcile.keeping import LedgerKeeper

_ROUNDS: Final = 5
"""So often a computation begins again because addresses were about to be given back."""
_BATCH: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed:
    """What a plan came to.

    :ivar problems: why it cannot be applied; everything below is empty then.
    :ivar revision: of the world that it was worked out from.
    :ivar guards: none of these may have moved since.
    :ivar drivers: rendering versions, by name.
    """

    revision: int
    problems: Problems = field(default_factory=Problems)
    digest: str = ""
    summary: Summary = field(default_factory=Summary)
    guards: frozenset[str] = frozenset()
    needs_approval: bool = False
    drivers: Mapping[str, str] = field(default_factory=dict)
    addresses: frozenset[str] = frozenset()


class Computing:
    """Works plans out on forks of the live world; writes nothing but the parts it is told to.

    :param comparer: says who gains and who loses access.
    :param desired: gives what is wanted now of scopes in clusters.
    :param merge: gives a wish as it replaces a stored one.
    :param instance: the uid of this installation.
    """

    def __init__(
        self,
        *,
        desk: Desk,
        compiling: Compiling,
        keeper: LedgerKeeper,
        reservations: Reservations,
        comparer: Comparer,
        desired: Desired,
        merge: Merge,
        instance: str,
    ) -> None:
        self._desk = desk
        self._compiling = compiling
        self._keeper = keeper
        self._reservations = reservations
        self._comparer = comparer
        self._desired = desired
        self._merge = merge
        self._instance = instance

    async def compute(
        self,
        changes: Sequence[Change],
        *,
        content: str,
        principal: str,
        holder: str,
        writer: Writer | None,
    ) -> Computed:
        """Work changes out.

        :param content: the digest over the changes.
        :param principal: who asks.
        :param holder: holds the addresses from now on.
        :param writer: takes what is to be kept; none: nothing is.
        :raises failures.Failure: it cannot be worked out now.
        """
        outlook = await self.outlook(changes, principal=principal, holder=holder)
        if isinstance(outlook, Computed):
            return outlook
        digest = hashlib.sha256(content.encode())
        for draft in outlook.drafted.drafts.values():
            digest.update(orjson.dumps(planned_rows.identity(draft)))
        await self._objects(outlook, writer, digest)
        reach = await self._reach(outlook)
        for it in reach:
            digest.update(orjson.dumps(to_json(it), option=orjson.OPT_SORT_KEYS))
        guards = frozenset(
            outlook.drafted.expected | guards_of(outlook.foreseen.scopes, outlook.world)
        )
        if writer is not None:
            await _keep(outlook, guards, writer)
            await writer.add(Section.REACH, map(to_json, reach))
        return Computed(
            revision=outlook.revision,
            digest=digest.hexdigest(),
            summary=replace(
                self._summary(outlook),
                calls_opened=sum(_calls(it) for it in reach if it.effect in _GAINED),
                calls_closed=sum(_calls(it) for it in reach if it.effect in _LOST),
            ),
            guards=guards,
            needs_approval=bool(outlook.drafted.approval),
            drivers=self._desk.admission.versions(),
            addresses=outlook.addresses,
        )

    async def outlook(
        self, changes: Sequence[Change], *, principal: str, holder: str
    ) -> Outlook | Computed:
        """Give the world in which changes have happened, or what speaks against them."""
        desk = self._desk
        for _ in range(_ROUNDS):
            await desk.feed.reached(desk.store.revision)
            revision = desk.feed.revision
            admission = DriverAdmission(desk.drivers)
            world = desk.feed.world.fork(admission)
            found = Found()
            drafting = Drafting(
                desk=desk,
                world=world,
                admission=admission,
                merge=self._merge,
                principal=principal,
                found=found,
            )
            drafted = await drafting.draft(changes)
            if found:
                return Computed(revision=revision, problems=found.problems())
            addresses = self._needed(drafted, world)
            drafted.rest_on(map(address_guard, addresses))
            if await self._reservations.allocate(holder, addresses):
                continue
            live = desk.feed.world.addresses
            world.addresses.update((it, live[it]) for it in addresses)
            foreseeing = Foreseeing(
                world=world,
                admission=admission,
                drivers=desk.drivers,
                compiling=self._compiling,
                keeper=self._keeper,
                instance=self._instance,
            )
            return Outlook(
                revision=revision,
                world=world,
                drafted=drafted,
                foreseen=await foreseeing.foresee(drafted.scopes),
                addresses=addresses,
            )
        raise failures.Overloaded("computations of plans that need the same addresses", _ROUNDS)

    async def _reach(self, outlook: Outlook) -> Sequence[Difference]:
        """Say who would gain and who would lose access."""
        feed = self._desk.feed
        before = DesiredView(feed.world, outlook.revision, outlook.revision, self._desired)
        after = PlanView(outlook, self._keeper, outlook.revision)
        return await self._comparer.difference(before, after, outlook.scopes())

    def _needed(self, drafted: Drafted, world: World) -> frozenset[str]:
        """Give the keys of addresses that no live intent holds for the plan."""
        keys = drafted.addresses | {
            key for scope in drafted.scopes for key in unallocated(scope, world)
        }
        live = self._desk.feed.world
        return frozenset(it for it in keys if it not in live.addresses or not live.is_addressed(it))

    async def _objects(self, outlook: Outlook, writer: Writer | None, digest: Any) -> None:
        """Put what would happen to objects into the digest, and keep it."""
        pace = Pace()
        found = object_changes.changed(outlook.foreseen.ledger)
        for start in range(0, len(found), _BATCH):
            batch = found[start : start + _BATCH]
            for key, it in batch:
                before, after = object_changes.wanted(it.before), object_changes.wanted(it.after)
                digest.update(orjson.dumps([key.cluster, key.key, before, after]))
            await pace.step()
            if writer is None:
                continue
            keys = [key for key, it in batch if object_changes.wanted(it.before)]
            bodies = await self._keeper.manifests(keys) if keys else {}
            record = self._recorder(outlook.world)
            await writer.add(
                Section.OBJECTS,
                [object_changes.to_item(key, it, bodies.get(key), record) for key, it in batch],
            )

    def _recorder(self, world: World) -> Callable[[str], tuple[str, int]]:
        def record(name: str) -> tuple[str, int]:
            planned = world.intents.get(name)
            if planned is not None:
                return planned.uid, planned.generation
            return self._desk.feed.record(name)

        return record

    def _summary(self, outlook: Outlook) -> Summary:
        ledger = outlook.foreseen.ledger
        counts: dict[str, Counter[str]] = {}
        for key, it in object_changes.changed(ledger):
            before, after = object_changes.wanted(it.before), object_changes.wanted(it.after)
            word = "changed" if before and after else "created" if after else "removed"
            counts.setdefault(key.cluster, Counter())[word] += 1
        return Summary(
            clusters=tuple(
                ClusterSummary(
                    cluster=cluster,
                    created=count["created"],
                    changed=count["changed"],
                    removed=count["removed"],
                    brake_trips=self._brake_trips(outlook, cluster),
                )
                for cluster, count in sorted(counts.items())
            )
        )

    def _brake_trips(self, outlook: Outlook, cluster: str) -> bool:
        here = outlook.world.clusters.get(cluster)
        if here is None or is_leaving(here):
            return False

        def by_name(entry: Entry) -> bool:
            return bool(entry.written_origins) and not any(
                (there := outlook.world.intents.get(name)) is not None and there.uid == uid
                for name, uid in entry.written_origins
            )

        ledger = outlook.foreseen.ledger
        behind = ledger.behind(cluster)
        # The brake looks again and again while things come and go: at most and at least so many.
        most = ledger.written(cluster) + sum(1 for it in behind if it.desired and not it.written)
        fewest = ledger.written(cluster) - sum(
            1 for it in behind if it.tombstone and it.written and by_name(it)
        )
        owned = max(fewest, min(least(here.brake), most))
        found = braked(behind, owned, here.brake, by_name=by_name)
        held_of = self._keeper.held_changes.owned(cluster)
        return tripped(found, here.brake, held_of=held_of) is not None


def _calls(it: Difference) -> int:
    """Count what a difference is about: one for each port, from each cluster."""
    return len(it.ports) * max(len(it.caller.clusters), 1)


_GAINED: Final = (Effect.OPENED, Effect.WIDENED)
_LOST: Final = (Effect.CLOSED, Effect.NARROWED)


async def _keep(outlook: Outlook, guards: Collection[str], writer: Writer) -> None:
    drafted = outlook.drafted
    await writer.add(Section.ROWS, map(planned_rows.to_item, drafted.drafts.values()))
    entries = (
        (key.cluster, key.key, object_changes.wanted(it.before))
        for key, it in object_changes.changed(outlook.foreseen.ledger)
    )
    rests_on: Mapping[str, Iterable[Sequence[str]]] = {
        "guard": ((it,) for it in sorted(guards)),
        "touch": ((it,) for it in sorted(drafted.touched)),
        "entry": entries,
        "parent": sorted(drafted.parents.items()),
        "rest": sorted(drafted.resting.items()),
        "empty": ((it,) for it in drafted.emptied),
    }
    items = ([word, *it] for word, found in rests_on.items() for it in found)
    await writer.add(Section.GUARDS, items)
    await writer.add(Section.ADDRESSES, sorted(outlook.addresses))
