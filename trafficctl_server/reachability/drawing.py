"""Draws the picture of who may call whom, page by page, on any basis."""

from __future__ import annotations

import asyncio
from bisect import bisect_left
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Final

from trafficctl_sdk.explain import VerdictKind

from trafficctl_server.intents.bodies import intent_state
from trafficctl_server.reachability.graph import Edge, Picture
from trafficctl_server.reachability.probes import Placing, probes
from trafficctl_server.reachability.questions import BasisValue
from trafficctl_server.reconcile.converging import ORDER

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Collection, Mapping, Sequence

    from trafficctl_sdk.model.common import ClusterSelector
    from trafficctl_sdk.model.convergence import Convergence

    from trafficctl_server.reachability.asking import Asked
    from trafficctl_server.reachability.bases import Bases
    from trafficctl_server.reachability.judging import Judge
    from trafficctl_server.reachability.questions import Basis
    from trafficctl_server.reachability.views import View
    from trafficctl_server.store.store import Store

_CHUNK: Final = 50
"""So many edges are looked at before others get their turn."""


class Moved(Exception):  # noqa: N818 - says what is so; begin again
    """The world is another one than that of the pages before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a page begins.

    :ivar revision: of the pages before; 0: this is the first.
    :ivar intent: the first intent of the first edge; ``skip``: so many edges of it are passed over.
    """

    revision: int = 0
    intent: str = ""
    skip: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """One edge.

    :ivar state: what goes on with the intents behind it; none: they are planned only.
    :ivar place: where a page would begin with it.
    """

    edge: Edge
    state: Convergence.State | None
    place: Place


class Drawing:
    """Draws; remembers the sorted names of the world that it drew last."""

    def __init__(self, bases: Bases, judge: Judge, store: Store) -> None:
        self._bases = bases
        self._judge = judge
        self._store = store
        self._names: tuple[int, Sequence[str]] = (-1, ())

    async def draw(
        self, basis: Basis, parent: str, clusters: ClusterSelector | None, place: Place
    ) -> tuple[int, AsyncGenerator[Drawn]]:
        """Give the revision of the answer, and its edges from a place on.

        :param parent: resource name of what the intents are below.
        :param clusters: both ends run in one of these, or outside of all; none: anywhere.
        :raises Moved: the revision is another one than that of the place.
        :raises Failure: the basis is not there.
        :raises StoreUnavailable: objects or states cannot be read.
        """
        view = await self._bases.view(basis)
        if place.revision and place.revision != view.moved:
            raise Moved
        live = basis.value is not BasisValue.PLAN
        names = self._sorted(view) if live else sorted(view.world.intents)
        below = f"{parent}/"
        first = bisect_left(names, below)
        last = bisect_left(names, f"{parent}0")  # what follows the slash
        picture = Picture(view.world, names[first:last], clusters)
        return view.moved, self._drawn(view, basis, picture, place)

    def _sorted(self, view: View) -> Sequence[str]:
        if self._names[0] != view.moved:
            self._names = (view.moved, sorted(view.world.intents))
        return self._names[1]

    async def _drawn(
        self, view: View, basis: Basis, picture: Picture, place: Place
    ) -> AsyncGenerator[Drawn]:
        following = picture.edges(place.intent, place.skip)
        while chunk := list(islice(following, _CHUNK)):
            edges: Sequence[Edge | None] = [edge for _, _, edge in chunk]
            if basis.value in (BasisValue.DELIVERED, BasisValue.OBSERVED):
                edges = await passing(self._judge, view, [edge for _, _, edge in chunk])
            states: Mapping[str, Convergence.State] = {}
            if basis.value is not BasisValue.PLAN:
                states = await self._states(
                    {name for it in edges if it is not None for name in it.party.intents}
                )
            for (intent, skip, _), edge in zip(chunk, edges, strict=True):
                if edge is not None:
                    where = Place(revision=view.moved, intent=intent, skip=skip)
                    yield Drawn(edge=edge, state=_state(edge, states), place=where)
            await asyncio.sleep(0)

    async def _states(self, names: Collection[str]) -> Mapping[str, Convergence.State]:
        records = [await self._store.get(it) for it in sorted(names)]
        return {it.name: intent_state(it) for it in records if it is not None}


async def passing(judge: Judge, view: View, edges: Sequence[Edge]) -> list[Edge | None]:
    """Leave of edges what gets through in a view; none of an edge where nothing does."""
    calls: list[Asked] = []
    owners: list[tuple[int, int]] = []
    placing = Placing(view.world)
    for number, edge in enumerate(edges):
        for port, asked in _calls(edge, view, placing):
            owners.append((number, port))
            calls.append(asked)
    open_: dict[int, set[int]] = {}
    unknown: set[int] = set()
    for (number, port), judged in zip(owners, await judge.judge(view, calls), strict=True):
        if judged.verdict.kind is VerdictKind.ALLOWED:
            open_.setdefault(number, set()).add(port)
        if judged.verdict.kind is VerdictKind.UNKNOWN:
            unknown.add(number)
    return [
        replace(edge, ports=tuple(sorted(open_.get(number, ()))))
        if number in open_ or number in unknown
        else None
        for number, edge in enumerate(edges)
    ]


def _calls(edge: Edge, view: View, placing: Placing) -> list[tuple[int, Asked]]:
    found: list[tuple[int, Asked]] = []
    for called in edge.called:
        for probe in probes(called, [edge.party], [view.world]):
            if probe.door.port in edge.ports and (host := placing.name(probe)):
                asked = placing.asked(probe, host)
                found += [(probe.door.port, asked)] if asked is not None else []
    return found


def _state(edge: Edge, states: Mapping[str, Convergence.State]) -> Convergence.State | None:
    present = {states[it] for it in edge.party.intents if it in states}
    return next((it for it in ORDER if it in present), None)
