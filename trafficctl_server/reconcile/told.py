"""What was said last, in few bytes: whether it differs, and what of it lasts."""

from __future__ import annotations

import hashlib
import sys
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trafficctl_server.reconcile.converging import Lasting

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

    cluster: str
    told: Told
    lasting: Lasting


@dataclass(slots=True)
class ToldIntent:
    """What was said of one intent.

    :ivar told: of the intent itself; none: nothing yet.
    :ivar generation: the one that its objects speak of, with ``uid``.
    :ivar realizations: what was said of it in each cluster; few, so a tuple.
    """

    uid: str = ""
    told: Told | None = None
    generation: int = 0
    realizations: tuple[ToldRealization, ...] = ()

    def put(self, cluster: str, told: Told, lasting: Lasting) -> None:
        """Note what was said of it in a cluster; what lasts is often the same in others."""
        self.drop(cluster)
        same = (it.lasting for it in self.realizations if it.lasting == lasting)
        said = ToldRealization(sys.intern(cluster), told, next(same, lasting))
        self.realizations = (*self.realizations, said)

    def drop(self, cluster: str) -> None:
        """Forget what was said of it in a cluster."""
        self.realizations = tuple(it for it in self.realizations if it.cluster != cluster)


Counted: TypeAlias = "tuple[str, Mapping[str, int]]"
"""The state of an intent, and how many of its realizations are in each."""


class Counts:
    """Equal counts of states are one object, as most intents are counted alike."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, tuple[tuple[str, int], ...]], Counted] = {}

    def of(self, state: str, counts: Mapping[str, Any]) -> Counted:
        """Give the one object that is equal."""
        return self._known.setdefault((state, tuple(sorted(counts.items()))), (state, counts))
