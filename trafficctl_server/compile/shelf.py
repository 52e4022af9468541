"""Intents by name, most of them as bytes, which are read whenever somebody asks for one.

As objects all intents of a large world take three times the memory; those asked for lately, such as
the ones about the destination that is worked on, stay objects.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from typing import Final, TypeAlias

from trafficctl_sdk.intent_kinds import ConnectivityIntent
from trafficctl_sdk.model.outbound_intent import OutboundIntent

from trafficctl_server.compile.branches import Branch, Trunk
from trafficctl_server.compile.sayings import Brief, Saying, said, saying_of

Unpack: TypeAlias = Callable[[str, bytes], ConnectivityIntent]
"""Reads an intent, by its name, from its bytes; the same bytes always give equal intents."""


UnpackBrief: TypeAlias = Callable[[str, bytes], Brief | None]
"""Reads the brief form of what an intent says of its destination, where its bytes hold one."""


def unreadable(name: str, packed: bytes) -> ConnectivityIntent:  # noqa: ARG001 - one of the Unpack kind
    """Read nothing: for a world that is told objects alone."""
    raise ValueError(f"nothing reads the bytes of {name}")


def untold(name: str, packed: bytes) -> Brief | None:  # noqa: ARG001 - one of the UnpackBrief kind
    """Find none: what is packed without it is read whole."""
    return None


KEPT_READ: Final = 4096
"""So many intents that were read stay objects, about 6 MiB."""


class Shelf(Mapping[str, ConnectivityIntent]):
    """Intents by name, for reading; :meth:`put` and :meth:`drop` are for the world.

    :ivar unpack: reads what is kept as bytes; to be given before any are put.
    :ivar unpack_brief: likewise, what an intent says of its destination alone.
    """

    def __init__(self, unpack: Unpack, unpack_brief: UnpackBrief = untold) -> None:
        self.unpack = unpack
        self.unpack_brief = unpack_brief
        self._kept: Branch[str, ConnectivityIntent | bytes] = Trunk()
        # With the bytes that each was read from: forks read for each other.
        self._read: OrderedDict[str, tuple[bytes, ConnectivityIntent]] = OrderedDict()

    def fork(self) -> "Shelf":
        """Give an independent shelf that holds the same; copies nothing."""
        other = Shelf(self.unpack, self.unpack_brief)
        other._kept, other._read = self._kept.fork(), self._read
        return other

    def kept(self, name: str) -> object:
        """Give what is kept of an intent: the same object for as long as nothing else is put."""
        return self._kept[name]

    def said(self, name: str) -> Saying:
        """Give what an intent says of its destination, from its bytes where they tell that.

        :raises TypeError: it has none.
        """
        kept = self._kept[name]
        form = self.unpack_brief(name, kept) if isinstance(kept, bytes) else None
        if form is not None:
            return said(name, form)
        intent = self[name]
        if isinstance(intent, OutboundIntent):
            raise TypeError(f"{name} has no destination")
        return saying_of(intent)

    def put(self, intent: ConnectivityIntent, packed: bytes = b"") -> None:
        """Take an intent; with its bytes they are kept in its place."""
        self._read.pop(intent.name, None)
        self._kept[intent.name] = packed or intent
        if packed:
            self._stay(intent, packed)

    def recall(self, name: str, packed: bytes) -> None:
        """Take an intent as its bytes alone: nobody asked for it yet."""
        self._kept[name] = packed

    def drop(self, name: str) -> None:
        """Forget an intent."""
        self._kept.pop(name, None)
        self._read.pop(name, None)

    def packed(self, name: str) -> bytes:
        """Give the bytes that are kept of an intent; empty: the object is, or nothing."""
        kept = self._kept.get(name)
        return kept if isinstance(kept, bytes) else b""

    def __getitem__(self, name: str) -> ConnectivityIntent:
        kept = self._kept[name]
        if not isinstance(kept, bytes):
            return kept
        found = self._read.get(name)
        if found is not None and found[0] is kept:
            self._read.move_to_end(name)
            return found[1]
        intent = self.unpack(name, kept)
        self._stay(intent, kept)
        return intent

    def __contains__(self, name: object) -> bool:
        return name in self._kept

    def __iter__(self) -> Iterator[str]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)

    def _stay(self, intent: ConnectivityIntent, packed: bytes) -> None:
        self._read[intent.name] = packed, intent
        if len(self._read) > KEPT_READ:
            self._read.popitem(last=False)
