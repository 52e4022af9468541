"""Whatever is asked, in whatever order: both stores answer alike and hold the same."""

import asyncio
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from trafficctl_server.store.errors import HistoryCompacted, StoreError
from trafficctl_server.store.memory import MemoryStore
from trafficctl_server.store.records import (
    ABSENT,
    Change,
    Committed,
    Expect,
    KeptPut,
    LedgerKey,
    LedgerRow,
    ProgressPut,
    Put,
    Remove,
    RequestRecord,
    SliceKey,
    SliceRow,
    TargetRow,
    Version,
    Write,
)
from trafficctl_server.store.sqlite.store import SqliteStore
from trafficctl_server.store.store import Store

NAMES = ("g", "g/i/1", "g/i/2", "g0", "h")
KINDS = {"g": "Group", "g0": "Group", "g/i/1": "Intent", "g/i/2": "Intent", "h": "Intent"}
SCOPES = ("s1", "s2")
names = st.sampled_from(NAMES)
uids = st.sampled_from(("u1", "u2"))
etags = st.sampled_from(("e1", "e2"))
bodies = st.sampled_from((b"", b"1", b"2"))
scopes = st.sampled_from(SCOPES)
keys = st.sampled_from(("k1", "k2", "k3", "k4"))
clusters = st.sampled_from(("east", "west"))
holders = st.sampled_from(tuple(f"host-{n}" for n in range(8)))


@st.composite
def puts(draw: st.DrawFn) -> Put:
    name, uid = draw(names), draw(uids)
    return Put(
        name=name,
        kind=KINDS[name],
        uid=uid,
        etag=draw(etags),
        generation=1,
        create_time=1,
        update_time=2,
        delete_time=draw(st.sampled_from((None, None, 3))),
        body=draw(bodies),
        progress=draw(st.none() | bodies),
        expect=draw(st.sampled_from((ABSENT, Expect.uid(uid))) | st.builds(Expect.etag, etags)),
    )


def few(element: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(element, max_size=2).map(tuple)


ledger_rows = st.builds(
    LedgerRow,
    cluster=clusters,
    key=keys,
    scope=scopes,
    desired_digest=etags,
    written_digest=etags,
    manifest=st.none() | bodies,
    origins=few(names),
    state=bodies,
    tombstone=st.booleans(),
    target=etags,
    wave=st.integers(0, 3),
)
slice_rows = st.builds(
    SliceRow,
    scope=scopes,
    cluster=clusters,
    driver=keys,
    driver_version=etags,
    digest=etags,
    failure=bodies,
)
requests = st.builds(
    RequestRecord,
    principal=st.just("p"),
    method=st.just("m"),
    request_id=st.sampled_from(("r1", "r2")),
    body_digest=etags,
    response=bodies,
    time=st.integers(0, 50),
)
writes = st.builds(
    Write,
    puts=st.lists(puts(), max_size=3, unique_by=lambda put: put.name).map(tuple),
    progress=few(st.builds(ProgressPut, name=names, uid=uids, progress=bodies)),
    removes=few(st.builds(Remove, name=names, uid=uids)),
    kept=few(st.builds(KeptPut, names, st.builds(Version, etags, st.just(1), st.just(2)), bodies)),
    expect_scopes=st.dictionaries(scopes, st.integers(0, 40), max_size=1),
    touch_scopes=few(scopes),
    expect_names=st.dictionaries(names, st.none() | uids, max_size=1),
    expect_etags=st.dictionaries(names, etags, max_size=1),
    expect_empty=few(st.sampled_from(("g/i/-", "g/-", "-", "g/i/2", "-/i/-"))),
    request=st.none() | requests,
    ledger_puts=few(ledger_rows),
    ledger_removes=few(st.builds(LedgerKey, cluster=clusters, key=keys)),
    slice_puts=few(slice_rows),
    slice_removes=few(st.builds(SliceKey, scope=scopes, cluster=clusters, driver=keys)),
    target_puts=few(st.builds(TargetRow, cluster=clusters, identity=etags)),
    target_removes=few(clusters),
    allocate=few(holders),
    release=few(holders),
)
simple_puts = puts().map(lambda put: Write(puts=(replace(put, expect=ABSENT),)))


class BothStores(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.now = 0
        self.folder = Path(tempfile.mkdtemp(prefix="trafficctl-"))
        self.runner = asyncio.Runner()
        self.memory: Store = MemoryStore(pool_size=6, clock=lambda: self.now)
        self.disk = self.on_disk()
        self.runner.run(self.memory.start())
        self.runner.run(self.disk.start())

    def on_disk(self) -> Store:
        return SqliteStore(self.folder / "store.db", pool_size=6, clock=lambda: self.now)

    def teardown(self) -> None:
        self.runner.run(self.disk.close())
        self.runner.close()
        shutil.rmtree(self.folder)

    @rule(write=writes | simple_puts)
    def commit(self, write: Write) -> None:
        self.now += 1
        ours = self.runner.run(outcome(self.memory, write))
        theirs = self.runner.run(outcome(self.disk, write))
        assert ours == theirs

    @rule(wishes=st.integers(0, 50), progress=st.integers(0, 50), answers=st.integers(0, 50))
    def compact(self, wishes: int, progress: int, answers: int) -> None:
        for store in (self.memory, self.disk):
            self.runner.run(
                store.compact(
                    wishes_before=wishes, progress_before=progress, requests_before=answers
                )
            )

    @rule()
    def restart(self) -> None:
        self.runner.run(self.disk.close())
        self.disk = self.on_disk()
        self.runner.run(self.disk.start())

    @invariant()
    def hold_the_same(self) -> None:
        assert self.runner.run(contents(self.memory)) == self.runner.run(contents(self.disk))


async def outcome(store: Store, write: Write) -> Committed | tuple[type[StoreError], str]:
    try:
        return await store.commit(write)
    except StoreError as error:
        return type(error), str(error)


async def contents(store: Store) -> tuple[object, ...]:
    ledger = await store.ledger()
    return (
        store.revision,
        await store.snapshot(),
        await store.kept("Intent", limit=2),
        await store.progress("Intent", after="g/i/1", limit=2),
        [await store.list("Intent", "g/-/-", after=after, limit=1) for after in ("", "g/i/1")],
        await feed(store, wishes_only=False),
        await feed(store, wishes_only=True),
        await store.scope_revisions(SCOPES),
        ledger,
        await store.manifests([row.ledger_key for row in ledger]),
        await store.slices(),
        await store.targets(),
        await store.allocations(),
        [await store.answered("p", "m", request_id) for request_id in ("r1", "r2", "r3")],
    )


async def feed(store: Store, *, wishes_only: bool) -> tuple[int, list[Change], list[Change]]:
    try:
        return 0, await store.changes(0, 100, wishes_only=wishes_only), await store.changes(0, 2)
    except HistoryCompacted as compacted:
        oldest = compacted.oldest
        return oldest, await store.changes(oldest, 100, {"Intent"}, wishes_only=True), []


TestBothStores = BothStores.TestCase
TestBothStores.settings = settings(
    max_examples=25,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
