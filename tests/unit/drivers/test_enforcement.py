"""Nothing that an intent says may be ignored in any cluster."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from trafficctl_sdk import Capability
from trafficctl_sdk.codec import leaves
from trafficctl_sdk.core_fields import CORE_FIELDS, served_by_core
from trafficctl_sdk.model.access import (
    AccessRule,
    Caller,
    EgressPath,
    ServiceDestination,
    WorkloadRef,
)
from trafficctl_sdk.model.common import IntentPort, Protocol
from trafficctl_sdk.model.intercluster_intent import InterclusterIntent

from trafficctl_server.drivers.enforcement import unsupported
from trafficctl_server.drivers.host import DriverState, DriverStatus, Isolation

INTENT = InterclusterIntent(
    name="intents/i",
    etag="x",
    labels={"team": "a"},
    destination=ServiceDestination(workload="reviews"),
    ports=(
        IntentPort(port=80, protocol=Protocol.Value.HTTP),
        IntentPort(port=90, protocol=Protocol.Value.UDP),
    ),
    callers=(
        Caller(
            workload=WorkloadRef(workload="page"),
            access=(
                AccessRule(action=AccessRule.Action.ALLOW, all_requests=AccessRule.AllRequests()),
            ),
            egress=EgressPath(dedicated_gateway=EgressPath.DedicatedGateway()),
        ),
    ),
)
ALL = frozenset(
    f"intercluster.{leaf.pattern}"
    for leaf in leaves(INTENT)
    if not served_by_core("intercluster", leaf.pattern)
)

FIELDS = [
    "ports[0].port",
    "ports[0].protocol",
    "ports[1].port",
    "ports[1].protocol",
    "callers[0].access[0].action",
    "callers[0].access[0].all_requests",
    "callers[0].egress.dedicated_gateway",
]


def driver(name: str, paths: frozenset[str]) -> DriverStatus:
    return DriverStatus(
        name=name,
        distribution=name,
        version="1",
        state=DriverState.LOADED,
        isolation=Isolation(pids=(), time_limit=1, memory_limit=1),
        capabilities=tuple(Capability(path=path) for path in sorted(paths)),
    )


def test_what_is_declared_is_accepted_and_what_the_core_serves_needs_no_driver() -> None:
    assert unsupported("intercluster", INTENT, {"east": [driver("istio", ALL)]}) == ()
    assert {"intercluster.destination.workload", "intercluster.name"}.isdisjoint(ALL)


def test_values_and_empty_branches_are_leaves() -> None:
    declared = ALL - {
        "intercluster.ports.protocol.UDP",
        "intercluster.callers.egress.dedicated_gateway",
    }

    violations = unsupported("intercluster", INTENT, {"east": [driver("istio", declared)]})

    assert [(item.field, item.rule) for item in violations] == [
        ("ports[1].protocol", "FIELD_NOT_SUPPORTED"),
        ("callers[0].egress.dedicated_gateway", "FIELD_NOT_SUPPORTED"),
    ]
    assert violations[0].description == (
        "ports[1].protocol UDP is not enforced by driver istio in cluster east; leave it out"
    )


def test_several_drivers_of_a_cluster_may_share_the_work_but_not_those_of_another() -> None:
    one = driver("istio", frozenset(path for path in ALL if "ports" in path))
    two = driver("sdwan", frozenset(path for path in ALL if "ports" not in path))

    assert unsupported("intercluster", INTENT, {"east": [one, two]}) == ()
    violations = unsupported("intercluster", INTENT, {"east": [one], "west": [two]})
    assert [item.field for item in violations] == FIELDS
    assert {item.description.rpartition(" in ")[2] for item in violations} == {
        "cluster east; leave it out",
        "cluster west; leave it out",
    }


def test_a_cluster_without_drivers_enforces_nothing() -> None:
    clusters = {f"c{number}": () for number in range(9)}

    violations = unsupported("intercluster", INTENT, {**clusters, "z": [driver("istio", ALL)]})

    assert [item.field for item in violations] == FIELDS
    assert "any driver, as there is none, in clusters c0, c1, c2 and 6 more" in (
        violations[0].description
    )


@given(st.sets(st.sampled_from(sorted(ALL))))
def test_every_undeclared_leaf_is_named_and_no_other(missing: set[str]) -> None:
    violations = unsupported("intercluster", INTENT, {"e": [driver("istio", ALL - missing)]})

    expected = [leaf.path for leaf in leaves(INTENT) if f"intercluster.{leaf.pattern}" in missing]
    assert [item.field for item in violations] == expected


def test_a_field_that_a_driver_never_heard_of_is_refused() -> None:
    newer = replace(INTENT, external_prefix="shop")

    (violation,) = unsupported("intercluster", newer, {"east": [driver("old", ALL)]})

    assert violation.field == "external_prefix"


def test_a_pattern_below_a_message_covers_the_message_itself() -> None:
    assert served_by_core("intercluster", "clusters.all_clusters")
    assert served_by_core("intercluster", "clusters")
    assert not served_by_core("intercluster", "clustersX")
    assert not served_by_core("outbound", "clusters.all_clusters")
    assert set(CORE_FIELDS) == {
        "intercluster",
        "intracluster",
        "outbound",
        "inbound",
        "dns-provider",
    }
