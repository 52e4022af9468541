"""What of a traffic policy is refused rather than lost, or told beside it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from trafficctl_istio.plugin import trafficctl_render_slice, trafficctl_validate_intent
from trafficctl_sdk.codec import from_json
from trafficctl_sdk.errors import Refused
from trafficctl_sdk.model.common import Protocol
from trafficctl_sdk.model.intercluster_intent import InterclusterIntent
from trafficctl_sdk.model.traffic_policy import ClusterOverride, TrafficPolicy
from trafficctl_sdk.slices import TrafficSlice

Case = Callable[[str], TrafficSlice]
Calls = Callable[..., TrafficSlice]
SECOND = 1_000_000_000


def policy(**stated: Any) -> TrafficPolicy:
    return from_json(TrafficPolicy, stated)


def refused(slice_: TrafficSlice) -> list[str]:
    with pytest.raises(Refused) as caught:
        trafficctl_render_slice(slice_)
    return [one.field for one in caught.value.violations]


def refusal(calls: Calls, stated: TrafficPolicy, **how: Any) -> list[str]:
    return refused(calls(stated, **how))


def route(**stated: Any) -> TrafficPolicy:
    return policy(routes=[{"id": "a", "matches": [{"path": {"prefix": "/a"}}], **stated}])


@pytest.mark.parametrize(
    ("stated", "field"),
    [
        ({"timeout": SECOND}, "timeout"),
        ({"retries": {"attempts": 1, "idempotence": "IDEMPOTENT"}}, "retries"),
        ({"fault": {"abort": {"http_status": 500, "percent": 1}}}, "fault"),
        (
            {"load_balancing": {"consistent_hash": {"header": "x"}}},
            "load_balancing.consistent_hash.header",
        ),
        ({"connection_limits": {"max_pending": 1}}, "connection_limits.max_pending"),
        ({"routes": [{"id": "a", "matches": [{"methods": ["GET"]}], "forward": {}}]}, "routes"),
    ],
)
def test_what_speaks_of_requests_is_refused_on_a_port_of_bytes(
    calls: Calls, stated: Any, field: str
) -> None:
    assert refusal(calls, policy(**stated), protocol=Protocol.Value.TCP) == [
        f"traffic_policy.{field}"
    ]


@pytest.mark.parametrize(
    ("stated", "field"),
    [
        ({"timeout": 1500000}, "timeout"),
        ({"connection_limits": {"idle_timeout": 0}}, "connection_limits.idle_timeout"),
        (
            {"connection_limits": {"keepalive": {"time": 500000000}}},
            "connection_limits.keepalive.time",
        ),
        ({"load_balancing": {"random": {}, "warmup": SECOND}}, "load_balancing.warmup"),
        (
            {"load_balancing": {"round_robin": {}, "warmup_aggression": 2}},
            "load_balancing.warmup_aggression",
        ),
        (
            {"load_balancing": {"consistent_hash": {"header": "x", "maglev": {"table_size": 100}}}},
            "load_balancing.consistent_hash.maglev.table_size",
        ),
    ],
)
def test_a_value_that_istio_would_not_take(calls: Calls, stated: Any, field: str) -> None:
    assert refusal(calls, policy(**stated)) == [f"traffic_policy.{field}"]
    assert _violations(policy(**stated)) == [f"traffic_policy.{field}"]


def test_a_dialled_address_leaves_no_share_to_shift() -> None:
    weights = [{"subset": "v1", "weight": 100}]
    stated = policy(load_balancing={"passthrough": {}}, shift={"subsets": {"weights": weights}})
    assert _violations(stated) == ["traffic_policy.load_balancing.passthrough"]


@pytest.mark.parametrize(
    ("stated", "fields"),
    [
        ({"redirect": {"code": 302}}, ["redirect"]),
        ({"redirect": {"path": "/b"}, "timeout": SECOND}, ["timeout"]),
        ({"respond": {"status": 200}, "request_headers": {"remove": ["a"]}}, ["request_headers"]),
        (
            {"matches": [{"path": {"exact": "/a"}}], "forward": {}, "rewrite": {"prefix": "/b"}},
            ["matches[0].path"],
        ),
        (
            {
                "matches": [
                    {"headers": [{"name": "X", "exact": "1"}, {"name": "x", "absent": {}}]}
                ],
                "forward": {},
            },
            ["matches[0].headers[0].name", "matches[0].headers[1].name"],
        ),
        (
            {"matches": [{"headers": [{"name": "authority", "exact": "1"}]}], "forward": {}},
            ["matches[0].headers[0].name"],
        ),
    ],
)
def test_a_route_that_istio_would_not_take(calls: Calls, stated: Any, fields: list[str]) -> None:
    full = [f"traffic_policy.routes[0].{it}" for it in fields]
    assert refusal(calls, route(**stated)) == full
    assert _violations(route(**stated)) == full


def _violations(stated: TrafficPolicy) -> list[str]:
    inside = InterclusterIntent(traffic_policy=stated)
    below = InterclusterIntent(overrides=(ClusterOverride(traffic_policy=stated),))
    found = [it.field for it in trafficctl_validate_intent(inside, ())]
    again = [it.field for it in trafficctl_validate_intent(below, ())]
    assert again == [f"overrides[0].{it}" for it in found]
    return found


@pytest.mark.parametrize(
    ("stated", "field", "version", "older"),
    [
        (
            {"load_balancing": {"round_robin": {}, "warmup": SECOND, "warmup_aggression": 2}},
            "load_balancing.warmup_aggression",
            "1.24",
            "1.23.4",
        ),
        (
            {"retries": {"attempts": 1, "idempotence": "IDEMPOTENT", "backoff": SECOND}},
            "retries.backoff",
            "1.26",
            "",
        ),
    ],
)
def test_what_only_newer_meshes_know(
    calls: Calls, stated: Any, field: str, version: str, older: str
) -> None:
    slice_ = calls(policy(**stated))
    old = replace(slice_, mesh=replace(slice_.mesh, version=older))
    assert refused(old) == [f"traffic_policy.{field}"]
    new = replace(slice_, mesh=replace(slice_.mesh, version=version))
    assert trafficctl_render_slice(new).manifests


def test_a_gateway_that_sees_connections_only_cannot_hold_what_is_about_requests(
    calls: Calls,
) -> None:
    name = "destination-egress-gateways"
    hashed = policy(load_balancing={"consistent_hash": {"header": "x"}})
    assert refused(calls(hashed, case_name=name)) == [
        "traffic_policy.load_balancing.consistent_hash.header"
    ]
    manifests = trafficctl_render_slice(calls(policy(timeout=SECOND), case_name=name)).manifests
    bodies: list[Any] = [it.body for it in manifests if it.body["kind"] == "VirtualService"]
    (service,) = bodies
    forwarded = [it for it in service["spec"]["http"] if "route" in it]
    assert forwarded
    assert all(it["timeout"] == "1s" for it in forwarded)


def test_a_fault_says_that_it_switches_the_timeout_off(case: Case) -> None:
    slice_ = case("destination-traffic-policy")
    (notice,) = trafficctl_render_slice(slice_).notices
    assert notice.intent == slice_.origins[0].intent
    assert notice.reason == "FAULT_DISABLES_TIMEOUT"


def test_a_fault_alone_needs_no_word(calls: Calls) -> None:
    fault = policy(fault={"abort": {"http_status": 500, "percent": 1}})
    assert (
        trafficctl_render_slice(calls(fault, case_name="destination-traffic-policy")).notices == ()
    )
