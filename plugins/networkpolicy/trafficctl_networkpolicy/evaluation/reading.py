"""Reads NetworkPolicy objects as the API server takes them, defaults filled in."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

from trafficctl_networkpolicy.evaluation.fields import has, items, mapping, text, texts
from trafficctl_networkpolicy.evaluation.policies import Block, Peer, Policy, Ports, Rule
from trafficctl_networkpolicy.evaluation.selectors import selector

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trafficctl_sdk.explain import PlacedObject

    from trafficctl_networkpolicy.evaluation.fields import Json
    from trafficctl_networkpolicy.evaluation.policies import Network
    from trafficctl_networkpolicy.evaluation.selectors import Selector


def policy(placed: PlacedObject) -> Policy:
    """Read one NetworkPolicy."""
    metadata, spec = mapping(placed.body, "metadata"), mapping(placed.body, "spec")
    namespace, name = text(metadata, "namespace"), text(metadata, "name")
    incoming, outgoing = items(spec, "ingress"), items(spec, "egress")
    stated = texts(spec, "policyTypes") or ("Ingress", *(("Egress",) if outgoing else ()))
    return Policy(
        name=f"{placed.cluster}/NetworkPolicy/{namespace}/{name}",
        namespace=namespace,
        origins=placed.origins,
        pods=selector(mapping(spec, "podSelector")),
        ingress=_rules(incoming, "from", namespace) if "Ingress" in stated else None,
        egress=_rules(outgoing, "to", namespace) if "Egress" in stated else None,
    )


def _rules(bodies: tuple[Json, ...], peers: str, namespace: str) -> tuple[Rule, ...]:
    return tuple(
        Rule(
            peers=tuple(_peer(it, namespace) for it in items(body, peers)),
            ports=tuple(_ports(it) for it in items(body, "ports")),
        )
        for body in bodies
    )


def _peer(body: Json, namespace: str) -> Peer:
    if has(body, "ipBlock"):
        stated = mapping(body, "ipBlock")
        block = Block(
            networks=tuple(_networks(text(stated, "cidr"))),
            left_out=tuple(it for one in texts(stated, "except") for it in _networks(one)),
        )
        return Peer(own_namespace=namespace, block=block)
    return Peer(
        own_namespace=namespace,
        namespaces=_optional(body, "namespaceSelector"),
        pods=_optional(body, "podSelector"),
    )


def _optional(body: Json, name: str) -> Selector | None:
    return selector(mapping(body, name)) if has(body, name) else None


def _networks(cidr: str) -> Iterator[Network]:
    try:
        yield ipaddress.ip_network(cidr, strict=False)
    except ValueError:
        return


def _ports(body: Json) -> Ports:
    transport = text(body, "protocol") or "TCP"
    stated, last = body.get("port"), body.get("endPort")
    if isinstance(stated, str):
        return Ports(transport=transport, name=stated)
    if not isinstance(stated, int):
        return Ports(transport=transport)
    return Ports(transport=transport, first=stated, last=last if isinstance(last, int) else stated)
