"""The rows of the store and what one write may ask for.

Bodies are bytes made and read by the rooms above. Points in time are nanoseconds since the
Unix epoch; a record is *live* while its ``delete_time`` is None, else it is being deleted.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One stored resource.

    :ivar name: resource name, the key; ``/`` separates its segments.
    :ivar kind: resource type; a name never changes its kind.
    :ivar uid: differs when a name is deleted and created again.
    :ivar revision: store-wide revision of the last change of body or progress.
    :ivar body: all that clients wish for.
    :ivar progress: the server-owned part that changes by itself (state, counts).
    :ivar schema: number of the layout of ``body`` and ``progress``.
    """

    name: str
    kind: str
    uid: str
    etag: str
    generation: int
    revision: int
    create_time: int
    update_time: int
    delete_time: int | None
    body: bytes
    progress: bytes
    schema: int


class Expectation(StrEnum):
    """The kinds of :class:`Expect`."""

    ABSENT = "ABSENT"
    ETAG = "ETAG"
    UID = "UID"


@dataclass(frozen=True, slots=True)
class Expect:
    """What a put needs to find, compared and set as one step."""

    expectation: Expectation
    value: str = ""

    @classmethod
    def etag(cls, value: str) -> "Expect":
        """Need a live record with this etag (and the uid of the put)."""
        return cls(Expectation.ETAG, value)

    @classmethod
    def uid(cls, value: str) -> "Expect":
        """Need a record with this uid, live or being deleted."""
        return cls(Expectation.UID, value)


ABSENT = Expect(Expectation.ABSENT)
"""Need no live record: none of that name, or one that is being deleted and is replaced."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """Write one record; :raises ValueError: when it expects a uid that is not its own.

    Unmet expectations answer ``AlreadyExists``, ``NotFound`` or ``EtagMismatch``.

    :ivar progress: None keeps what is stored (a new record starts with ``b""``).
    """

    name: str
    kind: str
    uid: str
    etag: str
    generation: int
    create_time: int
    update_time: int
    delete_time: int | None = None
    body: bytes
    progress: bytes | None = None
    expect: Expect
    schema: int = 1

    def __post_init__(self) -> None:
        if self.expect.expectation is Expectation.UID and self.expect.value != self.uid:
            msg = f"{self.name}: a put keeps the uid that it expects"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressPut:
    """Write the progress of a record, if that very record is still there; else ignored.

    Equal progress is no change.
    """

    name: str
    uid: str
    progress: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Remove:
    """Take a record away, if that very record is still there; else ignored."""

    name: str
    uid: str


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class LedgerKey:
    """One object in one cluster."""

    cluster: str
    key: str


class Version(NamedTuple):
    """Which wish of a record: another put of it has another."""

    etag: str
    generation: int
    update_time: int


def version_of(record: Record) -> Version:
    """Give which wish a record is."""
    return Version(record.etag, record.generation, record.update_time)


class Kept(NamedTuple):
    """What was worked out of a record's wish, so that a start need not read the wish.

    :ivar kept: bytes not read here, never empty.
    """

    name: str
    kept: bytes


class KeptPut(NamedTuple):
    """Keep what was worked out of a record's wish, while that very wish is there; else ignored.

    It is no change of the record. Each put of the record forgets it.

    :ivar kept: empty: nothing any more.
    """

    name: str
    version: Version
    kept: bytes


class LedgerRow(NamedTuple):
    """What we own, or mean to own, in one cluster.

    :ivar manifest: None keeps what is stored (the row is then ignored where none is stored);
        rows that the store lists always say None, see ``Store.manifests``.
    :ivar written: the object of ``written_digest``, where the writer has it; None: the store
        keeps it if it can, see ``Store.written``. Rows that the store lists always say None.
    :ivar state: JSON, not read here.
    :ivar target: identity of the target that it was written to; empty when not yet.
    """

    cluster: str
    key: str
    scope: str
    desired_digest: str
    written_digest: str
    manifest: bytes | None
    origins: tuple[str, ...]
    state: bytes
    tombstone: bool
    target: str
    wave: int
    written: bytes | None = None

    @property
    def ledger_key(self) -> LedgerKey:
        """Where the row stands."""
        return LedgerKey(cluster=self.cluster, key=self.key)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class SliceKey:
    """One slice as one driver renders it."""

    scope: str
    cluster: str
    driver: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SliceRow:
    """Which slice was rendered last, by which driver, and why it failed if it did.

    :ivar calling: a destination is called in that cluster.
    """

    scope: str
    cluster: str
    driver: str
    driver_version: str
    digest: str
    failure: bytes
    calling: bool = False

    @property
    def slice_key(self) -> SliceKey:
        """Where the row stands."""
        return SliceKey(scope=self.scope, cluster=self.cluster, driver=self.driver)


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetRow:
    """The identity that a cluster's target showed."""

    cluster: str
    identity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """How far everything that follows from the records was worked out.

    :ivar revision: all of it follows from the records as they were then.
    :ivar basis: digest of what else it follows from, not read here.
    :ivar said: the states of records say all of it.
    """

    revision: int
    basis: str
    said: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRecord:
    """An answered request, kept so that its repetition gets the same answer.

    Unique by principal, method and request id.
    """

    principal: str
    method: str
    request_id: str
    body_digest: str
    response: bytes
    time: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstAnswer:
    """What a request was answered when it came first.

    :ivar body_digest: of the body that came then; another one means that the id was reused.
    :ivar revision: what ``Committed`` said then.
    """

    body_digest: str
    response: bytes
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Write:
    """What is committed as one: all of it or nothing.

    Done in this order, each step seeing those before: the request id, ``expect_scopes``,
    ``expect_names``, ``expect_etags``, puts, progress, removes, kept, ``expect_empty``, release,
    allocate, the rest.

    :ivar expect_scopes: scope to the revision that it was checked at; a scope touched after
        it answers ``ScopeMoved``.
    :ivar touch_scopes: their revision becomes the one of this write.
    :ivar expect_names: name to the uid that it must have, live (else ``NotFound``), or None:
        there must be no live record of it (else ``AlreadyExists``).
    :ivar expect_etags: name to the etag that its live record must have (else ``NotFound``, or
        ``EtagMismatch``): what a write rests on and does not change.
    :ivar expect_empty: patterns of whole names as in ``Store.list``, of any kind; no live
        record may be left whose name fits (else ``NotEmpty``).
    :ivar checkpoint: takes the place of the one there was.
    :ivar revisit_puts: scopes to work out anew at each start, whatever the checkpoint says.
    :ivar allocate: keys that need an index of the pool, served in this order; one that has an
        index keeps it, also when ``release`` names it too. Any other gets the one that
        ``pool.preferred_index`` says or, where that is held, the next free one, after the
        last index the first (else ``PoolExhausted``). So only keys that met on one index
        depend on which came first, and a key that comes back finds its index again, unless
        it was given to another meanwhile or one nearer to the preferred has come free.
    :raises ValueError: when two puts have one name.
    """

    puts: tuple[Put, ...] = ()
    progress: tuple[ProgressPut, ...] = ()
    removes: tuple[Remove, ...] = ()
    kept: tuple[KeptPut, ...] = ()
    expect_scopes: Mapping[str, int] = field(default_factory=dict)
    touch_scopes: tuple[str, ...] = ()
    expect_names: Mapping[str, str | None] = field(default_factory=dict)
    expect_etags: Mapping[str, str] = field(default_factory=dict)
    expect_empty: tuple[str, ...] = ()
    request: RequestRecord | None = None
    ledger_puts: tuple[LedgerRow, ...] = ()
    ledger_removes: tuple[LedgerKey, ...] = ()
    slice_puts: tuple[SliceRow, ...] = ()
    slice_removes: tuple[SliceKey, ...] = ()
    target_puts: tuple[TargetRow, ...] = ()
    target_removes: tuple[str, ...] = ()
    checkpoint: Checkpoint | None = None
    revisit_puts: tuple[str, ...] = ()
    revisit_removes: tuple[str, ...] = ()
    allocate: tuple[str, ...] = ()
    release: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if len({put.name for put in self.puts}) != len(self.puts):
            msg = "a write puts each name once"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True, kw_only=True)
class Committed:
    """A write is durable.

    :ivar revision: the revision at which the write is visible; a new one when it changed a
        record or touched a scope, else the newest there was.
    :ivar allocations: key to index, for each key of ``Write.allocate``.
    :ivar replayed: the first response where the request id was known; nothing was written
        then and ``allocations`` is empty.
    """

    revision: int
    allocations: Mapping[str, int] = field(default_factory=dict)
    replayed: bytes | None = None


class ChangeKind(StrEnum):
    """What became of a record."""

    ADDED = "ADDED"
    UPDATED = "UPDATED"
    DELETED = "DELETED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change of one record; a record changes at most once per revision.

    A name that is created anew over a record being deleted gives DELETED for the old uid,
    then ADDED for the new one.

    :ivar record: as of then; for DELETED the last one there was.
    :ivar seq: place within its revision, rising.
    :ivar more: the answer was cut inside this revision after this change.
    """

    revision: int
    seq: int
    name: str
    kind: str
    uid: str
    change: ChangeKind
    record: Record
    more: bool = False
