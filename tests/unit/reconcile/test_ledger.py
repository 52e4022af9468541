"""From renderings to the ledger, and from there to rows and back."""

from dataclasses import replace

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from trafficctl_sdk.manifests import Manifest, Rendering
from trafficctl_sdk.slices import MeshFacts, Origin, Scope, TrafficSlice

from trafficctl_server.clusters.target import ObjectKey
from trafficctl_server.reconcile.entries import Entries
from trafficctl_server.reconcile.entry import Entry, Trouble, withdrawn
from trafficctl_server.reconcile.ledger import Trespass, enter, withdraw
from trafficctl_server.store.records import LedgerKey

MESH = MeshFacts(
    mesh_id="",
    trust_domain="cluster.local",
    root_namespace="istio-system",
    cluster_domain="cluster.local",
    suffix="global",
    version="",
    revision="",
)
NAMES = st.sampled_from(("a", "b", "c", "d"))


def slice_of(scope: str, *intents: str) -> TrafficSlice:
    origins = tuple(Origin(intent=it, fields=("ports",)) for it in intents)
    return TrafficSlice(scope=Scope.parse(scope), cluster="east", mesh=MESH, origins=origins)


def manifest(name: str, value: int = 0, wave: int = 0) -> Manifest:
    body = {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {"namespace": "shop", "name": name},
        "data": {"value": str(value)},
    }
    return Manifest(body=body, wave=wave)


def take(entries: Entries, scope: str, *manifests: Manifest, now: int = 1) -> list[Entry]:
    """Enter a rendering, and give what changed."""
    entered = enter(
        slice_of(scope, "intents/i"),
        Rendering(manifests=manifests),
        entries,
        instance="me",
        trace="",
        trace_id="",
        now=now,
    )
    for entry, _ in entered.puts:
        entries.put(entry)
    for entry in entered.drops:
        entries.drop(entry.ledger_key)
    return [entry for entry, _ in entered.puts]


def deliver(entries: Entries) -> None:
    for entry in list(entries.in_cluster("east")):
        if entry.tombstone:
            entries.drop(entry.ledger_key)
        else:
            entries.put(replace(entry, written=entry.desired, attempted=()))


renderings = st.lists(
    st.tuples(
        st.sampled_from(("namespace:x", "namespace:y")),
        st.dictionaries(NAMES, st.integers(0, 2), max_size=3),
        st.booleans(),
    ),
    max_size=10,
)


@given(history=renderings)
def test_the_last_rendering_of_each_scope_is_what_is_desired(
    history: list[tuple[str, dict[str, int], bool]],
) -> None:
    entries, last = Entries(), dict[str, dict[str, int]]()
    for scope, objects, delivered in history:
        names = {f"{scope[-1]}-{name}": value for name, value in objects.items()}
        take(entries, scope, *(manifest(name, value) for name, value in names.items()))
        last[scope] = names
        if delivered:
            deliver(entries)
    wanted = {it.key.name for it in entries.in_cluster("east") if not it.tombstone}
    assert wanted == {name for objects in last.values() for name in objects}
    deliver(entries)
    assert entries.count("east") == len(wanted)


def test_an_equal_rendering_changes_nothing() -> None:
    entries = Entries()
    assert len(take(entries, "namespace:x", manifest("a"), manifest("b"))) == 2
    assert take(entries, "namespace:x", manifest("b"), manifest("a"), now=2) == []
    (changed,) = take(entries, "namespace:x", manifest("a", 1), manifest("b"), now=3)
    assert (changed.key.name, changed.rendered_at) == ("a", 3)


def test_what_was_never_tried_is_forgotten_and_the_rest_gets_a_tombstone() -> None:
    entries = Entries()
    take(entries, "namespace:x", manifest("a"))
    deliver(entries)
    take(entries, "namespace:x", manifest("a"), manifest("b"))
    entered = withdraw(entries.at("namespace:x", "east"))
    assert [it.key.name for it, _ in entered.puts] == ["a"]
    assert all(it.tombstone for it, _ in entered.puts)
    assert [it.key.name for it in entered.drops] == ["b"]


def test_an_object_of_another_scope_is_not_taken_but_its_leavings_are() -> None:
    entries = Entries()
    take(entries, "namespace:x", manifest("a"))
    deliver(entries)
    with pytest.raises(Trespass, match=r"namespace:y.*namespace:x") as raised:
        take(entries, "namespace:y", manifest("a"))
    assert raised.value.holder == "namespace:x"
    (left,) = entries.at("namespace:x", "east")
    entries.put(withdrawn(left))
    (taken,) = take(entries, "namespace:y", manifest("a"))
    assert (taken.scope, taken.tombstone) == ("namespace:y", False)
    assert taken.written == left.written
    assert entries.at("namespace:x", "east") == []


def test_a_rendering_holds_no_object_twice() -> None:
    with pytest.raises(ValueError, match="twice"):
        take(Entries(), "namespace:x", manifest("a"), manifest("a", 1))


@given(
    written=st.sampled_from(("", "old", "new")),
    tombstone=st.booleans(),
    trouble=st.none()
    | st.builds(
        Trouble,
        state=st.sampled_from(("RETRYING", "HELD")),
        reason=st.just("TARGET_UNWRITABLE"),
        detail=st.text(),
        attempt=st.integers(0, 5),
        next_attempt=st.integers(0, 5),
    ),
    released=st.booleans(),
    fields=st.lists(st.text(max_size=5), max_size=3),
)
def test_an_entry_comes_back_from_its_row(
    written: str,
    trouble: Trouble | None,
    fields: list[str],
    *,
    tombstone: bool,
    released: bool,
) -> None:
    entry = Entry(
        ledger_key=LedgerKey(
            cluster="east",
            key=str(ObjectKey(group="", kind="ConfigMap", namespace="shop", name="a")),
        ),
        scope="namespace:x",
        desired="" if tombstone else "new",
        written=written,
        origins=(Origin(intent="intents/i", fields=tuple(fields)),),
        written_origins=(("intents/j", "uid"),),
        target="here",
        wave=3,
        rendered_at=1,
        written_at=2,
        trouble=trouble,
        released=released,
        durable=True,
        trace="carried",
        trace_id="abc",
    )
    row = entry.row(b"{}")
    assert orjson.loads(row.state)
    back = Entry.of(row)
    # Before the process ended any delivery may have begun.
    assert replace(back, attempted=()) == entry
    assert entry.settled or tombstone or "new" in back.attempted
