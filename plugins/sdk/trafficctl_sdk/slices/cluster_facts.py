"""What rendering may depend on of one cluster."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class MeshFacts:
    """What rendering may depend on of the cluster's mesh; defaults are filled in."""

    mesh_id: str
    trust_domain: str
    root_namespace: str
    cluster_domain: str
    suffix: str
    version: str
    revision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewayPort:
    """A port of a gateway: of its Service, of its pods, and as others dial it."""

    port: int
    target_port: int
    external_port: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewayFacts:
    """A gateway of the cluster, as its record states it.

    :ivar selector: labels of the gateway's pods.
    :ivar principal: SPIFFE id of its service account without the scheme.
    """

    id: str
    namespace: str
    selector: Mapping[str, str]
    service: str
    principal: str
    addresses: tuple[str, ...]
    ports: tuple[GatewayPort, ...]
