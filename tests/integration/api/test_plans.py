"""Plans over the wire: every method, every error, and what stands in the answers."""

import uuid
from typing import Any

import pytest
from google.protobuf import json_format
from trafficctl.v2 import plan_pb2, resource_pb2

from tests.integration.api.site import BUNDLE, GROUP, Refused, Site, cluster, intercluster, workload

PARENT = "projects/acme"
PLAN = f"{PARENT}/plans/spring"
INTENT = f"{GROUP}/interclusterIntents/cart"


def apply(name: str, **resource: Any) -> plan_pb2.Change:
    """Give a change that applies one resource, by the field it stands in."""
    for wish in resource.values():
        wish.name = name
    return plan_pb2.Change(apply=resource_pb2.Resource(**resource))


def delete(name: str, **fields: Any) -> plan_pb2.Change:
    return plan_pb2.Change(delete=name, **fields)


def group(**fields: Any) -> Any:
    return json_format.ParseDict(fields, resource_pb2.Resource().traffic_intent_group)


def everything() -> list[plan_pb2.Change]:
    return [
        apply(INTENT, intercluster_intent=intercluster()),
        apply(GROUP, traffic_intent_group=group()),
        apply(f"{BUNDLE}/workloads/cart", workload=workload()),
        apply(f"{BUNDLE}/workloads/web", workload=workload()),
        apply("clusters/east", cluster=cluster()),
    ]


async def call(site: Site, method: str, **fields: Any) -> Any:
    request = getattr(plan_pb2, f"{method}Request")(**fields)
    return (await site.call("PlanService", method, request)).message


async def create(site: Site, *changes: plan_pb2.Change, **fields: Any) -> Any:
    given = {"parent": PARENT, "plan_id": "spring"} | fields
    return await call(site, "CreatePlan", plan={"changes": changes}, **given)


async def computed(site: Site, *changes: plan_pb2.Change, **fields: Any) -> Any:
    plan = await create(site, *changes, **fields)
    return await call(site, "ComputePlan", name=plan.name)


async def test_a_plan_is_collected_computed_looked_at_and_applied(site: Site) -> None:
    first, *rest = everything()
    plan = await create(site, first)
    assert (plan.state, plan.name) == (plan_pb2.Plan.DRAFT, PLAN)
    assert plan.expire_time.seconds - plan.create_time.seconds == 7 * 24 * 3600
    added = await call(site, "AddPlanChanges", name=PLAN, changes=rest, etag=plan.etag)
    assert added.etag != plan.etag
    ready = await call(site, "ComputePlan", name=PLAN)
    assert ready.state == plan_pb2.Plan.READY, ready
    assert ready.base_revision
    assert ready.digest
    assert ready.etag == added.etag
    listed = await call(site, "ListPlanChanges", parent=PLAN, page_size=2)
    assert [it.apply.WhichOneof("resource") for it in listed.changes] == [
        "intercluster_intent",
        "traffic_intent_group",
    ]
    after = await call(
        site, "ListPlanChanges", parent=PLAN, page_size=3, page_token=listed.next_page_token
    )
    assert len(after.changes) == 3
    assert not after.next_page_token
    done = await call(site, "ApplyPlan", name=PLAN, digest=ready.digest)
    assert done.state == plan_pb2.Plan.APPLIED
    assert done.applied_revision == done.revision
    plans = await call(site, "ListPlans", parent=PARENT, filter="state = APPLIED")
    assert [it.name for it in plans.plans] == [PLAN]
    record = await site.store.get(INTENT)
    assert record is not None
    assert record.revision == done.applied_revision


async def test_nothing_of_a_plan_that_is_only_validated_is_kept(site: Site) -> None:
    before = site.store.revision
    plan = await create(site, *everything(), validate_only=True)
    assert plan.state == plan_pb2.Plan.READY
    assert plan.revision == 0
    assert site.store.revision == before
    with pytest.raises(Refused) as refused:
        await call(site, "GetPlan", name=PLAN)
    assert refused.value.reason == "NOT_FOUND"


async def test_all_problems_come_at_once_with_their_paths(site: Site) -> None:
    await site.group()
    await site.cluster()
    await site.workload()
    await site.intent()
    wrong = intercluster(callers=[])
    plan = await computed(
        site,
        delete(f"{BUNDLE}/workloads/cart"),
        delete(GROUP),
        delete("clusters/east"),
        delete(f"{BUNDLE}/workloads/never"),
        apply(f"{GROUP}/interclusterIntents/b", intercluster_intent=wrong),
        apply(
            f"{BUNDLE}/trafficIntentGroups/never/interclusterIntents/c",
            intercluster_intent=intercluster(),
        ),
    )
    assert plan.state == plan_pb2.Plan.DRAFT
    found = {it.field: it.reason for it in plan.problems.bad_request.field_violations}
    assert found == {
        "changes[0].delete": "WORKLOAD_IN_USE",
        "changes[1].delete": "GROUP_NOT_EMPTY",
        "changes[3].delete": "NOT_FOUND",
        "changes[4].apply.intercluster_intent.callers": "repeated.min_items",
        "changes[4].apply.intercluster_intent": "NOT_FOUND",
        "changes[5].apply.intercluster_intent": "NOT_FOUND",
    }
    with pytest.raises(Refused) as refused:
        await call(site, "ApplyPlan", name=PLAN, digest="x")
    assert refused.value.reason == "PLAN_STATE"


async def test_a_request_that_can_never_be_right_is_refused_whole(site: Site) -> None:
    twice = delete(INTENT)
    with pytest.raises(Refused) as refused:
        await create(
            site,
            twice,
            twice,
            delete("projects/other/resourceBundles/b/versions/v/trafficIntentGroups/g"),
            delete("clusters/-"),
            plan_pb2.Change(apply=resource_pb2.Resource()),
        )
    assert sorted(refused.value.fields) == ["changes[3].delete", "changes[4].apply.resource"]
    with pytest.raises(Refused) as refused:
        await create(
            site,
            twice,
            twice,
            delete("projects/other/resourceBundles/b/versions/v/trafficIntentGroups/g"),
        )
    assert sorted(refused.value.fields) == ["changes[1].delete", "changes[2].delete"]
    assert sorted(refused.value.rules) == ["changes.project", "changes.unique"]
    await create(site, twice)
    with pytest.raises(Refused) as refused:
        await call(site, "AddPlanChanges", name=PLAN, changes=[twice])
    assert refused.value.rules == ["changes.unique"]


async def test_a_repeated_request_gets_its_first_answer(site: Site) -> None:
    ids = {it: str(uuid.uuid4()) for it in ("create", "compute", "apply")}
    first = await create(site, *everything(), request_id=ids["create"])
    assert await create(site, *everything(), request_id=ids["create"]) == first
    ready = await call(site, "ComputePlan", name=PLAN, request_id=ids["compute"])
    assert await call(site, "ComputePlan", name=PLAN, request_id=ids["compute"]) == ready
    done = await call(site, "ApplyPlan", name=PLAN, digest=ready.digest, request_id=ids["apply"])
    again = await call(site, "ApplyPlan", name=PLAN, digest=ready.digest, request_id=ids["apply"])
    assert again == done
    with pytest.raises(Refused) as refused:
        await call(site, "ApplyPlan", name=PLAN, digest="other", request_id=ids["apply"])
    assert refused.value.reason == "REQUEST_ID_REUSED"
