"""One state out of many: the one that somebody should know of first."""

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from trafficctl_sdk.codec import to_json
from trafficctl_sdk.model.convergence import Convergence
from trafficctl_sdk.model.realization import Realization

from tests.contract.protos.strategies import examples, instances
from trafficctl_server.clusters.target import ObjectKey
from trafficctl_server.reconcile.converging import Lasting, aggregate, counts, object_convergence
from trafficctl_server.reconcile.entry import Entry, Trouble, withdrawn
from trafficctl_server.store.records import LedgerKey

State = Convergence.State
Stage = Convergence.Stage

FIRST = (
    State.DELETING,
    State.REFUSED,
    State.HELD,
    State.DRIFTED,
    State.RETRYING,
    State.WAITING,
    State.PROGRESSING,
    State.SETTLED,
)


@pytest.mark.parametrize("pair", list(permutations(FIRST, 2)))
def test_the_first_of_the_order_wins_wherever_it_stands(pair: tuple[State, State]) -> None:
    assert aggregate(pair) is min(pair, key=FIRST.index)


def test_all_not_applicable_is_not_applicable_and_nothing_is_waiting() -> None:
    assert aggregate([State.NOT_APPLICABLE] * 3) is State.NOT_APPLICABLE
    assert aggregate([State.NOT_APPLICABLE, State.SETTLED]) is State.SETTLED
    assert aggregate([]) is State.WAITING


@given(states=st.lists(st.sampled_from(list(State))))
def test_counts_count_each_state(states: list[State]) -> None:
    counted = counts(states)
    assert counted.total == len(states)
    for state in State:
        assert getattr(counted, state.lower()) == states.count(state)


ENTRY = Entry(
    ledger_key=LedgerKey(
        cluster="east", key=str(ObjectKey(group="", kind="ConfigMap", namespace="shop", name="a"))
    ),
    scope="namespace:shop",
    desired="new",
    written="old",
    rendered_at=1,
    written_at=2,
)


def test_an_object_is_settled_only_when_the_target_holds_what_is_desired() -> None:
    behind = object_convergence(ENTRY)
    assert (behind.state, behind.stage, behind.delivered_time) == (
        State.PROGRESSING,
        Stage.RENDERED,
        None,
    )
    there = object_convergence(replace(ENTRY, written="new"))
    assert (there.state, there.stage, there.delivered_time) == (State.SETTLED, Stage.OBSERVED, 2)


def test_an_object_in_trouble_says_what_when_and_how_often() -> None:
    trouble = Trouble(
        state="RETRYING", reason="TARGET_UNWRITABLE", detail="full", attempt=3, next_attempt=9
    )
    said = object_convergence(replace(ENTRY, trouble=trouble))
    assert (said.state, said.reason, said.attempt, said.next_attempt_time) == (
        State.RETRYING,
        Convergence.Reason.TARGET_UNWRITABLE,
        3,
        9,
    )
    assert said.error is not None
    assert said.error.message == "full"
    going = object_convergence(replace(withdrawn(ENTRY), trouble=trouble))
    assert (going.state, going.reason) == (State.DELETING, Convergence.Reason.TARGET_UNWRITABLE)


@given(said=instances(Realization, depth=2))
@examples(40)
def test_what_lasts_is_read_back_as_it_was_said(said: Realization) -> None:
    assert Lasting.read(to_json(said)) == Lasting.of(said)
