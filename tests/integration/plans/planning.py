"""Plans over a controller without a door, as short as tests want them."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from trafficctl_server.clusters.target import ObjectKey
from trafficctl_server.clusters.tree_paths import path_of
from trafficctl_server.intents.requests import ChangeRequest
from trafficctl_server.plans.changes import Change
from trafficctl_server.plans.object_changes import ObjectChange, from_item
from trafficctl_server.plans.parts import Section, read_all
from trafficctl_server.plans.plan import Plan

if TYPE_CHECKING:
    from tests.fakes.town import Town
    from trafficctl_server.intents.kinds import Resource

NAME = "projects/p1/plans/spring"


def wished(*wishes: Resource, **more: str) -> list[Change]:
    """Give changes that apply resources, and delete those named."""
    return [
        *(Change(name=it.name, wish=it, uid=str(uuid.uuid4())) for it in wishes),
        *(Change(name=it) for it in more.values()),
    ]


def gone(*names: str) -> list[Change]:
    return [Change(name=it) for it in names]


async def create(it: Town, changes: list[Change], name: str = NAME, **request: Any) -> Plan:
    return await it.engine.plans.office.create(Plan(name=name), changes, ChangeRequest(**request))


async def compute(it: Town, name: str = NAME, **request: Any) -> Plan:
    return await it.engine.plans.office.compute(name, ChangeRequest(**request))


async def planned(it: Town, changes: list[Change], name: str = NAME, **request: Any) -> Plan:
    """Create and compute a plan."""
    await create(it, changes, name, **request)
    return await compute(it, name, **request)


async def apply(it: Town, plan: Plan, **request: Any) -> Plan:
    return await it.engine.plans.applying.apply(plan.name, plan.digest, ChangeRequest(**request))


async def objects(it: Town, plan: Plan) -> dict[str, ObjectChange]:
    """Give what a plan would do to objects, by ``<cluster>/<key>``."""
    items = read_all(plan, Section.OBJECTS, it.store)
    return {f"{item['cluster']}/{item['key']}": from_item(item) async for item in items}


async def foretold(it: Town, plan: Plan) -> dict[str, str]:
    """Give the files as they will be once a plan is applied, by their path below the root."""
    after = objects_of(it)
    for name, change in (await objects(it, plan)).items():
        cluster, _, key = name.partition("/")
        path = f"{cluster}/{path_of(ObjectKey.parse(key))}"
        if change.before:
            assert after.pop(path) == change.before
        if change.after:
            after[path] = change.after
    return after


def objects_of(it: Town) -> dict[str, str]:
    """Give the files of objects, by their path below the root."""
    return {path: text for path, text in it.tree().items() if path.endswith(".yaml")}
