"""The whole room, put together over the office and the engine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trafficctl_server.intents import failures
from trafficctl_server.intents.desk import translated
from trafficctl_server.plans import states
from trafficctl_server.plans.applying import Applying
from trafficctl_server.plans.computing import Computed, Computing
from trafficctl_server.plans.expiry import Expiry
from trafficctl_server.plans.office import PlanOffice
from trafficctl_server.plans.outlook import PlanView
from trafficctl_server.plans.reservations import Reservations
from trafficctl_server.plans.rows import PLAN
from trafficctl_server.plans.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trafficctl_server.intents.desk import Desk
    from trafficctl_server.plans.drafting import Merge
    from trafficctl_server.plans.plan import Plan
    from trafficctl_server.reachability.difference import Comparer
    from trafficctl_server.reachability.views import View
    from trafficctl_server.reconcile.keeping import LedgerKeeper
    from trafficctl_server.reconcile.reconciler import Reconciler
    from trafficctl_server.store.sealing import Sealer


@dataclass(frozen=True, slots=True, kw_only=True)
class Plans:
    """All that is done with plans."""

    desk: Desk
    sealer: Sealer
    shelf: Shelf
    office: PlanOffice
    applying: Applying
    expiry: Expiry
    computing: Computing
    reservations: Reservations
    keeper: LedgerKeeper

    @property
    def revision(self) -> int:
        """What is read now is at least as new as this."""
        return self.desk.store.revision

    async def view(self, name: str) -> View:
        """Give what would be wanted once a plan is applied.

        :raises failures.PlanState: it is not computed, or over.
        :raises failures.PlanStale: it must be computed again.
        """
        plan = await self.shelf.plan(name)
        states.need_fresh(plan)
        await self.applying.need_fresh(plan)
        changes = await self.office.changes(plan)
        outlook = await self.computing.outlook(
            changes, principal=plan.creator, holder=f"{plan.uid}/view"
        )
        self.reservations.let_go(f"{plan.uid}/view")
        if isinstance(outlook, Computed):
            raise failures.PlanStale(name)
        return PlanView(outlook, self.keeper, plan.base_revision)

    def at_hand(self, _: str) -> None:
        """Give none: what a plan is moves with what it rests on."""

    async def get(self, name: str) -> Plan | None:
        """Give a plan as it is at this moment."""
        found = await self.shelf.find(name)
        return self.applying.seen(found) if found is not None else None

    def resource(self, found: Plan) -> Plan:
        """Give what was found: it is what clients see."""
        return found

    async def page(self, pattern: str, *, after: str, limit: int) -> Sequence[Plan]:
        """Give plans by name, only names greater than ``after``."""
        with translated():
            records = await self.desk.store.list(PLAN, pattern, after=after, limit=limit)
        return [self.applying.seen(self.shelf.seen(it)) for it in records]


def build_plans(
    *,
    desk: Desk,
    sealer: Sealer,
    reconciler: Reconciler,
    comparer: Comparer,
    merge: Merge,
    instance: str,
) -> Plans:
    """Put the room together.

    :param comparer: says who gains and who loses access.
    :param merge: gives a wish as it replaces a stored one.
    :param instance: the uid of this installation.
    """
    shelf = Shelf(desk)
    reservations = Reservations(desk.store, desk.feed, reconciler.addressing.look)
    computing = Computing(
        desk=desk,
        compiling=reconciler.compiling,
        keeper=reconciler.keeper,
        reservations=reservations,
        comparer=comparer,
        desired=reconciler.reader.desired,
        merge=merge,
        instance=instance,
    )
    return Plans(
        desk=desk,
        sealer=sealer,
        shelf=shelf,
        office=PlanOffice(
            desk=desk,
            shelf=shelf,
            computing=computing,
            reservations=reservations,
            sealer=sealer,
        ),
        applying=Applying(
            desk=desk,
            shelf=shelf,
            reservations=reservations,
            entries=reconciler.keeper.entries,
        ),
        computing=computing,
        reservations=reservations,
        keeper=reconciler.keeper,
        expiry=Expiry(desk=desk, shelf=shelf, reservations=reservations),
    )
