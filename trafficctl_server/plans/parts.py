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
from trafficctl_server.plans.rows import SCHEMA, plan_of
from trafficctl_server.store.records import ABSENT, Put, Remove, Write

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Iterator

    from trafficctl_server.plans.plan import Plan
    from trafficctl_server.store.records import Record
    from trafficctl_server.store.store import Store

PART: Final = "PlanPart"
"""The kind of these rows."""

_MOST_ITEMS: Final = 1000
_MOST_BYTES: Final = 1 << 20
"""Of one part before it is compressed, unless a single item is larger."""
_FAST: Final = 1
_ALL: Final = "projects/-/plans/-/parts/-"
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

    What it wrote counts once the plan says so; what never will is for :meth:`undo`, or, if the
    process ends before, for :func:`clean`.

    :ivar counts: parts so far, by section.
    :ivar rest: parts that are still to be written, with the plan.
    :ivar written: names of those that are.
    """

    plan: Plan
    run: str
    store: Store
    now: int
    counts: dict[str, int] = field(default_factory=dict)
    rest: list[Put] = field(default_factory=list)
    written: list[str] = field(default_factory=list)

    async def add(self, section: Section, items: Iterable[Any]) -> None:
        """Add items to a section."""
        place = Place(self.plan, section, self.run)
        for body in cut(items):
            index = self.counts.get(section, 0)
            self.rest.append(place.put(index, body, self.now))
            self.counts[section.value] = index + 1
            if len(self.rest) > _AT_ONCE:
                puts, self.rest = tuple(self.rest), []
                self.written += (it.name for it in puts)
                with translated():
                    await self.store.commit(Write(puts=puts), background=True)

    async def undo(self) -> None:
        """Remove what was written."""
        names, self.written = self.written, []
        removes = tuple(Remove(name=it, uid=self.plan.uid) for it in names)
        if removes:
            with translated():
                await self.store.commit(Write(removes=removes), background=True)


def removed(plan: Plan, *, changes: bool) -> tuple[Remove, ...]:
    """Give the removal of what was worked out of a plan.

    :param changes: and of its changes.
    """
    found = [
        Place(plan, Section(section), plan.parts.run).name(index)
        for section, count in plan.parts.results.items()
        for index in range(count)
    ]
    if changes:
        found += [Place(plan, Section.CHANGES).name(it) for it in range(plan.parts.changes)]
    return tuple(Remove(name=it, uid=plan.uid) for it in found)


async def clean(before: int, store: Store) -> None:
    """Remove the parts that a process left behind that ended while it worked a plan out.

    :param before: nanoseconds since the Unix epoch; later ones may be at work.
    """
    after, plan = "", ""
    counted: set[str] = set()
    while True:
        with translated():
            page = await store.list(PART, _ALL, after=after, limit=_AT_ONCE)
        for it in page:
            if it.name.rsplit("/", 2)[0] != plan:
                plan = it.name.rsplit("/", 2)[0]
                with translated():
                    record = await store.get(plan)
                counted = set() if record is None else {f"{record.uid}/", _counted(record)}
            uid = f"{it.uid}/{it.name.split('.')[-2]}"
            if it.create_time < before and uid not in counted:
                with translated():
                    gone = (Remove(name=it.name, uid=it.uid),)
                    await store.commit(Write(removes=gone), background=True)
        if len(page) < _AT_ONCE:
            return
        after = page[-1].name


def _counted(record: Record) -> str:
    plan = plan_of(record)
    return f"{plan.uid}/{plan.parts.run}"
