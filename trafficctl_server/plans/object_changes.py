"""What a plan would do to single objects; pure.

Kept are the two objects as JSON; the difference and the YAML are made when somebody looks.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

import orjson

from trafficctl_server.clusters.object_yaml import to_yaml
from trafficctl_server.clusters.target import ObjectKey
from trafficctl_server.reconcile.converging import managed_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from trafficctl_server.plans.planned_ledger import Planned, PlannedLedger
    from trafficctl_server.reconcile.entry import Entry
    from trafficctl_server.store.records import LedgerKey

_SECRET_FIELDS: Final = ("data", "stringData")


class Action(StrEnum):
    """What would be done to an object."""

    CREATE = "CREATE"
    UPDATE = "UPDATE"
    DELETE = "DELETE"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One field; values as JSON text, empty: it is not there."""

    path: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedBy:
    """An intent that wants an object; ``fields``: which of its fields say so."""

    intent: str
    uid: str
    generation: int
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectChange:
    """What would be done to one object.

    :ivar cluster: id; ``object``: name in the ledger.
    :ivar before: as YAML, secrets as digests; empty for CREATE. ``after``: empty for DELETE.
    """

    cluster: str
    object: str
    action: Action
    fields: tuple[FieldChange, ...]
    before: str
    after: str
    origins: tuple[WantedBy, ...]
    kind: str
    key: str


def wanted(entry: Entry | None) -> str:
    """Give the digest of what is wanted; empty: nothing is."""
    return entry.desired if entry is not None else ""


def changed(ledger: PlannedLedger) -> list[tuple[LedgerKey, Planned]]:
    """Give the objects that would be others than now, by cluster and key."""
    return sorted(
        ((key, it) for key, it in ledger.changes.items() if wanted(it.before) != wanted(it.after)),
        key=lambda it: it[0],
    )


def to_item(
    key: LedgerKey,
    planned: Planned,
    before: bytes | None,
    record: Callable[[str], tuple[str, int]],
) -> dict[str, Any]:
    """Give the stored form of one change, without secrets.

    :param before: the object as it is wanted now, as JSON.
    :param record: gives uid and generation of an intent.
    """
    entry = planned.after if wanted(planned.after) else planned.before
    origins = entry.origins if entry is not None else ()
    return {
        "cluster": key.cluster,
        "key": key.key,
        "object": managed_name(entry) if entry is not None else "",
        "before": _without_secrets(before) if wanted(planned.before) else None,
        "after": _without_secrets(planned.body) if wanted(planned.after) else None,
        "origins": [[it.intent, *record(it.intent), list(it.fields)] for it in origins],
    }


def from_item(item: Mapping[str, Any]) -> ObjectChange:
    """Make what is shown of the stored form."""
    before, after = item["before"], item["after"]
    key = ObjectKey.parse(item["key"])
    action = Action.UPDATE if before and after else Action.CREATE if after else Action.DELETE
    return ObjectChange(
        cluster=item["cluster"],
        object=item["object"],
        action=action,
        fields=tuple(differences(before, after)) if before and after else (),
        before=to_yaml(before).decode() if before else "",
        after=to_yaml(after).decode() if after else "",
        origins=tuple(
            WantedBy(intent=name, uid=uid, generation=generation, fields=tuple(fields))
            for name, uid, generation, fields in item["origins"]
        ),
        kind=key.kind,
        key=f"{key.namespace}/{key.name}" if key.namespace else key.name,
    )


def differences(before: object, after: object, path: str = "") -> Iterator[FieldChange]:
    """Give the fields in which two JSON values differ, as deep as both are alike in shape."""
    if isinstance(before, dict) and isinstance(after, dict):
        for name in sorted(before.keys() | after.keys()):
            yield from _one(before, after, name, _below(path, name))
    elif isinstance(before, list) and isinstance(after, list):
        old, new = dict(enumerate(before)), dict(enumerate(after))
        for index in sorted(old.keys() | new.keys()):
            yield from _one(old, new, index, f"{path}[{index}]")
    elif _text(before) != _text(after):  # to Python true is 1
        yield FieldChange(path=path, before=_text(before), after=_text(after))


def _one(
    before: dict[Any, Any], after: dict[Any, Any], key: Any, path: str
) -> Iterator[FieldChange]:
    if key in before and key in after:
        yield from differences(before[key], after[key], path)
    else:
        yield FieldChange(
            path=path,
            before=_text(before[key]) if key in before else "",
            after=_text(after[key]) if key in after else "",
        )


def _below(path: str, name: str) -> str:
    if not name.replace("_", "").isalnum():
        return f"{path}[{_text(name)}]"
    return f"{path}.{name}" if path else name


def _text(value: object) -> str:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def _without_secrets(body: bytes | None) -> Any:
    """Read an object; of a Secret's values only the digests are told."""
    read = orjson.loads(body) if body else {}
    if read.get("kind") != "Secret":
        return read
    return {
        name: _digests(value) if name in _SECRET_FIELDS else value for name, value in read.items()
    }


def _digests(values: Any) -> dict[str, str]:
    entries: Iterable[tuple[str, Any]] = values.items()
    return {
        name: f"sha256:{hashlib.sha256(str(value).encode()).hexdigest()}" for name, value in entries
    }
