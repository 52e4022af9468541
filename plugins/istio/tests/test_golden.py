"""Each case renders exactly what lies beside it; UPDATE_GOLDEN=1 in the environment rewrites it."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from trafficctl_istio.plugin import trafficctl_render_slice
from trafficctl_istio.rendering.waves import Wave
from trafficctl_sdk.manifests import Rendering
from trafficctl_sdk.slices import ScopeKind, TrafficSlice

CASES: Final = Path(__file__).parent / "cases"
NAMES: Final = sorted(path.name.removesuffix(".slice.yaml") for path in CASES.glob("*.slice.yaml"))


def as_text(rendering: Rendering) -> str:
    """Write a rendering as people read it: wave and effect above each object."""
    documents = [
        f"# {Wave(manifest.wave).name} {manifest.effect.value}\n"
        + yaml.safe_dump(manifest.body, sort_keys=False, width=110)
        for manifest in rendering.manifests
    ]
    notices = [
        f"# notice {notice.reason} on {notice.field}: {notice.text}\n"
        for notice in rendering.notices
    ]
    return "---\n".join(documents) + "".join(notices)


@pytest.mark.parametrize("name", NAMES)
def test_case_renders_as_written(name: str, case: Callable[[str], TrafficSlice]) -> None:
    text = as_text(trafficctl_render_slice(case(name)))
    golden = CASES / f"{name}.yaml"
    assert "&id" not in text, "two places share one list"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(text)
    assert text == golden.read_text()


@pytest.mark.parametrize("name", NAMES)
def test_every_object_has_the_shape_that_the_api_servers_want(
    name: str,
    case: Callable[[str], TrafficSlice],
    structural_errors: Callable[[Mapping[str, Any]], list[str]],
) -> None:
    for manifest in trafficctl_render_slice(case(name)).manifests:
        assert structural_errors(manifest.body) == []


def test_every_scope_kind_has_a_case(case: Callable[[str], TrafficSlice]) -> None:
    assert {case(name).scope.kind for name in NAMES} == set(ScopeKind)


def test_every_case_is_described(case: Callable[[str], TrafficSlice]) -> None:
    for name in NAMES:
        assert (CASES / f"{name}.slice.yaml").read_text().startswith("# "), name
        assert case(name).cluster
