"""Plans as they are stored and shown, without what they are made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from trafficctl_sdk.errors import Violation

from trafficctl_server.intents.failures import ConflictInfo

LIFETIME: Final = 7 * 24 * 3600 * 1_000_000_000
"""Nanoseconds from creation until a plan expires, where it does not say."""
MOST_CHANGES: Final = 100_000


class PlanState(StrEnum):
    """Where a plan is in its life."""

    DRAFT = "DRAFT"
    READY = "READY"
    APPROVED = "APPROVED"
    APPLYING = "APPLYING"
    """Never stored: applying is one step there."""
    APPLIED = "APPLIED"
    STALE = "STALE"
    REJECTED = "REJECTED"
    EXPIRED = "EXPIRED"


OPEN: Final = frozenset({PlanState.DRAFT, PlanState.READY, PlanState.APPROVED, PlanState.STALE})
"""States that a plan can leave by itself or by a client."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """Somebody's word on a plan; ``time`` in nanoseconds since the Unix epoch."""

    principal: str = ""
    time: int = 0
    digest: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterSummary:
    """What a plan would do in one cluster, by its id."""

    cluster: str
    created: int = 0
    changed: int = 0
    removed: int = 0
    brake_trips: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a plan would do, in numbers; only clusters where anything changes."""

    clusters: tuple[ClusterSummary, ...] = ()
    calls_opened: int = 0
    calls_closed: int = 0

    @property
    def brake_trips(self) -> int:
        """In how many clusters the safety brake would hold it."""
        return sum(it.brake_trips for it in self.clusters)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problems:
    """Why a plan cannot be applied; fields are paths such as ``changes[3].delete``."""

    violations: tuple[Violation, ...] = ()
    conflicts: tuple[ConflictInfo, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.violations or self.conflicts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """How many parts of each sort a plan has; see :mod:`.parts`.

    :ivar run: id of the computation that ``results`` are of; empty: none.
    """

    changes: int = 0
    run: str = ""
    results: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One plan.

    Times are nanoseconds since the Unix epoch.

    :ivar authors: everybody who added changes; none of them can approve it.
    :ivar count: number of changes, ``content`` the digest over them.
    :ivar needs_approval: a group concerned takes approved plans only; known once computed.
    :ivar drivers: rendering versions of all drivers that were loaded when it was computed, by name.
    :ivar addresses: whether any are reserved for it.
    """

    name: str
    display_name: str = ""
    description: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    annotations: Mapping[str, str] = field(default_factory=dict)
    creator: str = ""
    last_editor: str = ""
    authors: tuple[str, ...] = ()
    count: int = 0
    content: str = ""
    expire_time: int = 0

    uid: str = ""
    etag: str = ""
    generation: int = 0
    revision: int = 0
    create_time: int = 0
    update_time: int = 0

    state: PlanState = PlanState.DRAFT
    digest: str = ""
    base_revision: int = 0
    summary: Summary = field(default_factory=Summary)
    problems: Problems = field(default_factory=Problems)
    approvals: tuple[Approval, ...] = ()
    rejection: Approval | None = None
    needs_approval: bool = False
    drivers: Mapping[str, str] = field(default_factory=dict)
    addresses: bool = False
    parts: Parts = field(default_factory=Parts)

    @property
    def delete_time(self) -> None:
        """Always none: a deleted plan is gone at once."""

    @property
    def approved(self) -> bool:
        """Whether somebody approved it as it is."""
        return bool(self.digest) and any(it.digest == self.digest for it in self.approvals)

    @property
    def applied_revision(self) -> int:
        """The revision that it became; nothing changes a plan after that."""
        return self.revision if self.state is PlanState.APPLIED else 0

    def at(self, now: int) -> PlanState:
        """Say in which state it is at a time: it expires by itself."""
        over = self.state in OPEN and now >= self.expire_time
        return PlanState.EXPIRED if over else self.state
