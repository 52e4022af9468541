"""The workload of a dedicated egress gateway: scaled, spread, and safe when nodes drain."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest
from trafficctl_istio.plugin import trafficctl_render_slice
from trafficctl_sdk.slices import TrafficSlice

Case = Callable[[str], TrafficSlice]


@pytest.fixture
def objects(case: Case) -> Mapping[str, Any]:
    """Give the one object of each kind but policies."""
    manifests = trafficctl_render_slice(case("gateway")).manifests
    return {str(one.body["kind"]): one.body for one in manifests}


def test_the_autoscaler_alone_decides_how_many_pods_run(objects: Mapping[str, Any]) -> None:
    """A number in the Deployment would take back at each delivery what the autoscaler did."""
    assert "replicas" not in objects["Deployment"]["spec"]
    scaler = objects["HorizontalPodAutoscaler"]["spec"]
    assert scaler["scaleTargetRef"] == {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "name": objects["Deployment"]["metadata"]["name"],
    }
    assert (scaler["minReplicas"], scaler["maxReplicas"]) == (2, 5)


def test_load_is_a_share_of_what_the_proxy_asks_for(objects: Mapping[str, Any]) -> None:
    """Without a request for CPU there is nothing to take a share of, and nothing scales."""
    (metric,) = objects["HorizontalPodAutoscaler"]["spec"]["metrics"]
    assert metric["resource"]["target"]["type"] == "Utilization"
    (proxy,) = objects["Deployment"]["spec"]["template"]["spec"]["containers"]
    assert proxy["resources"]["requests"][metric["resource"]["name"]]


def test_the_pods_that_are_spared_spread_and_selected_are_the_same(
    objects: Mapping[str, Any],
) -> None:
    labels = objects["Service"]["spec"]["selector"]
    pods = objects["Deployment"]["spec"]["template"]
    assert labels.items() <= pods["metadata"]["labels"].items()
    assert objects["PodDisruptionBudget"]["spec"]["selector"]["matchLabels"] == labels
    spread = pods["spec"]["topologySpreadConstraints"]
    assert [one["labelSelector"]["matchLabels"] for one in spread] == [labels, labels]
    assert {one["whenUnsatisfiable"] for one in spread} == {"ScheduleAnyway"}


def test_the_only_pod_does_not_keep_a_node_from_draining(case: Case) -> None:
    slice_ = case("gateway")
    assert slice_.gateway
    one = replace(slice_, gateway=replace(slice_.gateway, min_replicas=1, max_replicas=1))
    (budget,) = (
        manifest.body["spec"]
        for manifest in trafficctl_render_slice(one).manifests
        if manifest.body["kind"] == "PodDisruptionBudget"
    )
    assert isinstance(budget, dict)
    assert budget["maxUnavailable"] == 1
    assert "minAvailable" not in budget
