from hypothesis import given
from hypothesis import strategies as st

from trafficctl_server.store.patterns import fits, literal_start

segments = st.sampled_from(("a", "b", "-", "aa", ""))
paths = st.lists(segments, min_size=1, max_size=4).map("/".join)


def test_a_wildcard_is_one_whole_segment() -> None:
    assert fits("p/a/i/1", "p/-/i/-")
    assert not fits("p/a/b/i/1", "p/-/i/-")
    assert not fits("p/a/i", "p/-/i/-")
    assert not fits("p/a-b/i/1", "p/a-/i/1")


@given(name=paths, pattern=paths)
def test_what_fits_starts_with_the_literal_start(name: str, pattern: str) -> None:
    if fits(name, pattern):
        assert name.startswith(literal_start(pattern))


@given(name=paths, wild=st.sets(st.integers(0, 3)))
def test_a_name_fits_itself_with_any_segments_made_wild(name: str, wild: set[int]) -> None:
    pattern = "/".join("-" if i in wild else part for i, part in enumerate(name.split("/")))
    assert fits(name, pattern)
