"""An answer passes the host exactly if it passes the kit."""

from typing import Any, Final

import pytest
from trafficctl_sdk import Manifest, Rendering
from trafficctl_sdk.admission.output import (
    LARGEST_MANIFEST,
    InvalidOutputError,
    check_rendering,
    json_size,
)
from trafficctl_sdk.slices import MeshFacts, Scope, ScopeKind, TrafficSlice

from trafficctl_server.drivers.render_batch import RenderBatch
from trafficctl_server.drivers.results import Failure, FailureKind, RenderOutcome
from trafficctl_server.drivers.supervisor import Answered

MESH: Final = MeshFacts(
    mesh_id="",
    trust_domain="cluster.local",
    root_namespace="istio-system",
    cluster_domain="cluster.local",
    suffix="global",
    version="",
    revision="",
)
SLICE: Final = TrafficSlice(
    scope=Scope(kind=ScopeKind.NAMESPACE, key="shop"), cluster="west", mesh=MESH
)


def body(spec: object) -> dict[str, Any]:
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}, "spec": spec}


def numbers_of_size(size: int) -> list[float]:
    """Give short numbers that make a body of so many bytes: most of it is what stands between."""
    found = [1e15]  # 1000000000000000.0 in words, 1e15 as it could also be written
    each = json_size(body(found * 2)) - json_size(body(found))
    found *= (size - json_size(body([]))) // each
    return found


def host_says(spec: object) -> RenderOutcome:
    batch = RenderBatch([SLICE], frozenset(ScopeKind), lambda: "1")
    batch.question(0)
    batch.take(0, Answered(data={"manifests": [{"body": body(spec), "wave": 1}]}))
    return batch.result(0).outcome


def kit_takes(spec: object) -> bool:
    try:
        check_rendering(Rendering(manifests=(Manifest(body=body(spec), wave=1),)), ())
    except InvalidOutputError:
        return False
    return True


@pytest.mark.parametrize(
    ("spec", "fits"),
    [
        ("x", True),
        (numbers_of_size(LARGEST_MANIFEST - 100), True),
        (numbers_of_size(LARGEST_MANIFEST + 100), False),
        (["ü"] * (LARGEST_MANIFEST // 7), True),
        (["ü"] * (LARGEST_MANIFEST // 5), False),
        (2**70, True),
        (float("nan"), False),
        (float("inf"), False),
        ("\ud800", False),
    ],
    ids=lambda it: type(it).__name__,
)
def test_host_and_kit_agree_to_the_byte(spec: object, *, fits: bool) -> None:
    outcome = host_says(spec)
    assert kit_takes(spec) is fits
    assert isinstance(outcome, Rendering) is fits
    assert fits or (isinstance(outcome, Failure) and outcome.kind is FailureKind.INVALID_OUTPUT)
