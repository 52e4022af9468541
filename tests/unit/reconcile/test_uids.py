"""Uids in fewer bytes."""

from hypothesis import given
from hypothesis import strategies as st

from trafficctl_server.reconcile.uids import UID_SIZE, packed_uids, uid_bytes, uid_of, unpacked_uids

UIDS = st.uuids().map(str)


@given(uids=st.lists(UIDS | UIDS.map(str.upper) | st.text(), max_size=4))
def test_whatever_stands_for_uids_comes_back(uids: list[str]) -> None:
    assert unpacked_uids(packed_uids(uids)) == uids


@given(uids=st.lists(UIDS, max_size=4))
def test_uids_take_their_bytes_and_no_more(uids: list[str]) -> None:
    assert packed_uids(uids) == b"".join(map(uid_bytes, uids))
    assert len(packed_uids(uids)) == UID_SIZE * len(uids)
    assert [uid_of(uid_bytes(it)) for it in uids] == uids
