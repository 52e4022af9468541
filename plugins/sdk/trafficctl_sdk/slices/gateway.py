"""A dedicated egress gateway."""

from dataclasses import dataclass

from trafficctl_sdk.model.access import AccessRule
from trafficctl_sdk.slices.calling import EgressGateway, SlicePort


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class PassedSubset:
    """A subset, or a single pod, that callers of one port reach by name through the gateway."""

    port: int
    subset: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewayDestination:
    """A destination inside the mesh that an egress gateway passes on.

    :ivar host: the global name; ``server_host``: as the serving clusters know it.
    :ivar subsets: sorted; each has a server name of its own.
    """

    host: str
    server_host: str
    home_namespace: str
    ports: tuple[SlicePort, ...]
    identities: tuple[str, ...]
    subsets: tuple[PassedSubset, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewayExternal:
    """An outside host that an egress gateway passes on, and what the caller may do there.

    How its ports are treated stands in the slice of the host.
    """

    host: str
    ports: tuple[SlicePort, ...]
    access: tuple[AccessRule, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewaySlice:
    """The dedicated egress gateway of one caller."""

    gateway: EgressGateway
    caller_namespace: str
    caller_principal: str
    destinations: tuple[GatewayDestination, ...]
    externals: tuple[GatewayExternal, ...]
    min_replicas: int
    max_replicas: int
