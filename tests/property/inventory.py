"""Clusters and workloads as the oracle reads them."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from trafficctl_sdk.model.cluster import Cluster, Gateway, GovernedNamespace
from trafficctl_sdk.model.workload import Workload


class Site(NamedTuple):
    """One port of the pods of a service in one cluster."""

    cluster: str
    namespace: str
    service: str
    target: int


def last(name: str) -> str:
    return name.rsplit("/", 1)[1]


def project(name: str) -> str:
    return name.split("/", 2)[1]


def service(workload: Workload) -> str:
    return workload.service or last(workload.name)


def destination(workload: Workload) -> str:
    return f"{workload.namespace}/{service(workload)}"


def placed(workload: Workload) -> list[str]:
    """Give the clusters where a workload is placed."""
    return sorted(last(it.cluster) for it in workload.placements)


def account(workload: Workload, cluster: str) -> str:
    place = next(it for it in workload.placements if last(it.cluster) == cluster)
    return place.service_account or workload.service_account or "default"


def labels(workload: Workload, cluster: str) -> Mapping[str, str]:
    place = next(it for it in workload.placements if last(it.cluster) == cluster)
    return place.pod_labels or workload.pod_labels


def site(workload: Workload, cluster: str, port: int) -> Site | None:
    """Give the pods' port behind a Service port; none: there is no such port there."""
    place = next((it for it in workload.placements if last(it.cluster) == cluster), None)
    stated = next((it for it in workload.ports if it.port == port), None)
    if place is None or stated is None:
        return None
    here = next((it for it in place.port_overrides if it.port == port), None)
    target = (here.target_number if here is not None else 0) or stated.target_number or port
    return Site(cluster, workload.namespace, service(workload), target)


def local_names(workload: Workload, namespace: str) -> set[str]:
    """Give the names by which pods of a namespace know a Service of their own cluster."""
    name = f"{service(workload)}.{workload.namespace}"
    short = {service(workload)} if namespace == workload.namespace else set()
    return {name, f"{name}.svc", f"{name}.svc.cluster.local", *short}


def domain(cluster: Cluster) -> str:
    return (cluster.mesh.trust_domain if cluster.mesh is not None else "") or "cluster.local"


def suffix(cluster: Cluster) -> str:
    return (cluster.mesh.suffix if cluster.mesh is not None else "") or "global"


def same_root(clusters: Sequence[Cluster]) -> bool:
    """Say whether clusters may trust one another: no two state different roots."""
    return len({it.mesh.root_digest for it in clusters if it.mesh and it.mesh.root_digest}) < 2


def entry(cluster: Cluster, namespace: str) -> GovernedNamespace | None:
    """Give what a cluster's record says of a namespace; none: nobody may use it."""
    return next((it for it in cluster.governed_namespaces if it.namespace == namespace), None)


def is_given(cluster: Cluster, namespace: str, of: str) -> bool:
    """Say whether a cluster lets the project of a resource use a namespace."""
    listed = entry(cluster, namespace)
    return listed is not None and project(of) in listed.projects


def is_governed(cluster: Cluster, namespace: str) -> bool:
    listed = entry(cluster, namespace)
    deny_all = GovernedNamespace.DefaultAccess.DENY_ALL
    return listed is not None and listed.default_access is deny_all


def gateway(cluster: Cluster, role: Gateway.Role, wanted: str = "") -> Gateway | None:
    """Give the first gateway of a role, or the one that is wanted."""
    fitting = [it for it in cluster.gateways if it.role is role and wanted in ("", it.id)]
    return fitting[0] if fitting else None
