"""What holds for everything that is written, whatever the scenario: Istio's rules over objects.

Each law gives what breaks it, in words; none gives anything.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    Objects = Sequence[Mapping[str, Any]]


def broken_laws(objects: Objects) -> list[str]:
    """Give every law that the objects of one cluster break."""
    return [f"{law.__name__}: {it}" for law in _LAWS for it in law(objects)]


def _one_entry_for_a_host(objects: Objects) -> Iterator[str]:
    """Two ServiceEntries of one host that one proxy sees fight (pitfalls 4.10)."""
    seen = (
        (host, reader)
        for it in _of(objects, "ServiceEntry")
        for host in it["spec"]["hosts"]
        for reader in _readers(it)
    )
    yield from _twice(seen)


def _one_address_for_a_host(objects: Objects) -> Iterator[str]:
    """An address leads to one host (pitfalls 4.11)."""
    yield from _twice(
        (address, reader)
        for it in _of(objects, "ServiceEntry")
        for address in it["spec"].get("addresses", ())
        for reader in _readers(it)
    )


def _bytes_have_an_address(objects: Objects) -> Iterator[str]:
    """Bytes without an address would take every address of the port (pitfalls 4.10, 4.11)."""
    for it in _of(objects, "ServiceEntry"):
        opaque = [port for port in it["spec"]["ports"] if port["protocol"] in ("TCP", "MYSQL")]
        if opaque and not it["spec"].get("addresses"):
            yield _name(it)


def _one_route_table_for_a_host(objects: Objects) -> Iterator[str]:
    """Of two VirtualServices for a host at a gateway, the older wins silently (pitfalls 4.16)."""
    yield from _twice(
        (host, gateway, reader)
        for it in _of(objects, "VirtualService")
        for host in it["spec"]["hosts"]
        for gateway in it["spec"].get("gateways", ["mesh"])
        for reader in _readers(it)
    )


def _one_rule_for_a_host(objects: Objects) -> Iterator[str]:
    """Policies of several DestinationRules of a host are dropped silently (pitfalls 4.15)."""
    yield from _twice(
        (it["spec"]["host"], reader, str(it["spec"].get("workloadSelector")))
        for it in _of(objects, "DestinationRule")
        for reader in _readers(it)
    )


def _one_sidecar_for_a_namespace(objects: Objects) -> Iterator[str]:
    """Of two Sidecars of a namespace one is not looked at (pitfalls 4.12)."""
    yield from _twice(
        it["metadata"]["namespace"]
        for it in _of(objects, "Sidecar")
        if "workloadSelector" not in it["spec"]
    )


def _one_mode_for_pods(objects: Objects) -> Iterator[str]:
    """Of two PeerAuthentications for the same pods the older wins (pitfalls 4.6)."""
    yield from _twice(
        (it["metadata"]["namespace"], str(it["spec"].get("selector")))
        for it in _of(objects, "PeerAuthentication")
    )


def _no_rule_opens_all(objects: Objects) -> Iterator[str]:
    """A rule that says nothing allows everything (pitfalls 4.1)."""
    for it in _of(objects, "AuthorizationPolicy"):
        if any(not rule for rule in it["spec"].get("rules", ())):
            yield _name(it)


def _policies_say_ports(objects: Objects) -> Iterator[str]:
    """A DENY without ports cuts all bytes, an ALLOW without opens all ports (recipes 1)."""
    for it in _of(objects, "AuthorizationPolicy"):
        for rule in it["spec"].get("rules", ()):
            for to in rule.get("to", ({"operation": {}},)):
                if not to["operation"].get("ports"):
                    yield _name(it)


def _ports_are_told_in_full(objects: Objects) -> Iterator[str]:
    """What one port's settings leave out is not taken from anywhere (recipes 2)."""
    for it in _of(objects, "DestinationRule"):
        ports = it["spec"].get("trafficPolicy", {}).get("portLevelSettings", ())
        with_tls = [port for port in ports if "tls" in port]
        names = Counter(port["tls"]["sni"] for port in with_tls if "sni" in port["tls"])
        mesh = [port for port in with_tls if port["tls"]["mode"] == "ISTIO_MUTUAL"]
        if (mesh and len(with_tls) < len(ports)) or any(
            count > 1 and name.startswith("outbound_.") for name, count in names.items()
        ):
            yield _name(it)


def _servers_are_checked(objects: Objects) -> Iterator[str]:
    """Whoever begins TLS says whom it expects (pitfalls 4.7, 4.14)."""
    for it in _of(objects, "DestinationRule"):
        policy = it["spec"].get("trafficPolicy", {})
        policies = [policy, *policy.get("portLevelSettings", ())]
        for subset in it["spec"].get("subsets", ()):
            inner = subset.get("trafficPolicy", {})
            policies += [inner, *inner.get("portLevelSettings", ())]
        for tls in (one["tls"] for one in policies if "tls" in one):
            if tls["mode"] != "DISABLE" and not tls.get("subjectAltNames"):
                yield _name(it)


def _routes_name_whole_hosts(objects: Objects) -> Iterator[str]:
    """Short names mean something else in another namespace (pitfalls 4.16)."""
    for it in _of(objects, "VirtualService"):
        for table in ("http", "tls", "tcp"):
            for route in it["spec"].get(table, ()):
                for way in route.get("route", ()):
                    where = way["destination"]
                    if "." not in where["host"] or "port" not in where:
                        yield _name(it)


_LAWS: Final[tuple[Callable[[Objects], Iterable[str]], ...]] = (
    _one_entry_for_a_host,
    _one_address_for_a_host,
    _bytes_have_an_address,
    _one_route_table_for_a_host,
    _one_rule_for_a_host,
    _one_sidecar_for_a_namespace,
    _one_mode_for_pods,
    _no_rule_opens_all,
    _policies_say_ports,
    _ports_are_told_in_full,
    _servers_are_checked,
    _routes_name_whole_hosts,
)


def _of(objects: Objects, kind: str) -> list[Mapping[str, Any]]:
    return [it for it in objects if it["kind"] == kind]


def _name(it: Mapping[str, Any]) -> str:
    return f"{it['kind']} {it['metadata']['namespace']}/{it['metadata']['name']}"


def _readers(it: Mapping[str, Any]) -> Iterator[str]:
    """Give the namespaces whose proxies see an object; ``*`` is all of them."""
    for namespace in it["spec"].get("exportTo", ["*"]):
        yield it["metadata"]["namespace"] if namespace == "." else namespace


def _twice(keys: Iterable[Any]) -> Iterator[str]:
    found: defaultdict[Any, int] = defaultdict(int)
    for key in keys:
        found[key] += 1
    yield from (str(key) for key, count in found.items() if count > 1)
