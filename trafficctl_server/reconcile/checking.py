"""Tries a cluster out: what an operator would look at first when nothing arrives there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from trafficctl_sdk.model.cluster import Cluster, Gateway

from trafficctl_server.clusters.registry import DIRECTORY
from trafficctl_server.clusters.target import TargetUnavailable
from trafficctl_server.compile.facts import gateway_of, is_governed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trafficctl_server.clusters.registry import Targets
    from trafficctl_server.compile.world import World
    from trafficctl_server.intents.admission import DriverAdmission
    from trafficctl_server.reconcile.keeping import LedgerKeeper

PASSED: Final = "PASSED"
FAILED: Final = "FAILED"
SKIPPED: Final = "SKIPPED"

Check = tuple[str, str, str]
"""Its id, its result, and what was found."""


class Checking:
    """Looks, and changes nothing."""

    def __init__(
        self, world: World, admission: DriverAdmission, targets: Targets, keeper: LedgerKeeper
    ) -> None:
        self._world = world
        self._admission = admission
        self._targets = targets
        self._keeper = keeper

    async def check(self, cluster: str) -> list[Check]:
        """Try a cluster out, by its id; it does not fail because the cluster is away."""
        here = self._world.clusters.get(cluster)
        if here is None:
            return [("cluster", FAILED, "the cluster is not known yet, or no longer")]
        return [*self._stated(here), await self._target(cluster), self._ledger(cluster)]

    def _stated(self, here: Cluster) -> Iterator[Check]:
        driver = self._admission.serving(here)
        yield (
            ("driver", PASSED, f"{driver.name} {driver.version} serves it")
            if driver is not None
            else ("driver", FAILED, self._admission.unserved(here))
        )
        for role in (Gateway.Role.EAST_WEST, Gateway.Role.INGRESS):
            gateway = gateway_of(here, role)
            check = f"gateway.{role.lower()}"
            if gateway is None:
                yield check, SKIPPED, "the record states none"
            elif not gateway.addresses and role is Gateway.Role.EAST_WEST:
                yield check, FAILED, f"{gateway.id} has no address, so no other cluster calls in"
            else:
                yield check, PASSED, f"{gateway.id} in {gateway.namespace}"
        governed = [it.namespace for it in here.governed_namespaces if is_governed(it)]
        yield (
            ("namespaces", PASSED, f"governed: {', '.join(sorted(governed))}")
            if governed
            else ("namespaces", FAILED, "no namespace is governed, so nothing is served here")
        )

    async def _target(self, cluster: str) -> Check:
        try:
            found = await self._targets.target_for(cluster, DIRECTORY).identify()
        except TargetUnavailable as error:
            return "target", FAILED, error.detail
        known = self._keeper.identity(cluster)
        if found is None:
            return "target", PASSED, "nothing was delivered there yet"
        if known and found != known:
            return "target", FAILED, "another target answers than the one delivered to"
        return "target", PASSED, "it answers"

    def _ledger(self, cluster: str) -> Check:
        owned = self._keeper.entries.count(cluster)
        behind = self._keeper.behind(cluster)
        if behind:
            worst = next((it.trouble for it in behind if it.trouble is not None), None)
            why = f": {worst.reason}: {worst.detail}" if worst is not None else ""
            return "objects", FAILED, f"{len(behind)} of {owned} are not as wished{why}"
        return "objects", PASSED, f"{owned} are as wished"
