"""What can be seen of a controller from outside and in its store, without times and random ids."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final

import orjson

from trafficctl_server.intents.footprints import PATTERN
from trafficctl_server.intents.kinds import KINDS
from trafficctl_server.store.records import LedgerKey

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from trafficctl_server.store.store import Store

ID_FILE: Final = ".trafficctl-target"
_NOT_COMPARED: Final = re.compile(
    r".*_(time|at)|uid|intent_uid|trace|trace_id|attempt|last_good_generation"
)
"""Besides times and ids: how far things got that were overtaken is a matter of speed."""

_LONGEST: Final = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """Everything that must be the same whenever the process stopped.

    :ivar tree: path to content; a folder's path ends with ``/``.
    :ivar ledger: cluster and key to row, manifest included.
    :ivar history: what happened to each wish, in order: what happens twice stands there twice.
    :ivar records: name to what its record says, for wishes, realizations and objects.
    """

    tree: dict[str, str]
    ledger: dict[str, Any]
    slices: dict[str, Any]
    addresses: dict[str, int]
    history: dict[str, list[str]]
    records: dict[str, Any]

    def differences(self, other: Picture) -> list[str]:
        """Say in what another one differs from this one."""
        return [
            f"{it.name} {difference}"[:_LONGEST]
            for it in fields(self)
            for difference in differences("", getattr(self, it.name), getattr(other, it.name))
        ]


async def take(store: Store, root: Path) -> Picture:
    """Look at the store and at the trees below a root.

    :raises AssertionError: the store speaks of another target than the one that is there.
    """
    tree = tree_of(root)
    ledger = await store.ledger()
    keys = [LedgerKey(cluster=it.cluster, key=it.key) for it in ledger]
    manifests = await store.manifests(keys)
    identities = dict(_identities(root))
    assert {it.cluster: it.identity for it in await store.targets()} == identities
    assert {it.target for it in ledger} <= set(identities.values())
    history: defaultdict[str, list[str]] = defaultdict(list)
    for it in await store.changes(0, 1_000_000, tuple(KINDS), wishes_only=True):
        state = "" if it.record.delete_time is None else " deleting"
        history[it.name].append(f"{it.change} {it.record.generation}{state}")
    _, records = await store.snapshot()
    return Picture(
        tree=tree,
        ledger={
            f"{it.cluster} {it.key}": {
                "scope": it.scope,
                "desired": it.desired_digest,
                "written": it.written_digest,
                "origins": it.origins,
                "state": _comparable(orjson.loads(it.state)),
                "tombstone": it.tombstone,
                "wave": it.wave,
                "manifest": manifests[it.ledger_key].decode(),
            }
            for it in ledger
        },
        slices={
            f"{it.scope} {it.cluster} {it.driver}": (it.driver_version, it.digest, it.failure)
            for it in await store.slices()
        },
        addresses=dict(await store.allocations()),
        history=dict(history),
        records={
            it.name: {
                "kind": it.kind,
                "generation": it.generation,
                "deleting": it.delete_time is not None,
                "body": _comparable(orjson.loads(it.body)),
                "progress": _comparable(orjson.loads(it.progress or b"{}")),
            }
            for it in records
            if it.kind != PATTERN  # bytes that no client sees, others in each run
        },
    )


def differences(path: str, mine: Any, theirs: Any) -> Iterator[str]:
    """Say in what values, which may be nested, differ; ``path`` says where they stand."""
    if isinstance(mine, dict) and isinstance(theirs, dict):
        for key in sorted({*mine, *theirs}):
            yield from differences(f"{path} {key}", mine.get(key), theirs.get(key))
    elif isinstance(mine, list) and isinstance(theirs, list) and len(mine) == len(theirs):
        for place, pair in enumerate(zip(mine, theirs, strict=True)):
            yield from differences(f"{path}[{place}]", *pair)
    elif mine != theirs:
        yield f"{path}: {mine!r} became {theirs!r}"


def tree_of(root: Path) -> dict[str, str]:
    """Give path to content, but for the random id in an id file; a folder's ends with ``/``."""
    return dict(sorted(_files(root)))


def _files(root: Path) -> Iterator[tuple[str, str]]:
    for path in root.rglob("*"):
        name = str(path.relative_to(root))
        if path.is_dir():
            yield f"{name}/", ""
        else:
            yield name, "" if path.name == ID_FILE else path.read_text()


def _identities(root: Path) -> Iterator[tuple[str, str]]:
    for path in root.glob(f"*/{ID_FILE}"):
        yield path.parent.name, json.loads(path.read_text())["uid"]


def _comparable(said: Any) -> Any:
    """Leave out points in time and random ids."""
    if isinstance(said, dict):
        return {
            key: sorted(value) if key == "written_origins" else _comparable(value)
            for key, value in said.items()
            if not _NOT_COMPARED.fullmatch(key)
        }
    if isinstance(said, list):
        return [_comparable(it) for it in said]
    return said
