"""A service that is called over clusters."""

from dataclasses import dataclass

from trafficctl_sdk.model.common import Locality, Protocol
from trafficctl_sdk.model.traffic_policy import TrafficPolicy
from trafficctl_sdk.slices.calling import CallingWorkload
from trafficctl_sdk.slices.cluster_facts import GatewayFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One cluster that serves a destination, as this cluster reaches it.

    :ivar address: IP address or FQDN of its east-west gateway.
    :ivar port: that gateway's port as others dial it.
    :ivar host: name of the Service as the serving cluster knows it.
    """

    cluster: str
    address: str
    port: int
    host: str
    locality: Locality | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PortTreatment:
    """What the intents say of one port of a destination, merged, with this cluster's override."""

    port: int
    protocol: Protocol.Value
    traffic_policy: TrafficPolicy | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """What the serving side of a destination needs in this cluster.

    :ivar gateway: the east-west gateway that lets other callers in.
    :ivar host: name of the Service here.
    """

    gateway: GatewayFacts
    host: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Calling:
    """What the calling side of a destination needs in this cluster.

    :ivar host: the one name that callers use everywhere.
    :ivar address: its virtual address, the same everywhere.
    :ivar identities: SPIFFE ids, with scheme, that the server may have.
    :ivar open_to_all: callers are not known one by one; every namespace may see the host.
    """

    host: str
    address: str
    endpoints: tuple[Endpoint, ...]
    identities: tuple[str, ...]
    ports: tuple[PortTreatment, ...]
    callers: tuple[CallingWorkload, ...]
    open_to_all: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DestinationSlice:
    """A service that is called from other clusters, or from its own by its global name."""

    namespace: str
    service: str
    home_namespace: str
    """Our namespace for calling-side objects in every cluster."""
    serving: Serving | None = None
    calling: Calling | None = None
