from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from typing import Any

from trafficctl_server.store.records import (
    Checkpoint,
    LedgerKey,
    LedgerRow,
    SliceKey,
    SliceRow,
    TargetRow,
    Write,
)
from trafficctl_server.store.store import Store

Restart = Callable[[], Awaitable[Store]]

ROW = LedgerRow(
    cluster="east",
    key="v1/Namespace//shop",
    scope="namespace:shop",
    desired_digest="d1",
    written_digest="",
    manifest=b"manifest \x00",
    origins=("projects/p/i/1", "projects/p/i/2"),
    state=b'{"stage": 2}',
    tombstone=False,
    target="",
    wave=3,
)
KEY = LedgerKey(cluster="east", key="v1/Namespace//shop")


async def test_the_ledger_lists_rows_without_manifests_in_order(
    store: Store, before_and_after_restart: AsyncIterator[Store]
) -> None:
    west = ROW._replace(cluster="west", tombstone=True, target="id-1", origins=())
    await store.commit(Write(ledger_puts=(west, ROW)), background=True)
    async for reader in before_and_after_restart:
        assert await reader.ledger() == [
            ROW._replace(manifest=None),
            west._replace(manifest=None),
        ]
        missing = LedgerKey(cluster="east", key="none")
        assert dict(await reader.manifests((KEY, missing))) == {KEY: b"manifest \x00"}


async def test_a_listed_row_written_back_keeps_its_manifest(store: Store) -> None:
    await store.commit(Write(ledger_puts=(ROW,)))
    listed = (await store.ledger())[0]
    await store.commit(Write(ledger_puts=(listed._replace(written_digest="d1", target="id-1"),)))
    assert (await store.ledger())[0].written_digest == "d1"
    assert dict(await store.manifests((KEY,))) == {KEY: b"manifest \x00"}


async def test_a_late_row_without_manifest_does_not_bring_an_object_back(store: Store) -> None:
    await store.commit(Write(ledger_puts=(ROW,)))
    listed = (await store.ledger())[0]
    await store.commit(Write(ledger_removes=(KEY,)))
    await store.commit(Write(ledger_puts=(listed,)))
    assert await store.ledger() == []
    assert dict(await store.manifests((KEY,))) == {}


async def test_slices_and_targets_are_kept_replaced_and_removed(
    store: Store, restart: Restart
) -> None:
    first = SliceRow(
        scope="a", cluster="east", driver="istio", driver_version="1", digest="d", failure=b""
    )
    other = replace(first, driver="dns")
    target = TargetRow(cluster="east", identity="uid-1")
    await store.commit(Write(slice_puts=(first, other), target_puts=(target,)))
    newer = replace(first, digest="d2", failure=b"why", calling=True)
    await store.commit(
        Write(slice_puts=(newer,), target_puts=(TargetRow(cluster="west", identity="uid-2"),))
    )
    again = await restart()
    assert await again.slices() == [other, newer]
    assert await again.slices(limit=1) == [other]
    assert await again.slices(after=other.slice_key, limit=1) == [newer]
    assert await again.slices(after=newer.slice_key) == []
    assert await again.targets() == [target, TargetRow(cluster="west", identity="uid-2")]
    await again.commit(
        Write(
            slice_removes=(SliceKey(scope="a", cluster="east", driver="dns"),),
            target_removes=("east",),
        )
    )
    assert await again.slices() == [newer]
    assert await again.targets() == [TargetRow(cluster="west", identity="uid-2")]


async def told(store: Store, **fields: Any) -> bytes | None:
    """Write a row so, and give what the store says was written of it."""
    await store.commit(Write(ledger_puts=(ROW._replace(**fields),)))
    return dict(await store.written((KEY,))).get(KEY, b"nothing")


async def test_what_was_written_is_known_while_something_else_is_desired(store: Store) -> None:
    assert await told(store) == b"nothing"
    assert await told(store, written_digest="d1", manifest=None) == b"manifest \x00"
    newer: dict[str, Any] = {"desired_digest": "d2", "written_digest": "d1"}
    assert await told(store, **newer, manifest=b"two") == b"manifest \x00"
    assert await told(store, **newer, manifest=None, wave=9) == b"manifest \x00"
    newest = newer | {"desired_digest": "d3"}
    assert await told(store, **newest, manifest=b"three") == b"manifest \x00"
    gone = newer | {"desired_digest": "", "tombstone": True}
    assert await told(store, **gone, manifest=None) == b"manifest \x00"
    # What is desired comes about, and nothing else need be kept any more.
    back: dict[str, Any] = {"desired_digest": "d4", "written_digest": "d4"}
    assert await told(store, **back, manifest=b"four") == b"four"
    assert await told(store, desired_digest="d5", written_digest="", manifest=b"five") == b"nothing"


async def test_what_was_written_is_known_after_a_removal_was_wished_at_once(store: Store) -> None:
    await told(store, written_digest="d1")
    # A newer object and its removal came in one commit: the manifest is not what was written.
    gone = {"desired_digest": "", "tombstone": True, "written_digest": "d1"}
    assert await told(store, **gone, manifest=b"never written") == b"manifest \x00"


async def test_what_was_written_late_is_what_the_writer_says(store: Store) -> None:
    await told(store, desired_digest="d3", manifest=b"three")
    late: dict[str, Any] = {"desired_digest": "d3", "written_digest": "d2", "manifest": None}
    assert await told(store, **late, written=b"two") == b"two"
    assert await told(store, **late, wave=5) == b"two"
    # Of something that nobody had, nothing is made up.
    assert await told(store, **(late | {"written_digest": "d9"})) is None


async def test_what_was_written_survives_a_restart(store: Store, restart: Restart) -> None:
    await told(store, written_digest="d1")
    await told(store, desired_digest="d2", written_digest="d1", manifest=b"two")
    again = await restart()
    missing = LedgerKey(cluster="east", key="none")
    assert dict(await again.written((KEY, missing))) == {KEY: b"manifest \x00"}
    assert (await again.ledger())[0].written is None


async def test_a_checkpoint_takes_the_place_of_the_one_before(
    store: Store, restart: Restart
) -> None:
    assert await store.checkpoint() is None
    first = Checkpoint(revision=7, basis="b", said=True)
    await store.commit(Write(checkpoint=first, revisit_puts=("a", "b")))
    await store.commit(Write(revisit_puts=("b", "c"), revisit_removes=("a",)))
    assert await store.checkpoint() == first
    await store.commit(Write(checkpoint=replace(first, said=False)))
    again = await restart()
    assert await again.checkpoint() == replace(first, said=False)
    assert await again.revisits() == ["b", "c"]
    assert again.revision == 0  # it is no change that anybody watches


async def test_what_was_touched_after_a_revision_is_found(store: Store, restart: Restart) -> None:
    first = await store.commit(Write(touch_scopes=("a", "b")))
    await store.commit(Write(touch_scopes=("b", "c")))
    again = await restart()
    assert await again.scopes_touched(first.revision) == {"b", "c"}
    assert await again.scopes_touched(0) == {"a", "b", "c"}
    assert await again.scopes_touched(again.revision) == frozenset()
