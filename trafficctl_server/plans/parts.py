"""What a plan is made of and what it would do, in rows of bounded size.

A plan's changes, the rows that it would write, the guards and entries that it rests on, the
addresses reserved for it, what it would do to objects and to reachability: each is a sequence of
JSON values, cut into parts that are compressed. No row grows with the plan.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

import orjson

from trafficctl_server.intents.desk import translated
from trafficctl_server.plans.rows import SCHEMA
from trafficctl_server.store.records import ABSENT, Put, Remove, Write

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Iterator

    from trafficctl_server.plans.plan import Plan
    from trafficctl_server.store.store import Store

PART: Final = "PlanPart"
"""The kind of these rows."""

_MOST_ITEMS: Final = 1000
_MOST_BYTES: Final = 1 << 20
"""Of one part before it is compressed, unless a single item is larger."""
_FAST: Final = 1
_PAGE: Final = 100
_AT_ONCE: Final = 8
"""So many parts are in one write."""


class Section(StrEnum):
    """The sequences."""

    CHANGES = "changes"
    ROWS = "rows"
    GUARDS = "guards"
    ADDRESSES = "addresses"
    OBJECTS = "objects"
    REACH = "reach"


def cut(items: Iterable[Any]) -> Iterator[bytes]:
    """Cut JSON values into compressed parts."""
    waiting: list[bytes] = []
    size = 0
    for item in items:
        text = orjson.dumps(item)
        if waiting and (len(waiting) >= _MOST_ITEMS or size + len(text) > _MOST_BYTES):
            yield _pack(waiting)
            waiting, size = [], 0
        waiting.append(text)
        size += len(text)
    if waiting:
        yield _pack(waiting)


def _pack(items: list[bytes]) -> bytes:
    return zlib.compress(b"[" + b",".join(items) + b"]", _FAST)


def unpack(body: bytes) -> list[Any]:
    """Give the JSON values of a part."""
    found: list[Any] = orjson.loads(zlib.decompress(body))
    return found


def part_name(plan: str, section: Section, run: str, index: int) -> str:
    """Give the name of a row; ``run``: of which computation, empty for the changes themselves."""
    return f"{plan}/parts/{section}.{run}.{index:06}"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the parts of one section of a plan stand.

    :ivar run: of which computation; empty for the changes themselves.
    """

    plan: Plan
    section: Section
    run: str = ""

    def name(self, index: int) -> str:
        """Give the name of a row."""
        return f"{self.plan.name}/parts/{self.section}.{self.run}.{index:06}"

    def put(self, index: int, body: bytes, now: int) -> Put:
        """Give the put of a new part."""
        return Put(
            name=self.name(index),
            kind=PART,
            uid=self.plan.uid,
            etag="",
            generation=1,
            create_time=now,
            update_time=now,
            body=body,
            expect=ABSENT,
            schema=SCHEMA,
        )

    async def read(self, index: int, store: Store) -> list[Any]:
        """Give the items of one part; none: the plan was computed anew or deleted meanwhile."""
        with translated():
            record = await store.get(self.name(index))
        return unpack(record.body) if record is not None and record.uid == self.plan.uid else []


def place_of(plan: Plan, section: Section) -> tuple[Place, int]:
    """Give where a section of a plan stands now, and how many parts it has."""
    if section is Section.CHANGES:
        return Place(plan, section), plan.parts.changes
    return Place(plan, section, plan.parts.run), plan.parts.results.get(section, 0)


async def read_all(plan: Plan, section: Section, store: Store) -> AsyncIterator[Any]:
    """Give the items of a section, part by part."""
    place, count = place_of(plan, section)
    for index in range(count):
        for item in await place.read(index, store):
            yield item


@dataclass(slots=True, kw_only=True)
class Writer:
    """Writes the results of one computation, so that memory holds a few parts at most.

    What it wrote counts once the plan says so; see :func:`sweep`.

    :ivar counts: parts so far, by section.
    :ivar rest: parts that are still to be written, with the plan.
    """

    plan: Plan
    run: str
    store: Store
    now: int
    counts: dict[str, int] = field(default_factory=dict)
    rest: list[Put] = field(default_factory=list)

    async def add(self, section: Section, items: Iterable[Any]) -> None:
        """Add items to a section."""
        place = Place(self.plan, section, self.run)
        for body in cut(items):
            index = self.counts.get(section, 0)
            self.rest.append(place.put(index, body, self.now))
            self.counts[section.value] = index + 1
            if len(self.rest) > _AT_ONCE:
                puts, self.rest = tuple(self.rest), []
                with translated():
                    await self.store.commit(Write(puts=puts), background=True)


async def sweep(plan: str, uid: str, keep: Plan | None, store: Store) -> None:
    """Remove the parts of a plan that no longer count.

    :param keep: the plan whose parts stay; none: they all go.
    """
    counted = set() if keep is None else {"", keep.parts.run}
    after = ""
    while True:
        with translated():
            page = await store.list(PART, f"{plan}/parts/-", after=after, limit=_PAGE)
        gone = [
            Remove(name=it.name, uid=it.uid)
            for it in page
            if it.uid == uid and it.name.split(".")[-2] not in counted
        ]
        for start in range(0, len(gone), _AT_ONCE):
            with translated():
                removes = tuple(gone[start : start + _AT_ONCE])
                await store.commit(Write(removes=removes), background=True)
        if len(page) < _PAGE:
            return
        after = page[-1].name
