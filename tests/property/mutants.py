"""Deliberate bugs, as they would stand in rendered objects."""

import copy
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from trafficctl_sdk.explain import Inventory, PlacedObject

Body = dict[str, Any]
Mutant = Callable[[Body, Inventory], bool | None]
"""Changes an object in place; says ``False`` if the object is not to be there at all."""

MUTANTS: Final[dict[str, tuple[tuple[str, ...], Mutant]]] = {}
"""By name: the kinds of object that have the bug, and the bug."""


def mutated(
    name: str, objects: Sequence[PlacedObject], inventory: Inventory
) -> tuple[PlacedObject, ...]:
    """Give objects with a bug in each that can have it."""
    kinds, bug = MUTANTS[name]
    found = []
    for it in objects:
        if it.body["kind"] not in kinds:
            found.append(it)
            continue
        body: Body = copy.deepcopy(dict(it.body))
        if bug(body, inventory) is not False:
            found.append(replace(it, body=body))
    return tuple(found)


def _bug(*kinds: str) -> Callable[[Mutant], Mutant]:
    def register(mutant: Mutant) -> Mutant:
        MUTANTS[mutant.__name__] = (kinds, mutant)
        return mutant

    return register


def _operations(body: Body) -> Iterator[Body]:
    for rule in body["spec"].get("rules", ()):
        for it in rule.get("to", ()):
            yield it["operation"]


def _is_deny(body: Body) -> bool:
    return bool(body["spec"].get("action") == "DENY")


def _is_egress(body: Body) -> bool:
    return str(body["metadata"]["namespace"]).startswith("egress-")


def _blocks(body: Body) -> list[Body]:
    return list(body["spec"].get("trafficPolicy", {}).get("portLevelSettings", ()))


@_bug("AuthorizationPolicy")
def service_port_for_workload_port(body: Body, inventory: Inventory) -> None:
    selector = body["spec"].get("selector", {}).get("matchLabels", {})
    ports = {
        str(port.target): str(port.port)
        for it in inventory.services
        if it.namespace == body["metadata"]["namespace"] and it.selector.items() <= selector.items()
        for port in it.ports
    }
    for it in _operations(body):
        it["ports"] = [ports.get(port, port) for port in it["ports"]]


@_bug("AuthorizationPolicy")
def deny_without_ports(body: Body, _: Inventory) -> None:
    for it in _operations(body) if _is_deny(body) else ():
        if len(it) > 1:
            del it["ports"]


@_bug("AuthorizationPolicy")
def deny_dropped(body: Body, _: Inventory) -> bool:
    return not _is_deny(body)


@_bug("AuthorizationPolicy")
def deny_all_dropped(body: Body, _: Inventory) -> bool:
    return bool(body["spec"])


@_bug("AuthorizationPolicy")
def missing_selector(body: Body, _: Inventory) -> None:
    body["spec"].pop("selector", None)


@_bug("AuthorizationPolicy")
def allow_without_from(body: Body, _: Inventory) -> None:
    for rule in body["spec"].get("rules", ()) if not _is_deny(body) else ():
        rule.pop("from", None)


@_bug("AuthorizationPolicy")
def prefix_without_the_pair(body: Body, _: Inventory) -> None:
    for it in _operations(body):
        below = {path[:-2] for path in it.get("paths", ()) if path.endswith("/*")} - {""}
        pairs = [path for path in it.get("paths", ()) if path.removesuffix("/*") not in below]
        if below:
            it["paths"] = [*pairs, *(f"{path}*" for path in sorted(below))]


@_bug("AuthorizationPolicy")
def wrong_trust_domain(body: Body, _: Inventory) -> None:
    for rule in body["spec"].get("rules", ()):
        for source in rule.get("from", ()):
            names = source["source"].get("principals", ())
            source["source"]["principals"] = [
                f"elsewhere.example/{name.partition('/')[2]}" if "/" in name else name
                for name in names
            ]


@_bug("AuthorizationPolicy")
def lost_not_principals(body: Body, _: Inventory) -> None:
    for rule in body["spec"].get("rules", ()):
        for source in rule.get("from", ()):
            source["source"].pop("notPrincipals", None)


@_bug("AuthorizationPolicy")
def methods_on_bytes(body: Body, _: Inventory) -> None:
    for it in _operations(body):
        if it.keys() == {"ports"}:
            it["methods"] = ["GET"]


@_bug("AuthorizationPolicy")
def egress_gateway_without_policies(body: Body, _: Inventory) -> bool:
    return not _is_egress(body)


@_bug("PeerAuthentication")
def permissive_for_strict(body: Body, _: Inventory) -> None:
    body["spec"]["mtls"]["mode"] = "PERMISSIVE"


@_bug("DestinationRule")
def one_server_name_for_all_ports(body: Body, _: Inventory) -> None:
    named = [it["tls"] for it in _blocks(body) if "sni" in it.get("tls", {})]
    for tls in named[1:]:
        tls["sni"] = named[0]["sni"]


@_bug("DestinationRule")
def missing_server_identities(body: Body, _: Inventory) -> None:
    for it in _blocks(body):
        it.get("tls", {}).pop("subjectAltNames", None)


@_bug("DestinationRule")
def port_block_without_tls(body: Body, _: Inventory) -> None:
    for it in _blocks(body):
        it.pop("tls", None)


@_bug("DestinationRule")
def swapped_subsets(body: Body, _: Inventory) -> None:
    subsets = body["spec"].get("subsets", [])
    names = [it["name"] for it in subsets]
    for it, name in zip(subsets, [*names[1:], *names[:1]], strict=True):
        it["name"] = name


@_bug("ServiceEntry")
def wrong_gateway_port(body: Body, _: Inventory) -> None:
    for it in body["spec"].get("endpoints", ()):
        it["ports"] = {name: port + 1 for name, port in it["ports"].items()}


@_bug("ServiceEntry")
def entry_seen_by_everybody(body: Body, _: Inventory) -> None:
    body["spec"].pop("exportTo", None)


@_bug("Gateway")
def wildcard_at_the_east_west_gateway(body: Body, _: Inventory) -> None:
    for it in body["spec"]["servers"]:
        if it.get("tls", {}).get("mode") == "AUTO_PASSTHROUGH":
            it["hosts"] = ["*.local"]


@_bug("Gateway")
def closed_east_west_gateway(body: Body, _: Inventory) -> None:
    for it in body["spec"]["servers"]:
        if it.get("tls", {}).get("mode") == "AUTO_PASSTHROUGH":
            it["tls"]["mode"] = "PASSTHROUGH"


@_bug("Gateway", "VirtualService")
def any_host_exposed(body: Body, _: Inventory) -> None:
    if body["metadata"]["namespace"] == "istio-ingress":
        for it in body["spec"].get("servers", ()):
            it["hosts"] = ["*"]
        if "hosts" in body["spec"]:
            body["spec"]["hosts"] = ["*"]


@_bug("VirtualService")
def shortest_prefix_first(body: Body, _: Inventory) -> None:
    if body["metadata"]["namespace"] == "istio-ingress":
        body["spec"].get("http", []).reverse()


@_bug("VirtualService")
def exposed_prefix_without_the_pair(body: Body, _: Inventory) -> None:
    for route in body["spec"].get("http", ()):
        uris = [it["uri"] for it in route.get("match", ()) if "uri" in it]
        for uri in uris:
            if len(uri.get("prefix", "")) > 1:
                uri["prefix"] = uri["prefix"].rstrip("/")


@_bug("VirtualService")
def wrong_server_names(body: Body, _: Inventory) -> None:
    for route in body["spec"].get("tls", ()):
        for it in route["match"]:
            it["sniHosts"] = [f"not-{name.removeprefix('*.')}" for name in it["sniHosts"]]


@_bug("VirtualService")
def route_without_caller(body: Body, _: Inventory) -> None:
    for route in body["spec"].get("http", ()):
        for it in route.get("match", ()):
            it.pop("sourceLabels", None)
            it.pop("sourceNamespace", None)
