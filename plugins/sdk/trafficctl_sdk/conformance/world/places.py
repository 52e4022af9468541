"""What is there: clusters, gateways, workloads."""

from typing import Final

from trafficctl_sdk.model.common import Locality
from trafficctl_sdk.names import object_name
from trafficctl_sdk.slices import (
    EgressGateway,
    GatewayFacts,
    GatewayPort,
    MeshFacts,
    Scope,
    ScopeKind,
)

TRUST_DOMAIN: Final = "cluster.local"
NAMESPACE: Final = "shop"
SERVICE: Final = "reviews"
HOME_NAMESPACE: Final = "trafficctl-mesh"
CALLING: Final = "east"
SERVING: Final = ("north", "west")
SERVED: Final = "west"
"""The one of the serving clusters whose slices the kit renders."""
EXTERNAL_DOMAIN: Final = "example.net"
"""Of the serving cluster."""
ACCOUNTS: Final = {"north": "critics", "west": "reviews"}
"""That the service runs as, by cluster."""
PODS: Final = ("reviews-0", "reviews-1")
"""Of the service, where an intent calls it headless."""
SUBSETS: Final = ("blue", "green")
"""Of the service; each is told apart by the label ``version``."""
MIRRORS: Final = ("copy", "shadow")
"""Workloads that requests may be copied to."""
PARENT: Final = "projects/store/resourceBundles/shop/versions/v1/trafficIntentGroups/main"

LOCALITIES: Final = {
    "east": Locality(region="r1", zone="z1"),
    "north": Locality(region="r1", zone="z2"),
    "west": Locality(region="r2", zone="z1"),
}
LABELS: Final = {
    "north": {"disk": "fast", "tier": "gold"},
    "west": {"disk": "slow", "tier": "silver"},
}
"""Labels of the serving clusters' records."""
INGRESSES: Final = ("ingress", "other-ingress")
"""Gateways by which the outside comes in, the first one first."""
INGRESS_PORTS: Final = (80, 81, 82, 443, 5432)
ADDRESSES: Final = {"north": "192.0.2.2", "west": "192.0.2.3"}
"""Of the serving clusters' east-west gateways."""


def mesh(version: str) -> MeshFacts:
    """Give the mesh of every cluster.

    :param version: of the technology that the clusters run.
    """
    return MeshFacts(
        mesh_id="mesh",
        trust_domain=TRUST_DOMAIN,
        root_namespace="istio-system",
        cluster_domain="cluster.local",
        suffix="global",
        version=version,
        revision="",
    )


def spiffe(namespace: str, account: str, trust_domain: str = "") -> str:
    """Give the SPIFFE id of a service account, without the scheme."""
    return f"{trust_domain or TRUST_DOMAIN}/ns/{namespace}/sa/{account}"


def service_host(service: str) -> str:
    """Give the name of a Service of this world as its own cluster knows it."""
    return f"{service}.{NAMESPACE}.svc.cluster.local"


def virtual_address(name: str) -> str:
    """Give the virtual address of the service, of one of its pods, or of a host outside."""
    known = (SERVICE, *PODS)
    place = known.index(name) if name in known else len(known)
    return f"240.0.0.{place + 1}"


def workload_port(port: int) -> int:
    """Give the pods' port behind a Service port."""
    return 8000 + port


def east_west() -> GatewayFacts:
    """Give the gateway by which callers of other clusters come in."""
    return GatewayFacts(
        id="east-west",
        namespace="istio-system",
        selector={"istio": "eastwestgateway"},
        service="istio-eastwestgateway",
        principal=spiffe("istio-system", "istio-eastwestgateway-service-account"),
        addresses=(ADDRESSES[SERVED],),
        ports=(GatewayPort(port=15443, target_port=15443, external_port=15443),),
    )


def ingress(name: str) -> GatewayFacts:
    """Give one of the gateways by which the outside comes in; empty: the first."""
    name = name or INGRESSES[0]
    return GatewayFacts(
        id=name,
        namespace="istio-ingress",
        selector={"istio": name},
        service=f"istio-{name}",
        principal=spiffe("istio-ingress", f"istio-{name}-service-account"),
        addresses=("198.51.100.1",),
        ports=tuple(
            GatewayPort(port=port, target_port=8000 + port, external_port=port)
            for port in INGRESS_PORTS
        ),
    )


def egress(caller: str) -> EgressGateway:
    """Give the dedicated egress gateway of a calling workload."""
    owner = f"projects/store/resourceBundles/shop/workloads/{caller}"
    name = object_name(f"egress-{caller}", owner, NAMESPACE, caller)
    return EgressGateway(namespace=name, name=name, principal=spiffe(name, name))


def gateway_scope(caller: str) -> Scope:
    """Give the scope of the dedicated egress gateway of a calling workload."""
    owner = f"projects/store/resourceBundles/shop/workloads/{caller}"
    return Scope(kind=ScopeKind.GATEWAY, key=f"{owner}/{NAMESPACE}/{caller}")
