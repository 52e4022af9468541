import asyncio
import re
from collections.abc import AsyncIterator, Callable
from dataclasses import replace

import pytest

from trafficctl_server.store.errors import (
    AlreadyExists,
    EtagMismatch,
    HistoryCompacted,
    NotEmpty,
    NotFound,
    RequestIdReused,
    ScopeMoved,
    StoreUnavailable,
)
from trafficctl_server.store.records import (
    Committed,
    Expect,
    FirstAnswer,
    LedgerRow,
    Put,
    Remove,
    RequestRecord,
    SliceRow,
    TargetRow,
    Write,
)
from trafficctl_server.store.store import Store

MakePut = Callable[..., Put]


def asked(digest: str = "d", response: bytes = b"first", **other: str) -> RequestRecord:
    return RequestRecord(
        principal=other.get("principal", "alice"),
        method=other.get("method", "Create"),
        request_id=other.get("request_id", "r1"),
        body_digest=digest,
        response=response,
        time=1000,
    )


async def test_a_repeated_request_gets_the_first_answer_also_after_a_restart(
    store: Store, before_and_after_restart: AsyncIterator[Store], put: MakePut
) -> None:
    first = await store.commit(Write(puts=(put("g"),), request=asked(), allocate=("k",)))
    held = dict(await store.allocations())
    await store.commit(Write(puts=(put("h"),)))
    async for again in before_and_after_restart:
        done = await again.commit(
            Write(puts=(put("g"),), request=asked(response=b"second"), allocate=("other",))
        )
        assert done == Committed(revision=first.revision, replayed=b"first")
        assert again.revision == 2
        assert dict(await again.allocations()) == held == dict(first.allocations)


async def test_a_request_id_belongs_to_one_body(store: Store, put: MakePut) -> None:
    await store.commit(Write(puts=(put("g"),), request=asked()))
    with pytest.raises(RequestIdReused) as refused:
        await store.commit(Write(puts=(put("h"),), request=asked(digest="other")))
    assert refused.value.request_id == "r1"
    assert await store.get("h") is None


async def test_request_ids_are_apart_by_principal_and_method(store: Store, put: MakePut) -> None:
    await store.commit(Write(puts=(put("a"),), request=asked()))
    await store.commit(Write(puts=(put("b"),), request=asked("x", principal="bob")))
    await store.commit(Write(puts=(put("c"),), request=asked("x", method="Update")))
    assert store.revision == 3


async def test_a_refused_request_leaves_its_id_free(store: Store, put: MakePut) -> None:
    with pytest.raises(NotFound):
        await store.commit(Write(puts=(put("g", expect=Expect.uid("u1")),), request=asked()))
    done = await store.commit(Write(puts=(put("g"),), request=asked("other")))
    assert done.replayed is None


async def test_the_first_answer_can_be_asked_for_also_after_a_restart(
    store: Store, before_and_after_restart: AsyncIterator[Store], put: MakePut
) -> None:
    assert await store.answered("alice", "Create", "r1") is None
    await store.commit(Write(puts=(put("f"),)))
    done = await store.commit(Write(puts=(put("g"),), request=asked(response=b"\x00\xff")))
    await store.commit(Write(puts=(put("h"),)))
    first = FirstAnswer(body_digest="d", response=b"\x00\xff", revision=done.revision)
    async for reader in before_and_after_restart:
        assert await reader.answered("alice", "Create", "r1") == first
        assert await reader.answered("bob", "Create", "r1") is None
        assert await reader.answered("alice", "Update", "r1") is None
        assert await reader.answered("alice", "Create", "R1") is None
    assert first.revision == 2


async def test_a_repetition_leaves_the_first_answer(store: Store, put: MakePut) -> None:
    await store.commit(Write(puts=(put("g"),), request=asked()))
    await store.commit(Write(puts=(put("g"),), request=asked(response=b"second")))
    with pytest.raises(RequestIdReused):
        await store.commit(Write(puts=(put("h"),), request=asked(digest="other")))
    first = FirstAnswer(body_digest="d", response=b"first", revision=1)
    assert await store.answered("alice", "Create", "r1") == first


async def test_a_refused_request_has_no_answer(store: Store, put: MakePut) -> None:
    with pytest.raises(NotFound):
        await store.commit(Write(puts=(put("g", expect=Expect.uid("u1")),), request=asked()))
    assert await store.answered("alice", "Create", "r1") is None


async def test_an_answer_that_changed_nothing_names_the_newest_revision(
    store: Store, put: MakePut
) -> None:
    await store.commit(Write(puts=(put("g"),)))
    await store.commit(Write(request=asked(response=b"")))
    first = FirstAnswer(body_digest="d", response=b"", revision=1)
    assert await store.answered("alice", "Create", "r1") == first


async def test_a_first_answer_stays_while_only_changes_are_forgotten(
    store: Store, before_and_after_restart: AsyncIterator[Store], put: MakePut
) -> None:
    await store.commit(Write(puts=(put("g"),), request=asked()))
    await store.compact(wishes_before=2000, progress_before=2000, requests_before=1000)
    with pytest.raises(HistoryCompacted):
        await store.changes(0, 10)
    first = FirstAnswer(body_digest="d", response=b"first", revision=1)
    assert await store.answered("alice", "Create", "r1") == first
    await store.commit(Write(request=replace(asked(), request_id="r2", time=1001)))
    await store.compact(wishes_before=0, progress_before=0, requests_before=1001)
    async for reader in before_and_after_restart:
        assert await reader.answered("alice", "Create", "r1") is None
        assert await reader.answered("alice", "Create", "r2") == first


async def test_requests_are_forgotten_by_age(store: Store, put: MakePut) -> None:
    await store.commit(Write(puts=(put("g"),), request=asked()))
    await store.compact(wishes_before=0, progress_before=0, requests_before=1000)
    assert (await store.commit(Write(request=asked()))).replayed == b"first"
    await store.compact(wishes_before=0, progress_before=0, requests_before=1001)
    assert (await store.commit(Write(request=asked()))).replayed is None


async def test_a_moved_scope_refuses_what_was_checked_before(store: Store, put: MakePut) -> None:
    await store.commit(Write(touch_scopes=("a", "b", "c")))
    checked = await store.scope_revisions(("a", "b", "c", "never"))
    assert dict(checked) == {"a": 1, "b": 1, "c": 1, "never": 0}
    await store.commit(Write(touch_scopes=("c", "a")))
    with pytest.raises(ScopeMoved) as refused:
        await store.commit(Write(puts=(put("g"),), expect_scopes=checked))
    assert refused.value.scopes == ("a", "c")
    assert await store.get("g") is None
    fresh = await store.scope_revisions(("a", "b", "c"))
    await store.commit(Write(puts=(put("g"),), expect_scopes=fresh))


async def test_of_two_contradicting_writes_among_two_hundred_exactly_one_wins(
    store: Store, put: MakePut
) -> None:
    def write(number: int) -> Write:
        scope = "contested" if number in {60, 140} else f"scope-{number}"
        return Write(puts=(put(f"g/{number}"),), expect_scopes={scope: 0}, touch_scopes=(scope,))

    outcomes = await asyncio.gather(
        *(store.commit(write(number)) for number in range(200)), return_exceptions=True
    )
    done = [outcome for outcome in outcomes if isinstance(outcome, Committed)]
    moved = [number for number, outcome in enumerate(outcomes) if isinstance(outcome, ScopeMoved)]
    assert len(moved) == 1
    assert moved[0] in {60, 140}
    assert sorted(outcome.revision for outcome in done) == list(range(1, 200))
    names = {record.name for record in (await store.snapshot())[1]}
    assert names == {f"g/{number}" for number in range(200)} - {f"g/{moved[0]}"}


async def test_a_write_needs_its_parent(store: Store, put: MakePut) -> None:
    await store.commit(Write(puts=(put("g"),)))
    await store.commit(Write(puts=(put("g/i/1"),), expect_names={"g": "u1"}))
    with pytest.raises(NotFound):
        await store.commit(Write(puts=(put("g/i/2"),), expect_names={"g": "u0"}))
    await store.commit(Write(puts=(put("g", expect=Expect.uid("u1"), delete_time=9),)))
    with pytest.raises(NotFound):
        await store.commit(Write(puts=(put("g/i/2"),), expect_names={"g": "u1"}))
    assert await store.get("g/i/2") is None


async def test_a_write_needs_a_name_free(store: Store, put: MakePut) -> None:
    await store.commit(Write(puts=(put("a"), put("b", delete_time=9))))
    await store.commit(Write(puts=(put("c"),), expect_names={"b": None, "never": None}))
    with pytest.raises(AlreadyExists):
        await store.commit(Write(puts=(put("d"),), expect_names={"a": None}))


async def test_a_write_needs_what_it_rests_on_as_it_was_read(store: Store, put: MakePut) -> None:
    await store.commit(Write(puts=(put("a", etag="e1"), put("b", delete_time=9, etag="e1"))))
    await store.commit(Write(puts=(put("c"),), expect_etags={"a": "e1"}))
    with pytest.raises(EtagMismatch) as moved:
        await store.commit(Write(puts=(put("d"),), expect_etags={"a": "e0"}))
    assert moved.value.current == "e1"
    for name in ("b", "never"):
        with pytest.raises(NotFound):
            await store.commit(Write(puts=(put("d"),), expect_etags={name: "e1"}))
    assert await store.get("d") is None


async def test_a_group_is_deleted_only_when_no_live_intent_is_left(
    store: Store, put: MakePut
) -> None:
    await store.commit(
        Write(
            puts=(
                put("g"),
                put("g/i/1"),
                put("g/i/1/realizations/east", kind="Realization"),
                put("g/i", kind="Odd"),
                put("g/ii/1"),
                put("g2/i/1"),
                put("g-x/i/1"),
            )
        )
    )
    gone = put("g", expect=Expect.uid("u1"), delete_time=9)
    with pytest.raises(NotEmpty) as refused:
        await store.commit(Write(puts=(gone,), expect_empty=("g/none/-", "g/i/-")))
    assert refused.value.pattern == "g/i/-"
    assert (await store.changes(1, 10)) == []
    by_force = put("g/i/1", expect=Expect.uid("u1"), delete_time=9)
    await store.commit(Write(puts=(gone, by_force), expect_empty=("g/none/-", "g/i/-")))
    found = await store.get("g")
    assert found is not None
    assert found.delete_time == 9


@pytest.mark.parametrize(
    ("pattern", "fitting"),
    [
        ("a/b/-", True),
        ("-/b/-", True),
        ("-/-/-", True),
        ("a/-/c", True),
        ("a/b/c", True),
        ("a/-/d", False),
        ("a/b", False),
        ("a/-", False),
        ("-", False),
        ("a/b/c/-", False),
        ("a/b/C", False),
        ("a/%/-", False),
        ("a/*/c", False),
    ],
)
async def test_whole_names_are_compared_segment_by_segment(
    store: Store,
    put: MakePut,
    pattern: str,
    fitting: bool,  # noqa: FBT001 - a column of a table
) -> None:
    await store.commit(Write(puts=(put("a/b/c", kind="Any"), put("a/b/d", delete_time=9))))
    if fitting:
        with pytest.raises(NotEmpty, match=re.escape(pattern)):
            await store.commit(Write(expect_empty=(pattern,)))
        removed = (Remove(name="a/b/c", uid="u1"),)
        await store.commit(Write(removes=removed, expect_empty=(pattern,)))
    else:
        await store.commit(Write(expect_empty=(pattern,)))


async def test_what_a_write_brings_counts_as_left(store: Store, put: MakePut) -> None:
    with pytest.raises(NotEmpty):
        await store.commit(Write(puts=(put("g/i/1"),), expect_empty=("g/i/-",)))
    assert await store.get("g/i/1") is None


async def test_a_refused_write_leaves_nothing_of_any_kind(store: Store, put: MakePut) -> None:
    await store.commit(Write(puts=(put("taken"),)))
    before = await store.changes(0, 100)
    with pytest.raises(AlreadyExists):
        await store.commit(
            Write(
                puts=(put("new"), put("taken")),
                touch_scopes=("s",),
                allocate=("k",),
                request=asked(),
                ledger_puts=(ledger_row("o"),),
                slice_puts=(slice_row("s"),),
                target_puts=(TargetRow(cluster="east", identity="i"),),
            )
        )
    assert await store.get("new") is None
    assert await store.changes(0, 100) == before
    assert dict(await store.scope_revisions(("s",))) == {"s": 0}
    assert dict(await store.allocations()) == {}
    assert await store.ledger() == []
    assert await store.slices() == []
    assert await store.targets() == []
    assert (await store.answered("alice", "Create", "r1")) is None


async def test_only_what_changes_records_or_scopes_makes_a_revision(
    store: Store, put: MakePut
) -> None:
    assert (await store.commit(Write())).revision == 0
    assert (await store.commit(Write(ledger_puts=(ledger_row("o"),)))).revision == 0
    assert (await store.commit(Write(puts=(put("g"),)))).revision == 1
    assert (await store.commit(Write(touch_scopes=("s",)))).revision == 2
    assert (await store.commit(Write(removes=(Remove(name="x", uid="y"),)))).revision == 2


async def test_a_closed_store_says_so(store: Store, put: MakePut) -> None:
    await store.close()
    with pytest.raises(StoreUnavailable, match="closed"):
        await store.commit(Write(puts=(put("g"),)))
    with pytest.raises(StoreUnavailable, match="closed"):
        await store.get("g")
    with pytest.raises(StoreUnavailable, match="closed"):
        await store.answered("alice", "Create", "r1")


def ledger_row(key: str) -> LedgerRow:
    return LedgerRow(
        cluster="east",
        key=key,
        scope="s",
        desired_digest="d",
        written_digest="",
        manifest=b"m",
        origins=(),
        state=b"",
        tombstone=False,
        target="",
        wave=0,
    )


def slice_row(scope: str) -> SliceRow:
    return SliceRow(
        scope=scope, cluster="east", driver="istio", driver_version="1", digest="d", failure=b""
    )
