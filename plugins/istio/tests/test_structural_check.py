"""The check that goldens pass can fail: strictness is shown on planted mistakes."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

Check = Callable[[Mapping[str, Any]], list[str]]


def _object(kind: str, spec: object, group: str = "networking.istio.io") -> dict[str, Any]:
    metadata = {"name": "a", "namespace": "b"}
    return {"apiVersion": f"{group}/v1", "kind": kind, "metadata": metadata, "spec": spec}


@pytest.mark.parametrize(
    ("kind", "spec", "found"),
    [
        ("ServiceEntry", {"hosts": ["a.example"], "exportsTo": ["."]}, ".spec.exportsTo: unknown"),
        (
            "ServiceEntry",
            {"hosts": ["a.example"], "resolution": "STATICAL"},
            ".spec.resolution: STATICAL is none of",
        ),
        ("ServiceEntry", {"location": "MESH_EXTERNAL"}, ".spec.hosts: missing"),
        ("VirtualService", {"hosts": "a.example"}, ".spec.hosts: not of type array"),
        (
            "DestinationRule",
            {"host": "a", "trafficPolicy": {"outlierDetection": {"maxEjectionPercent": "50"}}},
            "maxEjectionPercent: not of type integer",
        ),
        (
            "DestinationRule",
            {
                "host": "a",
                "trafficPolicy": {"loadBalancer": {"simple": "RANDOM", "consistentHash": {}}},
            },
            "not exactly one alternative",
        ),
    ],
)
def test_a_mistake_in_an_istio_object_is_found(
    structural_errors: Check, kind: str, spec: object, found: str
) -> None:
    assert any(found in error for error in structural_errors(_object(kind, spec)))


def test_an_unknown_field_of_metadata_is_found(structural_errors: Check) -> None:
    body = _object("ServiceEntry", {"hosts": ["a.example"]})
    body["metadata"]["label"] = {}
    assert structural_errors(body) == ["metadata.label: unknown"]


def test_a_mistake_in_a_kubernetes_object_is_found(structural_errors: Check) -> None:
    body = {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": "a"},
        "spec": {"replicas": "2", "template": {"spec": {"containers": [{"img": "auto"}]}}},
    }
    assert structural_errors(body) == [
        ".spec.replicas: not int",
        ".spec.template.spec.containers[0].img: unknown",
    ]
