"""A name that the outside calls."""

from dataclasses import dataclass

from trafficctl_sdk.model.common import Protocol
from trafficctl_sdk.model.traffic_policy import TrafficPolicy
from trafficctl_sdk.slices.cluster_facts import GatewayFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class Listener:
    """One outer port of an exposed host.

    :ivar port: port of the gateway's Service; ``gateway_port``: of its pods.
    :ivar secret: name of the Secret with key and certificate in the gateway's namespace;
        empty: plaintext.
    """

    port: int
    gateway_port: int
    protocol: Protocol.Value
    secret: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExposedRoute:
    """Where requests below one path go; longest prefix first is the driver's duty.

    :ivar listener_port: the listener's outer port.
    :ivar service_host: name of the Service in this cluster.
    """

    listener_port: int
    path_prefix: str
    service_host: str
    service_port: int
    traffic_policy: TrafficPolicy | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExposedHostSlice:
    """A name that the outside calls, at one gateway of this cluster."""

    host: str
    gateway: GatewayFacts
    listeners: tuple[Listener, ...]
    routes: tuple[ExposedRoute, ...]
