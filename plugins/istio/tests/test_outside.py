"""Hosts outside: where their addresses come from, and TLS that a proxy begins."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from trafficctl_istio.plugin import trafficctl_render_slice
from trafficctl_sdk.errors import Refused
from trafficctl_sdk.model.common import Protocol
from trafficctl_sdk.model.tls import CertificateSource, TlsOrigination, TrustSource
from trafficctl_sdk.model.traffic_policy import Route, TrafficPolicy
from trafficctl_sdk.slices import ExternalPortTreatment, ExternalSlice, Resolution, TrafficSlice

Case = Callable[[str], TrafficSlice]
Change = Callable[[ExternalSlice], ExternalSlice]
Speaks = Protocol.Value


def bodies(slice_: TrafficSlice, kind: str) -> list[Any]:
    manifests = trafficctl_render_slice(slice_).manifests
    return [one.body for one in manifests if one.body["kind"] == kind]


def changed(slice_: TrafficSlice, **body: Any) -> TrafficSlice:
    assert slice_.external
    return replace(slice_, external=replace(slice_.external, **body))


def one_port(
    slice_: TrafficSlice, protocol: Speaks, tls: TlsOrigination | None = None, **body: Any
) -> TrafficSlice:
    """Give the slice with this one port, which all its callers call."""
    assert slice_.external
    port = ExternalPortTreatment(port=7777, protocol=protocol, originate=tls)
    grants = tuple(replace(grant, ports=(7777,)) for grant in slice_.external.grants)
    return changed(slice_, ports=(port,), grants=grants, **body)


def refused(slice_: TrafficSlice) -> set[tuple[str, str]]:
    with pytest.raises(Refused) as caught:
        trafficctl_render_slice(slice_)
    return {(one.field, one.rule) for one in caught.value.violations}


def secret(name: str, *, client: str = "") -> TlsOrigination:
    shown = CertificateSource(secret=CertificateSource.Secret(name=client)) if client else None
    return TlsOrigination(
        trust=TrustSource(secret=TrustSource.Secret(name=name)), client_certificate=shown
    )


def tls_of(rule: Any, port: int) -> Any:
    blocks = rule["spec"]["trafficPolicy"]["portLevelSettings"]
    return next(block["tls"] for block in blocks if block["port"]["number"] == port)


def test_what_is_sent_in_clear_never_reaches_a_port_that_wants_tls(case: Case) -> None:
    """Without the Secret's selector a sidecar would drop TLS in silence and send clear text."""
    for name in ("external-originate", "external-originate-gateway"):
        slice_ = case(name)
        (entry,) = bodies(slice_, "ServiceEntry")
        mapped = [port["number"] for port in entry["spec"]["ports"] if "targetPort" in port]
        rules = bodies(slice_, "DestinationRule")
        everybody = [
            rule
            for rule in rules
            if rule["metadata"]["namespace"] == "shop" and "workloadSelector" not in rule["spec"]
        ]
        assert mapped
        for port in mapped:
            (rule,) = everybody
            assert tls_of(rule, port)["mode"] == "SIMPLE"
            assert "credentialName" not in tls_of(rule, port)


def test_a_sidecar_reads_a_secret_only_by_a_rule_that_selects_it(case: Case) -> None:
    rules = bodies(case("external-originate"), "DestinationRule")
    reading = [rule for rule in rules if "credentialName" in str(rule)]
    assert [rule["spec"]["workloadSelector"] for rule in reading] == [
        {"matchLabels": {"app": "client"}}
    ]
    assert reading[0]["spec"]["exportTo"] == ["."]


def test_a_port_with_a_secret_has_no_path_for_other_pods(case: Case) -> None:
    (service,) = bodies(case("external-originate"), "VirtualService")
    routes = [route for route in service["spec"]["http"] if route["match"][0]["port"] == 8080]
    assert routes[0]["match"][0]["sourceLabels"] == {"app": "client"}
    assert routes[1]["directResponse"]["status"] == 403
    assert len(routes) == 2


def test_a_gateway_may_read_secrets_before_it_is_told_which(case: Case) -> None:
    """Istio remembers for a minute that an account may not, and then never asks again."""
    manifests = trafficctl_render_slice(case("external-originate-gateway")).manifests
    waves = {
        (one.body["kind"], one.body["metadata"]["namespace"]): one.wave  # type: ignore[index] # JSON
        for one in manifests
    }
    space = "egress-client-abcdefghij"
    assert waves["Role", space] < waves["DestinationRule", space]
    assert waves["RoleBinding", space] < waves["DestinationRule", space]
    assert waves["DestinationRule", space] < waves["ServiceEntry", "shop"]
    (binding,) = bodies(case("external-originate-gateway"), "RoleBinding")
    assert [(one["name"], one["namespace"]) for one in binding["subjects"]] == [("client", space)]


def test_without_a_secret_nobody_gets_to_read_any(case: Case) -> None:
    slice_ = case("external-originate-gateway")
    assert slice_.external
    ports = tuple(replace(port, originate=TlsOrigination()) for port in slice_.external.ports)
    assert not bodies(changed(slice_, ports=ports), "Role")


def test_authorities_are_always_named(case: Case) -> None:
    """Proxies of older versions verify nothing where none are."""
    for name in ("external-originate", "external-originate-gateway"):
        for rule in bodies(case(name), "DestinationRule"):
            for block in rule["spec"]["trafficPolicy"]["portLevelSettings"]:
                tls = block["tls"]
                assert ("caCertificates" in tls) != ("credentialName" in tls)
                assert tls["subjectAltNames"]


@pytest.mark.parametrize(
    ("resolution", "spelt"),
    [(Resolution.ALL_FROM_DNS, "DNS"), (Resolution.ONE_FROM_DNS, "DNS_ROUND_ROBIN")],
)
def test_how_many_addresses_of_dns_are_used(case: Case, resolution: Resolution, spelt: str) -> None:
    slice_ = changed(case("external-sidecar"), resolution=resolution)
    (entry,) = bodies(slice_, "ServiceEntry")
    assert entry["spec"]["resolution"] == spelt
    assert "endpoints" not in entry["spec"]


def test_a_gateway_never_dials_what_its_caller_dialled(case: Case) -> None:
    slice_ = changed(case("external-egress-gateway"), resolution=Resolution.AS_DIALLED, address="")
    assert ("hosts.original_destination", "istio.dialled_behind_gateway") in refused(slice_)


def test_a_wildcard_has_no_gateway(case: Case) -> None:
    slice_ = changed(case("external-egress-gateway"), host="*.example.com")
    assert ("hosts.host", "istio.wildcard_behind_gateway") in refused(slice_)


@pytest.mark.parametrize("version", ["1.29.4", ""])
def test_names_below_a_wildcard_need_a_newer_mesh(case: Case, version: str) -> None:
    slice_ = case("external-wildcard")
    old = replace(slice_, mesh=replace(slice_.mesh, version=version))
    assert refused(old) == {("hosts.host", "MESH_VERSION_TOO_OLD")}


@pytest.mark.parametrize("protocol", [Speaks.TCP, Speaks.MYSQL, Speaks.HTTP, Speaks.GRPC])
def test_only_names_in_tls_are_resolved_one_by_one(case: Case, protocol: Speaks) -> None:
    """For requests Istio resolves them only where no other service has the port."""
    slice_ = one_port(case("external-wildcard"), protocol)
    assert refused(slice_) == {("hosts.ports.protocol", "istio.wildcard")}


def test_dialled_bytes_are_held_to_networks(case: Case) -> None:
    """Without addresses such a port would be open to every address there is."""
    slice_ = changed(case("external-dialled"), addresses=())
    assert refused(slice_) == {("hosts.original_destination.cidrs", "istio.dialled_networks")}


def test_networks_that_nobody_would_look_at(case: Case) -> None:
    slice_ = one_port(case("external-dialled"), Speaks.HTTP)
    assert refused(slice_) == {("hosts.original_destination.cidrs", "istio.dialled_networks")}


def test_a_limit_for_a_wildcard_would_hold_for_others(case: Case) -> None:
    limits = TrafficPolicy.ConnectionLimits(max_connections=9)
    slice_ = case("external-wildcard-dialled")
    assert slice_.external
    policy = TrafficPolicy(connection_limits=limits)
    ports = tuple(replace(port, traffic_policy=policy) for port in slice_.external.ports)
    assert refused(changed(slice_, ports=ports)) == {
        ("traffic_policy.connection_limits", "istio.wildcard")
    }


def test_the_rule_for_everybody_is_exported_unlike_a_selecting_one(case: Case) -> None:
    """Istio merges the two into one that selects if they are exported alike."""
    for name in ("external-originate", "external-traffic-policy"):
        for rule in bodies(case(name), "DestinationRule"):
            selects = "workloadSelector" in rule["spec"]
            of_gateway = rule["metadata"]["namespace"] != "shop"
            wanted = "." if selects or of_gateway else "shop"
            assert rule["spec"]["exportTo"] == [wanted]


@pytest.mark.parametrize("name", ["external-dialled", "external-wildcard-dialled"])
def test_tls_is_originated_towards_one_name(case: Case, name: str) -> None:
    slice_ = one_port(case(name), Speaks.HTTP, TlsOrigination(), addresses=())
    assert refused(slice_) == {("hosts.ports.originate", "istio.originate")}


@pytest.mark.parametrize(
    "tls",
    [
        secret("a", client="b"),
        TlsOrigination(
            client_certificate=CertificateSource(secret=CertificateSource.Secret(name="b"))
        ),
    ],
)
def test_certificate_and_authorities_come_from_one_secret(case: Case, tls: TlsOrigination) -> None:
    slice_ = one_port(case("external-originate"), Speaks.HTTP, tls)
    assert refused(slice_) == {("hosts.ports.originate.trust", "istio.one_secret")}


def test_a_reader_of_a_secret_is_told_by_its_pods(case: Case) -> None:
    slice_ = one_port(case("external-originate"), Speaks.HTTP, secret("a"))
    assert slice_.external
    grants = tuple(
        replace(grant, caller=replace(grant.caller, pod_labels={}))
        for grant in slice_.external.grants
    )
    assert refused(changed(slice_, grants=grants)) == {
        ("hosts.ports.originate", "istio.secret_by_workload")
    }


@pytest.mark.parametrize("name", ["external-dialled", "external-wildcard"])
@pytest.mark.parametrize(
    ("field", "policy"),
    [
        (
            "load_balancing",
            TrafficPolicy(
                load_balancing=TrafficPolicy.LoadBalancing(
                    round_robin=TrafficPolicy.LoadBalancing.RoundRobin()
                )
            ),
        ),
        (
            "outlier_detection",
            TrafficPolicy(outlier_detection=TrafficPolicy.OutlierDetection(connect_failures=3)),
        ),
    ],
)
def test_nothing_is_chosen_where_there_is_no_choice(
    case: Case, name: str, field: str, policy: TrafficPolicy
) -> None:
    slice_ = case(name)
    assert slice_.external
    ports = tuple(replace(port, traffic_policy=policy) for port in slice_.external.ports)
    assert refused(changed(slice_, ports=ports)) == {
        (f"traffic_policy.{field}", "istio.nothing_to_balance")
    }


def routes(slice_: TrafficSlice, *, mesh: bool) -> list[Any]:
    return [
        route
        for service in bodies(slice_, "VirtualService")
        if (service["spec"]["gateways"] == ["mesh"]) is mesh
        for route in service["spec"]["http"]
    ]


def test_the_proxy_that_goes_out_holds_to_the_policy(case: Case) -> None:
    """On the hop before it, requests would be rewritten before the gateway's policy sees them."""
    slice_ = case("external-traffic-policy")
    hop, *straight = routes(slice_, mesh=True)
    assert hop["match"][0]["sourceLabels"] == {"app": "client"}
    assert not {"timeout", "name", "fault"} & set(hop)
    said = ("name", "timeout", "retries", "directResponse")
    at_gateway = [{key: it.get(key) for key in said} for it in routes(slice_, mesh=False)]
    at_sidecar = [{key: it.get(key) for key in said} for it in straight[:-1]]
    assert at_gateway == at_sidecar
    assert [it["name"] for it in at_gateway] == ["items", "closed", None]


def test_a_rewritten_host_is_not_rewritten_back(case: Case) -> None:
    slice_ = case("external-traffic-policy")
    assert slice_.external
    (port,) = slice_.external.ports
    assert port.traffic_policy
    route = replace(port.traffic_policy.routes[0], rewrite=Route.Rewrite(host="in.example.net"))
    policy = replace(port.traffic_policy, routes=(route,))
    found = routes(changed(slice_, ports=(replace(port, traffic_policy=policy),)), mesh=False)
    assert [it["rewrite"]["authority"] for it in found] == ["in.example.net", "shop.example.net"]


@pytest.mark.parametrize(
    ("body", "percent"),
    [
        ({"addresses": ("192.0.2.1", "192.0.2.2")}, 50),
        ({"addresses": ("192.0.2.1",)}, 1),
        ({"addresses": (), "resolution": Resolution.ONE_FROM_DNS}, 1),
        ({"addresses": (), "resolution": Resolution.ALL_FROM_DNS}, 99),
    ],
)
def test_the_last_address_is_never_left_out(case: Case, body: dict[str, Any], percent: int) -> None:
    for rule in bodies(changed(case("external-traffic-policy"), **body), "DestinationRule"):
        for block in rule["spec"]["trafficPolicy"]["portLevelSettings"]:
            assert block["outlierDetection"]["maxEjectionPercent"] == percent
