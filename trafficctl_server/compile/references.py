"""What an intent refers to by name: workloads, clusters, hosts."""

from collections.abc import Iterator
from dataclasses import fields

from trafficctl_sdk.intent_kinds import ConnectivityIntent
from trafficctl_sdk.model.access import Caller, EgressPath, WorkloadRef
from trafficctl_sdk.model.common import ClusterSelector
from trafficctl_sdk.model.outbound_intent import OutboundIntent

from trafficctl_server.compile.names import WorkloadId, bundle_version_of
from trafficctl_server.compile.parts import named_workloads
from trafficctl_server.compile.selectors import names_clusters

ANY_CLUSTER = ""
"""Stands for every cluster in :func:`cluster_ids`: a selector that depends on them all."""


def served_workload(intent: ConnectivityIntent) -> str:
    """Give the full name of the workload that an intent serves; empty for outbound."""
    if isinstance(intent, OutboundIntent) or intent.destination is None:
        return ""
    return bundle_version_of(intent.name).workload(intent.destination.workload)


def referred(intent: ConnectivityIntent, ref: WorkloadRef) -> tuple[WorkloadId, str]:
    """Give what a caller names: a workload, and its version or none for every version."""
    own = bundle_version_of(intent.name)
    if not ref.resource_bundle:
        return WorkloadId(own.project, own.bundle, ref.workload), own.version
    return WorkloadId(own.project, ref.resource_bundle, ref.workload), ref.version


def workload_ids(intent: ConnectivityIntent) -> set[WorkloadId]:
    """Give every workload that an intent names, over all versions."""
    own = bundle_version_of(intent.name)
    ids = {referred(intent, it.workload)[0] for it in intent.callers if it.workload is not None}
    if not isinstance(intent, OutboundIntent) and intent.destination is not None:
        ids.add(WorkloadId(own.project, own.bundle, intent.destination.workload))
    for policy in (intent.traffic_policy, *(it.traffic_policy for it in intent.overrides)):
        ids |= {WorkloadId(own.project, own.bundle, it) for it in named_workloads(policy)}
    return ids


def cluster_ids(intent: ConnectivityIntent) -> set[str]:
    """Give the clusters that an intent names, with :data:`ANY_CLUSTER` where it means more."""
    ids: set[str] = set()
    for selector in open_selectors(intent):
        if selector.names is None:
            ids.add(ANY_CLUSTER)
        ids.update(names_clusters(selector))
    return ids


def open_selectors(intent: ConnectivityIntent) -> Iterator[ClusterSelector]:
    """Give the selectors by which an intent may reach clusters without a placement there."""
    for caller in intent.callers:
        selector = caller_clusters(caller)
        if selector is not None:
            yield selector


def caller_clusters(caller: Caller) -> ClusterSelector | None:
    """Give the clusters of a caller that is not a workload."""
    if caller.service_account is not None:
        return caller.service_account.clusters
    if caller.namespace is not None:
        return caller.namespace.clusters
    if caller.any_client is not None:
        return caller.any_client.clusters
    return None


def path_of(egress: EgressPath | None) -> str:
    """Give the kind of path that a caller asks for; asking for none is the sidecar's."""
    if egress is None:
        return "sidecar"
    chosen = (it for it in fields(EgressPath) if getattr(egress, it.name) is not None)
    return next((it.name for it in chosen), "sidecar")
