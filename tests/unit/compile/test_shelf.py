"""Intents that are kept as bytes: whoever asks gets what was put."""

from dataclasses import replace

import orjson
from trafficctl_sdk.codec import canonical, from_json
from trafficctl_sdk.intent_kinds import ConnectivityIntent
from trafficctl_sdk.model.intercluster_intent import InterclusterIntent

from tests.fakes import wishes
from trafficctl_server.compile import shelf
from trafficctl_server.compile.accepting import try_intent
from trafficctl_server.compile.world import World

MANY = [wishes.intercluster(f"i{it}", "front", "cart") for it in range(shelf.KEPT_READ + 5)]


def unpacked(name: str, packed: bytes) -> ConnectivityIntent:
    found = from_json(InterclusterIntent, orjson.loads(packed))
    assert found.name == name
    return found


def test_many_are_read_again_and_equal_what_was_put() -> None:
    kept = shelf.Shelf(unpacked)
    for it in MANY:
        kept.put(it, canonical(it))
    assert list(kept) == [it.name for it in MANY]
    assert list(kept.values()) == MANY
    assert kept[MANY[-1].name] is kept[MANY[-1].name]


def test_what_is_put_anew_is_what_is_given() -> None:
    kept = shelf.Shelf(unpacked)
    before, after = MANY[0], replace(MANY[0], generation=7)
    for packed in (b"", canonical(before)):
        for again in (b"", canonical(after)):
            kept.put(before, packed)
            assert kept[before.name] == before
            kept.put(after, again)
            assert kept[before.name] == after
    kept.drop(before.name)
    assert before.name not in kept
    assert kept.get(before.name) is None


def test_a_fork_does_not_see_what_the_other_is_told() -> None:
    kept = shelf.Shelf(unpacked)
    one, other = MANY[:2]
    kept.put(one, canonical(one))
    forked = kept.fork()
    forked.put(replace(one, generation=7))
    kept.put(other, canonical(other))
    assert kept[one.name] == one
    assert forked[one.name].generation == 7
    assert other.name not in forked


def test_an_intent_that_was_tried_anew_is_kept_as_before() -> None:
    world, intent = World(), MANY[0]
    world.intents.unpack = unpacked
    world.put_intent(intent, canonical(intent))
    try_intent(replace(intent, generation=7), world)
    assert world.intents.packed(intent.name) == canonical(intent)
    assert world.intents[intent.name] == intent
