"""Has drivers render what changed: one queue for each driver, so that none waits for another."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from typing import TYPE_CHECKING, Final, Protocol

from trafficctl_server.drivers.results import Failure, FailureKind, RenderResult

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from trafficctl_sdk.manifests import Rendering
    from trafficctl_sdk.slices import TrafficSlice

    from trafficctl_server.drivers.host import DriverHost
    from trafficctl_server.intents.precedence import Precedence
    from trafficctl_server.reconcile.marks import Mark

_BATCH: Final = 100
_PAUSE: Final = 2.0
"""Seconds until a driver that could not be called is called again."""

_log = logging.getLogger(__name__)

Place = tuple[str, str]
"""Name of a scope, id of a cluster."""


class Ledger(Protocol):
    """Where renderings go."""

    def enter(self, slice_: TrafficSlice, rendering: Rendering, trace: str) -> None:
        """Take a rendering. :raises Trespass: it holds what another scope rules."""

    def withdraw(self, scope: str, cluster: str) -> None:
        """Take back everything of a scope in a cluster."""

    def mark(self, mark: Mark) -> None:
        """Keep which slice was rendered."""

    def unmark(self, mark: Mark) -> None:
        """Forget it."""

    def holds(self, scope: str, cluster: str, namespace: str) -> bool:
        """Say whether a scope has anything in a namespace of a cluster."""


class RenderQueue:
    """The newest slice of each place, waiting for one driver.

    :param done: given each slice and what became of it; must not wait.
    """

    def __init__(
        self,
        driver: str,
        host: DriverHost,
        done: Callable[[TrafficSlice, RenderResult], None],
        precedence: Precedence,
    ) -> None:
        self._driver = driver
        self._host = host
        self._done = done
        self._precedence = precedence
        self._waiting: OrderedDict[Place, TrafficSlice] = OrderedDict()
        self._wake = asyncio.Event()

    def put(self, slice_: TrafficSlice) -> None:
        """Render a slice; an older one of the same place is passed over."""
        self._waiting[str(slice_.scope), slice_.cluster] = slice_
        self._wake.set()

    def drop(self, place: Place) -> None:
        """Render nothing for a place any more."""
        self._waiting.pop(place, None)

    async def run(self) -> None:
        """Render until cancelled."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._waiting:
                count = min(_BATCH, len(self._waiting))
                batch = [self._waiting.popitem(last=False)[1] for _ in range(count)]
                results = await self._call(batch)
                again = []
                for slice_, result in zip(batch, results, strict=True):
                    if _not_called(result):
                        again.append(slice_)
                    else:
                        async with self._precedence.turn():
                            self._done(slice_, result)
                if again:
                    _log.warning("driver is not available", extra={"driver": self._driver})
                    for slice_ in again:
                        self._waiting.setdefault((str(slice_.scope), slice_.cluster), slice_)
                    await asyncio.sleep(_PAUSE)

    async def _call(self, batch: Sequence[TrafficSlice]) -> Sequence[RenderResult]:
        try:
            return await self._host.render(self._driver, batch)
        except Exception:  # noqa: BLE001 - a fault of ours must not end a driver's queue
            _log.exception("driver could not be called", extra={"driver": self._driver})
            why = Failure(kind=FailureKind.UNAVAILABLE, text="it could not be called")
            result = RenderResult(slice_digest="", rendering_version="", outcome=why)
            return [result] * len(batch)


def _not_called(result: RenderResult) -> bool:
    return isinstance(result.outcome, Failure) and result.outcome.kind is FailureKind.UNAVAILABLE
