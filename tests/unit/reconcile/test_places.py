"""What was rendered last in each place, and what of it is told to the ledger."""

from dataclasses import replace

import pytest
from trafficctl_sdk.manifests import Notice, Rendering
from trafficctl_sdk.model.convergence import Convergence
from trafficctl_sdk.slices import TrafficSlice

from trafficctl_server.reconcile.converging import Failing
from trafficctl_server.reconcile.marks import Mark
from trafficctl_server.reconcile.places import Places

DIGEST = "ab" * 32
PLAIN = Mark(scope="workload:shop/cart", cluster="east", driver="istio", version="1", digest=DIGEST)
FAILING = Failing(reason=Convergence.Reason.DRIVER_FAILED, detail="it fell")
NOTICES = (Notice(intent="i", reason="PORT_NOT_HELD", field="ports", text="why"),)
MARKS = (
    PLAIN,
    replace(PLAIN, cluster="west", digest="cd" * 32),
    replace(PLAIN, scope="destination:shop/cart", calling=True),
    replace(PLAIN, scope="workload:shop/till", failing=FAILING),
    replace(PLAIN, scope="workload:shop/shelf", notices=NOTICES),
    replace(PLAIN, scope="workload:shop/door", version="2"),
    replace(PLAIN, scope="workload:shop/bell", driver="networkpolicy"),
    replace(PLAIN, scope="workload:shop/lamp", digest="of another slice"),
)


class Told:
    """A ledger that remembers which marks it was told of, and which it was to forget."""

    def __init__(self) -> None:
        self.marked: list[Mark] = []
        self.unmarked: list[Mark] = []

    def enter(self, slice_: TrafficSlice, rendering: Rendering, trace: str) -> None:
        """Take nothing."""

    def withdraw(self, scope: str, cluster: str) -> None:
        """Take nothing back."""

    def mark(self, mark: Mark) -> None:
        """Remember a mark."""
        self.marked.append(mark)

    def unmark(self, mark: Mark) -> None:
        """Remember which was to be forgotten."""
        self.unmarked.append(mark)

    def holds(self, scope: str, cluster: str, namespace: str) -> bool:  # noqa: ARG002 - a Ledger
        """Hold nothing."""
        return False


@pytest.mark.parametrize("restarted", [False, True])
def test_each_mark_is_given_as_it_was_put_or_stored(*, restarted: bool) -> None:
    told = Told()
    places = Places(told)
    for mark in MARKS:
        if restarted:
            places.remember(mark.row())
        else:
            places.put(mark)
            places.add((mark.scope, mark.cluster))
    assert told.marked == ([] if restarted else list(MARKS))
    assert {it.row().slice_key: it for it in places} == {it.row().slice_key: it for it in MARKS}
    for mark in MARKS:
        assert places.mark((mark.scope, mark.cluster)) == mark
    assert places.of(PLAIN.scope) == {"east", "west"}


def test_what_another_driver_renders_is_forgotten_of_the_first() -> None:
    told = Told()
    places = Places(told)
    places.remember(PLAIN.row())
    places.put(replace(PLAIN, digest="cd" * 32))
    assert told.unmarked == []
    places.put(replace(PLAIN, driver="networkpolicy"))
    assert told.unmarked == [replace(PLAIN, digest="cd" * 32)]


def test_a_place_that_is_left_is_forgotten_with_its_mark() -> None:
    told = Told()
    places = Places(told)
    for mark in MARKS[:2]:
        places.remember(mark.row())
    places.add((PLAIN.scope, "south"))
    places.drop((PLAIN.scope, "east"))
    places.drop((PLAIN.scope, "south"))
    assert told.unmarked == [PLAIN]
    assert places.mark((PLAIN.scope, "east")) is None
    assert places.of(PLAIN.scope) == {"west"}
    assert list(places) == [MARKS[1]]
