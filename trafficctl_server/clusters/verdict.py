"""What to do about one object, from what is wanted and what is there; pure."""

import hashlib
from dataclasses import dataclass

from trafficctl_server.clusters.object_yaml import NotAnObject, read_object
from trafficctl_server.clusters.ownership import is_ours, owner_of
from trafficctl_server.clusters.target import (
    Action,
    Delivered,
    Drift,
    Drifted,
    ObjectWrite,
    Outcome,
    Refused,
    object_digest,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What lies where an object belongs.

    :ivar digest: of the object, or of the bytes where they read as none; ``""`` if not read.
    :ivar ours: it carries our marks, whatever else was edited.
    :ivar oddity: why it reads as no object, ``""`` if it does.
    """

    digest: str
    ours: bool = False
    owner: str = ""
    oddity: str = ""


def found_in(content: bytes, instance: str) -> Found:
    """Read what a file holds, for the installation ``instance``."""
    try:
        body = read_object(content)
        return Found(
            digest=object_digest(body),
            ours=is_ours(body, instance),
            owner=owner_of(body),
        )
    except NotAnObject as error:
        oddity = f"it {error}"
    except ValueError:
        oddity = "it holds what no Kubernetes object can"
    return Found(digest=hashlib.sha256(content).hexdigest(), oddity=oddity)


def verdict(write: ObjectWrite, found: Found | None) -> Outcome | None:
    """Give the outcome where nothing is to be done; None: go on and do it."""
    if write.action is Action.DELETE:
        return _on_delete(write, found)
    if found is None:
        return _drift(write, "", "DELETED_BY", "somebody removed it")
    if not found.ours:
        return _foreign(found)
    if found.digest == write.digest:
        return Delivered(digest=write.digest, changed=False)
    return _drift(write, found.digest, "EDITED_BY", "somebody edited it")


def _on_delete(write: ObjectWrite, found: Found | None) -> Outcome | None:
    if found is None:
        return Delivered(digest="", changed=False)
    if found.ours:
        return None
    if found.oddity and (write.expected_digest or write.attempted_digests):
        # It may be our object with a broken edit: calling that removed could be a lie.
        return _foreign(found)
    return Delivered(digest="", changed=False)


def _drift(write: ObjectWrite, observed: str, reason: str, detail: str) -> Outcome | None:
    if (
        write.drift is Drift.REPAIR
        or write.digest != write.expected_digest
        or observed in write.attempted_digests
    ):
        return None
    return Drifted(reason=reason, detail=detail, observed_digest=observed)


def _foreign(found: Found) -> Refused:
    if found.oddity:
        why = f"{found.oddity}, remove it or move it away"
    else:
        why = f"it belongs to {found.owner or 'somebody unknown'}, adopt or remove it"
    return Refused(
        reason="FOREIGN_OBJECT", detail=why, owner=found.owner, observed_digest=found.digest
    )
