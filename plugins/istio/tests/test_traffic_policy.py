"""What a traffic policy becomes, and what of it is refused rather than lost."""

import re
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
from trafficctl_sdk.slices import PortTreatment, TrafficSlice

Case = Callable[[str], TrafficSlice]
HTTP = Protocol.Value.HTTP
TCP = Protocol.Value.TCP
SECOND = 1_000_000_000


def policy(**stated: Any) -> TrafficPolicy:
    return from_json(TrafficPolicy, stated)


def with_policy(
    slice_: TrafficSlice,
    stated: TrafficPolicy | None,
    protocol: Protocol.Value = HTTP,
    endpoints: int = 2,
) -> TrafficSlice:
    """Give a slice that calls one port of so many serving clusters."""
    assert slice_.destination
    assert slice_.destination.calling
    calling = slice_.destination.calling
    several = tuple(replace(calling.endpoints[0], cluster=f"c{at}") for at in range(endpoints))
    ports = (PortTreatment(port=80, protocol=protocol, traffic_policy=stated),)
    calling = replace(calling, endpoints=several, ports=ports)
    return replace(slice_, destination=replace(slice_.destination, calling=calling))


def objects(slice_: TrafficSlice, kind: str) -> list[Any]:
    manifests = trafficctl_render_slice(slice_).manifests
    return [one.body for one in manifests if one.body["kind"] == kind]


def block(case: Case, stated: TrafficPolicy | None, **how: Any) -> Any:
    slice_ = with_policy(case("destination-calling"), stated, **how)
    (rule,) = objects(slice_, "DestinationRule")
    (found,) = rule["spec"]["trafficPolicy"]["portLevelSettings"]
    return found


def routes(case: Case, stated: TrafficPolicy) -> list[Any]:
    slice_ = with_policy(case("destination-calling"), stated)
    (service,) = objects(slice_, "VirtualService")
    return list(service["spec"]["http"])


def refused(slice_: TrafficSlice) -> list[str]:
    with pytest.raises(Refused) as caught:
        trafficctl_render_slice(slice_)
    return [one.field for one in caught.value.violations]


def refusal(case: Case, stated: TrafficPolicy, **how: Any) -> list[str]:
    return refused(with_policy(case("destination-calling"), stated, **how))


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
def test_load_balancing(case: Case, stated: Any, rendered: Any) -> None:
    found = block(case, policy(load_balancing=stated))["loadBalancer"]
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
    case: Case, stated: dict[str, Any], trigger: Any
) -> None:
    for endpoints, asked, most in ((1, 0, 1), (2, 100, 50), (3, 0, 66), (3, 20, 20), (4, 90, 75)):
        asking = policy(outlier_detection={**stated, "max_percent": asked})
        found = block(case, asking, endpoints=endpoints)["outlierDetection"]
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
def test_failover_over_clusters_has_all_its_parts(case: Case, locality: Any) -> None:
    """Without detection it would be ignored in silence; without a timeout callers would hang."""
    found = block(case, policy(locality=locality) if locality else None)
    assert found["outlierDetection"]["consecutiveLocalOriginFailures"] == 3
    assert found["connectionPool"]["tcp"]["connectTimeout"] == "1s"
    assert found["loadBalancer"]["localityLbSetting"]["enabled"] is True


def test_what_is_stated_of_failover_holds(case: Case) -> None:
    stated = policy(
        outlier_detection={"server_errors": 7}, connection_limits={"connect_timeout": 300000000}
    )
    found = block(case, stated)
    assert found["outlierDetection"]["consecutive5xxErrors"] == 7
    assert found["connectionPool"] == {"tcp": {"connectTimeout": "0.3s"}}


def test_places_without_a_zone_are_whole_regions(case: Case) -> None:
    rule = {
        "from_locality": {"region": "a"},
        "to": [
            {"locality": {"region": "b", "zone": "z"}, "weight": 70},
            {"locality": {"region": "b", "zone": "z", "sub_zone": "s"}, "weight": 30},
        ],
    }
    found = block(case, policy(locality={"distribute": {"rules": [rule]}}))
    assert found["loadBalancer"]["localityLbSetting"]["distribute"] == [
        {"from": "a/*", "to": {"b/z/*": 70, "b/z/s": 30}}
    ]


def test_an_idle_timeout_is_that_of_requests_or_of_connections(case: Case) -> None:
    stated = policy(connection_limits={"idle_timeout": SECOND, "connect_timeout": SECOND})
    on_http = block(case, stated)["connectionPool"]
    on_tcp = block(case, stated, protocol=TCP)["connectionPool"]
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
    case: Case, conditions: list[str], retry_on: str
) -> None:
    statuses = [503, 429] if "STATUSES" in conditions else []
    retries = {
        "attempts": 1,
        "conditions": conditions,
        "statuses": statuses,
        "idempotence": "IDEMPOTENT",
    }
    (route,) = routes(case, policy(retries=retries))
    assert route["retries"] == {"attempts": 1, "retryOn": retry_on}


def test_no_attempts_turn_retries_off(case: Case) -> None:
    """Left out, the mesh would repeat on its own account."""
    (route,) = routes(case, policy(retries={"attempts": 0, "idempotence": "NOT_IDEMPOTENT"}))
    assert route["retries"] == {"attempts": 0}


def test_a_stated_default_backoff_needs_no_newer_mesh(case: Case) -> None:
    retries = {"attempts": 1, "idempotence": "IDEMPOTENT", "backoff": 25000000}
    (route,) = routes(case, policy(retries=retries))
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
    case: Case, old: str, new: str, path: str, becomes: str
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
    rewrite = routes(case, stated)[0]["rewrite"]["uriRegexRewrite"]
    assert re.sub(rewrite["match"], rewrite["rewrite"], path) == becomes


def test_two_rewritten_prefixes_have_a_route_each(case: Case) -> None:
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
    first, second, rest = routes(case, stated)
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
    case: Case, path: Any, matching: list[str], others: list[str]
) -> None:
    stated = policy(routes=[{"id": "a", "matches": [{"path": path}], "forward": {}}])
    expression = routes(case, stated)[0]["match"][0]["uri"]["regex"]
    assert all(re.fullmatch(expression, it) for it in matching)
    assert not any(re.fullmatch(expression, it) for it in others)


def test_a_route_that_goes_nowhere_has_nothing_of_the_policy(case: Case) -> None:
    stated = policy(
        timeout=SECOND,
        routes=[{"id": "a", "matches": [{"methods": ["GET"]}], "respond": {"status": 410}}],
    )
    first, rest = routes(case, stated)
    assert set(first) == {"name", "match", "directResponse"}
    assert rest["timeout"] == "1s"


def test_a_route_keeps_what_the_policy_says_and_it_does_not(case: Case) -> None:
    stated = policy(
        timeout=SECOND,
        retries={"attempts": 5, "idempotence": "IDEMPOTENT"},
        routes=[
            {"id": "a", "matches": [{"methods": ["GET"]}], "forward": {}, "timeout": 2000000000}
        ],
    )
    first, _ = routes(case, stated)
    assert first["timeout"] == "2s"
    assert first["retries"]["attempts"] == 5


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
    case: Case, stated: Any, field: str
) -> None:
    assert refusal(case, policy(**stated), protocol=TCP) == [f"traffic_policy.{field}"]


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
def test_a_value_that_istio_would_not_take(case: Case, stated: Any, field: str) -> None:
    assert refusal(case, policy(**stated)) == [f"traffic_policy.{field}"]
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
def test_a_route_that_istio_would_not_take(case: Case, stated: Any, fields: list[str]) -> None:
    full = [f"traffic_policy.routes[0].{it}" for it in fields]
    assert refusal(case, route(**stated)) == full
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
    case: Case, stated: Any, field: str, version: str, older: str
) -> None:
    slice_ = with_policy(case("destination-calling"), policy(**stated))
    old = replace(slice_, mesh=replace(slice_.mesh, version=older))
    assert refused(old) == [f"traffic_policy.{field}"]
    new = replace(slice_, mesh=replace(slice_.mesh, version=version))
    assert trafficctl_render_slice(new).manifests


def test_a_gateway_that_sees_connections_only_cannot_hold_what_is_about_requests(
    case: Case,
) -> None:
    slice_ = case("destination-egress-gateways")
    hashed = policy(load_balancing={"consistent_hash": {"header": "x"}})
    assert refused(with_policy(slice_, hashed)) == [
        "traffic_policy.load_balancing.consistent_hash.header"
    ]
    (service,) = objects(with_policy(slice_, policy(timeout=SECOND)), "VirtualService")
    forwarded = [it for it in service["spec"]["http"] if "route" in it]
    assert forwarded
    assert all(it["timeout"] == "1s" for it in forwarded)


def test_a_fault_says_that_it_switches_the_timeout_off(case: Case) -> None:
    slice_ = case("destination-traffic-policy")
    (notice,) = trafficctl_render_slice(slice_).notices
    assert notice.intent == slice_.origins[0].intent
    assert notice.reason == "FAULT_DISABLES_TIMEOUT"


def test_a_fault_alone_needs_no_word(case: Case) -> None:
    fault = policy(fault={"abort": {"http_status": 500, "percent": 1}})
    slice_ = replace(case("destination-traffic-policy"))
    assert trafficctl_render_slice(with_policy(slice_, fault)).notices == ()
