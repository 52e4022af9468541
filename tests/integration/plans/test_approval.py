"""Groups that are changed by plan only, and who may say yes."""

from dataclasses import replace
from typing import Any

import pytest
from trafficctl_sdk.model.traffic_intent_group import TrafficIntentGroup

from tests.fakes import wishes
from tests.fakes.town import Town
from tests.integration.plans.planning import NAME, apply, compute, create, gone, planned, wished
from trafficctl_server.intents import failures
from trafficctl_server.intents.kinds import GROUP, INTERCLUSTER
from trafficctl_server.intents.requests import ChangeRequest
from trafficctl_server.plans.plan import Plan, PlanState

Policy = TrafficIntentGroup.ChangePolicy
INTENT = wishes.intercluster("a", "back", "front")
OTHER = wishes.intercluster("b", "front", "back")


def group(policy: Policy | None, **fields: Any) -> TrafficIntentGroup:
    return replace(wishes.group(), change_policy=policy, **fields)


async def approve(it: Town, plan: Plan, principal: str, digest: str = "") -> Plan:
    return await it.engine.plans.office.approve(
        plan.name, digest or plan.digest, "seen", ChangeRequest(principal=principal)
    )


async def reject(it: Town, plan: Plan, principal: str) -> Plan:
    return await it.engine.plans.office.reject(
        plan.name, plan.digest, "no", ChangeRequest(principal=principal)
    )


@pytest.fixture
async def approving(it: Town) -> Town:
    for wish in (wishes.workload("front"), wishes.workload("back"), group(None), INTENT):
        await it.create(wish)
    await it.update(group(Policy.APPROVAL))
    return it


@pytest.mark.parametrize("policy", [Policy.PLAN, Policy.APPROVAL])
async def test_nothing_of_such_a_group_is_changed_directly(it: Town, policy: Policy) -> None:
    for wish in (wishes.workload("front"), wishes.workload("back"), group(None), INTENT):
        await it.create(wish)
    await it.update(group(policy))
    changes = (
        it.create(OTHER),
        it.create(OTHER, validate_only=True),
        it.update(wishes.intercluster("a", "back", "front", external_prefix="rear")),
        it.delete(INTERCLUSTER, INTENT.name),
        it.update(group(None)),
        it.update(group(policy, description="mine")),
        it.delete(GROUP, wishes.group_name()),
        it.delete(GROUP, wishes.group_name(), force=True),
    )
    for change in changes:
        with pytest.raises(failures.PlanRequired) as refused:
            await change
        assert refused.value.subject == wishes.group_name()
    # The inventory is nobody's, and other groups are as they were.
    await it.update(wishes.workload("front", service_account="other"))
    await it.create(wishes.group("free"))
    await it.create(wishes.intercluster("c", "back", "front", of=wishes.group_name("free")))


async def test_a_restart_knows_the_policy(approving: Town) -> None:
    await approving.stop()
    await approving.start()
    with pytest.raises(failures.PlanRequired):
        await approving.create(OTHER)


async def test_a_plan_changes_a_group_that_is_changed_by_plans(it: Town) -> None:
    for wish in (wishes.workload("front"), wishes.workload("back"), group(Policy.PLAN)):
        await it.create(wish)
    await apply(it, await planned(it, wished(INTENT)))
    free = await planned(it, wished(group(Policy.DIRECT)), "projects/p1/plans/free")
    assert not free.needs_approval
    await apply(it, free)
    await it.create(OTHER)


async def test_somebody_else_must_approve(approving: Town) -> None:
    it = approving
    plan = await planned(it, wished(OTHER), principal="ann")
    assert plan.needs_approval
    with pytest.raises(failures.ApprovalRequired):
        await apply(it, plan, principal="ann")
    with pytest.raises(failures.PlanOwnApproval):
        await approve(it, plan, "ann")
    with pytest.raises(failures.PlanDigestMismatch) as other:
        await approve(it, plan, "bob", digest="another")
    assert other.value.current == plan.digest
    approved = await approve(it, plan, "bob")
    assert approved.state is PlanState.APPROVED
    assert [(word.principal, word.digest) for word in approved.approvals] == [("bob", plan.digest)]
    assert approved.etag == plan.etag
    assert (await apply(it, approved, principal="ann")).state is PlanState.APPLIED
    created = await it.get(OTHER.name)
    assert created is not None
    assert (created.creator, created.last_editor) == ("ann", "ann")


async def test_who_added_changes_is_an_author_too(approving: Town) -> None:
    it = approving
    await create(it, [], principal="ann")
    await it.engine.plans.office.add(NAME, wished(OTHER), ChangeRequest(principal="bob"))
    plan = await compute(it, principal="eve")
    for author in ("ann", "bob"):
        with pytest.raises(failures.PlanOwnApproval):
            await approve(it, plan, author)
    assert (await approve(it, plan, "eve")).state is PlanState.APPROVED


async def test_an_approval_is_of_what_was_seen(approving: Town) -> None:
    it = approving
    plan = await approve(it, await planned(it, wished(OTHER), principal="ann"), "bob")
    same = await compute(it)
    assert (same.digest, same.state) == (plan.digest, PlanState.APPROVED)
    more = gone(INTENT.name)
    await it.engine.plans.office.add(NAME, more, ChangeRequest(principal="ann"))
    changed = await compute(it)
    assert changed.digest != plan.digest
    assert changed.state is PlanState.READY
    with pytest.raises(failures.ApprovalRequired):
        await apply(it, changed)


async def test_leaving_the_policy_needs_approval_and_so_does_the_end_of_the_group(
    approving: Town,
) -> None:
    it = approving
    for number, changes in enumerate(
        (wished(group(Policy.DIRECT)), gone(wishes.group_name(), INTENT.name))
    ):
        plan = await planned(it, changes, f"projects/p1/plans/p{number}", principal="ann")
        assert plan.needs_approval
        with pytest.raises(failures.ApprovalRequired):
            await apply(it, plan)


async def test_a_rejected_plan_is_not_applied(approving: Town) -> None:
    it = approving
    plan = await approve(it, await planned(it, wished(OTHER), principal="ann"), "bob")
    rejected = await reject(it, plan, "eve")
    assert rejected.state is PlanState.REJECTED
    assert rejected.rejection is not None
    assert rejected.rejection.principal == "eve"
    for step in (
        apply(it, rejected),
        compute(it),
        approve(it, rejected, "bob"),
        reject(it, rejected, "bob"),
        it.engine.plans.office.add(NAME, gone(INTENT.name), ChangeRequest()),
    ):
        with pytest.raises(failures.PlanState):
            await step
    deleted = await it.engine.plans.office.delete(NAME, ChangeRequest())
    assert deleted.uid == plan.uid
    assert await it.engine.plans.get(NAME) is None
