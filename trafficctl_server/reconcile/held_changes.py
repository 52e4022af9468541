"""What the brake holds in each cluster, since when, and out of how much: no restart forgets it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from trafficctl_sdk.codec import to_json
from trafficctl_sdk.model.cluster import HeldChange
from trafficctl_sdk.model.convergence import Convergence

from trafficctl_server.reconcile.converging import MAX_OBJECTS, object_ref

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from trafficctl_server.reconcile.brake import Tripped
    from trafficctl_server.reconcile.entry import Entry

BRAKE_TRIPPED: Final = Convergence.Reason.BRAKE_TRIPPED


@dataclass(slots=True)
class _Hold:
    """What is held in one cluster.

    :ivar change: none: as a run before this one said, and not judged yet.
    :ivar since: nanoseconds since the Unix epoch.
    :ivar owned: how many objects were ours when the brake tripped.
    :ivar said: what was said of it last, as JSON.
    """

    since: int
    owned: int
    change: Tripped | None = None
    said: Mapping[str, Any] | None = None


class HeldChanges:
    """Knows what is held, and what somebody let go of it.

    :ivar released: by cluster, the digest of the held change that someone let go last.
    """

    def __init__(self) -> None:
        self.released: dict[str, str] = {}
        self._holds: dict[str, _Hold] = {}
        self._met: set[str] = set()

    def said_before(self, cluster: str, said: Mapping[str, Any] | None) -> None:
        """Take what a cluster's record says is held there, where it is met for the first time.

        Later the record only says what was judged here, and may be behind.
        """
        if said is not None and cluster not in self._met:
            self._holds[cluster] = _Hold(
                since=said["since"], owned=said.get("owned_count", 0), said=said
            )
        self._met.add(cluster)

    def owned(self, cluster: str) -> int:
        """Say how many objects were ours when the brake tripped; 0: nothing is held."""
        hold = self._holds.get(cluster)
        return hold.owned if hold is not None else 0

    def judged(self, cluster: str, change: Tripped | None, now: int) -> bool:
        """Take what is to be held now, none for nothing; say whether that is news."""
        before = self._holds.get(cluster)
        if change is None:
            self._holds.pop(cluster, None)
            return before is not None
        if before is None:
            self._holds[cluster] = _Hold(since=now, owned=change.owned, change=change)
            return True
        known = before.change
        before.change, before.said = change, None
        before.owned = before.owned or change.owned
        return known is None or known.digest != change.digest

    def said(self, cluster: str, entry: Callable[[Entry], Entry]) -> Mapping[str, Any] | None:
        """Give what a cluster's record is to say, as JSON; none: nothing is held.

        :param entry: gives an entry as it is now.
        """
        hold = self._holds.get(cluster)
        if hold is None or hold.change is None:
            return hold.said if hold is not None else None
        held = hold.change.entries
        return to_json(
            HeldChange(
                digest=hold.change.digest,
                reason=BRAKE_TRIPPED,
                since=hold.since,
                objects=tuple(object_ref(entry(it)) for it in held[:MAX_OBJECTS]),
                object_count=len(held),
                owned_count=hold.owned,
            )
        )

    def forget(self, cluster: str) -> None:
        """Know nothing of a cluster any more."""
        self._holds.pop(cluster, None)
        self._met.discard(cluster)
        self.released.pop(cluster, None)
