"""The one door to all drivers."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import Any, TypeVar

from trafficctl_sdk.codec import DecodeError, from_json, to_json
from trafficctl_sdk.errors import Violation
from trafficctl_sdk.explain import (
    ExplainRequest,
    Inventory,
    PlacedObject,
    Verdict,
    VerdictKind,
)
from trafficctl_sdk.facts import Fact
from trafficctl_sdk.intent_kinds import INTENT_KINDS, Intent
from trafficctl_sdk.slices import TrafficSlice

from trafficctl_server.drivers.comparison import Side, object_data, read_pair, sides_data
from trafficctl_server.drivers.discovery import installed_drivers
from trafficctl_server.drivers.limits import DriverHostSettings
from trafficctl_server.drivers.loaded_driver import LoadedDriver
from trafficctl_server.drivers.questions import COMPARE_CALLS, EXPLAIN, EXPLAIN_CALLS, VALIDATE
from trafficctl_server.drivers.results import (
    DriverError,
    Failure,
    FailureKind,
    RefusedSlice,
    RenderOutcome,
    RenderResult,
)
from trafficctl_server.drivers.roster import DriverState, DriverStatus, Isolation

__all__ = [
    "DriverError",
    "DriverHost",
    "DriverHostSettings",
    "DriverState",
    "DriverStatus",
    "Failure",
    "FailureKind",
    "Isolation",
    "RefusedSlice",
    "RenderOutcome",
    "RenderResult",
]


T = TypeVar("T")

MOST_CALLS = 250
"""So many calls a driver is asked about at once, see ``trafficctl_explain_calls``."""

_KIND_WORDS = {cls: kind for kind, cls in INTENT_KINDS.items()}


class DriverHost:
    """Loads all drivers and calls their hooks, each driver in worker processes of its own.

    What is asked is answered to the end, also when the caller has gone away: a worker whose
    answers nobody awaits would mix them up.
    """

    def __init__(self, settings: DriverHostSettings) -> None:
        self._settings = settings
        self._drivers: dict[str, LoadedDriver] = {}
        self._running: set[asyncio.Task[Any]] = set()

    async def start(self) -> None:
        """Load all drivers at once; a broken one is refused with its reason, the rest load."""
        found = await asyncio.to_thread(installed_drivers, self._settings.blocked)
        self._drivers = {item.name: LoadedDriver(item, self._settings) for item in found}
        await asyncio.gather(*(driver.start() for driver in self._drivers.values()))

    async def stop(self) -> None:
        """End every worker process; returns when none is left.

        Whoever still waits for an answer is told that the server is stopping.
        """
        await asyncio.gather(*(driver.stop() for driver in self._drivers.values()))
        await asyncio.gather(*self._running, return_exceptions=True)

    @property
    def roster(self) -> tuple[DriverStatus, ...]:
        """Every driver that was found, loaded or refused, by name."""
        return tuple(self._drivers[name].status for name in sorted(self._drivers))

    def driver(self, name: str) -> DriverStatus | None:
        """Give one driver, or none if there is none of that name."""
        driver = self._drivers.get(name)
        return driver.status if driver else None

    async def render(self, name: str, slices: Sequence[TrafficSlice]) -> Sequence[RenderResult]:
        """Render a batch: one result for each slice, in their order.

        Whatever the driver does is in the results. A slice of a scope kind that it does not
        declare gets an empty rendering without being shown to it.

        :raises KeyError: no driver of that name was found.
        """
        return await self._finish(self._drivers[name].render(slices))

    async def validate_intent(
        self, name: str, intent: Intent, facts: Sequence[Fact]
    ) -> Sequence[Violation]:
        """Ask a driver what is wrong with an intent; nothing if it has no such hook.

        :raises DriverError: the driver gave no answer; the intent may be wrong.
        :raises KeyError: no driver of that name was found.
        """
        question = {
            "kind": _KIND_WORDS[type(intent)],
            "intent": to_json(intent),
            "facts": [to_json(fact) for fact in facts],
        }
        answer = await self._finish(self._drivers[name].respond(VALIDATE, question))
        try:
            return tuple(from_json(Violation, item) for item in answer or ())
        except DecodeError as error:
            raise _unreadable(name, VALIDATE, error) from error

    async def explain(
        self,
        name: str,
        request: ExplainRequest,
        objects: Sequence[PlacedObject],
        inventory: Inventory,
    ) -> Verdict:
        """Ask a driver for its technology's verdict; UNKNOWN if it has no such hook.

        :raises DriverError: the driver gave no answer.
        :raises KeyError: no driver of that name was found.
        """
        question = {
            "request": to_json(request),
            "objects": [object_data(item) for item in objects],
            "inventory": to_json(inventory),
        }
        answer = await self._finish(self._drivers[name].respond(EXPLAIN, question))
        if answer is None:
            return Verdict(kind=VerdictKind.UNKNOWN, text=f"driver {name} explains nothing")
        try:
            return from_json(Verdict, answer)
        except DecodeError as error:
            raise _unreadable(name, EXPLAIN, error) from error

    async def explain_calls(
        self,
        name: str,
        requests: Sequence[ExplainRequest],
        objects: Sequence[PlacedObject],
        inventory: Inventory,
    ) -> tuple[Verdict, ...]:
        """Ask a driver for its verdicts on calls over the same objects, in their order.

        A driver that judges calls one by one is asked so; others wait for one batch at most.

        :raises DriverError: the driver gave no answer.
        :raises KeyError: no driver of that name was found.
        """
        if not self._drivers[name].answers(EXPLAIN_CALLS):
            return tuple([await self.explain(name, it, objects, inventory) for it in requests])
        surroundings = {
            "objects": [object_data(item) for item in objects],
            "inventory": to_json(inventory),
        }
        answers = await self._many(name, EXPLAIN_CALLS, requests, surroundings)
        return tuple(_read(_verdict, it, name) for it in answers)

    async def compare_calls(
        self, name: str, requests: Sequence[ExplainRequest], before: Side, after: Side
    ) -> tuple[tuple[Verdict, Verdict], ...]:
        """Ask a driver for its verdicts on calls on two sides, in their order.

        Where both are known and of one kind, the kind is all that they say. Objects that are the
        same ones on both sides are sent once.

        :raises DriverError: the driver gave no answer.
        :raises KeyError: no driver of that name was found.
        """
        if not self._drivers[name].answers(EXPLAIN_CALLS):
            was, now = [
                await self.explain_calls(name, requests, it.objects, it.inventory)
                for it in (before, after)
            ]
            return tuple(zip(was, now, strict=True))
        answers = await self._many(name, COMPARE_CALLS, requests, sides_data(before, after))
        return tuple(_read(read_pair, it, name) for it in answers)

    async def _many(
        self,
        name: str,
        question: str,
        requests: Sequence[ExplainRequest],
        surroundings: Mapping[str, object],
    ) -> list[Any]:
        """Ask about calls, so many at once as a driver takes; one answer for each."""
        found: list[Any] = []
        for start in range(0, len(requests), MOST_CALLS):
            batch = requests[start : start + MOST_CALLS]
            asked = {"requests": [to_json(item) for item in batch], **surroundings}
            answers = await self._finish(self._drivers[name].respond(question, asked))
            if len(answers) != len(batch):
                text = f"{EXPLAIN_CALLS} gave {len(answers)} verdicts on {len(batch)} calls"
                failure = Failure(kind=FailureKind.INVALID_OUTPUT, text=text)
                raise DriverError(name, EXPLAIN_CALLS, failure)
            found += answers
        return found

    async def _finish(self, work: Coroutine[Any, Any, T]) -> T:
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._forget)
        return await asyncio.shield(task)

    def _forget(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        if not task.cancelled():
            task.exception()  # seen, also when the caller has gone away


def _unreadable(name: str, hook: str, error: DecodeError) -> DriverError:
    text = f"{hook} answered what cannot be read: {error}"
    return DriverError(name, hook, Failure(kind=FailureKind.INVALID_OUTPUT, text=text))


def _read(read: Callable[[Any], T], answer: Any, name: str) -> T:
    try:
        return read(answer)
    except DecodeError as error:
        raise _unreadable(name, EXPLAIN_CALLS, error) from error


def _verdict(answer: Any) -> Verdict:
    return from_json(Verdict, answer)
