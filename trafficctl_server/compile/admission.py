"""Whether a cluster can take an intent at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from trafficctl_sdk.model.cluster import Cluster, MeshFacts
from trafficctl_sdk.model.convergence import Convergence

from trafficctl_server.compile.facts import data_plane, has_mesh
from trafficctl_server.compile.names import last_id
from trafficctl_server.compile.standings import Standing, refused, waiting

if TYPE_CHECKING:
    from trafficctl_sdk.intent_kinds import ConnectivityIntent

    from trafficctl_server.compile.grounds import Admission
    from trafficctl_server.compile.inventory import Place

_LEAVING: Final = (Cluster.State.DRAINING, Cluster.State.DRAINED, Cluster.State.DELETING)


def hindrance(
    intent: ConnectivityIntent, cluster: Cluster, admission: Admission
) -> Standing | None:
    """Say why an intent can have no effect in a cluster, whatever runs there."""
    cluster_id = last_id(cluster.name)
    if is_leaving(cluster):
        return waiting(
            cluster_id, Convergence.Reason.CLUSTER_DRAINING, "", f"cluster {cluster_id} is drained"
        )
    if intent.service_mesh and intent.service_mesh != cluster.service_mesh:
        return refused(
            cluster_id,
            Convergence.Reason.MESH_MISMATCH,
            "service_mesh",
            f"cluster {cluster_id} has the mesh {cluster.service_mesh!r}",
        )
    return admission(intent, cluster)


def unproxied(cluster: Cluster, namespace: str, field: str) -> Standing | None:
    """Say that pods of a mesh have no proxy of their own, which every intent rests on there."""
    if not has_mesh(cluster) or data_plane(cluster, namespace) is MeshFacts.DataPlane.SIDECAR:
        return None
    cluster_id = last_id(cluster.name)
    return refused(
        cluster_id,
        Convergence.Reason.DATA_PLANE_MODE,
        field,
        f"namespace {namespace} of cluster {cluster_id} is in ambient mode: only pods with"
        " sidecars are served",
    )


def unlabelled(place: Place, field: str) -> Standing | None:
    """Refuse to guess: a selector without labels would mean the whole namespace."""
    if place.pod_labels:
        return None
    return waiting(
        place.cluster,
        Convergence.Reason.FACT_MISSING,
        field,
        f"workload {last_id(place.workload)} states no pod_labels, so its pods cannot be told "
        "from others",
    )


def is_leaving(cluster: Cluster) -> bool:
    """Say whether a cluster is being emptied, so that nothing new belongs there."""
    return cluster.state in _LEAVING
