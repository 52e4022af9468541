"""A world in which a plan has happened, as one of the views that questions are asked of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trafficctl_sdk.model.workload import Workload
from trafficctl_sdk.slices import Scope, ScopeKind

from trafficctl_server.compile.inventory import destination_of
from trafficctl_server.reachability.views import View

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from trafficctl_server.compile.world import World
    from trafficctl_server.plans.drafting import Drafted
    from trafficctl_server.plans.foreseeing import Foreseen
    from trafficctl_server.reconcile.entry import Entry
    from trafficctl_server.reconcile.keeping import LedgerKeeper


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What a plan would come to.

    :ivar revision: of the world that it was worked out from.
    :ivar world: in which it has happened.
    :ivar addresses: keys of the addresses that it needs and no intent holds.
    """

    revision: int
    world: World
    drafted: Drafted
    foreseen: Foreseen
    addresses: frozenset[str]

    def scopes(self) -> set[Scope]:
        """Give what the plan touches, with the scope of each workload that it changes."""
        return self.foreseen.scopes | set(self._changed_workloads())

    def _changed_workloads(self) -> Iterator[Scope]:
        for draft in self.drafted.drafts.values():
            if isinstance(draft.wish, Workload):
                yield Scope(kind=ScopeKind.WORKLOAD, key=destination_of(draft.wish))
        for workload in self.drafted.workloads:
            yield Scope(kind=ScopeKind.WORKLOAD, key=destination_of(workload))


class PlanView(View):
    """What would be wanted once a plan is applied.

    :param moved: the revision that it was computed from; it holds as long as the plan is fresh.
    """

    def __init__(self, outlook: Outlook, keeper: LedgerKeeper, moved: int) -> None:
        super().__init__(outlook.world, outlook.revision, moved)
        self._ledger = outlook.foreseen.ledger
        self._keeper = keeper

    async def objects(
        self, scopes: Collection[Scope], clusters: Collection[str]
    ) -> Sequence[tuple[Entry, bytes]]:
        """Give what would be wanted of scopes in clusters."""
        found = [
            entry
            for scope in map(str, scopes)
            for cluster in clusters
            for entry in self._ledger.at(scope, cluster)
            if not entry.tombstone
        ]
        bodies = {
            it.ledger_key: body
            for it in found
            if (body := self._ledger.body(it.ledger_key)) is not None
        }
        missing = [it.ledger_key for it in found if it.ledger_key not in bodies]
        if missing:
            bodies |= await self._keeper.manifests(missing)
        return [(it, bodies[it.ledger_key]) for it in found if it.ledger_key in bodies]
