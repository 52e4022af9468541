"""A name that the outside calls."""

from dataclasses import dataclass

from trafficctl_sdk.model.common import Protocol
from trafficctl_sdk.model.inbound_intent import InboundIntent, InboundListener
from trafficctl_sdk.model.traffic_policy import TrafficPolicy
from trafficctl_sdk.slices.cluster_facts import GatewayFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class Listener:
    """One outer port of an exposed host.

    :ivar port: port of the gateway's Service; ``gateway_port``: of its pods;
        ``external_port``: as others dial it, 0: as ``port``.
    :ivar secret: name of the Secret with key and certificate in the gateway's namespace;
        empty: TLS does not end here.
    :ivar client_trust: name of the Secret there with the authorities of client certificates;
        empty: none are asked for.
    :ivar certificate_names: of which a client's certificate has one; empty: any will do.
    :ivar passthrough: TLS goes on to the workload as it comes; else, without ``secret``, nothing
        is encrypted.
    :ivar redirect_from: port of the gateway's Service on which plain HTTP is sent here; 0: none.
    """

    port: int
    gateway_port: int
    protocol: Protocol.Value
    secret: str = ""
    external_port: int = 0
    client_trust: str = ""
    certificate_names: tuple[str, ...] = ()
    passthrough: bool = False
    redirect_from: int = 0
    minimum_tls_version: InboundListener.MinimumTlsVersion | None = None
    cipher_suites: tuple[str, ...] = ()


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
    cors: InboundIntent.Cors | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExposedHostSlice:
    """A name that the outside calls, at one gateway of this cluster."""

    host: str
    gateway: GatewayFacts
    listeners: tuple[Listener, ...]
    routes: tuple[ExposedRoute, ...]
