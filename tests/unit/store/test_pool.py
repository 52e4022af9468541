from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from trafficctl_server.store.pool import preferred_index


def test_the_formula_is_for_ever() -> None:
    assert preferred_index("a", 1 << 64) == 0xCA978112CA1BBDCA
    assert preferred_index("external:db.example.com", 1 << 20) == 49335
    assert preferred_index("é", 1000) == int(sha256(b"\xc3\xa9").hexdigest()[:16], 16) % 1000


@given(key=st.text(st.characters(codec="utf-8")), size=st.integers(1, 1 << 24))
def test_it_lies_in_the_pool(key: str, size: int) -> None:
    assert 0 <= preferred_index(key, size) < size
