"""What the paper mesh writes for one workload."""

from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from trafficctl_example.plugin import (
    trafficctl_driver_info,
    trafficctl_render_slice,
    trafficctl_validate_intent,
)
from trafficctl_sdk import Refused, Scope, ScopeKind, TrafficSlice
from trafficctl_sdk.codec import canonical
from trafficctl_sdk.model.access import AccessRule, Caller, HttpOperation, PathMatch
from trafficctl_sdk.model.common import Protocol
from trafficctl_sdk.model.intracluster_intent import IntraclusterIntent
from trafficctl_sdk.slices import Grant, MeshFacts, WorkloadSlice

READ = AccessRule(
    action=AccessRule.Action.ALLOW,
    http=HttpOperation(methods=("GET",), paths=(PathMatch(exact="/books"),)),
)
ALL = AccessRule(action=AccessRule.Action.ALLOW, all_requests=AccessRule.AllRequests())
PAGE = "cluster.local/ns/shop/sa/page"
AUDIT = "cluster.local/ns/audit/sa/*"
GRANTS = (
    Grant(port=8080, protocol=Protocol.Value.HTTP, access=(READ,), principals=(PAGE,)),
    Grant(port=8080, protocol=Protocol.Value.HTTP, access=(ALL,), principals=(AUDIT,)),
    Grant(port=9000, protocol=Protocol.Value.TCP, access=(ALL,)),
)


def workload_slice(grants: tuple[Grant, ...]) -> TrafficSlice:
    return TrafficSlice(
        scope=Scope(kind=ScopeKind.WORKLOAD, key="shop/reviews"),
        cluster="east",
        mesh=MeshFacts(
            mesh_id="m",
            trust_domain="cluster.local",
            root_namespace="r",
            cluster_domain="cluster.local",
            suffix="global",
            version="1",
            revision="",
        ),
        workload=WorkloadSlice(
            namespace="shop",
            service="reviews",
            pod_labels={"app": "reviews"},
            grants=grants,
            mutual_tls=(),
        ),
    )


def test_each_port_has_its_callers() -> None:
    (manifest,) = trafficctl_render_slice(workload_slice(GRANTS)).manifests

    assert manifest.body["kind"] == "ConfigMap"
    assert manifest.body["data"] == {
        "port-8080": f"{AUDIT}: everything\n{PAGE}: GET /books",
        "port-9000": "anyone: everything",
    }


def test_the_order_of_grants_changes_no_byte() -> None:
    forwards = trafficctl_render_slice(workload_slice(GRANTS))
    backwards = trafficctl_render_slice(workload_slice(GRANTS[::-1]))

    assert canonical(forwards) == canonical(backwards)


def test_the_readme_shows_what_is_rendered() -> None:
    readme = (Path(__file__).parents[1] / "README.md").read_text()
    shown = yaml.safe_load(readme.partition("```yaml\n")[2].partition("```")[0])

    (manifest,) = trafficctl_render_slice(workload_slice(GRANTS[:1])).manifests

    assert manifest.body == shown


def test_only_declared_scopes_are_rendered() -> None:
    assert trafficctl_driver_info().scope_kinds == (ScopeKind.WORKLOAD,)
    with pytest.raises(Refused, match="only workloads"):
        trafficctl_render_slice(replace(workload_slice(()), workload=None))


def test_an_intent_must_fit_on_paper() -> None:
    intent = IntraclusterIntent(callers=(Caller(),) * 101)

    (violation,) = trafficctl_validate_intent(intent, ())

    assert violation.field == "callers[100]"
    assert not trafficctl_validate_intent(replace(intent, callers=(Caller(),) * 100), ())
