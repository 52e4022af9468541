"""Resources as rows of the store, and back; where secrets are sealed and etags made."""

from __future__ import annotations

import hashlib
import sys
from collections import OrderedDict
from dataclasses import fields, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import orjson
from trafficctl_sdk.codec import from_json, to_json
from trafficctl_sdk.model.cluster import Cluster
from trafficctl_sdk.model.convergence import Convergence
from trafficctl_sdk.model.traffic_intent_group import TrafficIntentGroup
from trafficctl_sdk.model.workload import Workload

from trafficctl_server.intents.kinds import KINDS, Resource, kind_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trafficctl_sdk.intent_kinds import ConnectivityIntent

    from trafficctl_server.store.records import Record
    from trafficctl_server.store.sealing import Sealer

SCHEMA: Final = 1
"""Number of the layout of bodies; a new one comes with a migration that reads the old."""

_NEVER_STORED: Final = frozenset({"name", "etag"})
_OFFICE: Final = "office"

_KEPT: Final = frozenset({"creator", "last_editor"})
"""Output only, but part of the wish: who wished it."""

_STANDARD: Final = (
    *("name", "uid", "etag", "generation"),
    *("create_time", "update_time", "delete_time"),
)
_DRAFTED: Final = 512
"""So many wishes are kept, more than are being written at any time."""

_COUNTED: Final = 20
"""Fields from this number on are what a generation counts."""


class Bodies:
    """Makes rows of resources and resources of rows."""

    def __init__(self, sealer: Sealer) -> None:
        self._sealer = sealer
        self._drafted: OrderedDict[str, Resource] = OrderedDict()

    def encode(self, resource: Resource, office: Mapping[str, Any] | None = None) -> bytes:
        """Give the body of a row: what the client wishes, secrets sealed.

        :param office: what operators asked for besides (see :func:`office`).
        """
        context = resource.name
        written = to_json(resource, seal=lambda secret: self._sealer.seal(secret, context))
        kept = {
            key: value
            for key, value in written.items()
            if key not in _NEVER_STORED and key not in _output_only(type(resource).__name__)
        }
        if office:
            kept[_OFFICE] = dict(office)
        return orjson.dumps(kept, option=orjson.OPT_SORT_KEYS)

    def keep(self, wish: Resource) -> None:
        """Keep a wish as it is about to be written: who reads its row soon gets it back.

        :param wish: with its etag, which is a digest of its body.
        """
        self._drafted[wish.etag] = wish
        if len(self._drafted) > _DRAFTED:
            self._drafted.popitem(last=False)

    def wish(self, record: Record) -> Resource:
        """Give a resource as its client wished it, with its standard fields."""
        return self._wish(record, record.revision)

    def told(self, record: Record) -> Resource:
        """Give a resource as the world is told of it: at no revision.

        So one that was just judged is the very object that it was judged as.
        """
        return self._wish(record, 0)

    def _wish(self, record: Record, revision: int) -> Resource:
        drafted = self._drafted.get(record.etag)
        if drafted is None:
            return self._read(record, revision)
        return _as_stored(drafted, record, revision)

    def _read(self, record: Record, revision: int) -> Resource:
        stored = {
            **orjson.loads(record.body),
            "name": sys.intern(record.name),  # what indexes hold of it is this one object
            "uid": record.uid,
            "etag": record.etag,
            "generation": record.generation,
            "revision": revision,
            "create_time": record.create_time,
            "update_time": record.update_time,
            "delete_time": record.delete_time,
        }
        return from_json(
            KINDS[record.kind].model,
            stored,
            strict=False,
            unseal=lambda sealed: self._sealer.unseal(sealed, record.name),
        )

    def present(self, record: Record) -> Resource:
        """Give a resource as clients see it: the wish, and what became of it."""
        wish = self.told(record)
        progress: dict[str, Any] = orjson.loads(record.progress) if record.progress else {}
        if isinstance(wish, Workload):
            placed = Workload.State.PLACED if wish.placements else Workload.State.NOT_PLACED
            deleting = record.delete_time is not None
            return replace(
                wish,
                revision=record.revision,
                state=Workload.State.DELETING if deleting else placed,
            )
        if isinstance(wish, Cluster):
            seen = from_json(Cluster, progress, strict=False)
            return replace(
                wish,
                revision=record.revision,
                state=_cluster_state(record, drained=seen.state is Cluster.State.DRAINED),
                connection=seen.connection,
                held=seen.held,
                facts=seen.facts,
            )
        return _with_convergence(wish, progress, record)


def _as_stored(drafted: Resource, record: Record, revision: int) -> Resource:
    """Give a wish with the standard fields of its row; the very same where it has them."""
    standard = {it: getattr(record, it) for it in _STANDARD}
    if revision == drafted.revision and all(
        getattr(drafted, it) == value for it, value in standard.items()
    ):
        return drafted
    return replace(drafted, revision=revision, **standard)


def intent_state(record: Record) -> Convergence.State:
    """Give what goes on with an intent, as its record says."""
    progress: dict[str, Any] = orjson.loads(record.progress) if record.progress else {}
    return _state(progress, deleting=record.delete_time is not None)


def _state(
    progress: Mapping[str, Any], *, deleting: bool, group: bool = False
) -> Convergence.State:
    return Convergence.State("DELETING" if deleting else progress.get("state") or _FIRST[group])


def office(record: Record) -> dict[str, Any]:
    """Give what operators asked for besides describing a cluster.

    ``draining``; ``released``: digest of a held change; ``forget``: the cluster is lost.
    """
    asked: dict[str, Any] = orjson.loads(record.body).get(_OFFICE, {})
    return asked


def _cluster_state(record: Record, *, drained: bool) -> Cluster.State:
    if record.delete_time is not None:
        return Cluster.State.DELETING
    if not office(record).get("draining"):
        return Cluster.State.ACTIVE
    return Cluster.State.DRAINED if drained else Cluster.State.DRAINING


def _with_convergence(
    wish: ConnectivityIntent | TrafficIntentGroup, progress: Mapping[str, Any], record: Record
) -> ConnectivityIntent | TrafficIntentGroup:
    deleting = record.delete_time is not None
    state = _state(progress, deleting=deleting, group=isinstance(wish, TrafficIntentGroup))
    return replace(
        wish,
        revision=record.revision,
        state=state,
        reconciling=bool(progress.get("reconciling", state in RECONCILING)) or deleting,
        observed_generation=int(progress.get("observed_generation", 0)),
        counts=from_json(Convergence.Counts, progress.get("counts", {}), strict=False),
    )


_FIRST: Final = {False: "PROGRESSING", True: "SETTLED"}
"""The state of what nobody has looked at yet; an empty group has nothing to settle."""

RECONCILING: Final = frozenset({"PROGRESSING", "WAITING", "RETRYING", "DELETING"})
"""States in which something is still under way by itself (AIP-128)."""


def etag_of(uid: str, body: bytes) -> str:
    """Give the etag of a resource: it changes with the wish, never with its state."""
    return hashlib.sha256(uid.encode() + b"\n" + body).hexdigest()[:32]


def signed(body: bytes, *, creator: bool, principal: str) -> bytes:
    """Give the body of a row as somebody writes it.

    :param creator: it is new, so that they create it.
    """
    kept: dict[str, Any] = orjson.loads(body)
    for key in (*(("creator",) if creator else ()), "last_editor"):
        kept.pop(key, None)
        if principal:
            kept[key] = principal
    return orjson.dumps(kept, option=orjson.OPT_SORT_KEYS)


def same_wish(one: Resource, other: Resource) -> bool:
    """Say whether two wishes are alike in all that clients state."""
    return all(getattr(one, it) == getattr(other, it) for it in _stated(kind_of(one).name, 0))


def same_generation(one: Resource, other: Resource) -> bool:
    """Say whether two wishes differ at most in what no generation counts."""
    stated = _stated(kind_of(one).name, _COUNTED)
    return all(getattr(one, it) == getattr(other, it) for it in stated)


@cache
def _stated(kind: str, first: int) -> tuple[str, ...]:
    """Give the fields that clients state, from a number on."""
    return tuple(
        it.name
        for it in fields(KINDS[kind].model)
        if it.metadata.get("number", 0) >= first
        and not it.metadata.get("output_only")
        and it.name not in _NEVER_STORED
    )


@cache
def _output_only(kind: str) -> frozenset[str]:
    model = KINDS[kind].model
    return frozenset(it.name for it in fields(model) if it.metadata.get("output_only")) - _KEPT
