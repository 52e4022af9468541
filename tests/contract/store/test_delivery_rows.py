from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace

from trafficctl_server.store.records import (
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
    west = replace(ROW, cluster="west", tombstone=True, target="id-1", origins=())
    await store.commit(Write(ledger_puts=(west, ROW)), background=True)
    async for reader in before_and_after_restart:
        assert await reader.ledger() == [
            replace(ROW, manifest=None),
            replace(west, manifest=None),
        ]
        missing = LedgerKey(cluster="east", key="none")
        assert dict(await reader.manifests((KEY, missing))) == {KEY: b"manifest \x00"}


async def test_a_listed_row_written_back_keeps_its_manifest(store: Store) -> None:
    await store.commit(Write(ledger_puts=(ROW,)))
    listed = (await store.ledger())[0]
    await store.commit(Write(ledger_puts=(replace(listed, written_digest="d1", target="id-1"),)))
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
    newer = replace(first, digest="d2", failure=b"why")
    await store.commit(
        Write(slice_puts=(newer,), target_puts=(TargetRow(cluster="west", identity="uid-2"),))
    )
    again = await restart()
    assert await again.slices() == [other, newer]
    assert await again.targets() == [target, TargetRow(cluster="west", identity="uid-2")]
    await again.commit(
        Write(
            slice_removes=(SliceKey(scope="a", cluster="east", driver="dns"),),
            target_removes=("east",),
        )
    )
    assert await again.slices() == [newer]
    assert await again.targets() == [TargetRow(cluster="west", identity="uid-2")]
