"""One object that we own or mean to own in one cluster, and how far it got."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import orjson
from trafficctl_sdk.slices import Origin

from trafficctl_server.clusters.target import ObjectKey
from trafficctl_server.store.records import LedgerRow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trafficctl_server.store.records import LedgerKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Why an object is not as wished.

    :ivar reason: a name of ``Convergence.Reason``.
    :ivar attempt: how many attempts failed so; 0 where nothing was tried.
    :ivar next_attempt: nanoseconds since the Unix epoch; 0: somebody must act first.
    """

    state: str
    reason: str
    detail: str
    attempt: int = 0
    next_attempt: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One object in one cluster.

    :ivar ledger_key: its key in the store.
    :ivar scope: name of the scope that renders it.
    :ivar desired: digest of the stamped object; empty for a tombstone.
    :ivar written: digest that the target durably holds; empty: none, or not known.
    :ivar attempted: digests whose delivery began and was not recorded as done, ``""``: a removal;
        any of them may be what the target holds instead of ``written``.
    :ivar origins: intents that want it as it is desired, with their fields;
        ``written_origins``: names and uids of those that wanted it as it was written.
    :ivar trace: carries the trace of the change that it came from (see ``telemetry.tracing``);
        ``trace_id`` is its id.
    :ivar target: identity of the target that ``written`` speaks about.
    :ivar released: someone let go what the brake held of it.
    :ivar durable: the ledger on disk says the same, so that it may be delivered.
    """

    ledger_key: LedgerKey
    scope: str
    desired: str
    written: str = ""
    attempted: tuple[str, ...] = ()
    origins: tuple[Origin, ...] = ()
    written_origins: tuple[tuple[str, str], ...] = ()
    target: str = ""
    wave: int = 0
    rendered_at: int = 0
    written_at: int = 0
    trouble: Trouble | None = None
    released: bool = False
    durable: bool = False
    trace: str = ""
    trace_id: str = ""

    @property
    def cluster(self) -> str:
        """The id of its cluster."""
        return self.ledger_key.cluster

    @property
    def key(self) -> ObjectKey:
        """The key of the object there, read anew: entries are many and seldom asked for it."""
        return ObjectKey.parse(self.ledger_key.key)

    @property
    def intents(self) -> frozenset[str]:
        """The intents that want it, or wanted it when it was written."""
        return frozenset(
            {*(it.intent for it in self.origins), *(name for name, _ in self.written_origins)}
        )

    @property
    def tombstone(self) -> bool:
        """Whether it is to be removed."""
        return not self.desired

    @property
    def settled(self) -> bool:
        """Whether the target holds what is desired."""
        return bool(self.desired) and self.written == self.desired and not self.attempted

    @classmethod
    def of(cls, row: LedgerRow) -> Entry:
        """Make an entry of a stored row; before the process ended its delivery may have begun."""
        state = orjson.loads(row.state) if row.state else _NOTHING
        fields, trouble = state.get("fields", _NOTHING), state.get("trouble")
        desired = "" if row.tombstone else row.desired_digest
        begun = () if desired and desired == row.written_digest else (desired,)
        return cls(
            ledger_key=row.ledger_key,
            scope=row.scope,
            desired=desired,
            written=row.written_digest,
            attempted=tuple(dict.fromkeys((*state.get("attempted", ()), *begun))),
            origins=tuple(
                Origin(intent=it, fields=tuple(fields.get(it, ()))) for it in row.origins
            ),
            written_origins=tuple(state.get("written_origins", _NOTHING).items()),
            target=row.target,
            wave=row.wave,
            rendered_at=state.get("rendered_at", 0),
            written_at=state.get("written_at", 0),
            trouble=Trouble(**trouble) if trouble else None,
            released=state.get("released", False),
            durable=True,
            trace=state.get("trace", ""),
            trace_id=state.get("trace_id", ""),
        )

    def row(self, manifest: bytes | None, written: bytes | None = None) -> LedgerRow:
        """Give its row; no manifest keeps the stored one.

        :param written: the object that was written, where it is not the desired one.
        """
        state: dict[str, Any] = {
            "fields": {it.intent: it.fields for it in self.origins},
            "written_origins": dict(self.written_origins),
            "trace": self.trace,
            "trace_id": self.trace_id,
            "rendered_at": self.rendered_at,
            "written_at": self.written_at,
        }
        if self.attempted:
            state["attempted"] = self.attempted
        if self.released:
            state["released"] = True
        if self.trouble is not None:
            state["trouble"] = {
                it: getattr(self.trouble, it)
                for it in ("state", "reason", "detail", "attempt", "next_attempt")
            }
        return LedgerRow(
            cluster=self.cluster,
            key=self.ledger_key.key,
            scope=self.scope,
            desired_digest=self.desired,
            written_digest=self.written,
            manifest=manifest,
            origins=tuple(it.intent for it in self.origins),
            state=orjson.dumps(state),
            tombstone=self.tombstone,
            target=self.target,
            wave=self.wave,
            written=written,
        )


_NOTHING: Final[Mapping[str, Any]] = {}


def withdrawn(entry: Entry) -> Entry:
    """Give the tombstone of an entry: wanted by nobody, still there as it was written."""
    return replace(entry, desired="", origins=(), trouble=None, released=False, durable=False)
