"""Makes the view of a basis."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Final, TypeAlias

from trafficctl_server.intents.failures import NotServed
from trafficctl_server.intents.kinds import INTENTS
from trafficctl_server.reachability.questions import BasisValue
from trafficctl_server.reachability.standing import DeliveredView, ObservedView, StandingView
from trafficctl_server.reachability.views import DesiredView, View

if TYPE_CHECKING:
    from trafficctl_sdk.intent_kinds import ConnectivityIntent

    from trafficctl_server.intents.bodies import Bodies
    from trafficctl_server.intents.world_feed import WorldFeed
    from trafficctl_server.reachability.questions import Basis
    from trafficctl_server.reachability.standing import Ledger
    from trafficctl_server.store.store import Store

PlanView: TypeAlias = Callable[[str], Awaitable[View]]
"""Gives the view of a plan, by its resource name.

:raises Failure: there is no such plan, or it is not computed.
"""


_KINDS: Final = frozenset(it.name for it in INTENTS)
_STANDING: Final[Mapping[BasisValue, type[StandingView]]] = {
    BasisValue.DELIVERED: DeliveredView,
    BasisValue.OBSERVED: ObservedView,
}


class Bases:
    """Knows where each basis comes from.

    :ivar plan: gives what a plan would come to; none: plans are not served.
    """

    def __init__(self, *, store: Store, bodies: Bodies, feed: WorldFeed, ledger: Ledger) -> None:
        self._store = store
        self._bodies = bodies
        self._feed = feed
        self._ledger = ledger
        self.plan: PlanView | None = None

    @property
    def moved(self) -> int:
        """The revision that changed the world last."""
        return self._feed.moved

    async def view(self, basis: Basis) -> View:
        """Give the view of a basis; what was accepted before is in its world.

        :raises Failure: it is not served, or the plan is not there or not computed.
        """
        if basis.value is BasisValue.PLAN:
            if self.plan is None:
                raise NotServed("plans are not computed: ask what is wanted, or leave basis out")
            return await self.plan(basis.plan)
        revision = self._store.revision
        await self._feed.reached(revision)
        world, moved = self._feed.world, self._feed.moved
        if basis.value is BasisValue.DESIRED:
            return DesiredView(world, revision, moved, self._ledger.desired)
        standing = _STANDING[basis.value]
        return standing(world, revision, moved, ledger=self._ledger, departed=self._departed)

    async def _departed(self, name: str) -> ConnectivityIntent | None:
        """Give an intent that is being deleted; it is readable until all of it is gone."""
        record = await self._store.get(name)
        if record is None or record.kind not in _KINDS:
            return None
        return self._bodies.wish(record)  # type: ignore[return-value] # one of these kinds
