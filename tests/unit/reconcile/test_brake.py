"""What the brake holds, and what passes it."""

from dataclasses import replace

import pytest
from trafficctl_sdk.model.common import SafetyBrake

from trafficctl_server.clusters.target import ObjectKey
from trafficctl_server.reconcile.brake import Braked, braked, tripped
from trafficctl_server.reconcile.entry import Entry, withdrawn
from trafficctl_server.store.records import LedgerKey


def settled(number: int) -> Entry:
    key = ObjectKey(group="", kind="ConfigMap", namespace="shop", name=f"n{number}")
    return Entry(
        ledger_key=LedgerKey(cluster="east", key=str(key)),
        scope="namespace:shop",
        desired="d",
        written="d",
        written_at=1,
    )


def judged(entries: list[Entry], brake: SafetyBrake | None = None, *, named: bool = False) -> bool:
    return tripped(looked_at(entries, brake, named=named), brake) is not None


def looked_at(
    entries: list[Entry], brake: SafetyBrake | None = None, *, named: bool = False
) -> Braked:
    owned = sum(1 for entry in entries if entry.written)
    return braked(entries, owned, brake, by_name=lambda _: named)


def cluster(owned: int, *, removed: int = 0, changed: int = 0) -> list[Entry]:
    entries = [settled(number) for number in range(owned)]
    return [
        withdrawn(entry)
        if number < removed
        else replace(entry, desired="new")
        if number < removed + changed
        else entry
        for number, entry in enumerate(entries)
    ]


@pytest.mark.parametrize(
    ("owned", "removed", "held"),
    [
        (10, 3, False),
        (10, 4, True),
        (9, 9, False),
        (10, 10, True),
        (100, 30, False),
        (100, 31, True),
    ],
)
def test_more_than_three_tenths_of_ten_or_more(owned: int, removed: int, *, held: bool) -> None:
    assert judged(cluster(owned, removed=removed)) is held


def test_a_share_of_nothing_holds_every_removal() -> None:
    none = SafetyBrake(max_delete_percent=0)
    assert judged(cluster(10, removed=1), none)
    assert not judged(cluster(10), none)


def test_what_was_asked_for_by_name_is_no_accident() -> None:
    assert not judged(cluster(10, removed=10), named=True)


def test_changes_are_held_only_where_that_is_asked() -> None:
    assert not judged(cluster(10, changed=10))
    assert judged(cluster(10, changed=3), SafetyBrake(max_update_percent=20))
    assert not judged(cluster(10, changed=2), SafetyBrake(max_update_percent=20))


def test_what_was_never_written_is_neither_owned_nor_removed() -> None:
    new = [replace(entry, written="") for entry in cluster(100)]
    assert not judged([*new, *cluster(9, removed=9)])


def test_what_was_let_go_passes_and_what_comes_on_top_does_not() -> None:
    entries = cluster(10, removed=4)
    gone = [replace(entry, released=entry.tombstone) for entry in entries]
    assert not judged(gone)
    more = [withdrawn(entry) if not entry.tombstone else entry for entry in gone]
    assert judged(more)


def test_what_is_held_stays_held_although_others_come_or_go() -> None:
    def held(owned: int, removed: int, held_of: int, brake: SafetyBrake | None = None) -> bool:
        found = looked_at(cluster(owned, removed=removed), brake)
        return tripped(found, brake, held_of=held_of) is not None

    assert held(12, 5, held_of=0)
    assert not held(100, 5, held_of=0)
    assert held(100, 5, held_of=12)  # others came
    assert held(9, 5, held_of=12)  # others went
    assert held(9, 9, held_of=100)
    assert not held(12, 3, held_of=12)  # a part of it was undone
    assert not held(9, 3, held_of=0)
    assert held(9, 3, held_of=100)  # three of a hundred are few, but not where nine are left
    assert not held(100, 5, held_of=12, brake=SafetyBrake(max_delete_percent=50))


def test_the_name_of_a_held_change_is_of_exactly_that_change() -> None:
    def name(entries: list[Entry]) -> str:
        found = tripped(looked_at(entries), None)
        assert found is not None
        return found.digest

    one = cluster(10, removed=5)
    assert name(one) == name(list(reversed(one)))
    assert name(one) != name(cluster(10, removed=6))
    later = [replace(entry, written_at=2) for entry in one]
    assert name(one) != name(later)
