"""What was said of objects is found again, whatever came and went beside it."""

import hashlib
import uuid

from hypothesis import given
from hypothesis import strategies as st

from trafficctl_server.reconcile.told import Told
from trafficctl_server.reconcile.told_objects import ToldObjects

UID = "fc9aedbb-a9a2-5ad2-a0d7-cb878d7ebe00"
IDS = st.sampled_from([f"object-{it}" for it in range(12)])


def key(of: str) -> bytes:
    """Give what an object is found by."""
    return hashlib.blake2b(of.encode(), digest_size=16).digest()


def filled(count: int) -> ToldObjects:
    """Give what was said of so many objects."""
    told = ToldObjects()
    for it in range(count):
        told.put(f"other-{it}", Told.of(UID, str(it).encode()))
    return told


CROWD = filled(60_000)
"""So many that each is among others."""


@given(steps=st.lists(st.tuples(IDS, st.none() | st.integers(0, 5)), max_size=40))
def test_each_object_has_what_was_put_last(steps: list[tuple[str, int | None]]) -> None:
    expected = dict[str, Told]()
    for of, said in steps:
        if said is None:
            CROWD.drop(of)
            expected.pop(of, None)
        else:
            expected[of] = Told.of(str(uuid.UUID(int=said)), str(said).encode())
            CROWD.put(of, expected[of])
        assert {of: CROWD.get(of)} == {of: expected.get(of)}
    for of in {it for it, _ in steps}:
        assert CROWD.get(of) == expected.get(of)
        CROWD.drop(of)
    for it in (0, 1, 31_415, 59_999):
        assert CROWD.get(f"other-{it}") == Told.of(UID, str(it).encode())


def test_what_was_dropped_leaves_the_others_and_then_nothing() -> None:
    told = filled(5000)
    for it in range(0, 5000, 2):
        told.drop(f"other-{it}")
    for it in range(5000):
        expected = Told.of(UID, str(it).encode()) if it % 2 else None
        assert told.get(f"other-{it}") == expected
    for it in range(5000):
        told.drop(f"other-{it}")
    assert told.size == 0


def test_what_is_said_of_one_object_is_never_taken_for_another() -> None:
    """The uid of what is said of the first is what the second is found by."""
    beside = next(it for it in map(str, range(1, 10_000_000)) if key(it)[:2] == key("0")[:2])
    told = ToldObjects()
    said = Told.of(str(uuid.UUID(bytes=key(beside))), b"said")
    told.put("0", said)
    assert told.get(beside) is None
    told.put(beside, Told.of(UID, b"else"))
    assert (told.get("0"), told.get(beside)) == (said, Told.of(UID, b"else"))


def test_a_record_takes_few_bytes() -> None:
    assert CROWD.size < 60_000 * 60
