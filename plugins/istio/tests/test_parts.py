"""Parts of a destination: what a route names is defined, reachable, and told by its own name."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from trafficctl_istio.plugin import trafficctl_render_slice
from trafficctl_sdk.codec import from_json
from trafficctl_sdk.errors import Refused
from trafficctl_sdk.model.common import Protocol
from trafficctl_sdk.model.traffic_policy import TrafficPolicy
from trafficctl_sdk.slices import (
    Calling,
    GatewayDestination,
    PassedSubset,
    PortTreatment,
    TrafficSlice,
)

Case = Callable[[str], TrafficSlice]
V1_V2 = {"subsets": {"weights": [{"subset": "v1", "weight": 50}, {"subset": "v2", "weight": 50}]}}
WEST = {"clusters": {"weights": [{"cluster": "clusters/west", "weight": 100}]}}


def policy(**stated: Any) -> TrafficPolicy:
    return from_json(TrafficPolicy, stated)


def calling(slice_: TrafficSlice, change: Callable[[Calling], Calling]) -> TrafficSlice:
    assert slice_.destination
    assert slice_.destination.calling
    body = replace(slice_.destination, calling=change(slice_.destination.calling))
    return replace(slice_, destination=body)


def on_first_port(slice_: TrafficSlice, stated: TrafficPolicy) -> TrafficSlice:
    def change(body: Calling) -> Calling:
        first, *_ = body.ports
        return replace(body, ports=(replace(first, traffic_policy=stated),))

    return calling(slice_, change)


def objects(slice_: TrafficSlice, kind: str) -> list[Any]:
    manifests = trafficctl_render_slice(slice_).manifests
    return [one.body for one in manifests if one.body["kind"] == kind]


def targets(service: Any) -> list[Any]:
    return [
        to["destination"]
        for family in ("http", "tls", "tcp")
        for route in service["spec"].get(family, [])
        for to in (*route.get("route", []), *route.get("mirrors", []))
    ]


def refused(slice_: TrafficSlice) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as caught:
        trafficctl_render_slice(slice_)
    return [(one.field, one.rule) for one in caught.value.violations]


@pytest.mark.parametrize("name", ["destination-parts", "destination-local"])
def test_every_subset_that_a_route_names_is_defined(case: Case, name: str) -> None:
    """Else every request that takes the route fails."""
    rules = {rule["spec"]["host"]: rule["spec"] for rule in objects(case(name), "DestinationRule")}
    named = [to for service in objects(case(name), "VirtualService") for to in targets(service)]
    assert any("subset" in to for to in named)
    for to in named:
        if "subset" in to:
            defined = {subset["name"] for subset in rules[to["host"]]["subsets"]}
            assert to["subset"] in defined


def test_a_far_subset_is_told_by_a_server_name_on_each_port(case: Case) -> None:
    rule = next(
        one["spec"]
        for one in objects(case("destination-parts"), "DestinationRule")
        if one["spec"]["host"] == "catalog.shop.global"
    )
    names = {
        subset["name"]: {
            block["port"]["number"]: block["tls"]["sni"]
            for block in subset["trafficPolicy"]["portLevelSettings"]
        }
        for subset in rule["subsets"]
    }
    assert names["v2"][80] == "outbound_.80_.v2_.catalog.shop.svc.cluster.local"
    assert names["v2"][9000] == "outbound_.9000_.v2_.catalog.shop.svc.cluster.local"
    (north,) = (name for name in names if name.startswith("cluster-north"))
    assert names[north][9000] == "outbound_.9000_._.catalog.shop.svc.cluster.local"


def test_a_subset_is_looked_for_only_in_clusters_that_have_it(case: Case) -> None:
    slice_ = case("destination-parts")
    (entry,) = objects(slice_, "ServiceEntry")
    rule = next(
        one["spec"]
        for one in objects(slice_, "DestinationRule")
        if one["spec"]["host"] == "catalog.shop.global"
    )
    found = {
        subset["name"]: [
            endpoint["address"]
            for endpoint in entry["spec"]["endpoints"]
            if subset["labels"].items() <= endpoint["labels"].items()
        ]
        for subset in rule["subsets"]
    }
    assert found["v1"] == ["192.0.2.3", "192.0.2.2"]
    assert found["v2"] == ["192.0.2.2"]
    assert found[next(name for name in found if name.startswith("cluster-north"))] == ["192.0.2.3"]


def test_the_serving_gateway_sees_the_subsets_that_callers_name(case: Case) -> None:
    """It looks in its own namespace and in the service's; no other place would be found."""
    for name in ("destination-parts", "destination-local"):
        (rule,) = (
            one
            for one in objects(case(name), "DestinationRule")
            if one["spec"]["host"].endswith(".svc.cluster.local")
        )
        assert rule["metadata"]["namespace"] == "shop"
        assert "istio-system" in rule["spec"]["exportTo"]


def test_settings_inside_a_cluster_leave_mutual_tls_to_the_mesh(case: Case) -> None:
    (rule,) = objects(case("destination-local"), "DestinationRule")
    assert rule["spec"]["trafficPolicy"]["portLevelSettings"]
    assert "tls" not in str(rule)


def test_a_failover_inside_a_cluster_has_all_its_parts(case: Case) -> None:
    (rule,) = objects(case("destination-local"), "DestinationRule")
    block = rule["spec"]["trafficPolicy"]["portLevelSettings"][2]
    assert block["outlierDetection"]["maxEjectionPercent"] == 99
    assert block["connectionPool"]["tcp"] == {"maxConnections": 5, "connectTimeout": "1s"}


def test_shares_of_tls_inside_a_cluster_are_refused(case: Case) -> None:
    """Callers may name the service in several ways there, and only one would be matched."""
    slice_ = case("destination-local")
    assert slice_.destination
    assert slice_.destination.local
    port = PortTreatment(port=443, protocol=Protocol.Value.TLS, traffic_policy=policy(shift=V1_V2))
    local = replace(slice_.destination.local, ports=(port,))
    slice_ = replace(slice_, destination=replace(slice_.destination, local=local))
    assert refused(slice_) == [("traffic_policy.shift", "istio.shift_of_tls")]


def test_endpoints_carry_no_label_that_no_policy_goes_by(case: Case) -> None:
    (entry,) = objects(case("destination-both"), "ServiceEntry")
    assert all("labels" not in endpoint for endpoint in entry["spec"]["endpoints"])


@pytest.mark.parametrize(
    ("stated", "field", "rule"),
    [
        (
            {"shift": {"subsets": {"weights": [{"subset": "v9", "weight": 100}]}}},
            "shift.subsets.weights[0].subset",
            "istio.no_subset",
        ),
        (
            {"mirrors": [{"cluster": "clusters/gone", "percent": 1}]},
            "mirrors[0].cluster",
            "istio.no_cluster",
        ),
        (
            {"mirrors": [{"workload": "nobody", "percent": 1}]},
            "mirrors[0].workload",
            "istio.no_workload",
        ),
        (
            {
                "routes": [
                    {
                        "id": "a",
                        "matches": [{"methods": ["GET"]}],
                        "shift": {"clusters": {"weights": [{"cluster": "c/gone", "weight": 1}]}},
                    }
                ]
            },
            "routes[0].shift.clusters.weights[0].cluster",
            "istio.no_cluster",
        ),
        (
            {"locality": {"failover_priority": {"labels": ["rack"]}}},
            "locality.failover_priority.labels[0]",
            "istio.no_label",
        ),
    ],
)
def test_a_part_that_is_not_there_is_refused(
    case: Case, stated: Any, field: str, rule: str
) -> None:
    slice_ = on_first_port(case("destination-parts"), policy(**stated))
    assert refused(slice_) == [(f"traffic_policy.{field}", rule)]


def everywhere(slice_: TrafficSlice, *subsets: str) -> TrafficSlice:
    """Give a slice in which every serving cluster has these subsets."""
    return calling(
        slice_,
        lambda body: replace(
            body, endpoints=tuple(replace(it, subsets=subsets) for it in body.endpoints)
        ),
    )


def test_a_subset_behind_a_dedicated_gateway_keeps_its_own_server_name(case: Case) -> None:
    slice_ = everywhere(case("destination-egress-gateways"), "v1", "v2")
    slice_ = on_first_port(slice_, policy(shift=V1_V2))
    assert slice_.destination
    assert slice_.destination.calling
    body = slice_.destination.calling
    gateway = case("gateway")
    assert gateway.gateway
    passed = GatewayDestination(
        host=body.host,
        server_host=body.endpoints[0].host,
        home_namespace="trafficctl-mesh",
        ports=gateway.gateway.destinations[0].ports,
        identities=body.identities,
        subsets=tuple(PassedSubset(port=80, subset=it) for it in ("v1", "v2")),
    )
    gateway = replace(gateway, gateway=replace(gateway.gateway, destinations=(passed,)))
    (rule,) = objects(gateway, "DestinationRule")
    server_names = {it["name"]: it["trafficPolicy"]["tls"]["sni"] for it in rule["spec"]["subsets"]}
    (service,) = objects(slice_, "VirtualService")
    hops = [to["subset"] for to in targets(service) if to["host"] == rule["spec"]["host"]]
    assert [server_names[it] for it in hops] == [
        f"outbound_.80_.{subset}_.{passed.server_host}" for subset in ("v1", "v2")
    ]
    (allow,) = (
        one for one in objects(gateway, "AuthorizationPolicy") if one["metadata"]["name"] == "allow"
    )
    assert {server_names[it] for it in hops} <= set(allow["spec"]["rules"][0]["when"][0]["values"])


def test_a_subset_that_only_some_clusters_have_cannot_pass_a_gateway(case: Case) -> None:
    slice_ = everywhere(case("destination-egress-gateways"), "v1", "v2")
    slice_ = on_first_port(slice_, policy(shift=V1_V2))
    lacking = calling(
        slice_,
        lambda body: replace(
            body,
            endpoints=(
                *body.endpoints,
                replace(body.endpoints[0], cluster="north", address="192.0.2.99", subsets=("v1",)),
            ),
        ),
    )
    assert refused(lacking) == [
        ("traffic_policy.shift.subsets.weights[1].subset", "istio.part_behind_gateway")
    ]


def test_a_gateway_chooses_the_cluster_itself(case: Case) -> None:
    slice_ = on_first_port(case("destination-egress-gateways"), policy(shift=WEST))
    assert [field for field, _ in refused(slice_)] == [
        "traffic_policy.shift.clusters.weights.cluster",
        "traffic_policy.shift.clusters.weights.weight",
    ]
