"""A forked world: the same as the one it came from, and from then on its own."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.compile.test_world import Addresses, Step, addressed, everything, histories, tell
from trafficctl_server.compile.grounds import admit_all
from trafficctl_server.compile.world import World


def told(steps: list[Step]) -> World:
    world = addressed()
    for step, wish in steps:
        tell(world, step, wish)
    return world


@settings(max_examples=6, deadline=None)
@given(before=histories, rest=histories, turns=st.lists(st.integers(0, 2), min_size=8, max_size=24))
def test_forks_do_not_see_what_the_others_are_told(
    before: list[Step], rest: list[Step], turns: list[int]
) -> None:
    first = told(before)
    second = first.fork(admit_all)
    second.addresses = Addresses()
    third = second.fork(admit_all)
    third.addresses = Addresses()
    sides, heard = [first, second, third], [list(before), list(before), list(before)]
    # Backwards, so that what one side forgets or replaces is what all of them began with.
    for turn, step in zip(turns, reversed(rest), strict=False):
        touched = tell(sides[turn], *step)
        heard[turn].append(step)
        alone = told(heard[turn][:-1])
        assert touched == tell(alone, *step)
    for side, steps in zip(sides, heard, strict=True):
        assert everything(side) == everything(told(steps))


@settings(max_examples=6, deadline=None)
@given(before=histories)
def test_a_fork_can_forget_everything_and_the_first_keeps_it(before: list[Step]) -> None:
    world = told(before)
    fork = world.fork(admit_all)
    for wishes_of in (fork.intents, fork.workloads, fork.clusters):
        for wish in list(wishes_of.values()):
            tell(fork, "drop", wish)
    assert fork.all_scopes() == set()
    assert everything(world) == everything(told(before))
