"""Takes up what plans hold at a start, and lets go of it when their time is over."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from trafficctl_server.intents import failures
from trafficctl_server.intents.desk import translated
from trafficctl_server.intents.requests import ChangeRequest
from trafficctl_server.plans import states
from trafficctl_server.plans.parts import Section, clean, read_all
from trafficctl_server.plans.plan import OPEN, PlanState
from trafficctl_server.plans.rows import PLAN, plan_of
from trafficctl_server.store.records import Write

if TYPE_CHECKING:
    from trafficctl_server.intents.desk import Desk
    from trafficctl_server.plans.plan import Plan
    from trafficctl_server.plans.reservations import Reservations
    from trafficctl_server.plans.shelf import Shelf

_INTERVAL: Final = 60.0
"""Seconds between two looks; reads see by themselves when a plan's time is over."""
_PAGE: Final = 100
_ALL: Final = "projects/-/plans/-"

_log = logging.getLogger(__name__)


class Expiry:
    """Looks after plans that nobody asks about."""

    def __init__(self, *, desk: Desk, shelf: Shelf, reservations: Reservations) -> None:
        self._desk = desk
        self._shelf = shelf
        self._reservations = reservations

    async def start(self) -> None:
        """Hold the addresses that plans reserved before this start."""
        for plan in await self._stored():
            if plan.addresses and plan.state in OPEN:
                items = read_all(plan, Section.ADDRESSES, self._desk.store)
                self._reservations.hold(plan.uid, [str(it) async for it in items])

    async def run(self) -> None:
        """Look until cancelled."""
        started, cleaned = self._desk.clock(), False
        while True:
            try:
                await self.sweep()
                if not cleaned:
                    await clean(started, self._desk.store)
                    cleaned = True
            except failures.StoreUnavailable as error:
                _log.warning("plans were not looked at", extra={"why": error.reason})
            await asyncio.sleep(_INTERVAL)

    async def sweep(self) -> None:
        """End every plan whose time is over."""
        now = self._desk.clock()
        for plan in await self._stored():
            if plan.state in OPEN and plan.at(now) is PlanState.EXPIRED:
                await self._end(plan)

    async def _end(self, plan: Plan) -> None:
        async def attempt() -> tuple[Plan | None, Plan, Write]:
            there = await self._shelf.plan(plan.name)
            if there.uid != plan.uid or there.state is not PlanState.EXPIRED:
                raise failures.NotFound(plan.name, PLAN)
            return there, states.ended(there, PlanState.EXPIRED), Write()

        with suppress(failures.NotFound):
            await self._shelf.change(ChangeRequest(), attempt)
            self._reservations.let_go(plan.uid)

    async def _stored(self) -> list[Plan]:
        found: list[Plan] = []
        while True:
            after = found[-1].name if found else ""
            with translated():
                page = await self._desk.store.list(PLAN, _ALL, after=after, limit=_PAGE)
            found += map(plan_of, page)
            if len(page) < _PAGE:
                return found
