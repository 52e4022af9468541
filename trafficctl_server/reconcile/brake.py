"""The safety brake: no accident removes more than a share of what we own in a cluster."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from trafficctl_sdk.codec import digest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from trafficctl_sdk.model.common import SafetyBrake

    from trafficctl_server.reconcile.entry import Entry

MAX_DELETE_PERCENT: Final = 30
MINIMUM_OWNED: Final = 10
_WHOLE: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Tripped:
    """A change that is held until someone releases it.

    :ivar digest: names exactly this change; a release of another one does not count.
    :ivar owned: how many objects it is a share of.
    """

    digest: str
    reason: str
    owned: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Braked:
    """What of a cluster the brake looks at: what nobody asked for by name or let go.

    :ivar owned: how many objects are ours there.
    """

    owned: int
    removed: tuple[Entry, ...]
    changed: tuple[Entry, ...]


def braked(
    behind: Sequence[Entry],
    owned: int,
    brake: SafetyBrake | None,
    *,
    by_name: Callable[[Entry], bool],
) -> Braked:
    """Find what the brake looks at; pure.

    :param behind: all of the cluster that are not as wished.
    :param owned: how many objects the target holds for us.
    :param by_name: whether a client removed by name what wanted the object; that is no accident.
    """
    bound = [it for it in behind if it.written and not it.released]
    updates = brake is not None and brake.max_update_percent is not None
    return Braked(
        owned=owned,
        removed=tuple(it for it in bound if it.tombstone and not by_name(it)),
        changed=tuple(it for it in bound if updates and not it.tombstone and not it.settled),
    )


def tripped(found: Braked, brake: SafetyBrake | None, *, held_of: int = 0) -> Tripped | None:
    """Say whether what waits for a cluster must be held; pure.

    :param held_of: how many objects were ours when the brake tripped that holds something now; 0:
        it holds nothing. What is held stays so although others come or go.
    """
    if max(found.owned, held_of) < least(brake):
        return None
    owned = min(found.owned, held_of or found.owned)
    update_share = brake.max_update_percent if brake is not None else None
    for word, share, concerned in (
        ("remove", _share(brake), found.removed),
        ("change", update_share, found.changed),
    ):
        if share is not None and len(concerned) * _WHOLE > share * owned:
            held = tuple(sorted(concerned, key=lambda it: it.ledger_key.key))
            # With the time of writing: a release of today lets nothing pass tomorrow.
            objects = [[it.ledger_key.key, it.desired, it.written_at] for it in held]
            return Tripped(
                digest=digest({"word": word, "objects": objects}),
                reason=f"it would {word} {len(held)} of {owned} objects",
                owned=owned,
                entries=held,
            )
    return None


def least(brake: SafetyBrake | None) -> int:
    """Give from how many objects on the brake looks at a cluster."""
    if brake is not None and brake.minimum_owned is not None:
        return brake.minimum_owned
    return MINIMUM_OWNED


def _share(brake: SafetyBrake | None) -> int:
    if brake is not None and brake.max_delete_percent is not None:
        return brake.max_delete_percent
    return MAX_DELETE_PERCENT
