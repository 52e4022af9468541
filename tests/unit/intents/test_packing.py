"""Intents in few bytes: what is read again is what was written, however unlike the first."""

from dataclasses import replace

import pytest
from trafficctl_sdk.intent_kinds import ConnectivityIntent

from tests.fakes import wishes
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
    packed = {it.name: packing.pack(record(it)) for it in intents}
    for it in intents:
        assert packing.intent(it.name, packed[it.name]) == BODIES.told(record(it))
        assert packing.identity(it.name, packed[it.name]) == (record(it).uid, 3)


def test_alike_intents_take_a_part_of_their_bytes() -> None:
    packing = Packing(BODIES)
    alike = [record(wishes.intercluster(f"i{it}", "front", "cart")) for it in range(9)]
    assert all(len(packing.pack(it)) < len(it.body) / 2 for it in alike)
