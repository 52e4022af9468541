"""Plans as rows of the store, and back."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, Final

import orjson
from trafficctl_sdk.codec import from_json, to_json

from trafficctl_server.intents.bodies import etag_of
from trafficctl_server.plans.plan import Plan
from trafficctl_server.store.records import ABSENT, Expect, Put, Record

if TYPE_CHECKING:
    from collections.abc import Mapping

PLAN: Final = "Plan"
SCHEMA: Final = 1

_WISHED: Final = frozenset(
    {
        *("display_name", "description", "labels", "annotations", "creator", "last_editor"),
        *("authors", "count", "content", "expire_time"),
    }
)
_STANDARD: Final = frozenset(
    {"name", "uid", "etag", "generation", "revision", "create_time", "update_time"}
)


def put_of(plan: Plan, before: Plan | None) -> Put:
    """Give the put of a plan; its etag changes with the wish, never with the state.

    :param before: the plan that it takes the place of, as it was read; none: it is new.
    """
    body = orjson.dumps(_part(plan, _WISHED), option=orjson.OPT_SORT_KEYS)
    progress = {it.name for it in fields(Plan)} - _WISHED - _STANDARD
    return Put(
        name=plan.name,
        kind=PLAN,
        uid=plan.uid,
        etag=etag_of(plan.uid, body),
        generation=plan.generation,
        create_time=plan.create_time,
        update_time=plan.update_time,
        body=body,
        progress=orjson.dumps(_part(plan, progress), option=orjson.OPT_SORT_KEYS),
        expect=ABSENT if before is None else Expect.uid(before.uid),
        schema=SCHEMA,
    )


def record_of(plan: Plan, before: Plan | None) -> Record:
    """Give the row of a plan as it will be read."""
    put = put_of(plan, before)
    return Record(
        name=put.name,
        kind=put.kind,
        uid=put.uid,
        etag=put.etag,
        generation=put.generation,
        revision=plan.revision,
        create_time=put.create_time,
        update_time=put.update_time,
        delete_time=None,
        body=put.body,
        progress=put.progress or b"",
        schema=put.schema,
    )


def plan_of(record: Record) -> Plan:
    """Read a row."""
    read: Mapping[str, Any] = {**orjson.loads(record.progress), **orjson.loads(record.body)}
    plan = from_json(Plan, {**read, "name": record.name}, strict=False)
    return replace(
        plan,
        uid=record.uid,
        etag=record.etag,
        generation=record.generation,
        revision=record.revision,
        create_time=record.create_time,
        update_time=record.update_time,
    )


def _part(plan: Plan, names: frozenset[str] | set[str]) -> dict[str, Any]:
    return {key: value for key, value in to_json(plan).items() if key in names}
