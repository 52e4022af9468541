"""What is asked of a target, and what its refusals mean; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from trafficctl_server.clusters.target import Action, ObjectWrite
from trafficctl_server.reconcile.entry import Trouble

if TYPE_CHECKING:
    from trafficctl_server.clusters.target import Drift, Refused
    from trafficctl_server.reconcile.entry import Entry


def as_json(write: ObjectWrite) -> bytes | None:
    """Give what is written, as the ledger keeps it; none for a removal."""
    return None if write.body is None else orjson.dumps(write.body, option=orjson.OPT_SORT_KEYS)


def write_of(entry: Entry, body: bytes | None, drift: Drift) -> ObjectWrite:
    """Give what a target is asked to do about an entry."""
    if entry.tombstone or body is None:
        return ObjectWrite(
            key=entry.key,
            action=Action.DELETE,
            expected_digest=entry.written,
            attempted_digests=entry.attempted,
            drift=drift,
        )
    return ObjectWrite(
        key=entry.key,
        action=Action.WRITE,
        body=orjson.loads(body),
        digest=entry.desired,
        expected_digest=entry.written,
        attempted_digests=entry.attempted,
        drift=drift,
    )


def refusal(outcome: Refused, attempt: int) -> Trouble:
    """Say what must be done first: an owner's object is held, the rest is refused."""
    held = outcome.reason == "FOREIGN_OBJECT"
    owner = f" (owner: {outcome.owner})" if outcome.owner else ""
    return Trouble(
        state="HELD" if held else "REFUSED",
        reason=outcome.reason,
        detail=f"{outcome.detail}{owner}",
        attempt=attempt,
    )


def order(entry: Entry) -> tuple[int, str]:
    """Give the place of an entry among writes: what others stand on comes first."""
    return entry.wave, entry.ledger_key.key
