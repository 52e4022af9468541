"""Brings calls before drivers, many at a time, over the objects of a view."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from trafficctl_sdk.explain import MissingFact, Verdict, VerdictKind

from trafficctl_server.drivers.results import DriverError
from trafficctl_server.reachability.batches import batches
from trafficctl_server.reachability.evidence import evidence
from trafficctl_server.reachability.views import Unseen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from trafficctl_server.compile.world import World
    from trafficctl_server.drivers.comparison import Side
    from trafficctl_server.drivers.host import DriverHost
    from trafficctl_server.intents.admission import DriverAdmission
    from trafficctl_server.reachability.asking import Asked
    from trafficctl_server.reachability.views import View


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What becomes of one call.

    :ivar names: resource names of managed objects, by the names that the verdict gives them.
    """

    verdict: Verdict
    names: Mapping[str, str] = field(default_factory=dict)


Choice: TypeAlias = "Callable[[Asked], str]"
"""Gives the driver of the caller's cluster, else of one where the call may land; empty: of none."""


class Judge:
    """Asks drivers; holds nothing."""

    def __init__(self, drivers: DriverHost, admission: DriverAdmission) -> None:
        self.drivers = drivers
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
        driver = self.choice(view.world)
        asked = (
            (place, driver(call), (call,))
            for place, call in enumerate(calls)
            if call.request is not None
        )
        for batch in batches(asked):
            judged = await self._judge(view, batch.driver, [call for (call,) in batch.calls])
            found.update(zip(batch.places, judged, strict=True))
        return [found[place] for place in range(len(calls))]

    async def _judge(self, view: View, driver: str, calls: Sequence[Asked]) -> list[Judged]:
        if not driver:
            text = "no driver serves the clusters concerned, so nobody can say"
            return [Judged(verdict=unknown(MissingFact(kind="driver", text=text)))] * len(calls)
        try:
            found = await evidence(view, calls)
        except Unseen as unseen:
            if len(calls) == 1:
                return [Judged(verdict=unknown(*unseen.missing))]
            # What cannot be seen may be of no concern to the others.
            return [it for call in calls for it in await self._judge(view, driver, [call])]
        names = found.names()
        verdicts = await self._verdicts(driver, calls, found.side(view.world, {}))
        return [Judged(verdict=it, names=names) for it in verdicts]

    async def _verdicts(self, driver: str, calls: Sequence[Asked], side: Side) -> Sequence[Verdict]:
        requests = [it.request for it in calls if it.request is not None]
        objects, inventory = side.objects, side.inventory
        try:
            if len(requests) == 1:
                return [await self.drivers.explain(driver, requests[0], objects, inventory)]
            return await self.drivers.explain_calls(driver, requests, objects, inventory)
        except DriverError as error:
            return [unanswered(error)] * len(requests)

    def choice(self, world: World) -> Choice:
        """Give what chooses drivers for calls of a world, by those that serve its clusters now."""
        chosen: dict[tuple[str, ...], str] = {}

        def driver(call: Asked) -> str:
            clusters = (call.caller_cluster, *call.concern.clusters)
            if clusters not in chosen:
                chosen[clusters] = self._first(clusters, world)
            return chosen[clusters]

        return driver

    def _first(self, clusters: Iterable[str], world: World) -> str:
        for cluster in clusters:
            here = world.clusters.get(cluster)
            driver = self._admission.serving(here) if here is not None else None
            if driver is not None:
                return driver.name
        return ""


def unknown(*missing: MissingFact) -> Verdict:
    """Say that nobody can say, and for want of what."""
    text = "; ".join(it.text for it in missing)
    return Verdict(kind=VerdictKind.UNKNOWN, missing=tuple(missing), text=text)


def unanswered(error: DriverError) -> Verdict:
    """Say that a driver gave no answer."""
    return unknown(MissingFact(kind="driver", text=str(error)))
