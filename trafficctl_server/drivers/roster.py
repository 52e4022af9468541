"""What the host knows of one driver: the source of ``DriverService``."""

from dataclasses import dataclass, field
from enum import StrEnum

from trafficctl_sdk.driver_info import Capability, DriverKind
from trafficctl_sdk.slices import ScopeKind


class DriverState(StrEnum):
    """How usable a driver is."""

    LOADED = "LOADED"
    DEGRADED = "DEGRADED"
    """It is loaded, and its health text says what is wrong now."""
    REFUSED = "REFUSED"
    """It is never called; its refusal text says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Isolation:
    """How a driver is kept apart from the server and from other drivers.

    :ivar pids: worker processes that run now: at most one that renders, one that answers RPCs.
    :ivar time_limit: of one hook call, nanoseconds.
    :ivar memory_limit: of each process, bytes.
    """

    pids: tuple[int, ...]
    time_limit: int
    memory_limit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DriverStatus:
    """One driver, loaded or refused.

    :ivar name: name of the entry point.
    :ivar distribution: the wheel that brings it; of a refused duplicate all, comma separated.
    :ivar version: of the distribution.
    :ivar rendering_version: changes with anything that a rendering may depend on besides the
        slice; with the slice's digest the key of a rendering. Empty while nothing is loaded.
    :ivar hook_api: as the driver declares it; none before it could say, as is ``kind``.
    :ivar refusal: why it is refused, and what to do; empty unless REFUSED.
    :ivar health: what is wrong now; empty unless DEGRADED.
    :ivar restarts: worker processes started in place of an ended one, since the host started.
    :ivar enforced: the paths of its capabilities.
    """

    name: str
    distribution: str
    version: str
    state: DriverState
    isolation: Isolation
    rendering_version: str = ""
    hook_api: tuple[int, int] | None = None
    kind: DriverKind | None = None
    scope_kinds: tuple[ScopeKind, ...] = ()
    capabilities: tuple[Capability, ...] = ()
    facts_produced: tuple[str, ...] = ()
    facts_consumed: tuple[str, ...] = ()
    refusal: str = ""
    health: str = ""
    restarts: int = 0
    enforced: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        paths = frozenset(item.path for item in self.capabilities)
        object.__setattr__(self, "enforced", paths)
