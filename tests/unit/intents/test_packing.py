"""Intents in few bytes: what is read again is what was written, however unlike the first."""

from dataclasses import replace

import pytest
from trafficctl_sdk.intent_kinds import ConnectivityIntent
from trafficctl_sdk.model.outbound_intent import OutboundIntent

from tests.fakes import wishes
from trafficctl_server.compile import shelf
from trafficctl_server.compile.accepting import try_intent
from trafficctl_server.compile.sayings import brief, saying_of
from trafficctl_server.compile.world import World
from trafficctl_server.intents.bodies import SCHEMA, Bodies, etag_of
from trafficctl_server.intents.kinds import kind_of
from trafficctl_server.intents.packing import Packing
from trafficctl_server.store.records import Record
from trafficctl_server.store.sealing import Sealer

BODIES = Bodies(Sealer(bytes(32)))
INTENTS: tuple[ConnectivityIntent, ...] = (
    wishes.intercluster("a", "front", "cart"),
    wishes.intercluster("b", "front", *(f"s{it}" for it in range(500))),
    wishes.inbound("a", "front"),
    replace(wishes.inbound("b", "front"), labels={"a": "b"}, description="ä" * 5000),
    wishes.outbound("a", "cart"),
)


def record(intent: ConnectivityIntent) -> Record:
    body = BODIES.encode(intent)
    return Record(
        name=intent.name,
        kind=kind_of(intent).name,
        uid=intent.name[-1] * 36,
        etag=etag_of(intent.name, body),
        generation=3,
        revision=1 << 40,
        create_time=1_800_000_000_000_000_000,
        update_time=1_900_000_000_000_000_000,
        delete_time=None,
        body=body,
        progress=b'{"state":"SETTLED"}',
        schema=SCHEMA,
    )


@pytest.mark.parametrize("intents", [INTENTS, INTENTS[::-1]])
def test_what_is_read_again_is_what_the_world_is_told_of_the_record(
    intents: tuple[ConnectivityIntent, ...],
) -> None:
    packing = Packing(BODIES)
    packed = {it.name: packing.pack(record(it), it) for it in intents}
    for it in intents:
        assert packing.intent(it.name, packed[it.name]) == BODIES.told(record(it))
        assert packing.identity(it.name, packed[it.name]) == (record(it).uid, 3)
        form = None if isinstance(it, OutboundIntent) else brief(saying_of(it))
        assert packing.brief(it.name, packed[it.name]) == form


def test_alike_intents_take_a_part_of_their_bytes() -> None:
    packing = Packing(BODIES)
    alike = [wishes.intercluster(f"i{it}", "front", "cart") for it in range(9)]
    assert all(len(packing.pack(record(it), it)) < len(record(it).body) / 2 for it in alike)


OTHERS: tuple[ConnectivityIntent, ...] = (
    wishes.intercluster("a", "front", wishes.caller("cart", egress=wishes.dedicated())),
    wishes.intracluster("b", "front", "cart"),
    wishes.inbound("c", "front"),
)


def world_of_others(packing: Packing | None) -> World:
    """Give a world that holds others, as objects where nothing packs them."""
    world = World()
    for name in ("east", "west"):
        world.put_cluster(wishes.cluster(name))
    for name, cluster in (("front", "east"), ("cart", "west"), ("back", "west")):
        world.put_workload(wishes.workload(name, cluster))
    if packing is not None:
        world.intents.unpack, world.intents.unpack_brief = packing.intent, packing.brief
    for it in OTHERS:
        world.put_intent(it, b"" if packing is None else packing.pack(record(it), it))
    return world


@pytest.mark.parametrize(
    ("intent", "about"),
    [
        (wishes.intercluster("n", "front", "cart"), ["callers[0].egress"]),
        (wishes.intercluster("n", "front", "back"), []),
        (wishes.intracluster("n", "front", "back", mutual_tls=wishes.PERMISSIVE), []),
    ],
)
def test_an_intent_is_judged_and_no_other_is_read(
    intent: ConnectivityIntent, about: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "KEPT_READ", 0)
    world = world_of_others(Packing(BODIES))
    read: list[str] = []

    def unpack(name: str, _: bytes) -> ConnectivityIntent:
        read.append(name)
        return wishes.intercluster(name, "front")

    world.intents.unpack = unpack
    trial = try_intent(intent, world)
    assert read == []
    assert [it.seen_from(intent.name).field for it in trial.contradictions] == about
    assert trial == try_intent(intent, world_of_others(None))
