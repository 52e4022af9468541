"""What was said last, in few bytes: whether it differs, and what of it lasts."""

from __future__ import annotations

import hashlib
import marshal
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from trafficctl_sdk.model.convergence import Convergence

from trafficctl_server.reconcile.converging import Lasting

if TYPE_CHECKING:
    from collections.abc import Mapping

_UID: Final = 16
_DIGEST: Final = 12
"""Bytes: by chance two things share it once in 2^96."""


class Told(bytes):
    """One record that says something: its uid and a digest of what it says, in one."""

    __slots__ = ()

    @classmethod
    def of(cls, uid: str, said: bytes) -> Told:
        """Note what a record says."""
        return cls(
            bytes.fromhex(uid.replace("-", ""))
            + hashlib.blake2b(said, digest_size=_DIGEST).digest()
        )

    @property
    def uid(self) -> str:
        """The record's uid."""
        return str(uuid.UUID(bytes=self[:_UID]))


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
        uid, told, generation, said = marshal.loads(packed)  # noqa: S302 - this process wrote it
        return cls(
            uid=uid,
            told=Told(told) if told else None,
            generation=generation,
            realizations={
                cluster: ToldRealization(Told(key), _lasting(*lasting))
                for cluster, key, lasting in said
            },
        )

    def packed(self) -> bytes:
        """Give it as bytes: as objects all of them take thrice the memory."""
        said = [(it, bytes(was.told), _plain(was.lasting)) for it, was in self.realizations.items()]
        return marshal.dumps((self.uid, bytes(self.told or b""), self.generation, said))


def is_said(packed: bytes, uid: str, generation: int) -> bool:
    """Say whether anything was said of an intent as it is now, by what it was packed to."""
    own, told, at, _ = marshal.loads(packed)  # noqa: S302 - this process wrote it
    return bool(told) and (own, at) == (uid, generation)


def _plain(it: Lasting) -> tuple[str | int | None, ...]:
    named = (None if name is None else name.value for name in (it.state, it.stage, it.reason))
    times = (it.update_time, it.last_transition_time)
    return (*named, *times, it.intent_uid, it.last_good_generation)


def _lasting(state: str | None, stage: str | None, reason: str | None, *rest: Any) -> Lasting:
    return Lasting(
        None if state is None else Convergence.State(state),
        None if stage is None else Convergence.Stage(stage),
        None if reason is None else Convergence.Reason(reason),
        *rest,
    )


Counted: TypeAlias = "tuple[str, Mapping[str, int]]"
"""The state of an intent, and how many of its realizations are in each."""


class Counts:
    """Equal counts of states are one object, as most intents are counted alike."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, tuple[tuple[str, int], ...]], Counted] = {}

    def of(self, state: str, counts: Mapping[str, Any]) -> Counted:
        """Give the one object that is equal."""
        return self._known.setdefault((state, tuple(sorted(counts.items()))), (state, counts))
