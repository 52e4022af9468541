"""What Istio cannot hold is said when an intent is created, with the client's own paths."""

from typing import Any

import pytest
from trafficctl_istio.plugin import trafficctl_configure, trafficctl_validate_intent
from trafficctl_sdk.codec import from_json
from trafficctl_sdk.intent_kinds import INTENT_KINDS

ALL = {"action": "ALLOW", "all_requests": {}}
GET = {
    "action": "ALLOW",
    "http": {"methods": ["GET"], "paths": [{"exact": "/a"}, {"prefix": "/b*"}]},
}
WORKLOAD = {"workload": {"workload": "client"}}
GATEWAY: dict[str, Any] = {"egress": {"dedicated_gateway": {}}}


class Host:
    """The host of a test."""

    version = "0"

    def log(self, event: str, **fields: str | float | bool) -> None:
        raise AssertionError((event, fields))


def found(kind: str, body: dict[str, Any]) -> list[tuple[str, str]]:
    intent: Any = from_json(INTENT_KINDS[kind], body)
    violations = trafficctl_validate_intent(intent, ())
    assert all(one.description and not one.description.endswith(".") for one in violations)
    return [(one.field, one.rule) for one in violations]


@pytest.mark.parametrize(
    ("kind", "body", "expected"),
    [
        (
            "intracluster",
            {
                "ports": [{"port": 80, "protocol": "HTTP"}],
                "callers": [{**WORKLOAD, "access": [ALL, GET]}],
            },
            [("callers[0].access[1].http.paths[1]", "istio.path")],
        ),
        (
            "intercluster",
            {
                "ports": [{"port": 80}, {"port": 15443}],
                "callers": [{**WORKLOAD, **GATEWAY, "access": [ALL]}],
            },
            [("ports[1].port", "istio.reserved_port")],
        ),
        (
            "intercluster",
            {"ports": [{"port": 15443}], "callers": [{**WORKLOAD, "access": [ALL]}]},
            [],
        ),
        (
            "outbound",
            {
                "hosts": [{"host": "*.example.com"}],
                "callers": [
                    {**WORKLOAD, **GATEWAY, "access": [GET]},
                    {**WORKLOAD, "access": [ALL, GET]},
                ],
            },
            [
                ("callers[0].access[0].http.paths[1]", "istio.path"),
                ("callers[1].access[1].http.paths[1]", "istio.path"),
                ("hosts[0].host", "istio.wildcard_behind_gateway"),
                ("callers[1].access[1]", "istio.sidecar_enforces_nothing"),
            ],
        ),
        (
            "outbound",
            {
                "hosts": [{"host": "a.example"}],
                "callers": [{**WORKLOAD, "access": [{**ALL, "action": "DENY"}]}],
            },
            [("callers[0].access[0]", "istio.sidecar_enforces_nothing")],
        ),
        (
            "outbound",
            {
                "hosts": [
                    {
                        "host": "*.example.com",
                        "dns": {"connect": "ONE_ADDRESS"},
                        "ports": [
                            {"protocol": "HTTP", "originate": {}},
                            {"protocol": "HTTPS"},
                            {"protocol": "TCP", "port": 5432},
                        ],
                    },
                    {
                        "host": "a.example",
                        "original_destination": {},
                        "ports": [{"protocol": "TLS"}, {"protocol": "MONGO", "port": 27017}],
                    },
                    {
                        "host": "b.example",
                        "original_destination": {"cidrs": ["192.0.2.0/24"]},
                        "ports": [{"protocol": "HTTP"}],
                    },
                    {
                        "host": "c.example",
                        "static": {"addresses": ["192.0.2.7"]},
                        "ports": [
                            {
                                "protocol": "HTTP",
                                "originate": {"client_certificate": {"secret": {"name": "c"}}},
                            }
                        ],
                    },
                ],
                "callers": [
                    {**WORKLOAD, "access": [ALL]},
                    {"namespace": {"namespace": "shop"}, "access": [ALL]},
                ],
                "traffic_policy": {"load_balancing": {"round_robin": {}}},
            },
            [
                ("traffic_policy.load_balancing", "istio.nothing_to_balance"),
                ("hosts[0].dns.connect", "istio.wildcard"),
                ("hosts[0].ports[0].protocol", "istio.wildcard"),
                ("hosts[0].ports[0].originate", "istio.originate"),
                ("hosts[0].ports[2].protocol", "istio.wildcard"),
                ("hosts[1].original_destination.cidrs", "istio.dialled_networks"),
                ("hosts[2].original_destination.cidrs", "istio.dialled_networks"),
                ("hosts[3].ports[0].originate.trust", "istio.one_secret"),
                ("hosts[3].ports[0].originate", "istio.secret_by_workload"),
            ],
        ),
        (
            "outbound",
            {
                "hosts": [
                    {
                        "host": "a.example",
                        "original_destination": {},
                        "ports": [{"protocol": "TLS"}],
                    }
                ],
                "callers": [{**WORKLOAD, **GATEWAY, "access": [ALL]}],
            },
            [("hosts[0].original_destination", "istio.dialled_behind_gateway")],
        ),
        (
            "inbound",
            {
                "path_prefix": "/cart",
                "listeners": [
                    {"port": 443, "protocol": "HTTPS", "simple": {}},
                    {"port": 444, "protocol": "HTTPS", "plaintext": {}},
                    {"port": 5432, "protocol": "TCP", "plaintext": {}},
                    {"port": 993, "protocol": "TLS", "simple": {}},
                ],
            },
            [
                ("listeners[1].protocol", "istio.listener"),
                ("listeners[2].protocol", "istio.listener"),
                ("path_prefix", "istio.path_prefix"),
            ],
        ),
        (
            "intracluster",
            {
                "jwt_providers": [
                    {"id": "a", "issuer": "https://a", "clock_skew": 60_000_000_000},
                    {"id": "b", "issuer": "https://b*", "clock_skew": 5_000_000_000},
                ],
                "callers": [
                    {
                        **WORKLOAD,
                        "access": [
                            {**ALL, "headers": [{"name": "x", "exact": "*/*"}]},
                            {
                                **ALL,
                                "claims": [
                                    {"jwt_provider": "a", "path": ["x"], "values": ["1"]},
                                    {"jwt_provider": "b", "path": ["x[y]"], "values": ["1"]},
                                ],
                            },
                        ],
                    }
                ],
            },
            [
                ("callers[0].access[0].headers[0]", "istio.header"),
                ("callers[0].access[1].claims[1]", "istio.claim"),
                ("callers[0].access[1].claims", "istio.one_token"),
                ("jwt_providers[1].clock_skew", "istio.jwt_provider"),
                ("jwt_providers[1].issuer", "istio.jwt_provider"),
            ],
        ),
        (
            "inbound",
            {
                "cors": {"origins": [{"exact": "https://a.example"}], "max_age": 1_500_000_000},
                "traffic_policy": {
                    "routes": [
                        {"id": "a", "matches": [{"path": {"exact": "/b"}}], "forward": {}},
                        {
                            "id": "b",
                            "matches": [{"path": {"prefix": "/a"}}],
                            "forward": {},
                            "request_headers": {"add": {"X-Forwarded-For": "192.0.2.1"}},
                        },
                    ]
                },
                "path_prefix": "/a",
                "listeners": [
                    {
                        "port": 443,
                        "protocol": "HTTPS",
                        "mutual": {
                            "certificate": {"secret": {"name": "a"}},
                            "client_trust": {"secret": {"name": "b"}},
                        },
                        "cipher_suites": [
                            "TLS_RSA_WITH_AES_128_CBC_SHA",
                            "TLS_DHE_RSA_WITH_AES_128_CBC_SHA",
                        ],
                    },
                ],
                "callers": [
                    {"external": {"certificate_names": ["a", "b"]}, "access": [ALL]},
                    {"external": {"certificate_names": ["b", "a"]}, "access": [ALL]},
                    {"external": {"source_ranges": ["10.0.0.0/8"]}, "access": [ALL]},
                ],
            },
            [
                ("listeners[0].mutual.client_trust.secret.name", "istio.client_trust"),
                ("listeners[0].cipher_suites[1]", "istio.cipher_suite"),
                ("callers[2].external.certificate_names", "istio.certificate_names"),
                ("cors.max_age", "istio.cors"),
                ("traffic_policy.routes.matches.path", "istio.never_matched"),
                ("traffic_policy.routes[1].request_headers.add", "istio.client_address"),
            ],
        ),
        (
            "inbound",
            {
                "listeners": [
                    {"port": 443, "protocol": "TLS", "simple": {}, "redirect_from_port": 80},
                    {"port": 444, "protocol": "HTTPS", "passthrough": {}},
                    {"port": 445, "protocol": "HTTP", "passthrough": {}},
                ],
                "callers": [
                    {
                        "external": {
                            "source_ranges": ["10.0.0.0/8"],
                            "certificate_names": ["a"],
                            "jwt_provider": "corp",
                        },
                        "access": [
                            {
                                **ALL,
                                "claims": [
                                    {"jwt_provider": "shop", "path": ["x"], "values": ["1"]}
                                ],
                            }
                        ],
                    },
                ],
            },
            [
                ("callers[0].access[0].claims", "istio.one_token"),
                ("listeners[0].redirect_from_port", "istio.listener"),
                ("listeners[2].protocol", "istio.listener"),
                ("callers[0].external.source_ranges", "istio.opaque_listener"),
                ("callers[0].external.certificate_names", "istio.certificate_names"),
            ],
        ),
        ("dns-provider", {}, []),
    ],
)
def test_violations_come_together_with_paths(
    kind: str, body: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    assert found(kind, body) == expected


def test_there_are_no_settings() -> None:
    assert trafficctl_configure({}, Host()) == ()
    assert [one.field for one in trafficctl_configure({"b": "1", "a": "2"}, Host())] == ["a", "b"]
