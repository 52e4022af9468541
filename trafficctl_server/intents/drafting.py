"""What a change makes of what is stored: the row to write, before anybody judges it."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from trafficctl_sdk.model.cluster import Cluster
from trafficctl_sdk.model.traffic_intent_group import TrafficIntentGroup
from trafficctl_sdk.model.workload import Workload

from trafficctl_server.compile.guards import (
    CLUSTERS,
    group_guard,
    served_guard,
    workload_guards,
)
from trafficctl_server.compile.names import group_of
from trafficctl_server.intents.bodies import SCHEMA, etag_of, office, same_generation, same_wish
from trafficctl_server.intents.kinds import kind_of
from trafficctl_server.store.records import ABSENT, Expect, Put, Record

if TYPE_CHECKING:
    from trafficctl_server.compile.world import World
    from trafficctl_server.intents.bodies import Bodies
    from trafficctl_server.intents.kinds import Resource


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One row as it shall be.

    :ivar before: the row that it takes the place of; none: it is new.
    :ivar wish: as it shall be read, at no revision yet; of what is deleted, as it was.
    """

    put: Put
    wish: Resource
    before: Record | None = None

    @property
    def record(self) -> Record:
        """The row as it will be read, at no revision yet."""
        return Record(
            name=self.put.name,
            kind=self.put.kind,
            uid=self.put.uid,
            etag=self.put.etag,
            generation=self.put.generation,
            revision=0,
            create_time=self.put.create_time,
            update_time=self.put.update_time,
            delete_time=self.put.delete_time,
            body=self.put.body,
            progress=self.before.progress if self.before is not None else b"",
            schema=self.put.schema,
        )


def created(wish: Resource, bodies: Bodies, *, uid: str, principal: str, now: int) -> Draft:
    """Draft a new resource."""
    new = replace(
        wish,
        name=sys.intern(wish.name),  # what indexes hold of it is this one object
        uid=sys.intern(uid),
        generation=1,
        creator=principal,
        last_editor=principal,
    )
    body = bodies.encode(new)
    etag = etag_of(uid, body)
    new = replace(new, etag=etag, create_time=now, update_time=now)
    bodies.keep(new)
    put = Put(
        name=new.name,
        kind=kind_of(new).name,
        uid=uid,
        etag=etag,
        generation=1,
        create_time=now,
        update_time=now,
        body=body,
        progress=b"",
        expect=ABSENT,
        schema=SCHEMA,
    )
    return Draft(put=put, wish=new)


def changed(
    stored: Record, before: Resource, wish: Resource, bodies: Bodies, *, principal: str, now: int
) -> Draft | None:
    """Draft a change of a stored resource; none: it changes nothing.

    :param before: the wish in the stored row.
    :param wish: under the same name.
    """
    if same_wish(before, wish):
        return None
    new = replace(
        wish,
        name=stored.name,
        uid=stored.uid,
        generation=stored.generation + (not same_generation(before, wish)),
        creator=before.creator,
        last_editor=principal,
    )
    body = bodies.encode(new, office(stored))
    etag = etag_of(stored.uid, body)
    new = replace(new, etag=etag, create_time=stored.create_time, update_time=now)
    bodies.keep(new)
    put = Put(
        name=stored.name,
        kind=stored.kind,
        uid=stored.uid,
        etag=etag,
        generation=new.generation,
        create_time=stored.create_time,
        update_time=now,
        body=body,
        expect=Expect.etag(stored.etag),
        schema=SCHEMA,
    )
    return Draft(put=put, wish=new, before=stored)


def deleted(stored: Record, bodies: Bodies, *, now: int) -> Draft:
    """Draft that a resource goes; it stays readable until every cluster has confirmed that."""
    put = put_of(replace(stored, delete_time=now))
    return Draft(put=put, wish=bodies.wish(stored), before=stored)


@dataclass(frozen=True, slots=True)
class Guards:
    """Names to expect unmoved, and names to touch, when a row is written."""

    expected: frozenset[str]
    touched: frozenset[str]


def own_guards(draft: Draft, world: World) -> Guards:
    """Give the guards of a row itself, besides those of the scopes that it touches.

    :param world: as it is before.
    """
    name = draft.put.name
    if isinstance(draft.wish, TrafficIntentGroup):
        return Guards(frozenset(), frozenset({group_guard(name)}))
    if isinstance(draft.wish, Cluster):
        return Guards(frozenset(), frozenset({CLUSTERS}))
    if isinstance(draft.wish, Workload):
        served = {served_guard(name)}
        versions = (world.workloads.get(name), draft.wish)
        touched = {guard for it in versions if it is not None for guard in workload_guards(it)}
        return Guards(frozenset(served), frozenset(touched | served))
    return Guards(frozenset({group_guard(group_of(name))}), frozenset())


def put_of(record: Record) -> Put:
    """Give the put of a record as it shall be, expecting it as it was read.

    Progress is not ours to write: it may have gone on since the record was read.
    """
    return Put(
        name=record.name,
        kind=record.kind,
        uid=record.uid,
        etag=record.etag,
        generation=record.generation,
        create_time=record.create_time,
        update_time=record.update_time,
        delete_time=record.delete_time,
        body=record.body,
        expect=Expect.etag(record.etag),
        schema=record.schema,
    )
