"""Plans over the wire: every method, every error, and what stands in the answers."""

import uuid
from typing import Any

import pytest
from google.protobuf import json_format
from google.rpc import error_details_pb2
from trafficctl.v2 import plan_pb2, resource_pb2

from tests.integration.api.site import (
    BUNDLE,
    GROUP,
    Refused,
    Site,
    allow_all,
    cluster,
    intercluster,
    workload,
)
from trafficctl_server.plans.parts import PART, unpack

PARENT = "projects/acme"
SECRET = "hunter2-and-nobody-else"
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


async def test_a_secret_is_sealed_never_shown_and_stays_when_it_is_left_out(site: Site) -> None:
    name = f"{GROUP}/inboundIntents/front"
    inline = {"certificate_chain": "chain", "private_key": SECRET}
    listener = {
        "port": 443,
        "protocol": "HTTPS",
        "service_port": 80,
        "simple": {"certificate": {"inline": inline}},
    }
    wish = {
        "destination": {"workload": "cart"},
        "exposed_hosts": [{"fqdn": "shop.example.com"}],
        "listeners": [listener],
        "callers": [{"any_client": {"identity": "ANYONE"}, "access": [allow_all()]}],
    }
    intent = json_format.ParseDict(wish, resource_pb2.Resource().inbound_intent)
    plan = await computed(site, *everything()[1:], apply(name, inbound_intent=intent))
    assert plan.state == plan_pb2.Plan.READY, plan.problems
    listed = await call(site, "ListPlanChanges", parent=PLAN)
    assert SECRET not in str(listed)
    for record in await site.store.list(PART, f"{PLAN}/parts/-", limit=100):
        assert SECRET not in str(unpack(record.body))
    await call(site, "ApplyPlan", name=PLAN, digest=plan.digest)
    assert await kept_secret(site, name) == SECRET
    intent.listeners[0].simple.certificate.inline.ClearField("private_key")
    intent.path_prefix = "/shop"
    again = await computed(site, apply(name, inbound_intent=intent), plan_id="again")
    await call(site, "ApplyPlan", name=again.name, digest=again.digest)
    assert await kept_secret(site, name) == SECRET
    same = await computed(site, apply(name, inbound_intent=intent), plan_id="same")
    done = await call(site, "ApplyPlan", name=same.name, digest=same.digest)
    stored = await site.store.get(name)
    assert stored is not None
    assert stored.revision < done.applied_revision  # what changes nothing is not written


async def kept_secret(site: Site, name: str) -> str:
    record = await site.store.get(name)
    assert record is not None
    wish: Any = site.desk.bodies.wish(record)
    kept: str = wish.listeners[0].simple.certificate.inline.private_key
    return kept


async def test_pages_are_of_one_computation(site: Site) -> None:
    changes = everything()
    await computed(site, *changes)
    first = await call(site, "ListPlanChanges", parent=PLAN, page_size=2)
    for wrong in (
        {"page_token": "nonsense"},
        {"page_token": first.next_page_token, "filter": 'delete = "x"'},
        {"filter": "color = red"},
    ):
        with pytest.raises(Refused) as refused:
            await call(site, "ListPlanChanges", parent=PLAN, **wrong)
        assert len(refused.value.fields) == 1
    found = await call(site, "ListPlanChanges", parent=PLAN, filter="NOT delete:*")
    assert len(found.changes) == len(changes)
    for method in ("ListObjectChanges", "ListReachChanges"):
        assert not (await call(site, method, parent=PLAN)).changes
        with pytest.raises(Refused) as refused:
            await call(site, method, parent=f"{PARENT}/plans/never")
        assert refused.value.reason == "NOT_FOUND"


async def test_what_was_seen_must_be_what_is_there(site: Site) -> None:
    ready = await computed(site, *everything())
    for method in ("ApprovePlan", "RejectPlan", "ApplyPlan"):
        with pytest.raises(Refused) as refused:
            await call(site, method, name=PLAN, digest="another")
        assert refused.value.reason == "PLAN_DIGEST"
        assert refused.value.metadata["current"] == ready.digest
    with pytest.raises(Refused) as refused:
        await call(site, "ApprovePlan", name=PLAN, digest=ready.digest)
    assert refused.value.reason == "PLAN_OWN_APPROVAL"  # nobody is known, so all are one
    await site.group()
    with pytest.raises(Refused) as refused:
        await call(site, "ApplyPlan", name=PLAN, digest=ready.digest)
    assert refused.value.reason == "PLAN_STALE"
    stale = await call(site, "GetPlan", name=PLAN)
    assert stale.state == plan_pb2.Plan.STALE
    with pytest.raises(Refused) as refused:
        await call(site, "DeletePlan", name=PLAN, etag="older")
    assert refused.value.reason == "ETAG_MISMATCH"
    await call(site, "DeletePlan", name=PLAN, etag=stale.etag)
    await call(site, "DeletePlan", name=PLAN, allow_missing=True)
    assert await site.store.list(PART, f"{PLAN}/parts/-", limit=10) == []


async def test_a_group_that_asks_for_plans_says_where_to_read_on(site: Site) -> None:
    await site.group(change_policy="PLAN")
    with pytest.raises(Refused) as refused:
        await site.intent()
    assert refused.value.reason == "PLAN_REQUIRED"
    links = refused.value.detail(error_details_pb2.Help).links
    assert [it.url for it in links] == ["docs/errors.md#plan_required"]
