"""Who gains and who loses access is what the evaluator says before and after, for everybody.

Random worlds change at random. Every workload of the inventory, and somebody whom nobody knows,
calls everything at many more requests than the difference asks about; each call that gets through
on one side only must be told, and what is told must be so.
"""

from collections import Counter

import pytest
from hypothesis import given, note, settings
from trafficctl_istio import evaluation
from trafficctl_sdk.explain import VerdictKind
from trafficctl_sdk.model.access import AnyClient, NamespaceCaller, ServiceAccountCaller

from tests.property.everybody import Call, calls
from tests.property.sides import Change, changes
from tests.property.strategies import examples
from tests.property.worlds import told
from trafficctl_server.reachability.effects import Difference, Effect
from trafficctl_server.reachability.nodes import UNDECLARED

WORLDS = 24
MANY_WORLDS = 40
GAINED = (Effect.OPENED, Effect.WIDENED)
LOST = (Effect.CLOSED, Effect.NARROWED)
Place = tuple[str, str, str, int]


def covers(row: Difference, call: Call) -> bool:
    """Say whether a row speaks of a call's caller, destination and port."""
    node, pods = row.caller, call.pods
    undeclared = row.destination.host == UNDECLARED and call.destination.startswith("hosts/")
    exactly = row.destination.id == call.destination and call.request.port in row.ports
    if not (undeclared or exactly):
        return False
    if pods.cluster not in node.clusters:
        return False
    match node.admitted:
        case ServiceAccountCaller() as it:
            return (it.namespace, it.service_account) == (pods.namespace, pods.account)
        case NamespaceCaller() as it:
            return it.namespace == pods.namespace
        case AnyClient():
            return True
        case _:
            return node.workload == call.caller


def check(change: Change, seen: Counter[str], *, dense: bool = False) -> None:
    """Hold what is told of a change against what becomes of every call."""
    meshes = [evaluation.index(it.objects, it.inventory) for it in change.sides]
    passing: dict[Place, list[tuple[bool, bool]]] = {}
    seen["told"] += len(change.told)
    seen.update(it.effect.value for it in change.told)
    seen.update(it.cause.kind.value for it in change.told)
    for call in calls(change.sides, dense=dense):
        kinds = [evaluation.explain(it, call.request).kind for it in meshes]
        before, after = (it is VerdictKind.ALLOWED for it in kinds)
        passing.setdefault(call.place, []).append((before, after))
        seen["calls"] += 1
        if before == after or VerdictKind.UNKNOWN in kinds:
            continue
        seen["moved"] += 1
        wanted = GAINED if after else LOST
        if not any(it.effect in wanted and covers(it, call) for it in change.told):
            _fail(change, f"{'gained' if after else 'lost'}, and not told: {call}")
    for row in change.told:
        _not_so(row, passing, change)


def _not_so(row: Difference, passing: dict[Place, list[tuple[bool, bool]]], change: Change) -> None:
    """Fail if somebody is said to have had, or to have left, nothing, and it is not so."""
    side = {Effect.OPENED: 0, Effect.CLOSED: 1}.get(row.effect)
    if side is None or not row.caller.workload:
        return
    for cluster in row.caller.clusters:
        for port in row.ports:
            place = (row.caller.workload, cluster, row.destination.id, port)
            if any(it[side] for it in passing.get(place, ())):
                _fail(change, f"there is more to it: {row}")


def _fail(change: Change, why: str) -> None:
    note(told(change.before.wishes))
    note(f"and then:\n{told(change.after.wishes)}")
    pytest.fail("\n".join((why, *(str(it) for it in change.told))))


@pytest.mark.timeout(900)  # busy machines need longer; nothing is measured by it
def test_every_call_that_moves_is_told_and_what_is_told_is_so() -> None:
    seen: Counter[str] = Counter()

    @settings(examples(WORLDS), derandomize=True)
    @given(changes())
    def every_change(change: Change) -> None:
        check(change, seen)

    every_change()
    assert seen["moved"] >= 300, seen
    assert all(seen[it] for it in ("OPENED", "CLOSED", "RULE", "DEFAULT_DENY")), seen


@pytest.mark.crash
@pytest.mark.timeout(0)
def test_it_is_so_in_many_worlds_and_for_many_more_calls() -> None:
    seen: Counter[str] = Counter()

    @settings(examples(MANY_WORLDS), derandomize=True)
    @given(changes())
    def every_change(change: Change) -> None:
        check(change, seen, dense=True)

    every_change()
    assert seen["moved"] >= 5_000, seen
