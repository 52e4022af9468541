"""A host outside the mesh."""

from dataclasses import dataclass

from trafficctl_sdk.model.access import AccessRule
from trafficctl_sdk.model.common import Protocol
from trafficctl_sdk.model.traffic_policy import TrafficPolicy
from trafficctl_sdk.slices.calling import CallingWorkload


@dataclass(frozen=True, slots=True, kw_only=True)
class ExternalPortTreatment:
    """One port of an outside host, defaults filled in."""

    port: int
    protocol: Protocol.Value
    traffic_policy: TrafficPolicy | None = None


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
    """A host outside the mesh as one calling namespace sees it."""

    namespace: str
    host: str
    ports: tuple[ExternalPortTreatment, ...]
    grants: tuple[ExternalGrant, ...]
    address: str = ""
    """Virtual address, where the ports need one to be told apart; else empty."""
