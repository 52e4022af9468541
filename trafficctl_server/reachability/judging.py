"""Brings calls before drivers, many at a time, over the objects of a view."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import orjson
from trafficctl_sdk.explain import MissingFact, PlacedObject, Verdict, VerdictKind

from trafficctl_server.compile.calls import Concern
from trafficctl_server.compile.surroundings import inventory_of
from trafficctl_server.drivers.results import DriverError
from trafficctl_server.reachability.views import Unseen
from trafficctl_server.reconcile.converging import managed_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from trafficctl_sdk.explain import ExplainRequest, Inventory
    from trafficctl_sdk.slices import Scope

    from trafficctl_server.compile.world import World
    from trafficctl_server.drivers.host import DriverHost
    from trafficctl_server.intents.admission import DriverAdmission
    from trafficctl_server.reachability.asking import Asked
    from trafficctl_server.reachability.views import View
    from trafficctl_server.reconcile.entries import Entry

_MOST_CALLS: Final = 200
_MOST_SCOPES: Final = 100
"""A batch ends with the call that goes beyond: all of its objects are sent and read at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What becomes of one call.

    :ivar names: resource names of managed objects, by the names that the verdict gives them.
    """

    verdict: Verdict
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Batch:
    driver: str
    places: list[int] = field(default_factory=list)
    calls: list[Asked] = field(default_factory=list)
    scopes: set[Scope] = field(default_factory=set)

    def add(self, place: int, call: Asked) -> None:
        self.places.append(place)
        self.calls.append(call)
        self.scopes.update(call.concern.scopes)

    def full(self) -> bool:
        return len(self.calls) >= _MOST_CALLS or len(self.scopes) >= _MOST_SCOPES


class Judge:
    """Asks drivers; holds nothing."""

    def __init__(self, drivers: DriverHost, admission: DriverAdmission) -> None:
        self._drivers = drivers
        self._admission = admission

    async def judge(self, view: View, calls: Sequence[Asked]) -> list[Judged]:
        """Give what becomes of each call in a view, in their order.

        What nobody can say is UNKNOWN with what is missing; it is never guessed.

        :raises StoreUnavailable: the objects cannot be read.
        """
        found = {
            place: Judged(verdict=unknown(*call.missing))
            for place, call in enumerate(calls)
            if call.request is None
        }
        for batch in self._batches(view.world, calls):
            judged = await self._judge(view, batch)
            found.update(zip(batch.places, judged, strict=True))
        return [found[place] for place in range(len(calls))]

    def _batches(self, world: World, calls: Sequence[Asked]) -> Iterator[_Batch]:
        batches: dict[str, _Batch] = {}
        for place, call in enumerate(calls):
            if call.request is None:
                continue
            driver = self._driver(call, world)
            batch = batches.setdefault(driver, _Batch(driver))
            batch.add(place, call)
            if batch.full():
                yield batches.pop(driver)
        yield from batches.values()

    async def _judge(self, view: View, batch: _Batch) -> list[Judged]:
        if not batch.driver:
            text = "no driver serves the clusters concerned, so nobody can say"
            return [Judged(verdict=unknown(MissingFact(kind="driver", text=text)))] * len(
                batch.calls
            )
        concern = _together([await view.widened(it.concern) for it in batch.calls])
        try:
            found = await view.objects(concern.scopes, concern.clusters)
        except Unseen as unseen:
            if len(batch.calls) == 1:
                return [Judged(verdict=unknown(*unseen.missing))]
            # What cannot be seen may be of no concern to the others.
            alone = [_Batch(batch.driver, calls=[call]) for call in batch.calls]
            return [it for one in alone for it in await self._judge(view, one)]
        names = {called(entry): managed_name(entry) for entry, _ in found}
        verdicts = await self._verdicts(view.world, batch, concern, found)
        return [Judged(verdict=it, names=names) for it in verdicts]

    async def _verdicts(
        self, world: World, batch: _Batch, concern: Concern, found: Sequence[tuple[Entry, bytes]]
    ) -> Sequence[Verdict]:
        requests = [it.request for it in batch.calls if it.request is not None]
        objects = [
            PlacedObject(
                cluster=entry.cluster,
                body=orjson.loads(body),
                origins=tuple(it.intent for it in entry.origins),
            )
            for entry, body in found
        ]
        inventory = inventory_of(world, concern.clusters, concern.workloads, concern.scopes)
        try:
            return await self._ask(batch.driver, requests, objects, inventory)
        except DriverError as error:
            fact = MissingFact(kind="driver", text=str(error))
            return [unknown(fact)] * len(requests)

    async def _ask(
        self,
        driver: str,
        requests: Sequence[ExplainRequest],
        objects: Sequence[PlacedObject],
        inventory: Inventory,
    ) -> Sequence[Verdict]:
        if len(requests) == 1:
            return [await self._drivers.explain(driver, requests[0], objects, inventory)]
        return await self._drivers.explain_calls(driver, requests, objects, inventory)

    def serves(self, world: World, call: Asked) -> bool:
        """Say whether any driver serves a cluster that a call concerns: else nothing is ours."""
        return bool(self._driver(call, world))

    def _driver(self, call: Asked, world: World) -> str:
        """Choose the driver of the caller's cluster, else of one where the call may land."""
        for cluster in (call.caller_cluster, *call.concern.clusters):
            here = world.clusters.get(cluster)
            driver = self._admission.serving(here) if here is not None else None
            if driver is not None:
                return driver.name
        return ""


def _together(concerns: Sequence[Concern]) -> Concern:
    """Give what several calls concern together: the others' objects change no verdict."""
    return Concern(
        scopes=tuple(sorted({it for one in concerns for it in one.scopes})),
        clusters=tuple(sorted({it for one in concerns for it in one.clusters})),
        workloads=tuple(sorted({it for one in concerns for it in one.workloads})),
    )


def called(entry: Entry) -> str:
    """Name an object as verdicts do."""
    return f"{entry.cluster}/{entry.key.kind}/{entry.key.namespace}/{entry.key.name}"


def unknown(*missing: MissingFact) -> Verdict:
    """Say that nobody can say, and for want of what."""
    text = "; ".join(it.text for it in missing)
    return Verdict(kind=VerdictKind.UNKNOWN, missing=tuple(missing), text=text)
