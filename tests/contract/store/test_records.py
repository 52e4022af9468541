from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from trafficctl_server.store.errors import AlreadyExists, EtagMismatch, NotFound
from trafficctl_server.store.records import (
    ABSENT,
    Expect,
    Kept,
    KeptPut,
    ProgressPut,
    Put,
    Record,
    Remove,
    Version,
    Write,
    version_of,
)
from trafficctl_server.store.store import Store

MakePut = Callable[..., Put]
Restart = Callable[[], Awaitable[Store]]


async def test_a_put_is_read_back_whole_also_after_a_restart(
    store: Store, restart: Restart
) -> None:
    put = Put(
        name="projects/p/plans/x",
        kind="Plan",
        uid="u",
        etag="e",
        generation=7,
        create_time=2**62,
        update_time=3,
        delete_time=4,
        body=b"\x00body\xff",
        progress=b"progress",
        expect=ABSENT,
        schema=3,
    )
    done = await store.commit(Write(puts=(put,)))
    again = await restart()
    assert await again.get("projects/p/plans/x") == Record(
        name="projects/p/plans/x",
        kind="Plan",
        uid="u",
        etag="e",
        generation=7,
        revision=done.revision,
        create_time=2**62,
        update_time=3,
        delete_time=4,
        body=b"\x00body\xff",
        progress=b"progress",
        schema=3,
    )
    assert again.revision == done.revision == 1


async def test_a_name_that_never_was_is_no_record(store: Store) -> None:
    assert await store.get("clusters/none") is None
    assert store.at_hand("clusters/none") is None


async def test_what_is_at_hand_is_the_record_that_was_read_until_it_is_written(
    store: Store, put: MakePut
) -> None:
    await store.commit(Write(puts=(put("clusters/a"), put("clusters/b"))))
    read, other = await store.get("clusters/a"), await store.get("clusters/b")
    assert read is not None
    assert store.at_hand("clusters/a") is read
    changed = put("clusters/a", body=b"other", expect=Expect.etag(read.etag))
    await store.commit(Write(puts=(changed,)))
    assert store.at_hand("clusters/a") is not read
    again = await store.get("clusters/a")
    assert again is not None
    assert (again.body, store.at_hand("clusters/a")) == (b"other", again)
    assert store.at_hand("clusters/b") is other
    await store.commit(Write(removes=(Remove(name="clusters/a", uid=again.uid),)))
    assert store.at_hand("clusters/a") is None


async def test_a_live_name_is_not_created_twice(store: Store, put: MakePut) -> None:
    await store.commit(Write(puts=(put("g"),)))
    with pytest.raises(AlreadyExists) as refused:
        await store.commit(Write(puts=(put("g", "u2", body=b"other"),)))
    assert refused.value.name == "g"
    found = await store.get("g")
    assert found is not None
    assert (found.uid, found.body) == ("u1", b"{}")


async def test_a_name_being_deleted_is_created_anew_with_fresh_progress(
    store: Store, put: MakePut
) -> None:
    await store.commit(Write(puts=(put("g", progress=b"old", delete_time=5),)))
    await store.commit(Write(puts=(put("g", "u2"),)))
    found = await store.get("g")
    assert found is not None
    assert (found.uid, found.progress, found.delete_time) == ("u2", b"", None)


async def test_an_update_needs_the_current_etag(store: Store, put: MakePut) -> None:
    await store.commit(Write(puts=(put("g", etag="e1"),)))
    await store.commit(Write(puts=(put("g", etag="e2", expect=Expect.etag("e1")),)))
    with pytest.raises(EtagMismatch) as refused:
        await store.commit(Write(puts=(put("g", etag="e3", expect=Expect.etag("e1")),)))
    assert (refused.value.name, refused.value.current) == ("g", "e2")
    found = await store.get("g")
    assert found is not None
    assert found.etag == "e2"


@pytest.mark.parametrize("expect", [Expect.etag("e1"), Expect.uid("u1")])
async def test_an_update_of_nothing_is_not_found(
    store: Store, put: MakePut, expect: Expect
) -> None:
    with pytest.raises(NotFound):
        await store.commit(Write(puts=(put("g", expect=expect),)))


@pytest.mark.parametrize("expect", [Expect.etag("e1"), Expect.uid("u1")])
async def test_an_update_of_a_successor_is_not_found(
    store: Store, put: MakePut, expect: Expect
) -> None:
    await store.commit(Write(puts=(put("g", "u2", "e1"),)))
    with pytest.raises(NotFound):
        await store.commit(Write(puts=(put("g", "u1", expect=expect),)))


async def test_what_is_being_deleted_is_written_by_uid_only(store: Store, put: MakePut) -> None:
    await store.commit(Write(puts=(put("g", etag="e1", delete_time=5),)))
    with pytest.raises(NotFound):
        await store.commit(Write(puts=(put("g", expect=Expect.etag("e1")),)))
    await store.commit(
        Write(puts=(put("g", expect=Expect.uid("u1"), body=b"later", delete_time=5),))
    )
    found = await store.get("g")
    assert found is not None
    assert found.body == b"later"


async def test_a_put_keeps_progress_unless_it_brings_its_own(store: Store, put: MakePut) -> None:
    await store.commit(Write(puts=(put("g", progress=b"one"),)))
    await store.commit(Write(puts=(put("g", expect=Expect.uid("u1"), body=b"new"),)))
    found = await store.get("g")
    assert found is not None
    assert (found.body, found.progress) == (b"new", b"one")
    await store.commit(Write(puts=(put("g", expect=Expect.uid("u1"), progress=b""),)))
    found = await store.get("g")
    assert found is not None
    assert found.progress == b""


async def test_progress_changes_revision_and_never_the_etag(store: Store, put: MakePut) -> None:
    await store.commit(Write(puts=(put("g", body=b"wish"),)))
    done = await store.commit(
        Write(progress=(ProgressPut(name="g", uid="u1", progress=b"SETTLED"),))
    )
    found = await store.get("g")
    assert found is not None
    assert (found.progress, found.body, found.etag) == (b"SETTLED", b"wish", "e1")
    assert found.revision == done.revision == 2


@pytest.mark.parametrize(
    "late",
    [
        Write(progress=(ProgressPut(name="g", uid="gone", progress=b"x"),)),
        Write(removes=(Remove(name="g", uid="gone"),)),
        Write(progress=(ProgressPut(name="never", uid="u1", progress=b"x"),)),
        Write(removes=(Remove(name="never", uid="u1"),)),
    ],
)
async def test_what_comes_late_for_a_predecessor_is_ignored(
    store: Store, put: MakePut, late: Write
) -> None:
    before = await store.commit(Write(puts=(put("g", progress=b"kept"),)))
    done = await store.commit(late)
    assert done.revision == before.revision
    found = await store.get("g")
    assert found is not None
    assert found.progress == b"kept"


async def test_a_removed_record_is_gone(store: Store, put: MakePut, restart: Restart) -> None:
    await store.commit(Write(puts=(put("g"),)))
    await store.commit(Write(removes=(Remove(name="g", uid="u1"),)))
    assert await store.get("g") is None
    assert await (await restart()).get("g") is None


async def test_a_list_is_by_kind_and_pattern_in_name_order_page_by_page(
    store: Store, put: MakePut
) -> None:
    names = ["p/a/i/2", "p/a/i/10", "p/b/i/1", "p/a/i", "p/a/i/1/r/1", "q/a/i/1", "p/é/i/1"]
    await store.commit(Write(puts=tuple(put(name) for name in names)))
    await store.commit(Write(puts=(put("p/a/i/0", kind="Other"),)))
    first = await store.list("Intent", "p/-/i/-", limit=2)
    assert [record.name for record in first] == ["p/a/i/10", "p/a/i/2"]
    rest = await store.list("Intent", "p/-/i/-", after="p/a/i/2", limit=10)
    assert [record.name for record in rest] == ["p/b/i/1", "p/é/i/1"]
    one = await store.list("Intent", "p/a/i/-", limit=10)
    assert [record.name for record in one] == ["p/a/i/10", "p/a/i/2"]
    assert [record.name for record in await store.list("Intent", "-/a/i/1", limit=10)] == [
        "q/a/i/1"
    ]
    assert [record.name for record in await store.list("Intent", "p/a/i", limit=10)] == ["p/a/i"]


async def test_a_snapshot_is_of_one_revision_and_of_the_kinds_asked_for(
    store: Store, put: MakePut
) -> None:
    await store.commit(Write(puts=(put("b"), put("a"), put("c", kind="Cluster"))))
    revision, records = await store.snapshot({"Intent"})
    assert revision == 1
    assert [record.name for record in records] == ["a", "b"]
    assert [record.name for record in (await store.snapshot(None))[1]] == ["a", "b", "c"]
    assert (await store.snapshot(()))[1] == []


def test_a_put_cannot_change_a_uid(put: MakePut) -> None:
    with pytest.raises(ValueError, match="keeps the uid"):
        put("g", "u2", expect=Expect.uid("u1"))


def test_a_write_cannot_put_a_name_twice(put: MakePut) -> None:
    with pytest.raises(ValueError, match="each name once"):
        Write(puts=(put("g"), put("g")))


async def test_progress_is_listed_by_kind_and_name(store: Store, put: MakePut) -> None:
    names = ("g/3", "g/1", "g/2")
    await store.commit(Write(puts=tuple(put(it, progress=it.encode()) for it in names)))
    other = replace(put("h", progress=b"other"), kind="Another")
    await store.commit(Write(puts=(other,)))
    kind = put("g").kind
    first = await store.progress(kind, limit=2)
    assert first == [("g/1", "u1", b"g/1"), ("g/2", "u1", b"g/2")]
    assert await store.progress(kind, after="g/2", limit=2) == [("g/3", "u1", b"g/3")]


async def test_what_is_kept_of_a_wish_is_read_in_its_place_also_after_a_restart(
    store: Store, restart: Restart, put: MakePut
) -> None:
    await store.commit(Write(puts=(put("g/1"), put("g/2"), put("g/3"))))
    revision, records = await store.snapshot()
    of = version_of(records[1])
    others = [KeptPut("g/3", it, b"of another") for it in other_versions(of)]
    await store.commit(Write(kept=(KeptPut("g/2", of, b"kept"), *others)))
    again = await restart()
    kind = put("g").kind
    assert await again.kept(kind, limit=3) == [records[0], Kept("g/2", b"kept"), records[2]]
    assert await again.kept(kind, after="g/1", limit=1) == [Kept("g/2", b"kept")]
    assert await again.get("g/2") == records[1]
    assert again.revision == revision  # it is no change that anybody watches


def other_versions(of: Version) -> tuple[Version, ...]:
    return (
        of._replace(etag="other"),
        of._replace(generation=of.generation + 1),
        of._replace(update_time=of.update_time + 1),
    )


@pytest.mark.parametrize("change", ["put", "delete", "forget", "replace"])
async def test_what_is_kept_of_a_wish_goes_with_it(store: Store, put: MakePut, change: str) -> None:
    await store.commit(Write(puts=(put("g"),)))
    kind = put("g").kind

    async def keep(kept: bytes) -> None:
        _, (there,) = await store.snapshot()
        await store.commit(Write(kept=(KeptPut("g", version_of(there), kept),)))

    await keep(b"kept")
    await store.commit(Write(progress=(ProgressPut(name="g", uid="u1", progress=b"new"),)))
    assert await store.kept(kind, limit=1) == [Kept("g", b"kept")]
    if change == "put":  # the very same again
        await store.commit(Write(puts=(replace(put("g"), expect=Expect.etag("e1")),)))
    elif change == "delete":
        gone = replace(put("g", delete_time=9), expect=Expect.uid("u1"))
        await store.commit(Write(puts=(gone,)))
    elif change == "forget":
        await keep(b"")
    else:
        await store.commit(Write(removes=(Remove(name="g", uid="u1"),)))
        await store.commit(Write(puts=(put("g"),)))
    _, records = await store.snapshot()
    assert await store.kept(kind, limit=1) == records
