"""Who gains and who loses access is told with the plan, and is what follows from it."""

from typing import Any

import pytest
from trafficctl_sdk.codec import from_json
from trafficctl_sdk.explain import VerdictKind
from trafficctl_sdk.model.cluster import GovernedNamespace

from tests.fakes import wishes
from tests.fakes.town import Town
from tests.integration.plans.planning import NAME, apply, gone, planned, wished
from trafficctl_server.intents import failures
from trafficctl_server.intents.requests import ChangeRequest
from trafficctl_server.plans.parts import Section, read_all
from trafficctl_server.plans.plan import Plan
from trafficctl_server.reachability.effects import Difference
from trafficctl_server.reachability.questions import (
    Basis,
    BasisValue,
    CallingWorkload,
    Question,
)

FRONT, BACK, CART = (f"{wishes.bundle()}/workloads/{it}" for it in ("front", "back", "cart"))
INTENT = wishes.intracluster("a", "back", "front")
SITE = (
    wishes.cluster("east"),
    wishes.workload("front", "east"),
    wishes.workload("back", "east"),
    wishes.workload("cart", "east"),
    wishes.group(),
)


async def reach(it: Town, plan: Plan) -> dict[tuple[str, str], Difference]:
    """Give who gains and who loses access, by caller and destination."""
    items = read_all(plan, Section.REACH, it.store)
    found = [from_json(Difference, item) async for item in items]
    return {(one.caller.id, one.destination.id): one for one in found}


async def verdict(it: Town, caller: str, **basis: Any) -> VerdictKind:
    question = Question(
        caller=CallingWorkload(name=caller), workload=BACK, port=80, basis=Basis(**basis)
    )
    (explained,) = await it.engine.explainer.explain(question)
    return explained.verdict.kind


async def test_who_is_admitted_and_who_is_no_longer(it: Town) -> None:
    await apply(it, await planned(it, wished(*SITE, INTENT), "projects/p1/plans/site"))
    await it.settled(INTENT.name)
    plan = await planned(it, wished(wishes.intracluster("a", "back", "cart")))
    found = await reach(it, plan)
    assert {key: one.effect.value for key, one in found.items()} == {
        (CART, BACK): "OPENED",
        (FRONT, BACK): "CLOSED",
    }
    assert (plan.summary.calls_opened, plan.summary.calls_closed) == (1, 1)
    on_plan = {"value": BasisValue.PLAN, "plan": NAME}
    assert await verdict(it, CART) is VerdictKind.DENIED
    assert await verdict(it, CART, **on_plan) is VerdictKind.ALLOWED
    assert await verdict(it, FRONT, **on_plan) is VerdictKind.DENIED
    await apply(it, plan)
    assert await verdict(it, CART) is VerdictKind.ALLOWED
    assert await verdict(it, FRONT) is VerdictKind.DENIED


async def test_governing_a_namespace_shows_whom_it_closes_out(it: Town) -> None:
    open_access = GovernedNamespace.DefaultAccess.LEAVE
    entry = GovernedNamespace(namespace="shop", projects=("p1",), default_access=open_access)
    east = wishes.cluster("east", governed_namespaces=(entry,))
    await apply(it, await planned(it, wished(east, *SITE[1:]), "projects/p1/plans/site"))
    await it.quiet()
    plan = await planned(it, wished(wishes.cluster("east")))
    causes = {one.cause.kind.value for one in (await reach(it, plan)).values()}
    assert causes == {"DEFAULT_DENY"}
    assert plan.summary.calls_closed


async def test_each_workload_behind_one_service_is_looked_at(it: Town) -> None:
    site = (
        wishes.cluster("east"),
        wishes.cluster("west"),
        wishes.group(),
        wishes.workload("front", "east"),
        wishes.workload("first", "east", service="back"),
        wishes.workload("second", "west", service="back"),
    )
    await apply(it, await planned(it, wished(*site), "projects/p1/plans/site"))
    plan = await planned(it, wished(wishes.intracluster("a", "first", "front")))
    (found,) = (await reach(it, plan)).values()
    assert (found.caller.id, found.effect.value) == (FRONT, "OPENED")
    assert found.destination.clusters == ("east", "west")


async def test_who_comes_from_outside_is_told_once(it: Town) -> None:
    east = wishes.cluster("east", gateways=(wishes.ingress(),))
    site = (east, wishes.workload("front", "east"), wishes.group())
    await apply(it, await planned(it, wished(*site), "projects/p1/plans/site"))
    plan = await planned(it, wished(wishes.inbound("door", "front")))
    (found,) = (await reach(it, plan)).values()
    assert (found.destination.id, found.effect.value) == (FRONT, "OPENED")
    assert found.caller.admitted == wishes.anyone().any_client


async def test_a_plan_that_is_no_basis_says_so(it: Town) -> None:
    on_plan = {"value": BasisValue.PLAN, "plan": NAME}
    await apply(it, await planned(it, wished(*SITE, INTENT), "projects/p1/plans/site"))
    with pytest.raises(failures.NotFound):
        await verdict(it, CART, **on_plan)
    await planned(it, gone("clusters/never"))
    with pytest.raises(failures.PlanState):
        await verdict(it, CART, **on_plan)
    await it.engine.plans.office.delete(NAME, ChangeRequest())
    await planned(it, wished(wishes.intracluster("a", "back", "cart")))
    await it.update(wishes.intracluster("a", "back", "front", "cart"))
    with pytest.raises(failures.PlanStale):
        await verdict(it, CART, **on_plan)
