"""Makes the view of a basis."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from typing import TYPE_CHECKING, Protocol, TypeAlias

from trafficctl_server.intents.failures import NotServed
from trafficctl_server.reachability.questions import BasisValue
from trafficctl_server.reachability.views import DesiredView, View

if TYPE_CHECKING:
    from trafficctl_sdk.slices import Scope

    from trafficctl_server.intents.world_feed import WorldFeed
    from trafficctl_server.reachability.questions import Basis
    from trafficctl_server.reconcile.entries import Entry
    from trafficctl_server.store.store import Store

PlanView: TypeAlias = Callable[[str], Awaitable[View]]
"""Gives the view of a plan, by its resource name.

:raises Failure: there is no such plan, or it is not computed.
"""


class Ledger(Protocol):
    """Where objects are found; the reconciler."""

    async def desired(
        self, scopes: Collection[Scope], clusters: Collection[str]
    ) -> Sequence[tuple[Entry, bytes]]:
        """Give what is wanted of scopes in clusters."""


class Bases:
    """Knows where each basis comes from.

    :ivar plan: gives what a plan would come to; none: plans are not served.
    """

    def __init__(self, *, store: Store, feed: WorldFeed, ledger: Ledger) -> None:
        self._store = store
        self._feed = feed
        self._ledger = ledger
        self.plan: PlanView | None = None

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
        if basis.value is not BasisValue.DESIRED:
            raise NotServed("only what is wanted is explained: leave basis out, or say DESIRED")
        return DesiredView(self._feed.world, revision, self._feed.moved, self._ledger.desired)
