"""Resources as rows and back: what a generation counts, what an etag names, what is shown."""

from dataclasses import replace
from typing import Any

import orjson
import pytest
from trafficctl_sdk.model.cluster import Cluster
from trafficctl_sdk.model.convergence import Convergence
from trafficctl_sdk.model.workload import Workload

from tests.fakes import wishes
from tests.fakes.furniture import FURNITURE
from trafficctl_server.intents.bodies import Bodies, etag_of, office, same_generation
from trafficctl_server.intents.drafting import changed, created
from trafficctl_server.intents.kinds import KINDS, Resource, kind_of
from trafficctl_server.store.records import Record
from trafficctl_server.store.sealing import Sealer

BODIES = Bodies(Sealer(b"0" * 32))


def row(wish: Resource, progress: object = None, *, deleted: bool = False, **asked: Any) -> Record:
    body = BODIES.encode(wish, asked)
    return Record(
        name=wish.name,
        kind=kind_of(wish).name,
        uid="uid",
        etag=etag_of("uid", body),
        generation=3,
        revision=7,
        create_time=1,
        update_time=2,
        delete_time=3 if deleted else None,
        body=body,
        progress=orjson.dumps(progress) if progress else b"",
        schema=1,
    )


@pytest.mark.parametrize("wish", FURNITURE, ids=lambda wish: kind_of(wish).name)
def test_a_wish_comes_back_as_it_was(wish: Resource) -> None:
    back = BODIES.wish(row(wish))
    assert (back.uid, back.generation, back.revision) == ("uid", 3, 7)
    assert BODIES.encode(back) == BODIES.encode(wish)
    assert same_generation(back, wish)


@pytest.mark.parametrize("wish", FURNITURE, ids=lambda wish: kind_of(wish).name)
def test_a_drafted_wish_is_what_its_row_is_read_as(wish: Resource) -> None:
    drafting, reading = (Bodies(Sealer(b"0" * 32)) for _ in range(2))
    draft = created(wish, drafting, uid="uid", principal="somebody", now=5)
    assert drafting.wish(draft.record) is draft.wish
    written = replace(draft.record, revision=8, generation=2, delete_time=9)
    for record in (draft.record, written):
        assert repr(drafting.wish(record)) == repr(reading.wish(record))


def test_a_drafted_wish_is_no_answer_to_another_body() -> None:
    bodies = Bodies(Sealer(b"0" * 32))
    before = created(wishes.group(), bodies, uid="uid", principal="", now=5)
    wish = replace(before.wish, description="changed")
    after = changed(before.record, before.wish, wish, bodies, principal="", now=6)
    assert after is not None
    assert bodies.wish(after.record) is after.wish
    assert bodies.wish(before.record) is before.wish


def test_only_as_many_drafts_are_kept_as_may_be_written() -> None:
    bodies = Bodies(Sealer(b"0" * 32))
    drafts = [
        created(wishes.group(), bodies, uid=str(it), principal="", now=5) for it in range(1000)
    ]
    kept = [it for it in drafts if bodies.wish(it.record) is it.wish]
    assert kept == drafts[-len(kept) :]
    assert 0 < len(kept) < len(drafts)


def test_what_is_for_people_counts_for_the_etag_and_not_for_the_generation() -> None:
    wish = wishes.workload("front", "east")
    explained = replace(wish, description="why", labels={"tier": "gold"})
    assert same_generation(wish, explained)
    assert BODIES.encode(wish) != BODIES.encode(explained)
    assert not same_generation(wish, replace(wish, service="rear"))


def test_what_became_of_a_wish_is_no_part_of_it() -> None:
    wish = wishes.group()
    seen = replace(wish, state=Convergence.State.REFUSED, reconciling=True, revision=9, uid="x")
    assert BODIES.encode(wish) == BODIES.encode(seen)


def test_the_same_wish_of_another_resource_has_another_etag() -> None:
    body = BODIES.encode(wishes.group())
    assert etag_of("one", body) == etag_of("one", body) != etag_of("two", body)


def test_what_nobody_looked_at_yet_is_under_way_and_an_empty_group_is_not() -> None:
    intent = BODIES.present(row(wishes.inbound("i", "front")))
    assert intent.state is Convergence.State.PROGRESSING
    assert intent.reconciling
    group = BODIES.present(row(wishes.group()))
    assert group.state is Convergence.State.SETTLED


@pytest.mark.parametrize("wish", FURNITURE, ids=lambda wish: kind_of(wish).name)
def test_what_is_being_deleted_says_so(wish: Resource) -> None:
    shown = BODIES.present(row(wish, deleted=True))
    assert str(shown.state) == "DELETING"


@pytest.mark.parametrize(
    ("asked", "progress", "state"),
    [
        ({}, None, Cluster.State.ACTIVE),
        ({"draining": True}, None, Cluster.State.DRAINING),
        ({"draining": True}, {"state": "DRAINED"}, Cluster.State.DRAINED),
        ({}, {"state": "DRAINED"}, Cluster.State.ACTIVE),
    ],
)
def test_a_cluster_is_what_its_operator_asked_for_and_how_far_that_got(
    asked: dict[str, Any], progress: object, state: Cluster.State
) -> None:
    record = row(wishes.cluster("east"), progress, **asked)
    assert BODIES.present(record).state is state
    assert office(record) == asked


def test_a_workload_is_placed_or_not() -> None:
    assert BODIES.present(row(wishes.workload("w", "east"))).state is Workload.State.PLACED
    assert BODIES.present(row(wishes.workload("w"))).state is Workload.State.NOT_PLACED


@pytest.mark.parametrize("wish", FURNITURE, ids=lambda wish: kind_of(wish).name)
def test_each_name_is_of_one_kind(wish: Resource) -> None:
    assert [kind for kind in KINDS.values() if kind.matches(wish.name)] == [kind_of(wish)]
    for hostile in (f"{wish.name}/", f"/{wish.name}", wish.name.rsplit("/", 1)[0] + "/", ""):
        assert not any(kind.matches(hostile) for kind in KINDS.values())
