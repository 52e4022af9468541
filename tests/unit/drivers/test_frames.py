"""The talk between host and worker survives any JSON and notices noise."""

import io
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trafficctl_server.drivers import frames

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@given(st.lists(st.dictionaries(st.text(), JSON, max_size=3), max_size=3))
def test_what_is_sent_arrives(contents: list[dict[str, object]]) -> None:
    stream = io.BytesIO(b"".join(frames.pack(frames.encode(item)) for item in contents))

    assert [frames.read(stream) for _ in contents] == contents
    assert frames.read(stream) is None


@pytest.mark.parametrize(
    "noise", [b"\0\0\0\2[]", b"\0\0\0\1{", b"\0\0\0\5{}", b"\0\0", b"\xff\xff\xff\xff{}"]
)
def test_noise_is_no_frame(noise: bytes) -> None:
    with pytest.raises(frames.FrameError):
        frames.read(io.BytesIO(noise))


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "\ud800"])
def test_what_is_no_json_is_not_sent(value: object) -> None:
    with pytest.raises(ValueError, match=r"JSON|surrogates"):
        frames.encode({"a": value, "b": None})


@pytest.mark.parametrize("value", [datetime.now(UTC), frames.LENGTH])
def test_what_only_python_knows_is_not_sent(value: object) -> None:
    with pytest.raises(TypeError, match="JSON"):
        frames.encode({"a": value})
