"""What deciding asks besides the world: what drivers can do, and what is in force."""

from collections.abc import Callable
from typing import TypeAlias

from trafficctl_sdk.intent_kinds import ConnectivityIntent
from trafficctl_sdk.model.cluster import Cluster
from trafficctl_sdk.slices import ScopeKind

from trafficctl_server.compile.standings import Standing

Admission: TypeAlias = Callable[[ConnectivityIntent, Cluster], Standing | None]
"""Says why no driver can realise an intent in a cluster, if so; pure."""

InForce: TypeAlias = Callable[[str, str, Cluster | None, ScopeKind, str], bool]
"""Says whether a field of an intent is in force in a cluster, in a scope of a kind.

It is given the cluster's record as the world that asks knows it.
"""


def nothing_in_force(
    intent: str,  # noqa: ARG001 - one of the InForce kind
    cluster: str,  # noqa: ARG001 - as above
    here: Cluster | None,  # noqa: ARG001 - as above
    kind: ScopeKind,  # noqa: ARG001 - as above
    field: str,  # noqa: ARG001 - as above
) -> bool:
    """Say of everything that it is not in force."""
    return False


def admit_all(intent: ConnectivityIntent, cluster: Cluster) -> Standing | None:  # noqa: ARG001 - one of the Admission kind
    """Admit every intent everywhere."""
    return None
