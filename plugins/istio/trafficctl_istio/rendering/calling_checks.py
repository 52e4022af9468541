"""What one TLS session, or one gateway, cannot hold of calls over clusters."""

from collections.abc import Iterator
from typing import Final

from trafficctl_sdk.model.traffic_policy import TrafficPolicy
from trafficctl_sdk.slices import Calling, MeshFacts, PortTreatment

from trafficctl_istio.gates import FAILOVER_PRIORITY_BY_NAME, check_gate
from trafficctl_istio.refusals import refuse
from trafficctl_istio.rendering.egress_hop import TLS_PORT
from trafficctl_istio.rendering.global_host import parts_of, resolution, same_behind_gateway
from trafficctl_istio.rendering.traffic.checks import check_policy
from trafficctl_istio.rendering.traffic.fields import BEHIND_GATEWAY, OVER_CLUSTERS
from trafficctl_istio.rendering.traffic.parts import check_parts, named_parts

_LONGEST_LABEL: Final = 63
_OF_EVERY_ENDPOINT: Final = frozenset(
    {
        "topology.kubernetes.io/region",
        "topology.kubernetes.io/zone",
        "topology.istio.io/subzone",
    }
)
"""Labels that a proxy gives endpoints by their locality."""


def check_calling(mesh: MeshFacts, calling: Calling) -> None:
    """Refuse what cannot be held.

    :raises Refused: with the field of the intent.
    """
    for port in calling.ports:
        if port.traffic_policy:
            check_policy(port.traffic_policy, port.protocol, mesh, OVER_CLUSTERS)
            check_parts(port.traffic_policy, parts_of(calling, port))
            _check_labels(mesh, calling, port.traffic_policy)
    if calling.pods:
        _check_pods(calling)
    if not calling.identities:
        raise refuse(
            "destination.service_accounts",
            "istio.identities",
            "say which accounts the server runs as: callers must be able to check them",
        )
    if len({endpoint.host for endpoint in calling.endpoints}) > 1:
        raise refuse(
            "clusters",
            "istio.one_cluster_domain",
            "serving clusters know the service by different names; give them one cluster domain",
        )
    if any(caller.egress for caller in calling.callers):
        _check_behind_gateway(mesh, calling)


def _check_labels(mesh: MeshFacts, calling: Calling, policy: TrafficPolicy) -> None:
    priority = policy.locality.failover_priority if policy.locality else None
    if priority is None:
        return
    if resolution(calling) == "DNS":
        check_gate(
            FAILOVER_PRIORITY_BY_NAME, mesh.version, "traffic_policy.locality.failover_priority"
        )
    known = {key for endpoint in calling.endpoints for key in endpoint.labels}
    for index, label in enumerate(priority.labels):
        if label.partition("=")[0] not in known | _OF_EVERY_ENDPOINT:
            raise refuse(
                f"traffic_policy.locality.failover_priority.labels[{index}]",
                "istio.no_label",
                f"no serving cluster has the label {label}: label the cluster's record, or take a"
                " label of its place",
            )


def _check_pods(calling: Calling) -> None:
    """Refuse names of pods that no part of a service can have."""
    subsets = {subset for endpoint in calling.endpoints for subset in endpoint.subsets}
    for it in calling.pods:
        if len(it.pod) > _LONGEST_LABEL or "." in it.pod:
            raise refuse(
                "destination.workload",
                "istio.pod_name",
                f"pod {it.pod} cannot be called by name: its name must be one DNS label",
            )
        if it.pod in subsets:
            raise refuse(
                "destination.workload",
                "istio.pod_name",
                f"a subset and a pod are both called {it.pod}: give the subset another id",
            )


def _check_behind_gateway(mesh: MeshFacts, calling: Calling) -> None:
    if TLS_PORT in {port.port for port in calling.ports}:
        raise refuse(
            "ports", "istio.reserved_port", f"port {TLS_PORT} is taken behind an egress gateway"
        )
    for port in calling.ports:
        check_policy(
            port.traffic_policy,
            port.protocol,
            mesh,
            BEHIND_GATEWAY,
            where="behind a dedicated egress gateway",
        )
        for field in _somewhere_only(calling, port):
            raise refuse(
                f"traffic_policy.{field}",
                "istio.part_behind_gateway",
                "a dedicated egress gateway chooses the cluster, and not every serving cluster has"
                " this subset: let its callers go by sidecar",
            )
    clusters = {endpoint.cluster for endpoint in calling.endpoints}
    for pod in calling.pods:
        if clusters.difference(pod.clusters):
            raise refuse(
                "callers.egress",
                "istio.pod_behind_gateway",
                f"a dedicated egress gateway chooses the cluster, and not every serving cluster has"
                f" the pod {pod.pod}: let the callers go by sidecar",
            )
    first, *others = calling.ports
    count = len(calling.endpoints)
    if any(not same_behind_gateway(port, first, count) for port in others):
        raise refuse(
            "traffic_policy",
            "istio.one_policy_behind_gateway",
            "all ports share one way behind an egress gateway; give them one traffic policy",
        )


def _somewhere_only(calling: Calling, port: PortTreatment) -> Iterator[str]:
    for it in named_parts(port.traffic_policy):
        lacking = [one for one in calling.endpoints if it.part not in one.subsets]
        if it.share and it.kind == "subset" and lacking:
            yield it.field
