"""Random change sets over random worlds, and a controller that takes them as plans."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import trafficctl_istio.plugin
import trafficctl_networkpolicy.plugin
from trafficctl_sdk.model.traffic_intent_group import TrafficIntentGroup

from tests.fakes.drivers import InProcessDrivers
from tests.fakes.town import Town, town
from tests.integration.plans.planning import apply, foretold, gone, objects_of, planned, wished
from tests.property.dice import Dice
from tests.property.worlds import Wishes
from trafficctl_server.compile.names import group_of, project_of
from trafficctl_server.intents.kinds import CLUSTER, WORKLOAD, Resource
from trafficctl_server.plans.changes import Change
from trafficctl_server.plans.plan import Plan, PlanState
from trafficctl_server.reachability.questions import Basis
from trafficctl_server.reconcile.entry import Entry
from trafficctl_server.store.records import LedgerKey

_ROUNDS = 8


@dataclass(frozen=True, kw_only=True)
class Desired:
    """The ledger: digest and scope of what is wanted, by cluster and key.

    :ivar delivered: everything is as it is wanted; the brake holds nothing.
    """

    objects: dict[str, tuple[str, str]]
    delivered: bool

    @classmethod
    def of(cls, it: Town) -> "Desired":
        entries = it.engine.reconciler.keeper.entries
        return cls(
            delivered=not any(entries.behind(cluster) for cluster in entries.clusters()),
            objects={
                f"{entry.cluster}/{entry.key}": (entry.desired, entry.scope)
                for cluster in entries.clusters()
                for entry in entries.in_cluster(cluster)
                if not entry.tombstone
            },
        )


def everything(asked: Wishes) -> list[Resource]:
    groups = {group_of(it.name) for it in asked.intents}
    return [
        *asked.clusters,
        *asked.workloads,
        *(TrafficIntentGroup(name=it) for it in sorted(groups)),
        *asked.intents,
    ]


def second_thoughts(dice: Dice, first: Wishes, second: Wishes) -> list[Change]:
    """Give some of what a second world wishes, and take back some of the first."""
    groups = [it for it in everything(second) if isinstance(it, TrafficIntentGroup)]
    wishes = [it for it in everything(second) if dice.once_in(2) or it in groups]
    kept = {it.name for it in wishes}
    dropped = [it.name for it in (*first.intents, *first.workloads) if dice.once_in(4)]
    return [*wished(*wishes), *gone(*(it for it in dropped if it not in kept))]


async def ready(it: Town, changes: Sequence[Change], name: str) -> Plan:
    """Plan what can be of changes: what has problems is left out until none is left."""
    left = list(changes)
    for number in range(_ROUNDS):
        plan = await planned(it, left, f"{name}-{number}")
        if plan.state is PlanState.READY:
            return plan
        paths = [
            *(problem.field for problem in plan.problems.violations),
            *(problem.field for problem in plan.problems.conflicts),
        ]
        wrong = {int(found[1]) for path in paths if (found := re.match(r"changes\[(\d+)\]", path))}
        assert wrong, plan.problems
        left = [change for index, change in enumerate(left) if index not in wrong]
    raise AssertionError(plan.problems)


def bodies(objects: Sequence[tuple[Entry, bytes]]) -> dict[LedgerKey, object]:
    """Give objects by their keys."""
    return {entry.ledger_key: json.loads(body) for entry, body in objects}


async def holds(it: Town, plan: Plan) -> None:
    """Apply a plan; whatever it showed, and nothing else, must be there once all is quiet."""
    before = Desired.of(it)
    tree = await foretold(it, plan) if before.delivered else {}
    shown = await it.engine.plans.shelf.plan(plan.name)
    assert shown == plan
    changed = {cluster.cluster: cluster for cluster in plan.summary.clusters}
    view = await it.engine.plans.view(plan.name)
    scopes, clusters = view.world.all_scopes(), tuple(view.world.clusters)
    seen = bodies(await view.objects(scopes, clusters))
    await apply(it, plan)
    await it.quiet()
    now = await it.engine.bases.view(Basis())
    assert bodies(await now.objects(scopes, clusters)) == seen
    was, after = before.objects, Desired.of(it).objects
    differ = {key for key in was.keys() | after.keys() if was.get(key) != after.get(key)}
    counts = {
        cluster: (
            sum(key.startswith(f"{cluster}/") and key not in was for key in differ),
            sum(key.startswith(f"{cluster}/") and key in was and key in after for key in differ),
            sum(key.startswith(f"{cluster}/") and key not in after for key in differ),
        )
        for cluster in {key.partition("/")[0] for key in differ}
    }
    assert counts == {
        name: (found.created, found.changed, found.removed) for name, found in changed.items()
    }
    if before.delivered and not plan.summary.brake_trips:
        assert objects_of(it) == tree


async def played(dice: Dice, first: Wishes, second: Wishes) -> None:
    """Plan a world from nothing, then a change of it."""
    drivers = InProcessDrivers()
    drivers.add_module(trafficctl_istio.plugin)
    if dice.once_in(2):
        drivers.add_module(trafficctl_networkpolicy.plugin)
    with TemporaryDirectory() as folder:
        async with town(Path(folder), drivers) as it:
            for changes, name in (
                (wished(*everything(first)), "first"),
                (second_thoughts(dice, first, second), "second"),
            ):
                for project in ("p1", "p2"):
                    mine = [change for change in changes if owner(change) == project]
                    await holds(it, await ready(it, mine, f"projects/{project}/plans/{name}"))


def owner(change: Change) -> str:
    """Give the project whose plan takes a change; the inventory goes with the first."""
    inventory = change.kind in (CLUSTER, WORKLOAD)
    return "p1" if inventory else project_of(change.name)
