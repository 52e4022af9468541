"""Brings one cluster's objects to its target, in a queue of its own."""

from __future__ import annotations

import asyncio
import logging
import random
from collections import Counter
from contextlib import ExitStack, suppress
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Final, Protocol

from trafficctl_server.clusters.target import (
    Delivered,
    Drift,
    Drifted,
    ObjectWrite,
    Outcome,
    Retry,
    TargetReplaced,
    TargetUnavailable,
)
from trafficctl_server.reconcile.attempts import as_json, order, refusal, write_of
from trafficctl_server.reconcile.entry import Entry, Trouble

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from trafficctl_server.clusters.target import Target
    from trafficctl_server.intents.precedence import Precedence
    from trafficctl_server.reconcile.backoff import Backoff
    from trafficctl_server.reconcile.patrol import Patrol
    from trafficctl_server.store.records import LedgerKey
    from trafficctl_server.telemetry.tracing import Tracing

_BATCH: Final = 200

_log = logging.getLogger(__name__)


class Keeper(Protocol):
    """What a delivery needs of the engine: the ledger, and what the cluster's record says."""

    def entries_in(self, cluster: str) -> Iterable[Entry]:
        """Give the ledger's entries of a cluster, each as it is when its turn comes."""

    def behind(self, cluster: str) -> list[Entry]:
        """Give the entries of a cluster that are not as wished, or in trouble."""

    def entry(self, key: LedgerKey) -> Entry | None:
        """Give one entry as it is now."""

    def put(
        self, entry: Entry, manifest: bytes | None = None, written: bytes | None = None
    ) -> None:
        """Take a changed entry and make it durable.

        :param manifest: the desired object, where it changes.
        :param written: the object that was written, where it is not the desired one.
        """

    def note(self, entry: Entry) -> None:
        """Take which deliveries of an entry began; the disk need not know."""

    def drop(self, entry: Entry) -> None:
        """Forget an entry, durably."""

    async def manifests(self, keys: Sequence[LedgerKey]) -> Mapping[LedgerKey, bytes]:
        """Give the stamped objects of entries as JSON."""

    def origins_of(self, entry: Entry) -> tuple[tuple[str, str], ...]:
        """Give names and uids of the intents that want an entry as it is."""

    def drift(self, cluster: str) -> Drift:
        """Say what to do about edits by hand."""

    def identity(self, cluster: str) -> str:
        """Give the identity of the target that the ledger speaks about; empty: none yet."""

    def identified(self, cluster: str, identity: str) -> None:
        """Take the identity of the target, durably."""

    def replaced(self, cluster: str) -> None:
        """Say that another target answers than before."""

    def braked(self, cluster: str) -> Collection[LedgerKey]:
        """Give the keys of what must not go out now; tells the cluster's record."""

    async def durable(self) -> None:
        """Wait until the ledger on disk says what the ledger in memory says."""


class DeliveryQueue:
    """Delivers what one cluster's ledger says, and looks for drift at intervals.

    :param rested: called whenever nothing is left but to wait; must not wait.
    """

    def __init__(
        self,
        cluster: str,
        target: Target,
        keeper: Keeper,
        *,
        backoff: Backoff,
        patrol: Patrol,
        clock: Callable[[], int],
        tracing: Tracing,
        precedence: Precedence,
        rested: Callable[[], None],
    ) -> None:
        self._cluster = cluster
        self._target = target
        self._keeper = keeper
        self._backoff = backoff
        self._patrol = patrol
        self._unseen: Iterator[Entry] | None = None
        self._look_took = 0.0
        self._clock = clock
        self._tracing = tracing
        self._precedence = precedence
        self._rested = rested
        self._chance = random.Random()  # noqa: S311 - jitter, no secret
        self._failed = 0
        self._again_at = 0
        self._wake = asyncio.Event()
        self._working = True
        self._met = False

    def wake(self) -> None:
        """Look at the ledger now."""
        self._wake.set()

    def idle(self) -> bool:
        """Say whether it only waits: to be woken, or for a time."""
        return not self._working and not self._wake.is_set()

    async def run(self) -> None:
        """Deliver until cancelled; a target that is away is tried for ever."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        scan_at = began + self._patrol.interval
        wait: float | None = 0.0
        while True:
            until = scan_at - loop.time() if wait is None else min(wait, scan_at - loop.time())
            if not self._wake.is_set() and until > 0:
                self._working = False
                self._rested()
                with suppress(TimeoutError):
                    async with asyncio.timeout(until):  # wait_for can lose a cancellation
                        await self._wake.wait()
                self._working = True
            self._wake.clear()
            scanning = loop.time() >= scan_at
            if scanning and self._unseen is None:
                began = loop.time()
            wait = await self.round(scan=scanning)
            if scanning:
                again = self._patrol.after(loop.time(), self._look_took)
                whole = self._unseen is None
                scan_at = max(again, began + self._patrol.interval) if whole else again

    async def round(self, *, scan: bool = False) -> float | None:
        """Deliver what waits; give seconds until it should be tried again, none: when woken."""
        # All that fails in this round is tried again at one time, not each at its own.
        wait = self._backoff.wait(self._failed + 1, self._chance)
        self._again_at = self._clock() + wait
        try:
            identity = await self._identify()
            if scan:
                started = asyncio.get_running_loop().time()
                await self._look(identity)
                self._look_took = asyncio.get_running_loop().time() - started
            failed = await self._deliver(identity)
        except TargetUnavailable as error:
            self._all_failed(error)
            failed = True
        except TargetReplaced:
            return 0.0
        except Exception:  # noqa: BLE001 - a fault of ours must not end a cluster's deliveries
            _log.exception("delivery failed", extra={"cluster": self._cluster})
            self._failed += 1
            return wait / 1e9
        self._failed = self._failed + 1 if failed else 0
        return self._until_next()

    def _until_next(self) -> float | None:
        """Give seconds until the first object is due again; none: nothing waits for a time."""
        times = [
            it.trouble.next_attempt
            for it in self._keeper.behind(self._cluster)
            if it.trouble is not None and it.trouble.state == "RETRYING"
        ]
        return max(0.0, (min(times) - self._clock()) / 1e9) if times else None

    async def _identify(self) -> str:
        """Find out which target answers; another one than before is observed, never emptied."""
        known = self._keeper.identity(self._cluster)
        found = await self._target.identify()
        if found is not None and found == known:
            if not self._met:
                # What a target does once, before it takes anything, must not hold up a change.
                await self._target.apply((), identity=known)
                self._met = True
            return known
        if not known and not any(True for _ in self._keeper.entries_in(self._cluster)):
            return ""
        identity = found or await self._target.claim()
        if known:
            _log.warning("another target answers", extra={"cluster": self._cluster})
            await self._observe_anew(identity)
            self._keeper.replaced(self._cluster)
        self._keeper.identified(self._cluster, identity)
        await self._keeper.durable()
        return identity

    async def _observe_anew(self, identity: str) -> None:
        """Speak about the new target: what it holds is written, nothing of the old is removed."""
        entries = list(self._keeper.entries_in(self._cluster))
        seen = {it.key: it for it in await self._target.observe([it.key for it in entries])}
        for it in entries:
            if it.tombstone:
                self._keeper.drop(it)
                continue
            there = seen[it.key]
            same = there.ours and there.digest == it.desired
            self._keeper.put(
                replace(
                    it,
                    written=it.desired if same else "",
                    written_origins=self._keeper.origins_of(it) if same else (),
                    attempted=(),
                    target=identity,
                    trouble=None,
                )
            )

    async def _look(self, identity: str) -> None:
        """Compare one batch of the target with the ledger, and bring up what differs."""
        if self._unseen is None:
            self._unseen = iter(self._keeper.entries_in(self._cluster))
        batch = list(islice(self._unseen, _BATCH))
        if len(batch) < _BATCH:
            self._unseen = None
        chunk = [it for it in batch if it.settled]
        if not identity or not chunk:
            return
        observed = await self._target.observe([it.key for it in chunk])
        for entry, there in zip(chunk, observed, strict=True):
            now = self._keeper.entry(entry.ledger_key)
            if now is None or not now.settled or (there.digest is None and there.problem):
                continue  # what could not be looked at is no evidence of anything
            if there.digest != now.written or not there.ours:
                await self._apply([now], identity)
            elif now.trouble is not None:
                self._keeper.put(replace(now, trouble=None))

    async def _deliver(self, identity: str) -> bool:
        """Write what is to be written, then remove what is to go; say whether any must wait."""
        kept = self._keeper.braked(self._cluster)
        waiting = [
            it
            for it in self._keeper.behind(self._cluster)
            if it.durable and not it.settled and it.ledger_key not in kept
        ]
        due = [it for it in waiting if not self._too_early(it)]
        # What others stand on has the lower wave; removal goes backwards.
        writes = sorted((it for it in due if not it.tombstone), key=order)
        deletes = sorted((it for it in due if it.tombstone), key=order, reverse=True)
        failed = False
        for part in (writes, deletes):
            for start in range(0, len(part), _BATCH):
                failed |= await self._apply(part[start : start + _BATCH], identity)
        return failed

    def _too_early(self, entry: Entry) -> bool:
        trouble = entry.trouble
        return (
            trouble is not None
            and trouble.state == "RETRYING"
            and trouble.next_attempt > self._clock()
        )

    async def _apply(self, batch: Sequence[Entry], identity: str) -> bool:
        bodies = await self._keeper.manifests([it.ledger_key for it in batch if not it.tombstone])
        async with self._precedence.turn():
            chosen, writes = self._begin(batch, bodies)
        with ExitStack() as spans:
            for trace, objects in Counter(it.trace for it in chosen).items():
                parent = self._tracing.resume(trace)
                spans.enter_context(
                    self._tracing.span(
                        "delivery", parent=parent, cluster=self._cluster, objects=objects
                    )
                )
            outcomes = await self._target.apply(writes, identity=identity)
        async with self._precedence.turn():
            retried = [
                self._took(before, write, outcome, identity)
                for before, write, outcome in zip(chosen, writes, outcomes, strict=True)
            ]
        return any(retried)

    def _begin(
        self, batch: Sequence[Entry], bodies: Mapping[LedgerKey, bytes]
    ) -> tuple[list[Entry], list[ObjectWrite]]:
        """Give what of a batch is still to be done, and note that it begins."""
        chosen: list[Entry] = []
        writes: list[ObjectWrite] = []
        for it in batch:
            now = self._keeper.entry(it.ledger_key)
            if now is None or now.desired != it.desired:
                continue  # it changed meanwhile, and waits again as it is now
            body = bodies.get(it.ledger_key)
            if not it.tombstone and body is None:
                continue
            chosen.append(now)
            writes.append(write_of(now, body, self._keeper.drift(self._cluster)))
            begun = tuple(dict.fromkeys((*now.attempted, now.desired)))
            self._keeper.note(replace(now, attempted=begun))
        return chosen, writes

    def _took(self, before: Entry, write: ObjectWrite, outcome: Outcome, identity: str) -> bool:
        """Record what became of one write; say whether it must be tried again by itself."""
        now = self._keeper.entry(before.ledger_key)
        if now is None:
            return False
        if isinstance(outcome, Delivered):
            if before.tombstone and now.tombstone:
                self._keeper.drop(now)
            else:
                self._delivered(before, now, write, outcome, identity=identity)
            return False
        if now.desired != before.desired:
            return False  # what failed is not wished any more, and what is was not tried
        attempt = (now.trouble.attempt if now.trouble is not None else 0) + 1
        begun = before.attempted
        if isinstance(outcome, Retry):
            begun = now.attempted
            trouble = Trouble(
                state="RETRYING",
                reason=outcome.reason,
                detail=outcome.detail,
                attempt=attempt,
                next_attempt=max(self._again_at, self._clock() + outcome.after_ns),
            )
        elif isinstance(outcome, Drifted):
            begun = ()
            trouble = Trouble(state="DRIFTED", reason=outcome.reason, detail=outcome.detail)
        else:
            trouble = refusal(outcome, attempt)
        after = replace(now, attempted=begun, trouble=trouble)
        if now.trouble != trouble:
            self._keeper.put(after)
        else:
            self._keeper.note(after)
        return isinstance(outcome, Retry)

    def _delivered(
        self, before: Entry, now: Entry, write: ObjectWrite, outcome: Delivered, *, identity: str
    ) -> None:
        # Where something else is desired meanwhile, nobody else has what was written.
        written = None if now.desired == outcome.digest else as_json(write)
        after = replace(
            now,
            written=outcome.digest,
            written_origins=self._keeper.origins_of(before),
            attempted=(),
            target=identity,
            written_at=self._clock(),
            trouble=None,
        )
        self._keeper.put(after, written=written)

    def _all_failed(self, error: TargetUnavailable) -> None:
        for it in self._keeper.behind(self._cluster):
            if not it.settled:
                attempt = (it.trouble.attempt if it.trouble is not None else 0) + 1
                self._keeper.put(
                    replace(
                        it,
                        trouble=Trouble(
                            state="RETRYING",
                            reason=error.reason,
                            detail=error.detail,
                            attempt=attempt,
                            next_attempt=self._again_at,
                        ),
                    )
                )
