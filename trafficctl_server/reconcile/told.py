"""What was said last, in few bytes: whether it differs, and what of it lasts."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from struct import Struct
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from trafficctl_sdk.model.convergence import Convergence

from trafficctl_server.reconcile.converging import Lasting
from trafficctl_server.reconcile.uids import UID_SIZE, uid_bytes, uid_of

if TYPE_CHECKING:
    from collections.abc import Mapping

_DIGEST: Final = 12
"""Bytes: by chance two things share it once in 2^96."""
TOLD_SIZE: Final = UID_SIZE + _DIGEST
"""Bytes of what was told of one record."""


class Told(bytes):
    """One record that says something: its uid and a digest of what it says, in one."""

    __slots__ = ()

    @classmethod
    def of(cls, uid: str, said: bytes) -> Told:
        """Note what a record says."""
        return cls(uid_bytes(uid) + hashlib.blake2b(said, digest_size=_DIGEST).digest())

    @property
    def uid(self) -> str:
        """The record's uid."""
        return uid_of(self[:UID_SIZE])


@dataclass(frozen=True, slots=True)
class ToldRealization:
    """What was said of one intent in one cluster."""

    told: Told
    lasting: Lasting


@dataclass(slots=True)
class ToldIntent:
    """What was said of one intent.

    :ivar told: of the intent itself; none: nothing yet.
    :ivar generation: the one that its objects speak of, with ``uid``.
    :ivar realizations: what was said of it in each cluster.
    """

    uid: str = ""
    told: Told | None = None
    generation: int = 0
    realizations: dict[str, ToldRealization] = field(default_factory=dict)

    @classmethod
    def read(cls, packed: bytes) -> ToldIntent:
        """Make one of what :meth:`packed` gave."""
        own, generation, told = _INTENT.unpack_from(packed)
        uid = _none_or(own)
        realizations = {}
        at = _INTENT.size
        while at < len(packed):
            key, named, *numbers, length, other = _REALIZATION.unpack_from(packed, at)
            at += _REALIZATION.size
            cluster = packed[at : at + length].decode()
            at += length
            of = _none_or(packed[at : at + other]) if other else uid
            at += other
            realizations[cluster] = ToldRealization(Told(key), _lasting(named, of, *numbers))
        return cls(
            uid=uid,
            told=Told(told) if any(told) else None,
            generation=generation,
            realizations=realizations,
        )

    def packed(self) -> bytes:
        """Give it as bytes: as objects all of them take five times the memory."""
        parts = [_INTENT.pack(uid_bytes(self.uid), self.generation, self.told or b"")]
        for it, was in self.realizations.items():
            cluster, lasting = it.encode(), was.lasting
            other = b""
            if lasting.intent_uid != self.uid:
                other = uid_bytes(lasting.intent_uid) or bytes(UID_SIZE)
            numbers = _plain(lasting), *_numbers(lasting), len(cluster), len(other)
            parts += _REALIZATION.pack(was.told, *numbers), cluster, other
        return b"".join(parts)


def is_said(packed: bytes, uid: str, generation: int) -> bool:
    """Say whether anything was said of an intent as it is now, by what it was packed to."""
    own, at, told = _INTENT.unpack_from(packed)
    return any(told) and (own, at) == (uid_bytes(uid), generation)


_INTENT: Final = Struct(f">{UID_SIZE}sQ{TOLD_SIZE}s")
"""Its uid and generation, what was told of it: zeros are nothing."""
_REALIZATION: Final = Struct(f">{TOLD_SIZE}s3sQQQBB")
"""What was told of it, what of it lasts, and how long the cluster's id is that follows, and the uid
of its intent after that, where it is another one."""

_STATES: Final = (None, *Convergence.State)
_STAGES: Final = (None, *Convergence.Stage)
_REASONS: Final = (None, *Convergence.Reason)


def _plain(it: Lasting) -> bytes:
    return bytes((_STATES.index(it.state), _STAGES.index(it.stage), _REASONS.index(it.reason)))


def _numbers(it: Lasting) -> tuple[int, int, int]:
    # Times are one nanosecond more, as nothing is another time than none.
    updated = 0 if it.update_time is None else it.update_time + 1
    moved = 0 if it.last_transition_time is None else it.last_transition_time + 1
    return it.last_good_generation, updated, moved


def _lasting(named: bytes, uid: str, generation: int, *times: int) -> Lasting:
    state, stage, reason = named
    updated, moved = (at - 1 if at else None for at in times)
    return Lasting(
        state=_STATES[state],
        stage=_STAGES[stage],
        reason=_REASONS[reason],
        update_time=updated,
        last_transition_time=moved,
        intent_uid=uid,
        last_good_generation=generation,
    )


def _none_or(packed: bytes) -> str:
    """Give a uid of its bytes; zeros are none."""
    return uid_of(packed) if any(packed) else ""


Counted: TypeAlias = "tuple[str, Mapping[str, int]]"
"""The state of an intent, and how many of its realizations are in each."""


class Counts:
    """Equal counts of states are one object, as most intents are counted alike."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, tuple[tuple[str, int], ...]], Counted] = {}

    def of(self, state: str, counts: Mapping[str, Any]) -> Counted:
        """Give the one object that is equal."""
        return self._known.setdefault((state, tuple(sorted(counts.items()))), (state, counts))
