"""Istio's traps, each as a rule that every rendering holds to."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest
from trafficctl_istio.plugin import trafficctl_render_slice
from trafficctl_sdk.manifests import Effect, Manifest
from trafficctl_sdk.slices import TrafficSlice

CASES: Final = Path(__file__).parent / "cases"
NAMES: Final = sorted(path.name.removesuffix(".slice.yaml") for path in CASES.glob("*.slice.yaml"))
HTTP_FIELDS: Final = frozenset({"methods", "paths", "hosts"})

Body = Mapping[str, Any]


@pytest.fixture(scope="session")
def rendered(case: Callable[[str], TrafficSlice]) -> Mapping[str, tuple[Manifest, ...]]:
    """Give the manifests of every case."""
    return {name: trafficctl_render_slice(case(name)).manifests for name in NAMES}


@pytest.fixture(scope="session")
def bodies(rendered: Mapping[str, tuple[Manifest, ...]]) -> Callable[[str], list[Any]]:
    """Give all rendered objects of a kind."""

    def of_kind(kind: str) -> list[Any]:
        found = [
            one.body for all_of in rendered.values() for one in all_of if one.body["kind"] == kind
        ]
        assert found
        return found

    return of_kind


def operations(rule: Body) -> list[Body]:
    return [to["operation"] for to in rule.get("to", [])]


def routes(service: Body) -> Iterator[Body]:
    for family in ("http", "tls", "tcp"):
        yield from service["spec"].get(family, [])


def by_kind(manifests: tuple[Manifest, ...], kind: str) -> list[Any]:
    return [one.body for one in manifests if one.body["kind"] == kind]


def test_a_policy_is_deny_all_or_has_rules_that_say_something(
    bodies: Callable[[str], list[Any]],
) -> None:
    for policy in bodies("AuthorizationPolicy"):
        if policy["spec"]:
            assert policy["spec"]["action"] in ("ALLOW", "DENY")
            assert policy["spec"]["rules"]
            for rule in policy["spec"]["rules"]:
                assert operations(rule)


def test_every_operation_names_ports_so_a_deny_cuts_no_other_port(
    bodies: Callable[[str], list[Any]],
) -> None:
    for policy in bodies("AuthorizationPolicy"):
        for rule in policy["spec"].get("rules", []):
            assert all(operation["ports"] for operation in operations(rule))


def test_tcp_ports_never_share_a_rule_with_http_fields(
    rendered: Mapping[str, tuple[Manifest, ...]],
) -> None:
    (allow,) = (
        one
        for one in by_kind(rendered["workload"], "AuthorizationPolicy")
        if one["spec"]["action"] == "ALLOW"
    )
    with_tcp = [
        rule
        for rule in allow["spec"]["rules"]
        if any("9090" in operation["ports"] for operation in operations(rule))
    ]
    assert with_tcp
    for rule in with_tcp:
        assert not any(HTTP_FIELDS & set(operation) for operation in operations(rule))


def test_a_policy_with_a_selector_selects_by_labels(bodies: Callable[[str], list[Any]]) -> None:
    for kind in ("AuthorizationPolicy", "PeerAuthentication"):
        for policy in bodies(kind):
            if "selector" in policy["spec"]:
                assert policy["spec"]["selector"]["matchLabels"]


def test_an_allow_for_a_whole_namespace_comes_no_earlier_than_deny_all(
    rendered: Mapping[str, tuple[Manifest, ...]],
) -> None:
    """Such an ALLOW refuses everybody else, exactly as deny-all does."""
    waves = {
        one.body["metadata"]["name"].rpartition("-")[0]: (one.wave, one.effect)  # type: ignore[index] # JSON
        for one in rendered["namespace-governed"]
    }
    assert set(waves) == {"allow-spared", "deny-all"}
    assert {effect for _, effect in waves.values()} == {Effect.CLOSES}
    selective = [
        one.wave for one in rendered["workload"] if one.body["kind"] == "AuthorizationPolicy"
    ]
    assert max(selective) < waves["allow-spared"][0] < waves["deny-all"][0]


def test_deny_comes_before_allow(rendered: Mapping[str, tuple[Manifest, ...]]) -> None:
    for name in ("workload", "gateway"):
        waves = {
            one.body["spec"].get("action", ""): one.wave  # type: ignore[attr-defined] # JSON
            for one in rendered[name]
            if one.body["kind"] == "AuthorizationPolicy"
        }
        assert waves["DENY"] < waves["ALLOW"]


def test_what_is_named_arrives_before_who_names_it(
    rendered: Mapping[str, tuple[Manifest, ...]],
) -> None:
    order = (
        "Namespace",
        "ServiceAccount",
        "Deployment",
        "Gateway",
        "DestinationRule",
        "ServiceEntry",
        "VirtualService",
    )
    for name, manifests in rendered.items():
        places = [
            order.index(str(one.body["kind"])) for one in manifests if one.body["kind"] in order
        ]
        assert places == sorted(places), name


def blocks(rule: Body) -> list[Body]:
    """Give the settings of every port, with those of subsets."""
    whole = [rule["spec"], *rule["spec"].get("subsets", [])]
    policies = [one["trafficPolicy"] for one in whole if "trafficPolicy" in one]
    return [block for policy in policies for block in policy.get("portLevelSettings", [policy])]


def is_local(rule: Body) -> bool:
    """Say whether a rule is for callers and servers of one cluster, who prove themselves anyway."""
    return str(rule["spec"]["host"]).endswith(".svc.cluster.local") and not any(
        "tls" in block for block in blocks(rule)
    )


def test_every_port_has_a_complete_block_of_its_own(bodies: Callable[[str], list[Any]]) -> None:
    """A port-level block replaces what stands above it, and nothing stands above."""
    for rule in bodies("DestinationRule"):
        policy = rule["spec"].get("trafficPolicy", {})
        assert set(policy) <= {"portLevelSettings"}
        assert is_local(rule) or all("tls" in block for block in blocks(rule))


def test_a_global_host_has_a_block_for_every_port_of_its_entry(
    rendered: Mapping[str, tuple[Manifest, ...]],
) -> None:
    seen = 0
    for manifests in rendered.values():
        for entry in by_kind(manifests, "ServiceEntry"):
            if entry["spec"]["location"] == "MESH_INTERNAL":
                (rule,) = (
                    one
                    for one in by_kind(manifests, "DestinationRule")
                    if [one["spec"]["host"]] == entry["spec"]["hosts"]
                )
                settings = rule["spec"]["trafficPolicy"]["portLevelSettings"]
                assert [block["port"]["number"] for block in settings] == [
                    port["number"] for port in entry["spec"]["ports"]
                ]
                seen += 1
    assert seen


def test_every_server_name_belongs_to_its_port(bodies: Callable[[str], list[Any]]) -> None:
    """One name for several ports lands on the wrong port, and answers 200 from there."""
    for rule in bodies("DestinationRule"):
        for block in blocks(rule):
            if "port" in block and block.get("tls", {}).get("mode") == "ISTIO_MUTUAL":
                number = block["port"]["number"]
                assert block["tls"]["sni"].startswith(f"outbound_.{number}_.")


def test_mutual_tls_always_checks_who_the_server_is(bodies: Callable[[str], list[Any]]) -> None:
    for rule in bodies("DestinationRule"):
        for block in blocks(rule):
            if block.get("tls", {}).get("mode") == "ISTIO_MUTUAL":
                assert block["tls"]["subjectAltNames"]
                assert all(one.startswith("spiffe://") for one in block["tls"]["subjectAltNames"])


def test_principals_are_written_without_a_scheme(bodies: Callable[[str], list[Any]]) -> None:
    for policy in bodies("AuthorizationPolicy"):
        for rule in policy["spec"].get("rules", []):
            for source in rule.get("from", []):
                assert not any("://" in one for one in source["source"].get("principals", []))


def test_nothing_is_exported_by_default(bodies: Callable[[str], list[Any]]) -> None:
    for kind in ("ServiceEntry", "DestinationRule", "VirtualService"):
        for body in bodies(kind):
            assert body["spec"]["exportTo"]


def test_star_is_exported_only_where_everybody_may_call(
    rendered: Mapping[str, tuple[Manifest, ...]],
) -> None:
    for name, manifests in rendered.items():
        exported = {
            namespace
            for one in manifests
            for namespace in one.body.get("spec", {}).get("exportTo", [])  # type: ignore[attr-defined] # JSON
        }
        assert ("*" in exported) == (name == "destination-open-to-all")


def test_hosts_are_fully_qualified(bodies: Callable[[str], list[Any]]) -> None:
    for service in bodies("VirtualService"):
        hosts = [
            *service["spec"]["hosts"],
            *(
                to["destination"]["host"]
                for route in routes(service)
                for to in route.get("route", [])
            ),
        ]
        assert all(host.count(".") >= 2 for host in hosts)


def test_every_route_names_the_port(bodies: Callable[[str], list[Any]]) -> None:
    for service in bodies("VirtualService"):
        for route in routes(service):
            for to in route.get("route", []):
                assert to["destination"]["port"]["number"]


def test_requests_are_repeated_only_if_they_never_arrived(
    rendered: Mapping[str, tuple[Manifest, ...]],
) -> None:
    """Without a retries block the mesh repeats what the server may have begun to do."""
    never_arrived = {"attempts": 2, "retryOn": "connect-failure,refused-stream"}
    for name, manifests in rendered.items():
        for service in by_kind(manifests, "VirtualService"):
            for route in service["spec"].get("http", []):
                if "route" in route:
                    stated = "traffic-policy" in name
                    assert stated or route["retries"] == never_arrived
                    assert route["retries"]


def test_a_gateway_never_takes_routes_of_any_namespace(bodies: Callable[[str], list[Any]]) -> None:
    for gateway in bodies("Gateway"):
        for server in gateway["spec"]["servers"]:
            if server.get("tls", {}).get("mode") != "AUTO_PASSTHROUGH":
                assert all(not host.startswith("*") and "/" in host for host in server["hosts"])


def test_an_east_west_gateway_opens_for_exact_names(bodies: Callable[[str], list[Any]]) -> None:
    opened = [
        host
        for gateway in bodies("Gateway")
        for server in gateway["spec"]["servers"]
        if server.get("tls", {}).get("mode") == "AUTO_PASSTHROUGH"
        for host in server["hosts"]
    ]
    assert opened
    assert not any("*" in host for host in opened)


def test_names_of_servers_are_unlike_within_a_gateway(bodies: Callable[[str], list[Any]]) -> None:
    for gateway in bodies("Gateway"):
        names = [server["port"]["name"] for server in gateway["spec"]["servers"]]
        assert len(names) == len(set(names))


def test_gateway_hosts_have_no_underscores(bodies: Callable[[str], list[Any]]) -> None:
    for gateway in bodies("Gateway"):
        for server in gateway["spec"]["servers"]:
            assert not any("_" in host for host in server["hosts"])


def test_identities_do_not_leave_the_mesh(rendered: Mapping[str, tuple[Manifest, ...]]) -> None:
    out = [
        route
        for name in ("external-egress-gateway", "external-traffic-policy")
        for service in by_kind(rendered[name], "VirtualService")
        if service["spec"]["gateways"] != ["mesh"]
        for route in service["spec"].get("http", [])
        if "route" in route
    ]
    assert {"cookie" in route["headers"]["request"]["remove"] for route in out} == {True, False}
    for route in out:
        removed = route["headers"]["request"]["remove"]
        assert {
            "x-forwarded-client-cert",
            "x-forwarded-for",
            "x-envoy-peer-metadata",
            "x-envoy-external-address",
        } <= set(removed)


def test_tcp_behind_a_global_host_has_an_address(bodies: Callable[[str], list[Any]]) -> None:
    for entry in bodies("ServiceEntry"):
        if entry["spec"]["location"] == "MESH_INTERNAL":
            assert entry["spec"]["addresses"]


def test_a_first_segment_does_not_match_half_a_word(
    rendered: Mapping[str, tuple[Manifest, ...]],
) -> None:
    (service,) = by_kind(rendered["exposed-host"], "VirtualService")
    uris = [match["uri"] for route in service["spec"]["http"] for match in route["match"]]
    assert {"exact": "/cart"} in uris
    assert all(uri.get("prefix", "/").endswith("/") for uri in uris)


def test_the_longest_path_is_tried_first(rendered: Mapping[str, tuple[Manifest, ...]]) -> None:
    (service,) = by_kind(rendered["exposed-host"], "VirtualService")
    on_443 = [
        route["match"][-1]["uri"]["prefix"]
        for route in service["spec"]["http"]
        if route["match"][0]["port"] == 443
    ]
    assert on_443 == ["/cart/", "/"]


def test_no_two_scopes_render_one_object(rendered: Mapping[str, tuple[Manifest, ...]]) -> None:
    """The cases of one scope in several clusters count once."""
    one_cluster = [
        name
        for name in NAMES
        if name
        not in (
            "destination-serving",
            "destination-calling",
            "destination-both",
            "destination-open-to-all",
            "external-sidecar",
            "gateway-revision",
        )
    ]
    keys = [
        (one.body["kind"], metadata.get("namespace", ""), metadata["name"])
        for name in one_cluster
        for one in rendered[name]
        for metadata in (one.body["metadata"],)
        if isinstance(metadata, dict)
    ]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(("endpoints", "percent"), [(2, 50), (3, 66), (4, 75), (7, 85)])
def test_the_last_endpoint_is_never_ejected(
    case: Callable[[str], TrafficSlice], endpoints: int, percent: int
) -> None:
    slice_ = case("destination-calling")
    assert slice_.destination
    assert slice_.destination.calling
    first = slice_.destination.calling.endpoints[0]
    several = tuple(replace(first, cluster=f"c{index}") for index in range(endpoints))
    calling = replace(slice_.destination.calling, endpoints=several)
    destination = replace(slice_.destination, calling=calling)
    (rule,) = by_kind(
        trafficctl_render_slice(replace(slice_, destination=destination)).manifests,
        "DestinationRule",
    )
    for block in rule["spec"]["trafficPolicy"]["portLevelSettings"]:
        outlier = block["outlierDetection"]
        assert outlier["maxEjectionPercent"] == percent
        assert outlier["consecutive5xxErrors"] == 0
        assert block["connectionPool"]["tcp"]["connectTimeout"] == "1s"


def test_one_endpoint_is_never_ejected(rendered: Mapping[str, tuple[Manifest, ...]]) -> None:
    (rule,) = by_kind(rendered["destination-calling"], "DestinationRule")
    for block in rule["spec"]["trafficPolicy"]["portLevelSettings"]:
        assert "outlierDetection" not in block


def test_ports_that_no_intent_speaks_of_stay_as_they_are_where_nobody_governs(
    case: Callable[[str], TrafficSlice],
) -> None:
    slice_ = case("workload-open")
    assert slice_.workload is not None
    left = replace(slice_.workload, governed=False, grants=(), spared=())
    (manifest,) = trafficctl_render_slice(replace(slice_, workload=left)).manifests
    spec: Any = manifest.body["spec"]
    assert "mtls" not in spec
    assert spec["portLevelMtls"]
