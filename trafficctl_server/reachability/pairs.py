"""Brings calls before drivers on two sides, to tell where they fare otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from trafficctl_server.drivers.results import DriverError
from trafficctl_server.reachability.batches import batches
from trafficctl_server.reachability.evidence import evidence
from trafficctl_server.reachability.judging import Judged, unanswered
from trafficctl_server.reachability.views import Unseen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trafficctl_server.reachability.asking import Asked
    from trafficctl_server.reachability.batches import Batch
    from trafficctl_server.reachability.evidence import Known
    from trafficctl_server.reachability.judging import Judge
    from trafficctl_server.reachability.views import View

Pair: TypeAlias = "tuple[Asked | None, Asked | None]"
"""A call as it is put on two sides; none: nobody can make it there."""

JudgedPair: TypeAlias = "tuple[Judged | None, Judged | None]"


class PairJudge:
    """Asks drivers about both sides at once where the call is the same one; holds nothing."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge

    async def judge(self, before: View, after: View, pairs: Sequence[Pair]) -> list[JudgedPair]:
        """Give what becomes of each call on both sides, in their order.

        Where it is known to be the same on both, the kind of verdict is all that is told of it.

        :raises StoreUnavailable: the objects cannot be read.
        """
        found: dict[int, JudgedPair] = {}
        alike = []
        driver_before, driver_after = (self._judge.choice(it.world) for it in (before, after))
        for place, (was, now) in enumerate(pairs):
            if was is None or now is None or was.request is None or was.request != now.request:
                continue
            driver = driver_before(was)
            if driver and driver == driver_after(now):
                alike.append((place, driver, (was, now)))
        for batch in batches(alike):
            found.update(zip(batch.places, await self._both(before, after, batch), strict=True))
        rest = [place for place in range(len(pairs)) if place not in found]
        was_, now_ = [
            await self._each(view, [pairs[place][side] for place in rest])
            for side, view in enumerate((before, after))
        ]
        found.update(zip(rest, zip(was_, now_, strict=True), strict=True))
        return [found[place] for place in range(len(pairs))]

    async def _each(self, view: View, calls: Sequence[Asked | None]) -> list[Judged | None]:
        asked = iter(await self._judge.judge(view, [it for it in calls if it is not None]))
        return [next(asked) if it is not None else None for it in calls]

    async def _both(
        self, before: View, after: View, batch: Batch[tuple[Asked, Asked]]
    ) -> list[JudgedPair]:
        one, other = ([pair[side] for pair in batch.calls] for side in (0, 1))
        try:
            was, now = await evidence(before, one), await evidence(after, other)
        except Unseen:
            # Each side says itself what it cannot see, and of which calls.
            return list(
                zip(await self._each(before, one), await self._each(after, other), strict=True)
            )
        known: Known = {}
        sides = was.side(before.world, known), now.side(after.world, known)
        requests = [it.request for it in one if it.request is not None]
        try:
            verdicts = await self._judge.drivers.compare_calls(batch.driver, requests, *sides)
        except DriverError as error:
            nobody = Judged(verdict=unanswered(error))
            return [(nobody, nobody)] * len(requests)
        names = was.names(), now.names()
        return [
            (Judged(verdict=it, names=names[0]), Judged(verdict=that, names=names[1]))
            for it, that in verdicts
        ]
