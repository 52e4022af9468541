"""Values that fit into a message and into nothing behind it."""

import math

import pytest
from google.protobuf.duration_pb2 import Duration
from hypothesis import given
from hypothesis import strategies as st
from trafficctl.v2.intercluster_intent_pb2 import InterclusterIntent

from trafficctl_server.api.value_ranges import range_violations

INT64 = st.integers(-(2**63), 2**63 - 1)


def with_timeout(duration: Duration) -> InterclusterIntent:
    made = InterclusterIntent()
    route = made.overrides.add().traffic_policy.routes.add()
    route.timeout.CopyFrom(duration)
    return made


@given(INT64, st.integers(-(2**31), 2**31 - 1))
def test_what_passes_is_nanoseconds_in_64_bits(seconds: int, nanos: int) -> None:
    found = range_violations(with_timeout(Duration(seconds=seconds, nanos=nanos)))
    if found:
        assert [it.field for it in found] == ["overrides[0].traffic_policy.routes[0].timeout"]
    else:
        assert -(2**63) <= seconds * 10**9 + nanos < 2**63
        assert abs(nanos) < 10**9


@given(st.integers(-(10**9), 10**9), st.integers(0, 10**9 - 1))
def test_durations_of_this_world_pass(seconds: int, nanos: int) -> None:
    signed = nanos if seconds >= 0 else -nanos
    assert not range_violations(with_timeout(Duration(seconds=seconds, nanos=signed)))


def test_a_duration_has_one_sign() -> None:
    assert range_violations(with_timeout(Duration(seconds=1, nanos=-1)))


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_numbers_are_finite(number: float) -> None:
    made = InterclusterIntent()
    made.traffic_policy.mirrors.add(percent=number)
    found = range_violations(made)
    assert [it.field for it in found] == ["traffic_policy.mirrors[0].percent"]
