"""Istio's traps with what only one object may rule, as rules that every rendering holds to."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Final

import pytest
from trafficctl_istio.plugin import trafficctl_render_slice
from trafficctl_istio.rendering.waves import Wave
from trafficctl_sdk.errors import Refused
from trafficctl_sdk.manifests import Effect, Manifest
from trafficctl_sdk.model.traffic_policy import TrafficPolicy
from trafficctl_sdk.slices import ScopeKind, TrafficSlice

CASES: Final = Path(__file__).parent / "cases"
NAMES: Final = sorted(path.name.removesuffix(".slice.yaml") for path in CASES.glob("*.slice.yaml"))
Locality = TrafficPolicy.Locality
Rendered = Mapping[str, tuple[Manifest, ...]]


@pytest.fixture(scope="module")
def rendered(case: Callable[[str], TrafficSlice]) -> Rendered:
    """Give the manifests of every case."""
    return {name: trafficctl_render_slice(case(name)).manifests for name in NAMES}


def of_kind(rendered: Rendered, kind: str) -> list[tuple[str, Any]]:
    """Give all objects of a kind, each with its case."""
    found = [
        (name, one.body)
        for name, manifests in rendered.items()
        for one in manifests
        if one.body["kind"] == kind
    ]
    assert found
    return found


def in_namespace(body: Any) -> str:
    return str(body["metadata"]["namespace"])


def test_a_slice_has_one_entry_for_each_host(rendered: Rendered) -> None:
    """Two ServiceEntries of one host fight, and one that goes takes the other's endpoints."""
    hosts = Counter(
        (name, in_namespace(body), host, tuple(body["spec"].get("exportTo", ())))
        for name, body in of_kind(rendered, "ServiceEntry")
        for host in body["spec"]["hosts"]
    )
    assert set(hosts.values()) == {1}


def test_of_rules_for_one_host_each_selects_other_pods(rendered: Rendered) -> None:
    """The oldest of two wins, and the other is dropped without a word."""
    rules = Counter(
        (name, in_namespace(body), body["spec"]["host"], str(body["spec"].get("workloadSelector")))
        for name, body in of_kind(rendered, "DestinationRule")
    )
    assert set(rules.values()) == {1}


def test_a_rule_means_the_hosts_that_its_own_slice_has(rendered: Rendered) -> None:
    """A wildcard in the caller's namespace would hide the exact rule of another."""
    known: dict[str, set[str]] = {}
    for kind in ("ServiceEntry", "VirtualService"):
        for name, body in of_kind(rendered, kind):
            known.setdefault(name, set()).update(body["spec"]["hosts"])
    for name, body in of_kind(rendered, "DestinationRule"):
        host = body["spec"]["host"]
        assert "*" not in host or host in known[name]


def test_a_virtual_service_shares_no_host_and_way_with_another(rendered: Rendered) -> None:
    ways = Counter(
        (name, in_namespace(body), host, gateway)
        for name, body in of_kind(rendered, "VirtualService")
        for host in body["spec"]["hosts"]
        for gateway in body["spec"]["gateways"]
    )
    assert set(ways.values()) == {1}


def test_modes_by_port_stand_beside_a_selector(rendered: Rendered) -> None:
    """Without one they are ignored, and the whole namespace would have one mode."""
    by_port = [
        body["spec"]
        for _, body in of_kind(rendered, "PeerAuthentication")
        if "portLevelMtls" in body["spec"]
    ]
    assert by_port
    assert all(spec["selector"]["matchLabels"] for spec in by_port)


def test_a_port_is_named_by_what_it_speaks(rendered: Rendered) -> None:
    """What is not said is guessed, and a server that speaks first waits for ever."""
    for _, body in of_kind(rendered, "ServiceEntry"):
        for port in body["spec"]["ports"]:
            assert port["name"] == "tls-pass" or port["name"].startswith(
                port["protocol"].lower()
            ), port


def test_fixed_endpoints_are_addresses_and_names_are_asked_from_dns(rendered: Rendered) -> None:
    for _, body in of_kind(rendered, "ServiceEntry"):
        spec = body["spec"]
        for endpoint in spec.get("endpoints", ()):
            if spec["resolution"] == "STATIC":
                ip_address(endpoint["address"])
        assert spec["resolution"] != "NONE" or "endpoints" not in spec


def test_a_gateway_that_is_a_name_is_asked_from_dns(case: Callable[[str], TrafficSlice]) -> None:
    """Istio takes addresses only where endpoints are fixed."""
    (entry,) = entries(by_name(case("destination-calling")))
    assert entry["spec"]["resolution"] == "DNS"
    assert entry["spec"]["endpoints"][0]["address"] == "gateway.example.net"


@pytest.mark.parametrize(("version", "knows"), [("1.29", False), ("", False), ("1.30", True)])
def test_priorities_among_names_need_a_newer_mesh(
    case: Callable[[str], TrafficSlice], version: str, *, knows: bool
) -> None:
    slice_ = by_name(case("destination-calling"), labels=("topology.kubernetes.io/region",))
    slice_ = replace(slice_, mesh=replace(slice_.mesh, version=version))
    if knows:
        assert entries(slice_)
        return
    with pytest.raises(Refused) as refused:
        trafficctl_render_slice(slice_)
    (violation,) = refused.value.violations
    assert (violation.field, violation.rule) == (
        "traffic_policy.locality.failover_priority",
        "MESH_VERSION_TOO_OLD",
    )


def by_name(slice_: TrafficSlice, labels: tuple[str, ...] = ()) -> TrafficSlice:
    """Give a destination whose serving cluster has a gateway that is known by name."""
    assert slice_.destination
    calling = slice_.destination.calling
    assert calling
    priority = Locality(failover_priority=Locality.FailoverPriority(labels=labels))
    ports = tuple(
        replace(it, traffic_policy=TrafficPolicy(locality=priority)) if labels else it
        for it in calling.ports
    )
    endpoints = tuple(replace(it, address="gateway.example.net") for it in calling.endpoints)
    there = replace(calling, endpoints=endpoints, ports=ports)
    return replace(slice_, destination=replace(slice_.destination, calling=there))


def entries(slice_: TrafficSlice) -> list[Any]:
    manifests = trafficctl_render_slice(slice_).manifests
    return [one.body for one in manifests if one.body["kind"] == "ServiceEntry"]


def test_ports_of_an_entry_are_unlike(rendered: Rendered) -> None:
    for _, body in of_kind(rendered, "ServiceEntry"):
        ports = body["spec"]["ports"]
        assert len({it["number"] for it in ports}) == len({it["name"] for it in ports})
        assert len({it["number"] for it in ports}) == len(ports)


def test_nothing_is_written_that_istio_no_longer_reads_or_only_envoy_does(
    rendered: Rendered,
) -> None:
    written = {
        (str(one.body["apiVersion"]), str(one.body["kind"]))
        for manifests in rendered.values()
        for one in manifests
    }
    groups = {group for api, _ in written for group in [api.rpartition("/")[0]]}
    assert not groups & {"rbac.istio.io", "authentication.istio.io", "config.istio.io"}
    assert {api for api, _ in written if "istio.io" in api} == {
        "networking.istio.io/v1",
        "security.istio.io/v1",
    }
    assert "EnvoyFilter" not in {kind for _, kind in written}


def test_policies_stand_beside_the_pods_and_never_in_the_root_of_the_mesh(
    rendered: Rendered, case: Callable[[str], TrafficSlice]
) -> None:
    """There they would hold for every workload, gateways too."""
    for kind in ("AuthorizationPolicy", "PeerAuthentication", "Sidecar"):
        for name, body in of_kind(rendered, kind):
            assert in_namespace(body) != case(name).mesh.root_namespace


def test_a_namespace_has_one_sidecar_without_a_selector(rendered: Rendered) -> None:
    """Of two the oldest wins; it must also tell of the mesh's own namespace."""
    for name, body in of_kind(rendered, "Sidecar"):
        assert sum(one.body["kind"] == "Sidecar" for one in rendered[name]) == 1
        assert "workloadSelector" not in body["spec"]
        (egress,) = body["spec"]["egress"]
        assert "istio-system/*" in egress["hosts"]
        assert "*/*" not in egress["hosts"]
        assert body["spec"]["outboundTrafficPolicy"] == {"mode": "REGISTRY_ONLY"}


def test_what_may_be_called_comes_after_it_is_there_and_before_the_routes_to_it(
    rendered: Rendered,
) -> None:
    (scope,) = (one for name in NAMES for one in rendered[name] if one.body["kind"] == "Sidecar")
    assert Wave.SERVICE_ENTRY < scope.wave < Wave.VIRTUAL_SERVICE
    assert scope.effect is Effect.CLOSES


def test_what_the_record_wants_is_no_intents(
    rendered: Rendered, case: Callable[[str], TrafficSlice]
) -> None:
    """Otherwise the last intent that goes would take deny-all along."""
    for name in NAMES:
        if case(name).scope.kind is ScopeKind.NAMESPACE:
            for one in rendered[name]:
                assert (one.origins is None) is (one.body["kind"] == "Sidecar")
