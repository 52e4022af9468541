"""The ledger in memory gives what was put into it, in whatever form it keeps it."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from trafficctl_sdk.slices import Origin, Scope, ScopeKind

from trafficctl_server.reconcile import entries as module
from trafficctl_server.reconcile.entries import Entries
from trafficctl_server.reconcile.entry import Entry, Trouble
from trafficctl_server.reconcile.settled import Settled, packed, packed_row, unpacked
from trafficctl_server.store.records import LedgerKey

CLUSTERS = ("east", "west")
INTENTS = ("intents/a", "intents/b", "intents/c")
SCOPES = ("destination:shop/cart", "workload:shop/cart", "namespace:shop")
UIDS = tuple(f"fc9aedbb-a9a2-5ad2-a0d7-cb878d7ebe0{it}" for it in range(3))
KEYS = [
    LedgerKey(cluster=cluster, key=f"v1/ConfigMap/shop/{name}")
    for cluster in CLUSTERS
    for name in "abc"
]
DIGESTS = st.sampled_from(("ab" * 32, "cd" * 32, "AB" * 32, "ab", "no digest"))
TIMES = st.sampled_from((0, 1_800_000_000_000_000_000, -1))
ORIGINS = st.builds(
    Origin,
    intent=st.sampled_from(INTENTS),
    fields=st.sampled_from((("ports",), ("callers[0]", "ports"), ())),
)
ENTRIES = st.builds(
    Entry,
    ledger_key=st.sampled_from(KEYS),
    scope=st.sampled_from(SCOPES),
    desired=DIGESTS | st.just(""),
    written=DIGESTS | st.just(""),
    attempted=st.sampled_from(((), ("ab" * 32,))),
    origins=st.lists(ORIGINS, max_size=3, unique_by=lambda it: it.intent).map(tuple),
    written_origins=st.lists(
        st.tuples(st.sampled_from(INTENTS), st.sampled_from((*UIDS, "", "no uid"))),
        max_size=3,
        unique_by=lambda it: it[0],
    ).map(tuple),
    target=st.sampled_from(("", "here")),
    wave=st.sampled_from((0, -3, 70, 1 << 31)),
    rendered_at=TIMES,
    written_at=TIMES,
    trouble=st.none()
    | st.just(Trouble(state="HELD", reason="BRAKE_TRIPPED", detail="too many go")),
    released=st.booleans(),
    durable=st.booleans(),
    trace=st.sampled_from(("", "carried")),
    trace_id=st.sampled_from(("", "c16f986e9cbb47c1")),
)
AS_WISHED = ENTRIES.map(
    lambda it: replace(
        it,
        desired="ab" * 32,
        written="ab" * 32,
        attempted=(),
        wave=70,
        rendered_at=1,
        written_at=2,
        trouble=None,
        released=False,
        durable=True,
    )
)
PUTS = ENTRIES | AS_WISHED


def gives(entries: Entries, expected: dict[LedgerKey, Entry]) -> None:
    """Ask everything that can be asked, and compare it with a dict of the same entries."""
    all_ = list(expected.values())
    assert {it: entries.get(it) for it in KEYS} == {it: expected.get(it) for it in KEYS}
    assert entries.scopes() == {it.scope for it in all_}
    assert {*entries.clusters()} == {it.cluster for it in all_}
    for cluster in CLUSTERS:
        here = [it for it in all_ if it.cluster == cluster]
        behind = [it for it in here if not it.settled or it.trouble is not None]
        assert same(entries.in_cluster(cluster), here)
        assert same(entries.behind(cluster), behind)
        assert entries.count(cluster) == len(here)
        assert entries.written(cluster) == sum(bool(it.written) for it in here)
        for scope in SCOPES:
            assert same(entries.at(scope, cluster), [it for it in here if it.scope == scope])
        for intent in INTENTS:
            for kind in ScopeKind:
                assert entries.standing(intent, cluster, kind, "ports") == {
                    it.scope
                    for it in here
                    if it.desired
                    and Scope.parse(it.scope).kind is kind
                    and Origin(intent=intent, fields=("ports",))
                    in [replace(one, fields=one.fields[-1:]) for one in it.origins]
                }
    for intent in INTENTS:
        wanted = [it for it in all_ if intent in it.intents]
        assert same(entries.of_intent(intent), wanted)
        assert entries.scopes_of(intent) == {Scope.parse(it.scope) for it in wanted}


def same(some: object, others: list[Entry]) -> bool:
    """Say whether the entries are the same, in whatever order."""
    assert not isinstance(some, Entry)
    found = list(some)  # type: ignore[call-overload] # an iterable of entries, of any sort
    return Counter(map(repr, found)) == Counter(map(repr, others))


@given(steps=st.lists(PUTS | st.sampled_from(KEYS), max_size=12))
def test_what_was_put_last_is_found_however_it_is_asked_for(
    steps: list[Entry | LedgerKey],
) -> None:
    entries, expected = Entries(), dict[LedgerKey, Entry]()
    for step in steps:
        if isinstance(step, Entry):
            entries.put(step)
            expected[step.ledger_key] = step
        else:
            entries.drop(step)
            expected.pop(step, None)
        gives(entries, expected)


@given(stored=st.lists(PUTS, unique_by=lambda it: it.ledger_key), then=st.lists(PUTS, max_size=3))
def test_a_start_remembers_what_was_stored(stored: list[Entry], then: list[Entry]) -> None:
    entries, expected = Entries(), dict[LedgerKey, Entry]()
    for row in (it.row(b"{}") for it in stored):
        entries.remember(row)
        expected[row.ledger_key] = Entry.of(row)
    gives(entries, expected)
    for entry in then:
        entries.put(entry)
        expected[entry.ledger_key] = entry
    gives(entries, expected)


@given(entry=AS_WISHED, fields=ENTRIES)
def test_what_is_as_wished_is_kept_in_few_bytes_and_nothing_else_is(
    entry: Entry, fields: Entry
) -> None:
    settled = packed(entry, ())
    assert settled is not None
    assert len(settled.own) < 60
    assert unpacked(entry.ledger_key, settled) == entry
    stored = packed_row(entry.row(None), ())
    assert stored == settled
    for changed in ("attempted", "trouble", "released"):
        other = replace(entry, **{changed: getattr(fields, changed)})
        assert (packed(other, ()) is None) == (other != entry)
        assert (packed_row(other.row(None), ()) is None) == (other != entry)
    assert packed(replace(entry, durable=False), ()) is None
    assert packed(replace(entry, written="cd" * 32), ()) is None


@given(entry=AS_WISHED)
def test_objects_that_were_rendered_together_share_what_they_have_in_common(entry: Entry) -> None:
    entries = Entries()
    key = replace(entry.ledger_key, key="v1/ConfigMap/shop/z")
    entries.put(replace(entry, ledger_key=key, desired="cd" * 32, written="cd" * 32, wave=80))
    entries.remember(entry.row(None))
    one, other = (it for kept in entries._kept.values() for it in kept.values())
    assert isinstance(one, Settled)
    assert isinstance(other, Settled)
    assert one.common is other.common
    assert one.own != other.own


def test_only_so_many_are_kept_as_objects_as_were_read_lately(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "_RECENT", 3)
    entries = Entries()
    first = Entry(ledger_key=KEYS[0], scope=SCOPES[0], desired="ab" * 32, written="ab" * 32)
    puts = [replace(first, ledger_key=it, durable=True) for it in KEYS]
    for entry in puts:
        entries.put(entry)
    for entry in puts:
        assert entries.get(entry.ledger_key) == entry
        assert entries.get(entry.ledger_key) is entries.get(entry.ledger_key)
        assert len(entries._recent) <= 3
    changed = replace(puts[-1], wave=9)
    entries.put(changed)
    assert entries.get(changed.ledger_key) == changed
