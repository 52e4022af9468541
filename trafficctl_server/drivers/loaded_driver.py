"""One found driver with its workers: what the facade calls."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from trafficctl_sdk.slices import ScopeKind, TrafficSlice

from trafficctl_server.drivers import frames
from trafficctl_server.drivers.discovery import FoundDriver
from trafficctl_server.drivers.driver_log import DriverLog
from trafficctl_server.drivers.gathering import FEW, Gathering
from trafficctl_server.drivers.limits import SECOND, DriverHostSettings
from trafficctl_server.drivers.questions import (
    CHECK_HEALTH,
    COMPARE_CALLS,
    EXPLAIN,
    EXPLAIN_CALLS,
    RENDER,
    VALIDATE,
    hook_of,
)
from trafficctl_server.drivers.render_batch import RenderBatch
from trafficctl_server.drivers.results import (
    DriverError,
    Failure,
    FailureKind,
    RefusedSlice,
    RenderResult,
)
from trafficctl_server.drivers.roster import DriverState, DriverStatus, Isolation
from trafficctl_server.drivers.supervisor import (
    Answered,
    Declaration,
    LoadRefusedError,
    SupervisedWorker,
)

_BATCH_PATIENCE: Final = SECOND
"""A batch waits so long for a worker to be started again; an RPC does not wait."""
_RPC_QUESTIONS: Final = (VALIDATE, EXPLAIN, EXPLAIN_CALLS, COMPARE_CALLS, CHECK_HEALTH)
_RPC_HOOKS: Final = frozenset(hook_of(it) for it in _RPC_QUESTIONS)
_OF_MANY_CALLS: Final = frozenset({EXPLAIN_CALLS, COMPARE_CALLS})
"""One such question takes as long as others wait for it at most."""
_LONGEST_TEXT: Final = 500


class LoadedDriver:
    """One driver: a worker that renders, and one for RPCs if it has hooks for them.

    RPCs have a worker of their own so that none waits behind a big batch or a stuck slice.
    """

    def __init__(self, found: FoundDriver, settings: DriverHostSettings) -> None:
        self._found = found
        self._settings = settings
        log = DriverLog(found.name)
        self._renderer = SupervisedWorker(found, settings, log)
        self._responder = SupervisedWorker(found, settings, log)
        self._asked = {
            it: Gathering(it, self._responder, 1 if it in _OF_MANY_CALLS else FEW)
            for it in _RPC_QUESTIONS
        }
        self._health_watch: asyncio.Task[None] | None = None
        self._refusal = found.refusal
        self._health = ""
        self._status: DriverStatus | None = None
        self._status_facts: tuple[object, ...] = ()

    async def start(self) -> None:
        """Load the driver, or note why it is refused."""
        if self._refusal:
            return
        try:
            await self._renderer.start()
            if self._declared.hooks & _RPC_HOOKS:
                await self._responder.start()
        except LoadRefusedError as error:
            self._refusal = str(error)
            await self.stop()
            return
        if CHECK_HEALTH in self._declared.hooks:
            self._health_watch = asyncio.create_task(self._watch_health())

    async def stop(self) -> None:
        """End its processes."""
        if self._health_watch is not None:
            self._health_watch.cancel()
            await asyncio.gather(self._health_watch, return_exceptions=True)
        await asyncio.gather(self._renderer.stop(), self._responder.stop())

    @property
    def _declared(self) -> Declaration:
        return self._renderer.declaration

    @property
    def status(self) -> DriverStatus:
        """What is known of it now; the same object while nothing of it changed."""
        workers = (self._renderer, self._responder)
        health = next((worker.trouble for worker in workers if worker.waiting), self._health)
        facts = (
            tuple(worker.pid for worker in workers if worker.pid is not None),
            sum(worker.restarts for worker in workers),
            self._refusal,
            health,
            None if self._refusal else self._declared,
        )
        if self._status is None or facts != self._status_facts:
            self._status_facts = facts
            self._status = self._status_now(*facts)
        return self._status

    def _status_now(
        self,
        pids: tuple[int, ...],
        restarts: int,
        refusal: str,
        health: str,
        declared: Declaration | None,
    ) -> DriverStatus:
        status = DriverStatus(
            name=self._found.name,
            distribution=self._found.distribution,
            version=self._found.version,
            state=DriverState.REFUSED,
            isolation=Isolation(
                pids=pids,
                time_limit=self._settings.time_limit,
                memory_limit=self._settings.memory_limit,
            ),
            refusal=refusal,
            restarts=restarts,
        )
        if declared is None:
            return status
        info = declared.info
        return replace(
            status,
            state=DriverState.DEGRADED if health else DriverState.LOADED,
            health=health,
            rendering_version=declared.rendering_version,
            hook_api=info.hook_api,
            kind=info.kind,
            scope_kinds=info.scope_kinds,
            capabilities=info.capabilities,
            facts_produced=info.facts_produced,
            facts_consumed=info.facts_consumed,
        )

    async def render(self, slices: Sequence[TrafficSlice]) -> tuple[RenderResult, ...]:
        """Render a batch; slices of scopes that the driver does not render get nothing."""
        batch = RenderBatch(slices, self._rendered_kinds(), self._rendering_version)
        if self._refusal:
            for index in range(batch.count):
                batch.take(index, self._refused())
        else:
            await self._renderer.ask(
                RENDER, batch.count, batch.question, batch.take, patience=_BATCH_PATIENCE
            )
        results = []
        for place in range(len(slices)):
            results.append(batch.result(place))
            await asyncio.sleep(0)
        return tuple(results)

    def _rendered_kinds(self) -> frozenset[ScopeKind]:
        if self._refusal:
            return frozenset(ScopeKind)
        kinds = self._declared.info.scope_kinds if RENDER in self._declared.hooks else ()
        return frozenset(kinds)

    def _rendering_version(self) -> str:
        return self._declared.rendering_version

    def _refused(self) -> Failure:
        return Failure(kind=FailureKind.UNAVAILABLE, text=f"it is refused: {self._refusal}")

    def answers(self, hook: str) -> bool:
        """Say whether the driver is loaded and has a hook."""
        return not self._refusal and hook in self._declared.hooks

    async def respond(self, hook: str, question: object) -> Any:
        """Ask the worker for RPCs one question; None if the driver lacks the hook for it.

        :param hook: a hook, or ``COMPARE_CALLS``.
        :param question: JSON types.
        :returns: the answer as JSON types.
        :raises DriverError: there is no answer.
        """
        if self._refusal:
            raise DriverError(self._found.name, hook, self._refused())
        if hook_of(hook) not in self._declared.hooks:
            return None
        match await self._asked[hook].ask(frames.encode(question)):
            case Answered(data=data):
                return data
            case Failure() as failure:
                raise DriverError(self._found.name, hook, failure)
            case RefusedSlice():
                text = f"{hook} raised Refused, which only rendering may"
                failure = Failure(kind=FailureKind.INVALID_OUTPUT, text=text)
                raise DriverError(self._found.name, hook, failure)

    async def _watch_health(self) -> None:
        while True:
            try:
                self._health = str(await self.respond(CHECK_HEALTH, None))[:_LONGEST_TEXT]
            except DriverError as error:
                self._health = f"its health check failed: {error.failure.text}"
            await asyncio.sleep(self._settings.health_interval / SECOND)
