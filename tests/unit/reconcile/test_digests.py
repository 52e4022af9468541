"""Digests in fewer bytes."""

from hypothesis import given
from hypothesis import strategies as st

from trafficctl_server.reconcile.digests import packed, unpacked

HEX = st.binary(min_size=32, max_size=32).map(bytes.hex)


@given(digest=HEX | st.text() | HEX.map(str.upper) | HEX.map(lambda it: f" {it}"))
def test_whatever_stands_for_a_digest_comes_back(digest: str) -> None:
    assert unpacked(packed(digest)) == digest


@given(digest=HEX)
def test_a_digest_takes_half_of_its_hex(digest: str) -> None:
    assert len(packed(digest)) * 2 == len(digest)
