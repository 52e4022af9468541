"""The ledger is written at once; states are told once, when nothing changes them any more."""

import asyncio
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from trafficctl_server.clusters.target import ObjectKey
from trafficctl_server.intents.precedence import Precedence
from trafficctl_server.reconcile.entry import Entry
from trafficctl_server.reconcile.journal import Journal, Said
from trafficctl_server.reconcile.patience import Patience
from trafficctl_server.store.memory import MemoryStore
from trafficctl_server.store.records import Checkpoint, Committed, LedgerKey, Write

KEY = ObjectKey(group="", kind="Service", namespace="shop", name="cart")
ENTRY = Entry(
    ledger_key=LedgerKey(cluster="west", key=str(KEY)), scope="destination:shop/cart", desired="d1"
)
LONG = 3600.0
PATIENCE = 30.0


@dataclass(slots=True)
class Desk:
    """A journal that runs, and what it asked for.

    :ivar said: the entries of each commit that told no states; ``told``: of each that did.
    """

    store: MemoryStore
    said: list[list[LedgerKey]] = field(default_factory=list)
    told: list[list[LedgerKey]] = field(default_factory=list)
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    under_way: bool = True

    def say(self, entries: Collection[LedgerKey]) -> Said:
        self.said.append(list(entries))
        return (), (), ()

    def tell(self, entries: Collection[LedgerKey]) -> Said:
        self.told.append(list(entries))
        self.asked.set()
        return (), (), ()


@asynccontextmanager
async def running(longest: float) -> AsyncIterator[tuple[Desk, Journal]]:
    store = MemoryStore(pool_size=1)
    await store.start()
    desk = Desk(store)
    journal = Journal(
        store,
        said=desk.say,
        statuses=desk.tell,
        committed=lambda _: None,
        patience=Patience(lambda: desk.under_way, longest=longest),
        precedence=Precedence(),
    )
    task = asyncio.create_task(journal.run())
    try:
        yield desk, journal
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await store.close()


async def told(desk: Desk) -> None:
    async with asyncio.timeout(PATIENCE):
        await desk.asked.wait()


async def test_the_ledger_is_written_while_states_wait() -> None:
    async with running(LONG) as (desk, journal):
        journal.nudge()
        journal.entry(ENTRY, b"{}")
        async with asyncio.timeout(PATIENCE):
            await journal.settled()
        assert [it.key for it in await desk.store.ledger()] == [str(KEY)]
        assert (desk.said, desk.told) == ([[ENTRY.ledger_key]], [])
        assert not journal.idle()


async def test_states_are_told_once_nothing_is_under_way() -> None:
    async with running(LONG) as (desk, journal):
        journal.nudge()
        journal.look()
        for _ in range(20):
            await asyncio.sleep(0)
        assert not desk.told
        desk.under_way = False
        journal.look()
        await told(desk)
        assert desk.told == [[]]


async def test_states_do_not_wait_for_ever() -> None:
    async with running(0.01) as (desk, journal):
        journal.nudge()
        await told(desk)
        assert desk.told == [[]]


async def test_more_states_than_one_commit_takes_are_told_at_once() -> None:
    async with running(LONG) as (desk, journal):
        journal.nudge()
        journal.go_on()
        await told(desk)
        assert desk.told == [[]]


async def test_a_checkpoint_that_is_doubted_while_it_is_written_is_taken_back() -> None:
    noted = Checkpoint(revision=1, basis="b", said=True)
    async with running(LONG) as (desk, journal):

        def doubted() -> Write:
            asyncio.get_running_loop().call_soon(journal.doubt)
            return Write(checkpoint=noted)

        commit = desk.store.commit

        async def slow(write: Write, *, background: bool = False) -> Committed:
            await asyncio.sleep(0)
            return await commit(write, background=background)

        desk.store.commit = slow  # type: ignore[method-assign] # a store takes its time
        await journal.note(doubted)
        assert await desk.store.checkpoint() == noted
        journal.entry(ENTRY, b"{}")
        await journal.settled()
        found = await desk.store.checkpoint()
        assert found is not None
        assert found.basis == ""


async def test_the_first_commit_of_a_run_takes_back_that_all_was_said() -> None:
    async with running(LONG) as (desk, journal):
        last = Checkpoint(revision=1, basis="b", said=True)
        await desk.store.commit(Write(checkpoint=last))
        journal.noted(last)
        journal.entry(ENTRY)
        await journal.settled()
        assert await desk.store.checkpoint() == Checkpoint(revision=1, basis="b", said=False)
