"""Laws that all scenarios keep are ones that can be broken."""

from typing import Any

import pytest

from tests.scenarios.laws import broken_laws


def made(kind: str, name: str = "a", **spec: Any) -> dict[str, Any]:
    return {"kind": kind, "metadata": {"namespace": "shop", "name": name}, "spec": spec}


def routes(name: str, **spec: Any) -> dict[str, Any]:
    return made("VirtualService", name, hosts=["orders.shop.global"], **spec)


HTTP = [{"number": 80, "protocol": "HTTP"}]
TCP = [{"number": 6000, "protocol": "TCP"}]
MUTUAL = {"mode": "ISTIO_MUTUAL", "sni": "outbound_.80_._.a", "subjectAltNames": ["spiffe://a"]}
BREACHES: dict[str, list[dict[str, Any]]] = {
    "one_entry_for_a_host": [
        made("ServiceEntry", "a", hosts=["x.example"], ports=HTTP),
        made("ServiceEntry", "b", hosts=["x.example"], ports=HTTP),
    ],
    "one_address_for_a_host": [
        made("ServiceEntry", "a", hosts=["x.example"], addresses=["240.0.0.1"], ports=TCP),
        made("ServiceEntry", "b", hosts=["y.example"], addresses=["240.0.0.1"], ports=TCP),
    ],
    "bytes_have_an_address": [made("ServiceEntry", hosts=["x.example"], ports=TCP)],
    "one_route_table_for_a_host": [routes("a"), routes("b", gateways=["mesh"])],
    "one_rule_for_a_host": [
        made("DestinationRule", "a", host="x.example"),
        made("DestinationRule", "b", host="x.example"),
    ],
    "one_sidecar_for_a_namespace": [made("Sidecar", "a"), made("Sidecar", "b")],
    "one_mode_for_pods": [
        made("PeerAuthentication", "a", selector={"matchLabels": {"app": "a"}}),
        made("PeerAuthentication", "b", selector={"matchLabels": {"app": "a"}}),
    ],
    "no_rule_opens_all": [made("AuthorizationPolicy", rules=[{}])],
    "policies_say_ports": [
        made(
            "AuthorizationPolicy",
            action="DENY",
            rules=[{"to": [{"operation": {"methods": ["GET"]}}]}],
        )
    ],
    "ports_are_told_in_full": [
        made(
            "DestinationRule",
            host="x.example",
            trafficPolicy={"portLevelSettings": [{"tls": MUTUAL}, {"tls": MUTUAL}]},
        )
    ],
    "servers_are_checked": [
        made("DestinationRule", host="x.example", trafficPolicy={"tls": {"mode": "SIMPLE"}})
    ],
    "routes_name_whole_hosts": [
        routes("a", http=[{"route": [{"destination": {"host": "orders", "port": {"number": 80}}}]}])
    ],
}


@pytest.mark.parametrize("law", BREACHES)
def test_a_law_finds_its_breach(law: str) -> None:
    assert any(it.startswith(f"_{law}:") for it in broken_laws(BREACHES[law]))


def test_objects_for_different_readers_do_not_meet() -> None:
    one = made("ServiceEntry", "a", hosts=["x.example"], ports=HTTP, exportTo=["."])
    other = made("ServiceEntry", "b", hosts=["x.example"], ports=HTTP, exportTo=["away"])
    assert broken_laws([one, other]) == []
