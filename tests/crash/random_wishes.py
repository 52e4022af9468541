"""Endless wishes of a client that changes its mind, the same ones for the same seed."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from trafficctl_sdk.model.cluster import Cluster
from trafficctl_sdk.model.traffic_intent_group import TrafficIntentGroup

from tests.crash.wishes import (
    Wish,
    caller,
    cluster,
    create,
    delete,
    group_name,
    inbound,
    intercluster,
    intracluster,
    numbered,
    outbound,
    update,
    workload,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from trafficctl_sdk.model.access import Caller

    from trafficctl_server.intents.kinds import Resource

_CLUSTERS: Final = ("north", "east", "west")
_GROUPS: Final = ("day", "night")
_SERVERS: Final = tuple(f"{kind}-{group}" for kind in ("a", "b", "c") for group in _GROUPS)
_CALLERS: Final = ("web", "app", "batch")
_PATHS: Final = ("", "/books", "/carts")
_HOSTS: Final = 3


@dataclass(slots=True)
class Mind:
    """What a client wishes now, and what it will wish next; no two of its wishes contradict.

    :ivar intents: names of the intents that it wishes to be there, by group.
    """

    chance: random.Random
    intents: dict[str, set[str]] = field(default_factory=lambda: {it: set() for it in _GROUPS})

    def wishes(self) -> Iterator[Wish]:
        """Give wishes without end, each with its place."""
        return numbered(self._all())

    def _all(self) -> Iterator[Wish]:
        for place, name in enumerate(_CLUSTERS):
            policy = Cluster.DriftPolicy.REPORT if place else Cluster.DriftPolicy.REPAIR
            yield create(cluster(name, f"192.0.2.{place + 1}", policy))
        for name in (*_SERVERS, *_CALLERS):
            yield create(self._placed(name))
        for name in _GROUPS:
            yield create(TrafficIntentGroup(name=group_name(name)))
        while True:
            yield from self._next()

    def _next(self) -> Iterator[Wish]:
        group = self.chance.choice(_GROUPS)
        there = self.intents[group]
        what = self.chance.random()
        if what < 0.2:
            yield update(self._placed(self.chance.choice((*_SERVERS, *_CALLERS))))
        elif what < 0.23:
            there.clear()
            anew = TrafficIntentGroup(name=group_name(group))
            yield delete(anew)
            yield create(anew)
        else:
            intent = self.chance.choice(_KINDS)(self, group)
            if intent.name not in there:
                there.add(intent.name)
                yield create(intent)
            elif what < 0.7:
                yield update(intent)
            else:
                there.discard(intent.name)
                yield delete(intent)

    def _placed(self, name: str) -> Resource:
        return workload(name, *self.chance.sample(_CLUSTERS, self.chance.choice((1, 1, 2))))

    def _callers(self) -> tuple[Caller, ...]:
        names = self.chance.sample(_CALLERS, self.chance.choice((1, 2)))
        return tuple(caller(it, self.chance.choice(_PATHS)) for it in names)

    def _between(self, group: str) -> Resource:
        return intercluster(group, "between", f"a-{group}", *self._callers())

    def _within(self, group: str) -> Resource:
        return intracluster(group, "within", f"b-{group}", *self._callers())

    def _in(self, group: str) -> Resource:
        host = f"{group}-{self.chance.randrange(_HOSTS)}.example.com"
        return inbound(group, "in", f"c-{group}", host)

    def _out(self, group: str) -> Resource:
        host = f"db-{group}-{self.chance.randrange(_HOSTS)}.example.com"
        who = (caller(it) for it in self.chance.sample(_CALLERS, 2))
        return outbound(group, "out", host, *who)


_KINDS: Final[tuple[Callable[[Mind, str], Resource], ...]] = (
    Mind._between,
    Mind._within,
    Mind._in,
    Mind._out,
)
