"""A service that is called: over clusters by its global name, or inside one by its own."""

from collections.abc import Mapping
from dataclasses import dataclass, field

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
    :ivar labels: those of the cluster's record by which a policy compares endpoints.
    :ivar subsets: ids of the subsets that a policy names and that have pods there, sorted.
    """

    cluster: str
    address: str
    port: int
    host: str
    locality: Locality | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    subsets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PortTreatment:
    """What the intents say of one port of a destination, merged, with this cluster's override.

    :ivar mirror_hosts: names of the Services of workloads that the policy copies requests to, by
        the workload's id; those without this port, or not in this cluster, are absent.
    """

    port: int
    protocol: Protocol.Value
    traffic_policy: TrafficPolicy | None = None
    mirror_hosts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PodSubset:
    """A named part of a service's pods in this cluster, told apart by labels."""

    name: str
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PodHost:
    """One pod of a headless service, which has a name of its own.

    :ivar clusters: ids of the clusters that have a pod of this name, sorted.
    """

    pod: str
    host: str
    address: str
    clusters: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """What the serving side of a destination needs in this cluster.

    :ivar gateway: the east-west gateway that lets other callers in.
    :ivar host: name of the Service here.
    :ivar subsets: the parts that callers may name, sorted by name: subsets, then single pods.
    """

    gateway: GatewayFacts
    host: str
    subsets: tuple[PodSubset, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Local:
    """What callers of this cluster need of a service that they call by its own name.

    :ivar host: name of the Service here.
    :ivar ports: the ports that have a traffic policy.
    :ivar namespaces: those of the callers, sorted.
    :ivar open_to_all: callers are not known one by one; every namespace may see the settings.
    """

    host: str
    ports: tuple[PortTreatment, ...]
    namespaces: tuple[str, ...]
    subsets: tuple[PodSubset, ...] = ()
    open_to_all: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Calling:
    """What the calling side of a destination needs in this cluster.

    :ivar host: the one name that callers use everywhere.
    :ivar address: its virtual address, the same everywhere.
    :ivar identities: SPIFFE ids, with scheme, that the server may have.
    :ivar open_to_all: callers are not known one by one; every namespace may see the host.
    :ivar pods: sorted by name.
    """

    host: str
    address: str
    endpoints: tuple[Endpoint, ...]
    identities: tuple[str, ...]
    ports: tuple[PortTreatment, ...]
    callers: tuple[CallingWorkload, ...]
    open_to_all: bool = False
    pods: tuple[PodHost, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DestinationSlice:
    """A service as one cluster takes part in calls to it."""

    namespace: str
    service: str
    home_namespace: str
    """Our namespace for calling-side objects in every cluster."""
    serving: Serving | None = None
    calling: Calling | None = None
    local: Local | None = None
