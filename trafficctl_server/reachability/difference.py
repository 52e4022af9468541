"""Who gains and who loses access between two views."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING, Final

from trafficctl_server.reachability.effects import merged
from trafficctl_server.reachability.inquiries import differences, inquiry
from trafficctl_server.reachability.moving import called_by, moved
from trafficctl_server.reachability.pairs import PairJudge

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from trafficctl_sdk.slices import Scope

    from trafficctl_server.reachability.effects import Difference
    from trafficctl_server.reachability.inquiries import Inquiry
    from trafficctl_server.reachability.judging import Judge
    from trafficctl_server.reachability.views import View

_ROUND: Final = 200
"""So many calls are asked about at once, while the next ones are chosen."""
_AHEAD: Final = 8
"""So many rounds wait for their answers at most: all are held, with what becomes of them."""


class Comparer:
    """Asks drivers about both sides; holds nothing."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self._pairs = PairJudge(judge)

    async def difference(
        self, before: View, after: View, scopes: Collection[Scope]
    ) -> tuple[Difference, ...]:
        """Say who gains and who loses access between two views.

        Every caller that intents name on either side is asked about, and once for each destination
        all those whom nobody names. What cannot be told is NOT_DECIDED, with what is missing.

        :param scopes: those that what changes touches, and the workload scope of each workload
            that changes; calls that meet none of them are not asked about.
        :raises StoreUnavailable: objects cannot be read.
        """
        changed = await moved(before, after, scopes)
        found: list[Difference] = []
        waiting: list[Inquiry] = []
        asked: deque[asyncio.Task[list[Difference]]] = deque()
        drivers = self._judge.choice(before.world), self._judge.choice(after.world)
        try:
            for called in sorted(called_by(changed, before.world, after.world)):
                waiting.append(inquiry(called, before.world, after.world, changed, drivers))
                if sum(len(it.calls) for it in waiting) >= _ROUND:
                    asked.append(asyncio.create_task(self._answered(waiting, before, after)))
                    waiting = []
                    if len(asked) > _AHEAD:
                        found += await asked.popleft()
                await asyncio.sleep(0)
            asked.append(asyncio.create_task(self._answered(waiting, before, after)))
            while asked:
                found += await asked.popleft()
        finally:
            for it in asked:
                it.cancel()
            await asyncio.gather(*asked, return_exceptions=True)
        return merged(found)

    async def _answered(
        self, inquiries: Sequence[Inquiry], before: View, after: View
    ) -> list[Difference]:
        calls = [it[1:] for one in inquiries for it in one.calls]
        judged = iter(await self._pairs.judge(before, after, calls))
        found: list[Difference] = []
        for one in inquiries:
            found += differences(one, [next(judged) for _ in one.calls])
        return found
