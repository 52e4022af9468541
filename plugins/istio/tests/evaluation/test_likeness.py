"""Requests that no object tells apart are followed once."""

from dataclasses import replace
from typing import Any

from trafficctl_istio import evaluation
from trafficctl_istio.evaluation.likeness import Likeness
from trafficctl_sdk.explain import ExplainRequest, Inventory, InventoryCluster, PlacedObject
from trafficctl_sdk.slices.cluster_facts import MeshFacts

_MESH = MeshFacts(
    mesh_id="mesh",
    trust_domain="cluster.local",
    root_namespace="istio-system",
    cluster_domain="cluster.local",
    suffix="global",
    version="1.31",
    revision="",
)
_CALL = ExplainRequest(
    cluster="east",
    namespace="shop",
    service_account="client",
    in_mesh=True,
    host="server",
    port=80,
    method="GET",
    path="/a/1",
)


def _likeness(kind: str, spec: dict[str, Any]) -> Likeness:
    group = "security" if kind == "AuthorizationPolicy" else "networking"
    body = {
        "apiVersion": f"{group}.istio.io/v1",
        "kind": kind,
        "metadata": {"namespace": "shop", "name": "server"},
        "spec": spec,
    }
    clusters = (InventoryCluster(id="east", mesh=_MESH),)
    placed = PlacedObject(cluster="east", body=body)
    return Likeness(evaluation.index([placed], Inventory(clusters=clusters)))


def test_a_policy_tells_apart_what_its_operations_do() -> None:
    operation = {"methods": ["GET", "HEAD"], "paths": ["/a", "/a/*"]}
    likeness = _likeness("AuthorizationPolicy", {"rules": [{"to": [{"operation": operation}]}]})
    inside = likeness.of(_CALL)
    assert likeness.of(replace(_CALL, method="HEAD", path="/a")) == inside
    outside = likeness.of(replace(_CALL, path="/b"))
    assert outside != inside
    assert likeness.of(replace(_CALL, method="POST")) == outside


def test_a_route_tells_apart_what_its_matches_do() -> None:
    match = {"uri": {"prefix": "/a"}, "queryParams": {"new": {"exact": "1"}}}
    likeness = _likeness("VirtualService", {"hosts": ["server"], "http": [{"match": [match]}]})
    assert likeness.of(_CALL) == likeness.of(replace(_CALL, path="/b?new=1"))
    assert likeness.of(_CALL) != likeness.of(replace(_CALL, path="/a?new=1"))


def test_where_paths_are_written_anew_every_path_is_its_own() -> None:
    route = {"match": [{"uri": {"prefix": "/a"}}], "rewrite": {"uri": "/"}}
    likeness = _likeness("VirtualService", {"hosts": ["server"], "http": [route]})
    assert likeness.of(_CALL) != likeness.of(replace(_CALL, path="/a/2"))


def test_callers_and_names_are_never_taken_for_each_other() -> None:
    likeness = _likeness("AuthorizationPolicy", {})
    others = (
        replace(_CALL, service_account="other"),
        replace(_CALL, host="other"),
        replace(_CALL, port=81),
        replace(_CALL, in_mesh=False),
        replace(_CALL, pod_labels={"app": "client"}),
        replace(_CALL, headers={"a": "1"}),
        replace(_CALL, source_address="192.0.2.1"),
    )
    assert all(likeness.of(it) != likeness.of(_CALL) for it in others)
    assert likeness.of(replace(_CALL, path="/b")) == likeness.of(_CALL)
