"""What delivery may ask of a target, whatever stands behind it.

A target is an API server or a directory. It has an identity of its own (the uid of
``kube-system``, an id file in the tree), so that another one behind the same name is noticed.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, Self

import orjson


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class ObjectKey:
    """Names one object of a cluster, whatever version of its API it is written in.

    :ivar group: API group, ``""`` for the core group.
    :ivar kind: as Kubernetes writes it, such as ``VirtualService``.
    :ivar namespace: ``""`` for cluster-scoped objects.
    """

    group: str
    kind: str
    namespace: str
    name: str

    def __post_init__(self) -> None:
        if not self.kind or not self.name:
            raise ValueError("an object key needs a kind and a name")
        if any("/" in part for part in (self.group, self.kind, self.namespace, self.name)):
            raise ValueError("no part of an object key may hold a slash")

    def __str__(self) -> str:
        """Give ``<group>/<kind>/<namespace>/<name>``, always with three slashes."""
        return f"{self.group}/{self.kind}/{self.namespace}/{self.name}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what ``str()`` gave; ValueError for anything else."""
        parts = text.split("/")
        if len(parts) != 4:  # noqa: PLR2004 - the four parts of the key
            raise ValueError(f"not an object key, write group/kind/namespace/name: {text!r}")
        group, kind, namespace, name = parts
        return cls(group=group, kind=kind, namespace=namespace, name=name)

    @classmethod
    def of(cls, body: Mapping[str, object]) -> Self:
        """Read the key of a Kubernetes object; ValueError if it does not say it."""
        metadata = body.get("metadata")
        if not isinstance(metadata, Mapping):
            raise ValueError("metadata is missing")  # noqa: TRY004 - wrong content, not a wrong call
        group, slash, _version = _text(body, "apiVersion").partition("/")
        return cls(
            group=group if slash else "",
            kind=_text(body, "kind"),
            namespace=_text(metadata, "namespace"),
            name=_text(metadata, "name"),
        )


def _text(fields: Mapping[str, object], name: str) -> str:
    value = fields.get(name, "")
    if not isinstance(value, str):
        raise ValueError(f"{name} is not a string")  # noqa: TRY004 - wrong content, not a wrong call
    return value


def object_digest(body: Mapping[str, object]) -> str:
    """Give the SHA-256 (hex) of :func:`canonical_json`; ValueError as there."""
    return hashlib.sha256(canonical_json(body)).hexdigest()


def canonical_json(body: Mapping[str, object]) -> bytes:
    """Give the object as compact JSON with sorted keys.

    Key order and the difference between tuples and lists do not count. ValueError where the
    body holds anything that JSON has no word for.
    """
    try:
        return orjson.dumps(body, _plain, _CANONICAL)
    except TypeError as error:
        raise ValueError(f"the object is not made of JSON types: {error}") from error


_CANONICAL = (
    orjson.OPT_SORT_KEYS | orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS
)


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")


class Action(StrEnum):
    """What is to be done with one object."""

    WRITE = "WRITE"
    DELETE = "DELETE"


class Drift(StrEnum):
    """What to do about an object of ours that somebody else changed."""

    REPAIR = "REPAIR"
    REPORT = "REPORT"


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectWrite:
    """One object as it shall be.

    Drift is looked at only while ``digest`` equals ``expected_digest``: a new desired state is
    written over edits under either policy, as the edit was made to a state nobody wants any more.

    :ivar body: the stamped object; None for DELETE.
    :ivar digest: :func:`object_digest` of the body; ``""`` for DELETE.
    :ivar expected_digest: what the ledger knows as written last; ``""`` if nothing ever was.
    :ivar attempted_digests: desired digests since then (``""``: a delete) whose delivery never
        was recorded, so that what a stopped process left is not taken for someone's edit.
    """

    key: ObjectKey
    action: Action
    body: Mapping[str, object] | None = None
    digest: str = ""
    expected_digest: str = ""
    attempted_digests: tuple[str, ...] = ()
    drift: Drift = Drift.REPAIR

    def __post_init__(self) -> None:
        writes = self.action is Action.WRITE
        if writes != (self.body is not None) or writes != bool(self.digest):
            raise ValueError(f"{self.key}: a write has body and digest, a delete has neither")
        if self.body is not None and object_digest(self.body) != self.digest:
            raise ValueError(f"{self.key}: the digest is not that of the body")


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """The target durably holds what was asked for.

    :ivar digest: of the object there now; ``""`` after a delete.
    :ivar changed: False if it was so already and nothing was touched.
    """

    digest: str
    changed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Retry:
    """It failed for now; nothing is half-written.

    :ivar after_ns: wait at least this many nanoseconds; 0: the caller's own backoff.
    :ivar reason: a name of ``Convergence.Reason``, such as ``TARGET_UNWRITABLE``.
    """

    reason: str
    detail: str
    after_ns: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """It stays as it is until someone acts.

    :ivar reason: ``FOREIGN_OBJECT`` (state HELD), ``NAME_TOO_LONG`` or ``REJECTED_BY_SERVER``.
    :ivar owner: who owns the object that is in the way, where that can be known.
    :ivar observed_digest: of the object in the way, ``""`` if there is none or it can't be read.
    """

    reason: str
    detail: str
    owner: str = ""
    observed_digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drifted:
    """Somebody changed an object of ours and the policy is to report it; nothing was touched.

    :ivar reason: ``EDITED_BY`` or ``DELETED_BY``.
    :ivar observed_digest: of what is there now, ``""`` if it is gone.
    """

    reason: str
    detail: str
    observed_digest: str = ""


Outcome = Delivered | Retry | Refused | Drifted


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """What is there for one key.

    :ivar digest: None if nothing was seen there; of an object, :func:`object_digest`; of what
        reads as no object, SHA-256 of the bytes; ``""`` of what is not even read (a link, a pipe).
    :ivar ours: it carries this server's ownership marks.
    :ivar owner: what is known of the owner, ``""`` if nothing.
    :ivar problem: why it reads as no object, or could not be looked at: a digest of None with a
        problem is no evidence of absence.
    """

    key: ObjectKey
    digest: str | None
    ours: bool
    owner: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What lies at one key, whoever put it there.

    :ivar body: the object; None if there is none, or what is there reads as none.
    :ivar problem: why it reads as none; ``""``: nothing is there.
    """

    key: ObjectKey
    body: Mapping[str, object] | None = None
    problem: str = ""


class TargetUnavailable(Exception):  # noqa: N818 - says what is so; the caller tries again
    """The target as a whole can't be used for now.

    :ivar reason: a name of ``Convergence.Reason``, such as ``TARGET_UNWRITABLE``.
    """

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


class TargetReplaced(Exception):  # noqa: N818 - says what is so; the caller observes first
    """Another target, or none, answers where the caller knows one; nothing was touched."""

    def __init__(self, expected: str, found: str | None) -> None:
        super().__init__("the target is not the one known before, observe it before writing")
        self.expected = expected
        self.found = found


class Target(Protocol):
    """One cluster's place for objects. Calls for one target run one after the other."""

    async def identify(self) -> str | None:
        """Give the target's identity, None if it has none yet; TargetUnavailable."""

    async def claim(self) -> str:
        """Give the target an identity if it has none, and answer the one it has.

        TargetUnavailable.
        """

    async def apply(self, writes: Sequence[ObjectWrite], *, identity: str) -> Sequence[Outcome]:
        """Make the objects so, in this order; one outcome per write, in the same order.

        A write that fails holds up no other. Repeating a batch changes nothing.

        :param identity: the target that the writes were decided for; TargetReplaced if it is
            another by now. TargetUnavailable if that can't be found out.
        """

    async def observe(self, keys: Sequence[ObjectKey]) -> Sequence[Observed]:
        """Look at the objects, without changing anything; TargetUnavailable."""

    async def read(self, keys: Sequence[ObjectKey]) -> Sequence[Content]:
        """Read the objects, without changing anything; TargetUnavailable."""

    async def close(self) -> None:
        """Let go of everything held."""
