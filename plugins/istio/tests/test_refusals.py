"""A slice that asks for more than is rendered is refused whole, never rendered weaker."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from trafficctl_istio.plugin import trafficctl_render_slice
from trafficctl_sdk.errors import Refused
from trafficctl_sdk.model.access import (
    AccessRule,
    ClaimMatch,
    GrpcOperation,
    HeaderMatch,
    HttpOperation,
    JwtProvider,
    PathMatch,
)
from trafficctl_sdk.model.common import Protocol
from trafficctl_sdk.model.traffic_policy import RequestMatch, Route, TrafficPolicy
from trafficctl_sdk.slices import (
    Calling,
    Endpoint,
    Grant,
    Listener,
    PortTreatment,
    TrafficSlice,
    WorkloadSlice,
)

Case = Callable[[str], TrafficSlice]
HTTPS = Protocol.Value.HTTPS
ROUND_ROBIN = TrafficPolicy(
    load_balancing=TrafficPolicy.LoadBalancing(round_robin=TrafficPolicy.LoadBalancing.RoundRobin())
)


def refusal(slice_: TrafficSlice) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as caught:
        trafficctl_render_slice(slice_)
    return [(one.field, one.rule) for one in caught.value.violations]


def granting(slice_: TrafficSlice, port: Protocol.Value, rule: AccessRule) -> TrafficSlice:
    assert slice_.workload
    grant = Grant(port=8080, protocol=port, access=(rule,), principals=("a/ns/b/sa/c",))
    return replace(slice_, workload=replace(slice_.workload, grants=(grant,)))


def calling(slice_: TrafficSlice, change: Callable[[Calling], Calling]) -> TrafficSlice:
    assert slice_.destination
    assert slice_.destination.calling
    body = replace(slice_.destination, calling=change(slice_.destination.calling))
    return replace(slice_, destination=body)


@pytest.mark.parametrize("action", list(AccessRule.Action))
@pytest.mark.parametrize(
    "rule",
    [
        AccessRule(http=HttpOperation(methods=("GET",), paths=(PathMatch(prefix="/"),))),
        AccessRule(grpc=GrpcOperation(methods=("a.B/C",))),
    ],
)
def test_a_request_rule_on_a_tcp_port(
    case: Case, action: AccessRule.Action, rule: AccessRule
) -> None:
    slice_ = granting(case("workload"), Protocol.Value.TCP, replace(rule, action=action))
    assert refusal(slice_) == [("callers.access", "access.l7_needs_http_ports")]


@pytest.mark.parametrize("action", list(AccessRule.Action))
@pytest.mark.parametrize(
    "rule",
    [
        AccessRule(headers=(HeaderMatch(name="x", exact="y"),)),
        AccessRule(claims=(ClaimMatch(jwt_provider="corp", path=("a",), values=("b",)),)),
    ],
)
def test_a_condition_on_a_tcp_port(case: Case, action: AccessRule.Action, rule: AccessRule) -> None:
    """An ALLOW would match nothing there, and a DENY everything."""
    rule = replace(rule, action=action, all_requests=AccessRule.AllRequests())
    slice_ = granting(case("workload-tokens"), Protocol.Value.TCP, rule)
    assert refusal(slice_) == [("callers.access", "access.l7_needs_http_ports")]


@pytest.mark.parametrize(
    "header",
    [
        HeaderMatch(name="x", exact="a*"),
        HeaderMatch(name="x", prefix="*a"),
        HeaderMatch(name="x", suffix="*"),
        HeaderMatch(name="x", exact=""),
        HeaderMatch(name="x", regex="a"),
        HeaderMatch(name="Host", exact="shop.example.com"),
        HeaderMatch(name="x"),
    ],
)
def test_a_header_that_a_policy_would_read_otherwise(case: Case, header: HeaderMatch) -> None:
    rule = AccessRule(
        action=AccessRule.Action.DENY, all_requests=AccessRule.AllRequests(), headers=(header,)
    )
    slice_ = granting(case("workload"), Protocol.Value.HTTP, rule)
    assert refusal(slice_) == [("callers.access.headers", "istio.header")]


@pytest.mark.parametrize(
    ("claims", "found"),
    [
        ((("corp", "a", "b*"),), ("callers.access.claims", "istio.claim")),
        ((("corp", "a]", "b"),), ("callers.access.claims", "istio.claim")),
        ((("corp", "a", "b"), ("shop", "a", "b")), ("callers.access.claims", "istio.one_token")),
        ((("other", "a", "b"),), ("jwt_providers", "access.no_jwt_provider")),
    ],
)
def test_claims_that_no_token_could_be_compared_with(
    case: Case, claims: tuple[tuple[str, str, str], ...], found: tuple[str, str]
) -> None:
    rule = AccessRule(
        action=AccessRule.Action.DENY,
        all_requests=AccessRule.AllRequests(),
        claims=tuple(
            ClaimMatch(jwt_provider=provider, path=(name,), values=(value,))
            for provider, name, value in claims
        ),
    )
    assert refusal(granting(case("workload-tokens"), Protocol.Value.HTTP, rule)) == [found]


@pytest.mark.parametrize(
    "provider",
    [
        JwtProvider(id="a", issuer="https://id.example.com", jwks="{}", clock_skew=0),
        JwtProvider(id="a", issuer="*.example.com", jwks="{}"),
    ],
)
def test_a_provider_that_istio_cannot_describe(case: Case, provider: JwtProvider) -> None:
    slice_ = case("workload")
    assert slice_.workload
    body = replace(slice_.workload, jwt_providers=(provider,))
    (found,) = refusal(replace(slice_, workload=body))
    assert found[1] == "istio.jwt_provider"


def test_an_access_rule_without_an_operation(case: Case) -> None:
    rule = AccessRule(action=AccessRule.Action.ALLOW)
    slice_ = granting(case("workload"), Protocol.Value.HTTP, rule)
    assert refusal(slice_) == [("callers.access", "access.operation")]


@pytest.mark.parametrize(
    "path",
    [
        PathMatch(exact="/a*"),
        PathMatch(prefix="/a/{*}"),
        PathMatch(suffix="/a?b"),
        PathMatch(exact="/a#b"),
        PathMatch(template="/a{*}"),
        PathMatch(template="/{**}/a"),
        PathMatch(template="/a//{*}"),
        PathMatch(template="/a b/{*}"),
        PathMatch(),
    ],
)
def test_a_path_that_a_policy_would_read_otherwise(case: Case, path: PathMatch) -> None:
    rule = AccessRule(
        action=AccessRule.Action.DENY, http=HttpOperation(methods=("*",), paths=(path,))
    )
    (found,) = refusal(granting(case("workload"), Protocol.Value.HTTP, rule))
    assert found[0] == "callers.access.http.paths"


def test_a_workload_without_pod_labels(case: Case) -> None:
    slice_ = case("workload")
    body = WorkloadSlice(namespace="shop", service="a", pod_labels={}, grants=(), mutual_tls=())
    assert refusal(replace(slice_, workload=body)) == [("destination.workload", "istio.pod_labels")]


def test_a_destination_whose_servers_cannot_be_checked(case: Case) -> None:
    slice_ = calling(case("destination-calling"), lambda body: replace(body, identities=()))
    assert refusal(slice_) == [("destination.service_accounts", "istio.identities")]


def test_one_session_cannot_name_a_service_in_two_ways(case: Case) -> None:
    other = Endpoint(cluster="b", address="192.0.2.9", port=15443, host="server.shop.svc.b.example")
    slice_ = calling(
        case("destination-calling"), lambda body: replace(body, endpoints=(*body.endpoints, other))
    )
    assert refusal(slice_) == [("clusters", "istio.one_cluster_domain")]


def test_the_port_behind_gateways_is_taken(case: Case) -> None:
    port = PortTreatment(port=15443, protocol=Protocol.Value.TCP)
    slice_ = calling(
        case("destination-egress-gateways"), lambda body: replace(body, ports=(*body.ports, port))
    )
    assert refusal(slice_) == [("ports", "istio.reserved_port")]


def test_two_policies_behind_one_gateway_port(case: Case) -> None:
    port = PortTreatment(port=81, protocol=Protocol.Value.HTTP, traffic_policy=ROUND_ROBIN)
    slice_ = calling(
        case("destination-egress-gateways"), lambda body: replace(body, ports=(*body.ports, port))
    )
    assert refusal(slice_) == [("traffic_policy", "istio.one_policy_behind_gateway")]


def test_a_stated_default_is_the_same_policy_behind_a_gateway(case: Case) -> None:
    near = TrafficPolicy(
        locality=TrafficPolicy.Locality(prefer_local=TrafficPolicy.Locality.PreferLocal())
    )
    port = PortTreatment(port=81, protocol=Protocol.Value.HTTP, traffic_policy=near)
    slice_ = calling(
        case("destination-egress-gateways"), lambda body: replace(body, ports=(*body.ports, port))
    )
    assert trafficctl_render_slice(slice_).manifests


def test_a_traffic_policy_beyond_what_is_rendered(case: Case) -> None:
    policy = TrafficPolicy(
        load_balancing=TrafficPolicy.LoadBalancing(
            passthrough=TrafficPolicy.LoadBalancing.Passthrough()
        )
    )
    port = PortTreatment(port=80, protocol=Protocol.Value.HTTP, traffic_policy=policy)
    slice_ = calling(case("destination-calling"), lambda body: replace(body, ports=(port,)))
    assert refusal(slice_) == [
        ("traffic_policy.load_balancing.passthrough", "FIELD_NOT_SUPPORTED"),
    ]


def test_a_traffic_policy_for_an_exposed_host(case: Case) -> None:
    slice_ = case("exposed-host")
    assert slice_.exposed_host
    routes = tuple(
        replace(route, traffic_policy=ROUND_ROBIN) for route in slice_.exposed_host.routes
    )
    found = refusal(replace(slice_, exposed_host=replace(slice_.exposed_host, routes=routes)))
    assert found == [("traffic_policy.load_balancing.round_robin", "FIELD_NOT_SUPPORTED")]


def test_a_plaintext_listener_for_bytes(case: Case) -> None:
    slice_ = case("exposed-host")
    assert slice_.exposed_host
    listener = Listener(port=5432, gateway_port=5432, protocol=Protocol.Value.TCP)
    body = replace(slice_.exposed_host, listeners=(listener,))
    assert refusal(replace(slice_, exposed_host=body)) == [("listeners", "istio.listener")]


def test_a_host_outside_whose_name_leaves_no_room(case: Case) -> None:
    slice_ = case("external-sidecar")
    assert slice_.external
    body = replace(slice_.external, host=".".join(["a" * 60] * 4) + ".example")
    assert refusal(replace(slice_, external=body)) == [("hosts.host", "NAME_TOO_LONG")]


@pytest.mark.parametrize(
    ("version", "old"),
    [
        ("1.21.5", True),
        ("v1.9", True),
        ("0.8", True),
        ("1.22", False),
        ("1.31-dev", False),
        ("2.0", False),
        ("", False),
    ],
)
def test_a_mesh_that_is_too_old(case: Case, version: str, old: bool) -> None:  # noqa: FBT001 - a table's column
    slice_ = case("workload")
    slice_ = replace(slice_, mesh=replace(slice_.mesh, version=version))
    if old:
        assert refusal(slice_) == [("service_mesh", "MESH_VERSION_TOO_OLD")]
    else:
        assert trafficctl_render_slice(slice_).manifests


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (
            Listener(port=443, gateway_port=8443, protocol=HTTPS, secret="a", client_trust="b"),
            ("listeners.mutual.client_trust", "istio.client_trust"),
        ),
        (
            Listener(
                port=443, gateway_port=8443, protocol=HTTPS, secret="a", certificate_names=("b",)
            ),
            ("callers.external.certificate_names", "istio.certificate_names"),
        ),
        (
            Listener(
                port=443,
                gateway_port=8443,
                protocol=HTTPS,
                secret="a",
                cipher_suites=("TLS_NULL_WITH_NULL_NULL",),
            ),
            ("listeners.cipher_suites", "istio.cipher_suite"),
        ),
        (
            Listener(port=443, gateway_port=8443, protocol=Protocol.Value.HTTP, passthrough=True),
            ("listeners", "istio.listener"),
        ),
    ],
)
def test_a_listener_that_a_gateway_would_hold_otherwise(
    case: Case, change: Listener, found: tuple[str, str]
) -> None:
    slice_ = case("exposed-host")
    assert slice_.exposed_host
    body = replace(slice_.exposed_host, listeners=(change,))
    assert refusal(replace(slice_, exposed_host=body)) == [found]


def test_addresses_of_clients_on_a_port_of_bytes(case: Case) -> None:
    slice_ = case("workload-outside")
    assert slice_.workload
    grant = replace(slice_.workload.grants[0], protocol=Protocol.Value.TLS)
    rule = AccessRule(action=AccessRule.Action.ALLOW, all_requests=AccessRule.AllRequests())
    body = replace(slice_.workload, grants=(replace(grant, access=(rule,)),))
    assert refusal(replace(slice_, workload=body)) == [
        ("callers.external", "istio.opaque_listener")
    ]


@pytest.mark.parametrize(
    "edit",
    [
        Route.HeaderEdit(set={"x-forwarded-for": "192.0.2.1"}),
        Route.HeaderEdit(add={"X-Forwarded-For": "192.0.2.1"}),
        Route.HeaderEdit(remove=("X-Forwarded-For",)),
    ],
)
def test_a_route_that_would_say_where_the_client_is(case: Case, edit: Route.HeaderEdit) -> None:
    """The last address there decides at the workload, for clients of other hosts too."""
    slice_ = case("exposed-host")
    assert slice_.exposed_host
    matches = (RequestMatch(path=PathMatch(prefix="/")),)
    route = Route(id="a", matches=matches, forward=Route.Forward(), request_headers=edit)
    first, *others = slice_.exposed_host.routes
    told = replace(first, traffic_policy=TrafficPolicy(routes=(route,)))
    body = replace(slice_.exposed_host, routes=(told, *others))
    (found,) = refusal(replace(slice_, exposed_host=body))
    assert found[1] == "istio.client_address"
