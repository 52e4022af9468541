"""What is held outlasts a restart, and nothing that was let go comes back."""

from trafficctl_server.reconcile.brake import Tripped
from trafficctl_server.reconcile.held_changes import HeldChanges

SAID = {"digest": "d", "since": 7, "owned_count": 12}


def tripped(digest: str, owned: int) -> Tripped:
    return Tripped(digest=digest, reason="it would remove 5 of 12 objects", owned=owned, entries=())


def said(held: HeldChanges) -> dict[str, object]:
    return dict(held.said("east", lambda it: it) or {})


def test_what_was_held_before_a_restart_is_said_as_it_was_until_it_is_judged() -> None:
    held = HeldChanges()
    held.said_before("east", SAID)
    assert held.owned("east") == SAID["owned_count"]
    assert said(held) == SAID
    assert held.judged("east", tripped("d", 12), now=9)
    now = said(held)
    assert (now["digest"], now["since"], now["owned_count"]) == ("d", 7, 12)
    assert not held.judged("east", tripped("d", 12), now=10)


def test_it_is_of_as_many_objects_as_there_were_when_it_was_held_first() -> None:
    held = HeldChanges()
    assert held.judged("east", tripped("d", 12), now=1)
    assert held.judged("east", tripped("e", 9), now=2)
    assert held.owned("east") == 12
    assert said(held)["since"] == 1


def test_a_record_that_is_behind_holds_nothing_again() -> None:
    held = HeldChanges()
    held.said_before("east", SAID)
    assert held.judged("east", None, now=9)
    held.said_before("east", SAID)
    assert (held.owned("east"), said(held)) == (0, {})
    assert not held.judged("east", None, now=10)


def test_a_cluster_that_is_forgotten_and_comes_back_is_met_anew() -> None:
    held = HeldChanges()
    held.said_before("east", None)
    held.released["east"] = "d"
    held.forget("east")
    assert held.released == {}
    held.said_before("east", SAID)
    assert held.owned("east") == SAID["owned_count"]
