"""Intents and slices as hypothesis draws them: many things said at once, all of them declared.

For a driver's own properties as well: ``@given(slices(INFO))``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from itertools import combinations
from typing import Any, Final

from hypothesis import assume
from hypothesis import strategies as st

from trafficctl_sdk.conformance.probes import undeclared
from trafficctl_sdk.conformance.wishes.bases import Way, completed, is_taken, ways
from trafficctl_sdk.conformance.wishes.catalogue import wishes
from trafficctl_sdk.conformance.wishes.wish import Body, Pair, joined
from trafficctl_sdk.conformance.world.slicing import slices_of
from trafficctl_sdk.driver_info import DriverInfo
from trafficctl_sdk.intent_kinds import INTENT_KINDS, ConnectivityIntent
from trafficctl_sdk.slices import TrafficSlice

_FEW: Final = 40
_LEAST: Final = 2
_MOST: Final = 6
"""Things said at once."""


@st.composite
def intents(
    choose: st.DrawFn, kind: str, declared: frozenset[str], way: Way = Way.DIRECT
) -> ConnectivityIntent:
    """Draw an intent of a kind that says several things, all declared and none twice.

    :param declared: paths of capabilities.
    """
    usable = _usable(kind, declared, way)
    protocol = choose(st.sampled_from(sorted(usable)))
    said: dict[str, Any] = {}
    for body in choose(
        st.lists(st.sampled_from(usable[protocol]), min_size=_LEAST, max_size=_MOST)
    ):
        more = _together(said, body)
        intent = completed(kind, more, protocol, declared, way)
        if is_taken(way, intent) and not _clashes(intent):
            said = more
    return completed(kind, said, protocol, declared, way)


def pairs(kind: str, declared: frozenset[str], way: Way) -> Iterator[ConnectivityIntent]:
    """Give an intent for each two things that can be said; none, where that would be too many."""
    usable = _usable(kind, declared, way)
    if sum(map(len, usable.values())) > _FEW:
        return
    for protocol, bodies in usable.items():
        for one, other in combinations(bodies, 2):
            intent = completed(kind, _together(one, other), protocol, declared, way)
            if is_taken(way, intent) and not _clashes(intent):
                yield intent


@st.composite
def slices(choose: st.DrawFn, info: DriverInfo, mesh_version: str = "") -> TrafficSlice:
    """Draw a slice that a driver with a mesh may be given."""
    declared = frozenset(it.path for it in info.capabilities)
    named = {it.partition(".")[0] for it in declared}
    kind = choose(st.sampled_from([it for it in INTENT_KINDS if it in named]))
    way = choose(st.sampled_from(ways(kind, declared)))
    made = slices_of(choose(intents(kind, declared, way)), mesh_version)
    fitting = [it for it in made if it.scope.kind in info.scope_kinds]
    assume(fitting)
    return choose(st.sampled_from(fitting))


def _together(one: Body, other: Body) -> dict[str, Any]:
    """Lay one body over another; callers stand side by side."""
    callers = [*one.get("callers", ()), *other.get("callers", ())]
    return {**joined(one, other), **({"callers": callers} if callers else {})}


@cache
def _usable(kind: str, declared: frozenset[str], way: Way) -> Mapping[str, list[Body]]:
    """Give what can be said, by what the ports speak."""
    found: dict[str, list[Body]] = {"": [{}]}
    for wish in wishes(kind):
        bodies = (wish.one, wish.other) if isinstance(wish, Pair) else wish.bodies.values()
        for body in bodies:
            intent = completed(kind, body, wish.protocol, declared, way)
            if is_taken(way, intent) and not undeclared(kind, intent, declared):
                found.setdefault(wish.protocol, []).append(body)
    return found


def _clashes(value: object) -> bool:
    """Say whether two branches of one choice are taken somewhere in a message."""
    if isinstance(value, tuple):
        return any(map(_clashes, value))
    if not is_dataclass(value) or isinstance(value, type):
        return False
    taken: list[str] = []
    for it in fields(value):
        held = getattr(value, it.name)
        if "oneof" in it.metadata and held is not None:
            taken.append(it.metadata["oneof"])
        if held and _clashes(held):
            return True
    return len(taken) != len(set(taken))
