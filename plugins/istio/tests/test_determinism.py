"""Equal slices give equal bytes, in whatever order their parts were put together."""

import random
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from trafficctl_istio.plugin import trafficctl_render_slice
from trafficctl_sdk.codec import canonical
from trafficctl_sdk.slices import TrafficSlice

CASES: Final = Path(__file__).parent / "cases"
NAMES: Final = sorted(path.name.removesuffix(".slice.yaml") for path in CASES.glob("*.slice.yaml"))

ORDERED: Final = frozenset({("TrafficPolicy", "routes"), ("FailoverPriority", "labels")})
"""Fields whose order is the author's word."""


def shuffled(value: Any, chance: random.Random) -> Any:
    """Give a slice with every list in it in another order, and every map too."""
    if isinstance(value, tuple):
        items = [shuffled(item, chance) for item in value]
        chance.shuffle(items)
        return tuple(items)
    if isinstance(value, Mapping):
        pairs = list(value.items())
        chance.shuffle(pairs)
        return dict(pairs)
    if is_dataclass(value) and not isinstance(value, type):
        changed = {
            one.name: shuffled(getattr(value, one.name), chance)
            for one in fields(value)
            if (type(value).__name__, one.name) not in ORDERED
        }
        return replace(value, **changed)
    return value


@pytest.mark.parametrize("name", NAMES)
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(chance=st.randoms(use_true_random=False))
def test_order_changes_no_byte(
    name: str, case: Callable[[str], TrafficSlice], chance: random.Random
) -> None:
    slice_ = case(name)
    assert canonical(trafficctl_render_slice(shuffled(slice_, chance))) == canonical(
        trafficctl_render_slice(slice_)
    )


@pytest.mark.parametrize("name", NAMES)
def test_rendering_leaves_the_slice_alone(name: str, case: Callable[[str], TrafficSlice]) -> None:
    slice_ = case(name)
    before = canonical(slice_)
    trafficctl_render_slice(slice_)
    assert canonical(slice_) == before


@pytest.mark.parametrize("name", NAMES)
def test_a_rendering_belongs_to_its_caller(name: str, case: Callable[[str], TrafficSlice]) -> None:
    """What one caller does to a body shows up in no other rendering."""
    first, second = (trafficctl_render_slice(case(name)) for _ in range(2))
    before = canonical(second)
    for manifest in first.manifests:
        _deface(manifest.body)
    assert canonical(second) == before
    assert canonical(trafficctl_render_slice(case(name))) == before


def _deface(value: Any) -> None:
    children = value.values() if isinstance(value, dict) else value
    for child in list(children):
        if isinstance(child, (dict, list)):
            _deface(child)
    value.clear()
