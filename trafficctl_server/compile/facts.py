"""Facts of a cluster as its record states them, defaults filled in."""

from collections.abc import Mapping, Sequence
from typing import Final

from trafficctl_sdk.model.cluster import Cluster, Gateway, GovernedNamespace, MeshFacts
from trafficctl_sdk.slices import GatewayFacts, GatewayPort, SparedCaller
from trafficctl_sdk.slices import MeshFacts as SliceMeshFacts

from trafficctl_server.compile.remembering import remembered

HOME_NAMESPACE: Final = "trafficctl-mesh"
"""Our own namespace in every cluster, for what callers need."""

NO_MESH: Final = "none"
"""What a cluster's record says in place of a driver's id where there is no service mesh."""

EAST_WEST_PORT: Final = 15443
"""The port of east-west gateways where the record names none; Istio's convention."""


def has_mesh(cluster: Cluster) -> bool:
    """Say whether the pods of a cluster have proxies, which prove who calls and read requests."""
    return cluster.service_mesh != NO_MESH


@remembered
def mesh_facts(cluster: Cluster) -> SliceMeshFacts:
    """Give what rendering may depend on of a cluster's mesh."""
    stated = cluster.mesh or MeshFacts()
    return SliceMeshFacts(
        mesh_id=stated.mesh_id,
        trust_domain=stated.trust_domain or "cluster.local",
        root_namespace=stated.root_namespace or "istio-system",
        cluster_domain=stated.cluster_domain or "cluster.local",
        suffix=stated.suffix or "global",
        version=stated.version,
        revision=stated.revision,
    )


def spiffe(cluster: Cluster, namespace: str, account: str) -> str:
    """Give the SPIFFE id of a service account, without the scheme."""
    return f"{mesh_facts(cluster).trust_domain}/ns/{namespace}/sa/{account or 'default'}"


def service_host(cluster: Cluster, namespace: str, service: str) -> str:
    """Give the name of a Service as its own cluster knows it."""
    return f"{service}.{namespace}.svc.{mesh_facts(cluster).cluster_domain}"


def gateway_facts(cluster: Cluster, gateway: Gateway) -> GatewayFacts:
    """Give one gateway of a cluster with the defaults of its ports and account."""
    return next(facts for it, facts in _gateways(cluster) if it is gateway)


@remembered
def _gateways(cluster: Cluster) -> Sequence[tuple[Gateway, GatewayFacts]]:
    return [(it, _gateway_facts(cluster, it)) for it in cluster.gateways]


def _gateway_facts(cluster: Cluster, gateway: Gateway) -> GatewayFacts:
    ports = tuple(
        GatewayPort(
            port=it.port,
            target_port=it.target_port or it.port,
            external_port=it.external_port or it.port,
        )
        for it in gateway.ports
    )
    if not ports and gateway.role is Gateway.Role.EAST_WEST:
        ports = (
            GatewayPort(
                port=EAST_WEST_PORT, target_port=EAST_WEST_PORT, external_port=EAST_WEST_PORT
            ),
        )
    account = gateway.service_account or f"{gateway.service or gateway.id}-service-account"
    return GatewayFacts(
        id=gateway.id,
        namespace=gateway.namespace,
        selector=dict(sorted(gateway.selector.items())),
        service=gateway.service,
        principal=spiffe(cluster, gateway.namespace, account),
        addresses=gateway.addresses,
        ports=ports,
    )


@remembered
def entrances(cluster: Cluster) -> tuple[str, ...]:
    """Give the SPIFFE ids of the gateways by which the outside comes in, without the scheme."""
    gateways = (it for it in cluster.gateways if it.role is Gateway.Role.INGRESS)
    return tuple(sorted({gateway_facts(cluster, it).principal for it in gateways}))


def gateway_of(cluster: Cluster, role: Gateway.Role, wanted: str = "") -> Gateway | None:
    """Give the gateway of a role: the one asked for by id, else the first."""
    fitting = (it for it in cluster.gateways if it.role is role)
    return next((it for it in fitting if not wanted or it.id == wanted), None)


def governance(cluster: Cluster, namespace: str) -> GovernedNamespace | None:
    """Give what a cluster's record says of a namespace; none: nobody may place there."""
    return _namespaces(cluster).get(namespace)


@remembered
def _namespaces(cluster: Cluster) -> Mapping[str, GovernedNamespace]:
    return {it.namespace: it for it in reversed(cluster.governed_namespaces)}


def data_plane(cluster: Cluster, namespace: str) -> MeshFacts.DataPlane:
    """Say how pods of a namespace take part in the mesh: stated, else observed, else sidecars."""
    entry = governance(cluster, namespace)
    observed = cluster.facts.namespaces if cluster.facts is not None else ()
    return (
        (entry.data_plane if entry is not None else None)
        or (cluster.mesh.data_plane if cluster.mesh is not None else None)
        or next((it.data_plane for it in observed if it.namespace == namespace), None)
        or MeshFacts.DataPlane.SIDECAR
    )


def is_governed(entry: GovernedNamespace) -> bool:
    """Say whether our word is the law in a namespace."""
    return entry.default_access is GovernedNamespace.DefaultAccess.DENY_ALL


def is_scoped(entry: GovernedNamespace) -> bool:
    """Say whether pods of a namespace may call what intents declare, and nothing else."""
    return entry.outbound_scope is GovernedNamespace.OutboundScope.DECLARED_ONLY


def spared_callers(cluster: Cluster, entry: GovernedNamespace | None) -> tuple[SparedCaller, ...]:
    """Give who stays open under deny-all in a namespace."""
    return tuple(
        SparedCaller(
            principal=(
                spiffe(cluster, it.namespace, it.service_account or "*") if it.namespace else ""
            ),
            ports=tuple(sorted(it.workload_ports)),
            paths=tuple(sorted(it.paths)),
            namespace=it.namespace,
        )
        for it in (entry.spared_callers if entry is not None else ())
    )


def common_root(one: Cluster, other: Cluster) -> bool:
    """Say whether two clusters trust one root; they do unless both state another one."""
    ours = one.mesh.root_digest if one.mesh is not None else ""
    theirs = other.mesh.root_digest if other.mesh is not None else ""
    return not ours or not theirs or ours == theirs


def identity_travels(domain: str, server: Cluster) -> bool:
    """Say whether an identity of a trust domain means the same at the server.

    ``cluster.local`` in a principal points to the reader's own trust domain, so an identity of that
    domain cannot be named in a cluster that calls itself otherwise.
    https://istio.io/latest/docs/reference/config/security/authorization-policy/
    """
    return domain != "cluster.local" or mesh_facts(server).trust_domain == domain
