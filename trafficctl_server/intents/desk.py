"""What accepting and removing share: reading, judging, writing until it holds, answering."""

from __future__ import annotations

import asyncio
import time
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any, Final

import orjson
from trafficctl_sdk.model.cluster import Cluster
from trafficctl_sdk.model.traffic_intent_group import TrafficIntentGroup

from trafficctl_server.compile.names import last_id
from trafficctl_server.intents import failures
from trafficctl_server.intents.kinds import KINDS
from trafficctl_server.store import errors as store_errors
from trafficctl_server.store.records import Record, RequestRecord

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from trafficctl_server.drivers.host import DriverHost
    from trafficctl_server.intents.admission import DriverAdmission
    from trafficctl_server.intents.bodies import Bodies
    from trafficctl_server.intents.kinds import Kind, Resource
    from trafficctl_server.intents.requests import ChangeRequest
    from trafficctl_server.intents.world_feed import WorldFeed
    from trafficctl_server.store.records import Write
    from trafficctl_server.store.store import Store
    from trafficctl_server.telemetry.tracing import Tracing

_ROUNDS: Final = 50
"""So often a wish is judged again because what it rests on moved; then it asks for a retry."""


BY_PLAN: Final = frozenset(
    {TrafficIntentGroup.ChangePolicy.PLAN, TrafficIntentGroup.ChangePolicy.APPROVAL}
)
"""Policies of groups that are changed by applying plans alone."""


class Desk:
    """The tools of the office.

    :ivar clock: nanoseconds since the Unix epoch.
    :ivar owned: how many objects the ledger holds in a cluster, by its id.
    """

    def __init__(
        self,
        *,
        store: Store,
        bodies: Bodies,
        feed: WorldFeed,
        admission: DriverAdmission,
        drivers: DriverHost,
        owned: Callable[[str], int],
        tracing: Tracing,
        clock: Callable[[], int] = time.time_ns,
    ) -> None:
        self.store = store
        self.bodies = bodies
        self.feed = feed
        self.admission = admission
        self.drivers = drivers
        self.owned = owned
        self.tracing = tracing
        self.clock = clock
        self._lane = asyncio.Lock()

    async def answered(self, request: ChangeRequest) -> Sequence[Resource] | None:
        """Give the first answer to a repeated request; none: it is new.

        :raises failures.RequestIdReused: the id came with another body.
        """
        if not request.request_id:
            return None
        with translated():
            first = await self.store.answered(request.principal, request.method, request.request_id)
        if first is None:
            return None
        if first.body_digest != request.body_digest:
            raise failures.RequestIdReused(request.request_id)
        return self._replayed(first.response, first.revision)

    async def live(self, kind: Kind, name: str) -> Record:
        """Give the live record of a name.

        :raises failures.NotFound: there is none, or it is being deleted.
        """
        record = await self.get(kind, name)
        if record is None or record.delete_time is not None:
            raise failures.NotFound(name, kind.name)
        return record

    def need_direct(self, group: str) -> None:
        """Need that a group takes changes one by one.

        :raises failures.PlanRequired: it takes them by plan only.
        """
        if self.feed.policies.get(group) in BY_PLAN:
            raise failures.PlanRequired(group)

    def need_empty(self, cluster: Record) -> None:
        """Need that a cluster is drained, or that nothing of ours is there.

        :raises failures.ClusterNotDrained: something may be.
        """
        seen = self.bodies.present(cluster)
        drained = isinstance(seen, Cluster) and seen.state is Cluster.State.DRAINED
        if not drained and self.owned(last_id(cluster.name)):
            raise failures.ClusterNotDrained(cluster.name)

    async def get(self, kind: Kind, name: str) -> Record | None:
        """Give the record of a name and kind, live or being deleted."""
        with translated():
            record = await self.store.get(name)
        return record if record is not None and record.kind == kind.name else None

    async def write(
        self,
        request: ChangeRequest,
        attempt: Callable[[int], Awaitable[tuple[Write, Sequence[Record]]]],
    ) -> Sequence[Resource]:
        """Judge and write until nothing that the judgement rests on moved meanwhile.

        :param attempt: given the revision that the world is at, judges and says what to write
            and the records that will be answered.
        :raises failures.Failure: as the attempt raises, or as the store answers.
        """
        done = await self._once(request, attempt)
        # Who was overtaken goes on one by one, so that crowds on one scope get through.
        for _ in range(_ROUNDS):
            if done is not None:
                return done
            async with self._lane:
                done = await self._once(request, attempt)
        raise failures.Overloaded("writers of the same scopes", _ROUNDS)

    async def _once(
        self,
        request: ChangeRequest,
        attempt: Callable[[int], Awaitable[tuple[Write, Sequence[Record]]]],
    ) -> Sequence[Resource] | None:
        """Judge and write once; none: what the judgement rests on moved meanwhile."""
        await self.feed.reached(self.store.revision)
        try:
            write, records = await attempt(self.feed.revision)
        except failures.Failure:
            first = await self.answered(request)  # a twin of this request may have been faster
            if first is not None:
                return first
            raise
        if request.validate_only:
            return [self._answer(it, 0) for it in records]
        names = [it.name for it in write.puts]
        try:
            with self.tracing.span("store", resources=len(names)), translated():
                self.feed.note_trace(names, self.tracing.carry())
                done = await self.store.commit(self._asked(write, request, records))
        except Moved:
            self.feed.forget_trace(names)
            return None
        except BaseException:
            self.feed.forget_trace(names)
            raise
        self.feed.allocated(done.allocations)
        if done.replayed is not None:
            self.feed.forget_trace(names)
            return self._replayed(done.replayed, done.revision)
        return [self._answer(it, done.revision) for it in records]

    def _asked(self, write: Write, request: ChangeRequest, records: Sequence[Record]) -> Write:
        """Write with it what makes a repetition of the request known as one; it may have no id."""
        if not request.request_id:
            return write
        return replace(
            write,
            request=RequestRecord(
                principal=request.principal,
                method=request.method,
                request_id=request.request_id,
                body_digest=request.body_digest,
                response=response_of(records),
                time=self.clock(),
            ),
        )

    def _answer(self, record: Record, revision: int) -> Resource:
        return self.bodies.present(replace(record, revision=revision))

    def _replayed(self, response: bytes, revision: int) -> Sequence[Resource]:
        return [self._answer(it, revision) for it in records_of(response)]


class Moved(Exception):  # noqa: N818 - a signal to judge again, never shown
    """What a judgement rests on was changed meanwhile."""


class translated:  # noqa: N801 - it reads as contextlib's own do
    """Says what the store answers in the words of the office."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        if isinstance(error, store_errors.ScopeMoved):
            raise Moved from error
        if isinstance(error, store_errors.StoreError):
            raise _translation(error) from error


def _translation(error: store_errors.StoreError) -> failures.Failure:  # noqa: PLR0911 - a table
    match error:
        case store_errors.AlreadyExists():
            return failures.AlreadyExists(error.name, _kind(error.name))
        case store_errors.NotFound():
            return failures.NotFound(error.name, _kind(error.name))
        case store_errors.EtagMismatch():
            return failures.EtagMismatch(error.name, error.current)
        case store_errors.NotEmpty():
            return failures.GroupNotEmpty(error.pattern.rsplit("/", 2)[0])
        case store_errors.RequestIdReused():
            return failures.RequestIdReused(error.request_id)
        case store_errors.PoolExhausted():
            return failures.PoolExhausted("the pool of virtual addresses")
        case store_errors.HistoryCompacted():
            return failures.HistoryCompacted(error.oldest)
        case store_errors.FutureRevision():
            return failures.FutureRevision(error.current)
        case _:
            return failures.StoreUnavailable(str(error))


def _kind(name: str) -> str:
    return next((it.name for it in KINDS.values() if it.matches(name)), "Resource")


def response_of(records: Sequence[Record]) -> bytes:
    """Keep what is answered, so that a repetition gets the same after a restart."""
    rows = [
        {**asdict(it), "body": it.body.decode(), "progress": it.progress.decode()} for it in records
    ]
    return orjson.dumps(rows)


def records_of(response: bytes) -> list[Record]:
    """Read what :func:`response_of` kept."""
    rows: list[dict[str, Any]] = orjson.loads(response)
    return [
        Record(**{**it, "body": it["body"].encode(), "progress": it["progress"].encode()})
        for it in rows
    ]
