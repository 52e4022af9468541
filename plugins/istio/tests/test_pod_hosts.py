"""Single pods of a headless service have hosts of their own, over clusters."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from trafficctl_istio.plugin import trafficctl_render_slice
from trafficctl_sdk.codec import from_json
from trafficctl_sdk.errors import Refused
from trafficctl_sdk.model.traffic_policy import TrafficPolicy
from trafficctl_sdk.slices import (
    Calling,
    CallingWorkload,
    EgressGateway,
    PodHost,
    TrafficSlice,
)

Case = Callable[[str], TrafficSlice]
GATEWAY = EgressGateway(namespace="egress-client-a", name="client", principal="t/ns/e/sa/client")


def calling(slice_: TrafficSlice, **changed: Any) -> TrafficSlice:
    assert slice_.destination
    assert slice_.destination.calling
    body = replace(slice_.destination.calling, **changed)
    return replace(slice_, destination=replace(slice_.destination, calling=body))


def called(slice_: TrafficSlice) -> Calling:
    assert slice_.destination
    assert slice_.destination.calling
    return slice_.destination.calling


def by_host(slice_: TrafficSlice, kind: str) -> dict[str, Any]:
    bodies: list[Any] = [one.body for one in trafficctl_render_slice(slice_).manifests]
    return {
        one["spec"].get("host") or one["spec"]["hosts"][0]: one
        for one in bodies
        if one["kind"] == kind
    }


def refused(slice_: TrafficSlice) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as caught:
        trafficctl_render_slice(slice_)
    return [(one.field, one.rule) for one in caught.value.violations]


def test_each_pod_has_its_own_address_and_the_clusters_that_run_it(case: Case) -> None:
    entries = {
        host: (one["spec"]["addresses"], [it["address"] for it in one["spec"]["endpoints"]])
        for host, one in by_host(case("destination-headless"), "ServiceEntry").items()
    }
    assert entries == {
        "hs.shop.global": (["240.1.0.20"], ["192.0.2.3", "192.0.2.2"]),
        "hs-0.hs.shop.global": (["240.1.0.21"], ["192.0.2.3", "192.0.2.2"]),
        "hs-1.hs.shop.global": (["240.1.0.22"], ["192.0.2.2"]),
    }


def test_a_pod_is_told_by_its_own_server_name_on_each_port(case: Case) -> None:
    rule = by_host(case("destination-headless"), "DestinationRule")["hs-1.hs.shop.global"]
    names = [it["tls"]["sni"] for it in rule["spec"]["trafficPolicy"]["portLevelSettings"]]
    assert names == [f"outbound_.{port}_.hs-1_.hs.shop.svc.cluster.local" for port in (8080, 9090)]


def test_every_server_name_is_a_subset_that_the_serving_gateway_knows(case: Case) -> None:
    rules = by_host(case("destination-headless"), "DestinationRule")
    known = {it["name"] for it in rules["hs.shop.svc.cluster.local"]["spec"]["subsets"]}
    assert {it.pod for it in called(case("destination-headless")).pods} == known


def test_only_one_cluster_with_the_pod_leaves_nothing_out(case: Case) -> None:
    rules = by_host(case("destination-headless"), "DestinationRule")
    alone = rules["hs-1.hs.shop.global"]["spec"]["trafficPolicy"]["portLevelSettings"][0]
    both = rules["hs-0.hs.shop.global"]["spec"]["trafficPolicy"]["portLevelSettings"][0]
    assert "outlierDetection" not in alone
    assert both["outlierDetection"]["maxEjectionPercent"] == 50


def test_the_policy_holds_for_a_pod_but_for_what_is_about_parts(case: Case) -> None:
    slice_ = case("destination-headless")
    body = called(slice_)
    stated = from_json(
        TrafficPolicy,
        {
            "timeout": 2_000_000_000,
            "shift": {"clusters": {"weights": [{"cluster": "clusters/west", "weight": 100}]}},
            "routes": [
                {
                    "id": "a",
                    "matches": [{"methods": ["GET"]}],
                    "shift": {"clusters": {"weights": [{"cluster": "clusters/west", "weight": 1}]}},
                    "mirrors": [{"cluster": "clusters/north", "percent": 5}],
                }
            ],
        },
    )
    slice_ = calling(slice_, ports=(replace(body.ports[0], traffic_policy=stated),))
    service = by_host(slice_, "VirtualService")["hs-0.hs.shop.global"]
    first, rest = service["spec"]["http"]
    here = {"destination": {"host": "hs-0.hs.shop.global", "port": {"number": 8080}}}
    assert first["route"] == rest["route"] == [here]
    assert rest["timeout"] == "2s"
    assert "mirrors" not in first


def test_a_gateway_is_the_way_to_a_pod_by_its_own_subset(case: Case) -> None:
    slice_ = case("destination-headless")
    pods = tuple(replace(it, clusters=("north", "west")) for it in called(slice_).pods)
    caller = CallingWorkload(namespace="shop", pod_labels={"app": "client"}, egress=GATEWAY)
    slice_ = calling(slice_, callers=(caller,), pods=pods)
    services = by_host(slice_, "VirtualService")
    hops = {
        host: one["spec"]["http"][0]["route"][0]["destination"]["subset"]
        for host, one in services.items()
    }
    assert len(set(hops.values())) == 3
    assert hops["hs-0.hs.shop.global"].startswith("8080-hs-0-hs-shop-global-")
    ports = by_host(slice_, "ServiceEntry")["hs-0.hs.shop.global"]["spec"]["ports"]
    assert [it["number"] for it in ports] == [8080, 9090]


def test_a_gateway_cannot_find_a_pod_that_only_some_clusters_have(case: Case) -> None:
    caller = CallingWorkload(namespace="shop", pod_labels={"app": "client"}, egress=GATEWAY)
    slice_ = calling(case("destination-headless"), callers=(caller,))
    assert refused(slice_) == [("callers.egress", "istio.pod_behind_gateway")]


@pytest.mark.parametrize("name", ["a.b", "a" * 64, "v1"])
def test_a_pod_that_cannot_be_a_part_of_a_service(case: Case, name: str) -> None:
    slice_ = case("destination-headless")
    endpoints = tuple(replace(it, subsets=("v1",)) for it in called(slice_).endpoints)
    pod = PodHost(pod=name, host=f"{name}.x", address="240.1.0.9", clusters=("west",))
    slice_ = calling(slice_, pods=(pod,), endpoints=endpoints)
    assert refused(slice_) == [("destination.workload", "istio.pod_name")]
