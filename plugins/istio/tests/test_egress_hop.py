"""A caller's routes, its gateway and the way out, rendered in three scopes, fit together."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest
from trafficctl_istio.plugin import trafficctl_render_slice
from trafficctl_sdk.slices import (
    GatewayDestination,
    GatewayExternal,
    GatewaySlice,
    Scope,
    ScopeKind,
    SlicePort,
    TrafficSlice,
)

Case = Callable[[str], TrafficSlice]
HOST = "client.egress-client-abcdefghij.svc.cluster.local"


@pytest.fixture
def world(case: Case) -> Mapping[str, list[Any]]:
    """Give the objects of one destination, one host outside and the gateway that serves both."""
    inside, outside = case("destination-egress-gateways"), case("external-egress-gateway")
    slices = (inside, outside, gateway_for(inside, outside, case("gateway")))
    objects: dict[str, list[Any]] = {}
    for slice_ in slices:
        for manifest in trafficctl_render_slice(slice_).manifests:
            objects.setdefault(str(manifest.body["kind"]), []).append(manifest.body)
    return objects


def gateway_for(inside: TrafficSlice, outside: TrafficSlice, like: TrafficSlice) -> TrafficSlice:
    """Give the slice of client's gateway that goes with two slices of its caller."""
    assert inside.destination
    assert inside.destination.calling
    assert outside.external
    assert like.gateway
    calling, external = inside.destination.calling, outside.external
    destination = GatewayDestination(
        host=calling.host,
        server_host=calling.endpoints[0].host,
        home_namespace=inside.destination.home_namespace,
        ports=tuple(SlicePort(port=port.port, protocol=port.protocol) for port in calling.ports),
        identities=calling.identities,
    )
    (grant,) = (one for one in external.grants if one.principal.endswith("/client"))
    ports = tuple(
        SlicePort(port=port.port, protocol=port.protocol)
        for port in external.ports
        if port.port in grant.ports
    )
    body = GatewaySlice(
        gateway=like.gateway.gateway,
        caller_namespace=external.namespace,
        caller_principal=grant.principal,
        destinations=(destination,),
        externals=(GatewayExternal(host=external.host, ports=ports, access=grant.access),),
        min_replicas=2,
        max_replicas=2,
    )
    scope = Scope(kind=ScopeKind.GATEWAY, key="shop/client/client")
    return TrafficSlice(scope=scope, cluster="east", mesh=like.mesh, gateway=body)


def hops(world: Mapping[str, list[Any]]) -> Iterator[tuple[str, Any, Any]]:
    """Give each route to client's gateway: its family, match and destination."""
    for service in world["VirtualService"]:
        if service["spec"]["gateways"] == ["mesh"]:
            for family in ("http", "tls", "tcp"):
                for route in service["spec"].get(family, []):
                    for to in route.get("route", []):
                        named = "sourceLabels" in route["match"][0]
                        if to["destination"]["host"] == HOST and named:
                            yield family, route, to["destination"]


def subset(world: Mapping[str, list[Any]], name: str) -> Any:
    (rule,) = (one for one in world["DestinationRule"] if one["spec"]["host"] == HOST)
    (found,) = (one for one in rule["spec"]["subsets"] if one["name"] == name)
    return found["trafficPolicy"]


def servers(world: Mapping[str, list[Any]], port: int, sni: str) -> list[Any]:
    (gateway,) = world["Gateway"]
    return [
        server
        for server in gateway["spec"]["servers"]
        if server["port"]["number"] == port
        and any(covers(host.partition("/")[2], sni) for host in server["hosts"])
    ]


def covers(host: str, name: str) -> bool:
    return name == host or (host.startswith("*.") and name.endswith(host[1:]))


def allowed_names(world: Mapping[str, list[Any]]) -> set[str]:
    rules = [
        rule
        for policy in world["AuthorizationPolicy"]
        if policy["spec"].get("action") == "ALLOW"
        for rule in policy["spec"]["rules"]
    ]
    return {
        name for rule in rules for condition in rule.get("when", []) for name in condition["values"]
    } | {host for rule in rules for to in rule["to"] for host in to["operation"].get("hosts", [])}


def test_seven_ports_take_the_gateway(world: Mapping[str, list[Any]]) -> None:
    assert len(list(hops(world))) == 7


def test_whoever_is_no_caller_is_refused_outside_never_let_go_straight(
    world: Mapping[str, list[Any]],
) -> None:
    (service,) = (
        one
        for one in world["VirtualService"]
        if one["spec"]["gateways"] == ["mesh"] and one["spec"]["hosts"] == ["api.example.com"]
    )
    for family, ports in (("http", {80, 8080}), ("tls", {443}), ("tcp", {3306})):
        last = {route["match"][0]["port"]: route for route in service["spec"][family]}
        assert set(last) == ports
        for route in last.values():
            assert "sourceLabels" not in route["match"][0]
            refused = "directResponse" in route
            assert refused or route["route"][0]["destination"]["host"] == HOST


def test_every_hop_names_a_subset_and_reaches_one_server(world: Mapping[str, list[Any]]) -> None:
    for _, _, destination in hops(world):
        policy = subset(world, destination["subset"])
        assert policy["tls"]["mode"] == "ISTIO_MUTUAL"
        assert len(servers(world, destination["port"]["number"], policy["tls"]["sni"])) == 1


def test_every_hop_dials_a_port_of_the_service(world: Mapping[str, list[Any]]) -> None:
    (service,) = world["Service"]
    ports = {port["port"]: port["targetPort"] for port in service["spec"]["ports"]}
    for _, _, destination in hops(world):
        assert ports[destination["port"]["number"]] == destination["port"]["number"]


def test_every_hop_is_let_through_and_nothing_else(world: Mapping[str, list[Any]]) -> None:
    told = {
        route["rewrite"]["authority"]
        if "rewrite" in route
        else subset(world, destination["subset"])["tls"]["sni"]
        for _, route, destination in hops(world)
    }
    assert told == allowed_names(world)


def test_every_hop_goes_on_to_the_port_that_the_caller_meant(
    world: Mapping[str, list[Any]],
) -> None:
    onward = [
        (service, route)
        for service in world["VirtualService"]
        if service["spec"]["gateways"] != ["mesh"]
        for family in ("http", "tls", "tcp")
        for route in service["spec"].get(family, [])
    ]
    for _, route, destination in hops(world):
        policy = subset(world, destination["subset"])
        (match,) = route["match"]
        sni = policy["tls"]["sni"]
        (goes_to,) = (
            to["destination"]
            for service, way in onward
            if any(covers(host, sni) for host in service["spec"]["hosts"])
            and (
                "rewrite" not in route
                or way["match"][0].get("authority") == {"exact": route["rewrite"]["authority"]}
            )
            and way["match"][0]["port"] == destination["port"]["number"]
            for to in way["route"]
        )
        if sni.startswith("outbound_"):
            assert goes_to == {"host": "server.shop.global", "port": {"number": 15443}}
            assert sni.startswith(f"outbound_.{match['port']}_")
        else:
            assert goes_to == {"host": "api.example.com", "port": {"number": match["port"]}}


def test_http2_is_spoken_to_the_gateway_where_the_port_speaks_it(
    world: Mapping[str, list[Any]],
) -> None:
    for _, route, destination in hops(world):
        pool = subset(world, destination["subset"]).get("connectionPool")
        is_grpc = route["match"][0]["port"] == 8080
        assert (pool == {"http": {"h2UpgradePolicy": "UPGRADE"}}) == is_grpc


def test_what_the_gateway_sends_on_is_visible_to_it(world: Mapping[str, list[Any]]) -> None:
    for entry in world["ServiceEntry"]:
        assert "egress-client-abcdefghij" in entry["spec"]["exportTo"]
    for service in world["VirtualService"]:
        if any("/" in gateway for gateway in service["spec"]["gateways"]):
            assert "egress-client-abcdefghij" in service["spec"]["exportTo"]


def test_a_gateway_with_nothing_to_pass_on_is_not_there(case: Case) -> None:
    slice_ = case("gateway")
    assert slice_.gateway
    empty = replace(slice_, gateway=replace(slice_.gateway, destinations=(), externals=()))
    assert trafficctl_render_slice(empty).manifests == ()
