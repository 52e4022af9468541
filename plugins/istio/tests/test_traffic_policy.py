"""What a traffic policy becomes."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from trafficctl_istio.plugin import trafficctl_render_slice
from trafficctl_sdk.codec import from_json
from trafficctl_sdk.model.common import Protocol
from trafficctl_sdk.model.traffic_policy import TrafficPolicy
from trafficctl_sdk.slices import TrafficSlice

Calls = Callable[..., TrafficSlice]
HTTP = Protocol.Value.HTTP
TCP = Protocol.Value.TCP
SECOND = 1_000_000_000


def policy(**stated: Any) -> TrafficPolicy:
    return from_json(TrafficPolicy, stated)


def objects(slice_: TrafficSlice, kind: str) -> list[Any]:
    manifests = trafficctl_render_slice(slice_).manifests
    return [one.body for one in manifests if one.body["kind"] == kind]


def block(calls: Calls, stated: TrafficPolicy | None, **how: Any) -> Any:
    slice_ = calls(stated, **how)
    (rule,) = objects(slice_, "DestinationRule")
    (found,) = rule["spec"]["trafficPolicy"]["portLevelSettings"]
    return found


def routes(calls: Calls, stated: TrafficPolicy) -> list[Any]:
    slice_ = calls(stated)
    (service,) = objects(slice_, "VirtualService")
    return list(service["spec"]["http"])


@pytest.mark.parametrize(
    ("stated", "rendered"),
    [
        ({"round_robin": {}}, {"simple": "ROUND_ROBIN"}),
        ({"least_request": {}}, {"simple": "LEAST_REQUEST"}),
        ({"random": {}}, {"simple": "RANDOM"}),
        (
            {"least_request": {}, "warmup": 90500000000},
            {"simple": "LEAST_REQUEST", "warmupDurationSecs": "90.5s"},
        ),
        (
            {"round_robin": {}, "warmup": SECOND, "warmup_aggression": 2.5},
            {"simple": "ROUND_ROBIN", "warmup": {"duration": "1s", "aggression": 2.5}},
        ),
        (
            {"consistent_hash": {"header": "x-user"}},
            {"consistentHash": {"httpHeaderName": "x-user"}},
        ),
        (
            {"consistent_hash": {"query_parameter": "id", "ring": {}}},
            {
                "consistentHash": {
                    "httpQueryParameterName": "id",
                    "ringHash": {"minimumRingSize": 1024},
                }
            },
        ),
        (
            {"consistent_hash": {"source_address": {}, "maglev": {"table_size": 251}}},
            {"consistentHash": {"useSourceIp": True, "maglev": {"tableSize": 251}}},
        ),
    ],
)
def test_load_balancing(calls: Calls, stated: Any, rendered: Any) -> None:
    found = block(calls, policy(load_balancing=stated))["loadBalancer"]
    assert found.pop("localityLbSetting") == {"enabled": True}
    assert found == rendered


@pytest.mark.parametrize(
    ("stated", "trigger"),
    [
        ({"gateway_errors": 4}, {"consecutiveGatewayErrors": 4, "consecutive5xxErrors": 0}),
        ({"server_errors": 4}, {"consecutive5xxErrors": 4}),
        (
            {"connect_failures": 4},
            {
                "consecutive5xxErrors": 0,
                "splitExternalLocalOriginErrors": True,
                "consecutiveLocalOriginFailures": 4,
            },
        ),
    ],
)
def test_outlier_detection_never_takes_the_last_one(
    calls: Calls, stated: dict[str, Any], trigger: Any
) -> None:
    for endpoints, asked, most in ((1, 0, 1), (2, 100, 50), (3, 0, 66), (3, 20, 20), (4, 90, 75)):
        asking = policy(outlier_detection={**stated, "max_percent": asked})
        found = block(calls, asking, endpoints=endpoints)["outlierDetection"]
        assert found == {
            **trigger,
            "interval": "10s",
            "baseEjectionTime": "30s",
            "maxEjectionPercent": most,
        }


@pytest.mark.parametrize(
    "locality",
    [
        None,
        {"prefer_local": {}},
        {"failover": {"rules": [{"from_region": "a", "to_region": "b"}]}},
        {"failover_priority": {"labels": ["topology.kubernetes.io/region"]}},
    ],
)
def test_failover_over_clusters_has_all_its_parts(calls: Calls, locality: Any) -> None:
    """Without detection it would be ignored in silence; without a timeout callers would hang."""
    found = block(calls, policy(locality=locality) if locality else None)
    assert found["outlierDetection"]["consecutiveLocalOriginFailures"] == 3
    assert found["connectionPool"]["tcp"]["connectTimeout"] == "1s"
    assert found["loadBalancer"]["localityLbSetting"]["enabled"] is True


def test_what_is_stated_of_failover_holds(calls: Calls) -> None:
    stated = policy(
        outlier_detection={"server_errors": 7}, connection_limits={"connect_timeout": 300000000}
    )
    found = block(calls, stated)
    assert found["outlierDetection"]["consecutive5xxErrors"] == 7
    assert found["connectionPool"] == {"tcp": {"connectTimeout": "0.3s"}}


def test_places_without_a_zone_are_whole_regions(calls: Calls) -> None:
    rule = {
        "from_locality": {"region": "a"},
        "to": [
            {"locality": {"region": "b", "zone": "z"}, "weight": 70},
            {"locality": {"region": "b", "zone": "z", "sub_zone": "s"}, "weight": 30},
        ],
    }
    found = block(calls, policy(locality={"distribute": {"rules": [rule]}}))
    assert found["loadBalancer"]["localityLbSetting"]["distribute"] == [
        {"from": "a/*", "to": {"b/z/*": 70, "b/z/s": 30}}
    ]


def test_an_idle_timeout_is_that_of_requests_or_of_connections(calls: Calls) -> None:
    stated = policy(connection_limits={"idle_timeout": SECOND, "connect_timeout": SECOND})
    on_http = block(calls, stated)["connectionPool"]
    on_tcp = block(calls, stated, protocol=TCP)["connectionPool"]
    assert on_http["http"] == {"idleTimeout": "1s"}
    assert on_tcp == {"tcp": {"connectTimeout": "1s", "idleTimeout": "1s"}}


@pytest.mark.parametrize(
    ("conditions", "retry_on"),
    [
        ([], "connect-failure,refused-stream"),
        (["SERVER_ERROR", "RESET"], "reset,5xx"),
        (["STATUSES", "GATEWAY_ERROR"], "gateway-error,429,503"),
        (
            ["UNAVAILABLE", "CANCELLED", "DEADLINE_EXCEEDED", "RESOURCE_EXHAUSTED"],
            "unavailable,cancelled,deadline-exceeded,resource-exhausted",
        ),
    ],
)
def test_retries_only_after_what_is_stated(
    calls: Calls, conditions: list[str], retry_on: str
) -> None:
    statuses = [503, 429] if "STATUSES" in conditions else []
    retries = {
        "attempts": 1,
        "conditions": conditions,
        "statuses": statuses,
        "idempotence": "IDEMPOTENT",
    }
    (route,) = routes(calls, policy(retries=retries))
    assert route["retries"] == {"attempts": 1, "retryOn": retry_on}


def test_no_attempts_turn_retries_off(calls: Calls) -> None:
    """Left out, the mesh would repeat on its own account."""
    (route,) = routes(calls, policy(retries={"attempts": 0, "idempotence": "NOT_IDEMPOTENT"}))
    assert route["retries"] == {"attempts": 0}


def test_a_stated_default_backoff_needs_no_newer_mesh(calls: Calls) -> None:
    retries = {"attempts": 1, "idempotence": "IDEMPOTENT", "backoff": 25000000}
    (route,) = routes(calls, policy(retries=retries))
    assert "backoff" not in route["retries"]


def route(**stated: Any) -> TrafficPolicy:
    return policy(routes=[{"id": "a", "matches": [{"path": {"prefix": "/a"}}], **stated}])


@pytest.mark.parametrize(
    ("old", "new", "path", "becomes"),
    [
        ("/a", "/b", "/a", "/b"),
        ("/a", "/b", "/a/x", "/b/x"),
        ("/a/", "/b/", "/a/x", "/b/x"),
        ("/a", "/", "/a", "/"),
        ("/a", "/", "/a/x", "/x"),
        ("/", "/b", "/x", "/b/x"),
        ("/a.b", "/c\\1", "/a.b/x", "/c\\1/x"),
    ],
)
def test_a_rewritten_prefix_is_whole_segments(
    calls: Calls, old: str, new: str, path: str, becomes: str
) -> None:
    stated = policy(
        routes=[
            {
                "id": "a",
                "matches": [{"path": {"prefix": old}}],
                "forward": {},
                "rewrite": {"prefix": new},
            }
        ]
    )
    rewrite = routes(calls, stated)[0]["rewrite"]["uriRegexRewrite"]
    assert re.sub(rewrite["match"], rewrite["rewrite"], path) == becomes


def test_two_rewritten_prefixes_have_a_route_each(calls: Calls) -> None:
    stated = policy(
        routes=[
            {
                "id": "a",
                "matches": [{"path": {"prefix": "/a"}}, {"path": {"prefix": "/b"}}],
                "forward": {},
                "rewrite": {"prefix": "/c"},
            }
        ]
    )
    first, second, rest = routes(calls, stated)
    assert [it["uri"] for it in first["match"]] == [{"exact": "/a"}, {"prefix": "/a/"}]
    assert second["rewrite"]["uriRegexRewrite"]["match"] == "^/b"
    assert "name" not in rest


@pytest.mark.parametrize(
    ("path", "matching", "others"),
    [
        ({"suffix": ".php"}, ["/x.php", "/.php"], ["/xphp", "/x.php/y"]),
        ({"template": "/a/{*}/b"}, ["/a/x/b"], ["/a/x/y/b", "/a//b", "/a/x/b/"]),
        ({"template": "/a/{**}"}, ["/a/x/y", "/a/"], ["/b/x", "/a"]),
        ({"suffix": "/a+b"}, ["/x/a+b"], ["/x/aab"]),
    ],
)
def test_paths_that_need_an_expression(
    calls: Calls, path: Any, matching: list[str], others: list[str]
) -> None:
    stated = policy(routes=[{"id": "a", "matches": [{"path": path}], "forward": {}}])
    expression = routes(calls, stated)[0]["match"][0]["uri"]["regex"]
    assert all(re.fullmatch(expression, it) for it in matching)
    assert not any(re.fullmatch(expression, it) for it in others)


def test_a_route_that_goes_nowhere_has_nothing_of_the_policy(calls: Calls) -> None:
    stated = policy(
        timeout=SECOND,
        routes=[{"id": "a", "matches": [{"methods": ["GET"]}], "respond": {"status": 410}}],
    )
    first, rest = routes(calls, stated)
    assert set(first) == {"name", "match", "directResponse"}
    assert rest["timeout"] == "1s"


def test_a_route_keeps_what_the_policy_says_and_it_does_not(calls: Calls) -> None:
    stated = policy(
        timeout=SECOND,
        retries={"attempts": 5, "idempotence": "IDEMPOTENT"},
        routes=[
            {"id": "a", "matches": [{"methods": ["GET"]}], "forward": {}, "timeout": 2000000000}
        ],
    )
    first, _ = routes(calls, stated)
    assert first["timeout"] == "2s"
    assert first["retries"]["attempts"] == 5
