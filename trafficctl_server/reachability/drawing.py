"""Draws the picture of who may call whom, page by page, on any basis."""

from __future__ import annotations

import asyncio
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
    from collections.abc import Callable, Collection, Mapping, Sequence

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
_MOST_LOOKED: Final = 5000
"""Edges that a page passes over to be filled."""
_ATTEMPTS: Final = 5
"""So often a page is begun again while the world moves on under it."""


class Moved(Exception):  # noqa: N818 - says what is so; begin again
    """The world is another one than that of the pages before, or never holds still."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a page begins.

    :ivar revision: of the pages before; 0: this is the first.
    :ivar intent: the first intent of the first edge; ``skip``: so many edges of it are passed over.
    """

    revision: int = 0
    intent: str = ""
    skip: int = 0


_BEGINNING: Final = Place()


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """One edge.

    :ivar state: what goes on with the intents behind it; none: they are planned only.
    :ivar place: where a page would begin with it.
    """

    edge: Edge
    state: Convergence.State | None
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some edges.

    :ivar revision: of the world that they are of.
    :ivar next: where the next page begins; none: this is the last.
    """

    revision: int
    edges: tuple[Drawn, ...]
    next: Place | None


class Drawing:
    """Draws; remembers the names below the parent that it drew last."""

    def __init__(self, bases: Bases, judge: Judge, store: Store) -> None:
        self._bases = bases
        self._judge = judge
        self._store = store
        self._names: tuple[tuple[int, str], Sequence[str]] = ((-1, ""), ())

    async def draw(
        self,
        basis: Basis,
        parent: str,
        clusters: ClusterSelector | None = None,
        *,
        place: Place = _BEGINNING,
        takes: Callable[[Drawn], bool] = lambda _: True,
    ) -> Page:
        """Give the edges from a place on, all of one revision.

        :param parent: resource name of what the intents are below.
        :param clusters: both ends run in one of these, or outside of all; none: anywhere.
        :param takes: says of each edge whether the page still holds it; of the first one, yes.
        :raises Moved: the world is another one than that of the place, or never holds still.
        :raises Failure: the basis is not there.
        :raises StoreUnavailable: objects or states cannot be read.
        """
        for _ in range(_ATTEMPTS):
            view = await self._bases.view(basis)
            if place.revision not in (0, view.moved):
                raise Moved
            picture = Picture(view.world, self._below(parent, view, basis), clusters)
            page = await self._page(view, basis, picture, place, takes)
            if page is not None:
                return page
        raise Moved

    def _below(self, parent: str, view: View, basis: Basis) -> Sequence[str]:
        of = (view.moved, parent)
        if basis.value is BasisValue.PLAN or self._names[0] != of:
            names = sorted(it for it in view.world.intents if it.startswith(f"{parent}/"))
            if basis.value is BasisValue.PLAN:
                return names
            self._names = (of, names)
        return self._names[1]

    async def _page(
        self,
        view: View,
        basis: Basis,
        picture: Picture,
        place: Place,
        takes: Callable[[Drawn], bool],
    ) -> Page | None:
        """Give a page; none: the world moved on before there was anything in it."""
        found: list[Drawn] = []
        looked = 0
        following = picture.edges(place.intent, place.skip)
        while True:
            moved = basis.value is not BasisValue.PLAN and self._bases.moved != view.moved
            if moved and not found:
                return None
            chunk = [] if moved else list(islice(following, _CHUNK))
            if moved or (looked >= _MOST_LOOKED and chunk):
                # What was drawn is of one revision; a page may be short.
                last = found[-1].place if moved else None
                next_ = replace(last, skip=last.skip + 1) if last else _place(view, chunk[0])
                return Page(revision=view.moved, edges=tuple(found), next=next_)
            if not chunk:
                return Page(revision=view.moved, edges=tuple(found), next=None)
            looked += len(chunk)
            for drawn in await self._drawn(view, basis, chunk):
                if not takes(drawn):
                    return Page(revision=view.moved, edges=tuple(found), next=drawn.place)
                found.append(drawn)
            await asyncio.sleep(0)

    async def _drawn(
        self, view: View, basis: Basis, chunk: Sequence[tuple[str, int, Edge]]
    ) -> list[Drawn]:
        edges: Sequence[Edge | None] = [edge for _, _, edge in chunk]
        if basis.value in (BasisValue.DELIVERED, BasisValue.OBSERVED):
            edges = await passing(self._judge, view, [edge for _, _, edge in chunk])
        states: Mapping[str, Convergence.State] = {}
        if basis.value is not BasisValue.PLAN:
            states = await self._states(
                {name for it in edges if it is not None for name in it.party.intents}
            )
        return [
            Drawn(edge=edge, state=_state(edge, states), place=_place(view, at))
            for at, edge in zip(chunk, edges, strict=True)
            if edge is not None
        ]

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


def _place(view: View, at: tuple[str, int, Edge]) -> Place:
    return Place(revision=view.moved, intent=at[0], skip=at[1])


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
