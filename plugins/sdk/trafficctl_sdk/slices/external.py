"""A host outside the mesh."""

from dataclasses import dataclass
from enum import StrEnum

from trafficctl_sdk.model.access import AccessRule
from trafficctl_sdk.model.common import Protocol
from trafficctl_sdk.model.tls import TlsOrigination
from trafficctl_sdk.model.traffic_policy import TrafficPolicy
from trafficctl_sdk.slices.calling import CallingWorkload


class Resolution(StrEnum):
    """Where the addresses of an outside host come from."""

    ALL_FROM_DNS = "ALL_FROM_DNS"
    """All that DNS answers, balanced."""
    ONE_FROM_DNS = "ONE_FROM_DNS"
    """One at a time of what DNS answers."""
    STATED = "STATED"
    """The intents state them."""
    AS_DIALLED = "AS_DIALLED"
    """The application dials them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExternalPortTreatment:
    """One port of an outside host, defaults filled in.

    :ivar originate: how the last proxy of the path encrypts what the application sends in clear
        text; none: bytes pass as sent.
    """

    port: int
    protocol: Protocol.Value
    traffic_policy: TrafficPolicy | None = None
    originate: TlsOrigination | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExternalGrant:
    """Callers of an outside host and what they may do there.

    :ivar principal: SPIFFE id without the scheme; empty: whoever has an identity.
    :ivar access: ALLOW all on the sidecar path, which enforces nothing.
    :ivar origins: names of the intents that grant it, sorted.
    """

    caller: CallingWorkload
    principal: str
    ports: tuple[int, ...]
    access: tuple[AccessRule, ...]
    origins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExternalSlice:
    """A host outside the mesh as one calling namespace sees it.

    :ivar declared_only: pods of the namespace may call what is declared, and nothing else.
    :ivar addresses: sorted; STATED: IP addresses; AS_DIALLED: networks in CIDR notation to which
        they must belong, none: any.
    """

    namespace: str
    host: str
    ports: tuple[ExternalPortTreatment, ...]
    grants: tuple[ExternalGrant, ...]
    address: str = ""
    """Virtual address, where the ports need one to be told apart; else empty."""
    resolution: Resolution = Resolution.ALL_FROM_DNS
    addresses: tuple[str, ...] = ()
    declared_only: bool = False
