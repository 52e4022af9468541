"""What is in force: rendered, not taken back, and by a driver of the cluster's sort."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trafficctl_sdk.slices import Scope

if TYPE_CHECKING:
    from trafficctl_sdk.model.cluster import Cluster
    from trafficctl_sdk.slices import ScopeKind

    from trafficctl_server.compile.grounds import InForce
    from trafficctl_server.intents.admission import DriverAdmission
    from trafficctl_server.reconcile.compiling import Compiling
    from trafficctl_server.reconcile.entries import Entries


def in_force(compiling: Compiling, entries: Entries, admission: DriverAdmission) -> InForce:
    """Give what says whether a field of an intent is in force in a cluster.

    What was rendered for a mesh is in force no more where there is none, and the other way.
    """

    def says(intent: str, cluster: str, here: Cluster | None, kind: ScopeKind, field: str) -> bool:
        compiling.standing_asked()
        marks = (
            compiling.mark(Scope.parse(scope), cluster)
            for scope in entries.standing(intent, cluster, kind, field)
        )
        return any(here is None or it is None or admission.fits(it.driver, here) for it in marks)

    return says
