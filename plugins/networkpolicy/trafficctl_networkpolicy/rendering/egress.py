"""What pods may call, where they may call what is declared and nothing else.

One policy for each set of pods that anything is declared for. Such a policy closes all else to its
pods from the moment that it is there, so it holds everything that any policy gives to them, and
the more labels select them, the earlier it comes: then no pod waits for a second policy.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, TypeAlias

from trafficctl_sdk.manifests import Effect, Manifest
from trafficctl_sdk.slices import DeclaredCall, NamespaceSlice, TrafficSlice

from trafficctl_networkpolicy.name_servers import NameServers
from trafficctl_networkpolicy.objects import Json, egress_policy, network, pods, port, rule
from trafficctl_networkpolicy.protocols import transport
from trafficctl_networkpolicy.rendering.naming import name_in_scope
from trafficctl_networkpolicy.rendering.waves import Wave

_Labels: TypeAlias = tuple[tuple[str, str], ...]
_Peer: TypeAlias = tuple[str, _Labels, str]
"""Namespace and labels of pods, or a network."""

_Port: TypeAlias = tuple[str, int, str]
"""Transport, number or 0, name."""

_DNS_PORT: Final = 53
_TOLD_APART: Final = Wave.CALLS - Wave.ALLOW - 1
"""So many labels have a wave of their own."""

_ANY_POD: Final[_Labels] = ()


def calls(
    slice_: TrafficSlice,
    body: NamespaceSlice,
    declared: Iterable[DeclaredCall],
    servers: NameServers,
) -> Iterator[Manifest]:
    """Give the policies of a namespace whose pods may call what is declared."""
    found: defaultdict[_Labels, list[DeclaredCall]] = defaultdict(list)
    for it in declared:
        found[_sorted(it.caller_labels)].append(it)
    for labels in sorted(found.keys() - {_ANY_POD}):
        own = [it for some in found for it in found[some] if set(some) <= set(labels)]
        yield Manifest(
            body=egress_policy(
                body.namespace,
                name_in_scope(slice_.scope, "may-call", repr(labels)),
                pod_labels=dict(labels),
                rules=[*_names(servers), *_rules(own)],
            ),
            wave=Wave.CALLS - min(len(labels), _TOLD_APART),
            effect=Effect.CLOSES,
            origins=tuple(sorted({name for it in own for name in it.origins})),
        )
    yield Manifest(
        body=egress_policy(
            body.namespace,
            name_in_scope(slice_.scope, "declared-only"),
            pod_labels={},
            rules=[*_names(servers), *_rules(found[_ANY_POD])],
        ),
        wave=Wave.DECLARED_ONLY,
        effect=Effect.CLOSES,
        origins=tuple(sorted({name for it in found[_ANY_POD] for name in it.origins})),
    )


def _names(servers: NameServers) -> list[Json]:
    """Give the rules by which pods may ask for names, without which hardly any call begins."""
    asked: defaultdict[int, list[Json]] = defaultdict(list)
    asked[servers.port].append(pods(servers.namespace, servers.pod_labels))
    for it in servers.networks:
        asked[_DNS_PORT].append(network(it))
    return [
        rule("to", asked[number], [port("UDP", number), port("TCP", number)]) for number in asked
    ]


def _rules(declared: Iterable[DeclaredCall]) -> list[Json]:
    ports: defaultdict[_Peer, set[_Port]] = defaultdict(set)
    for call in declared:
        for peer in _peers(call):
            ports[peer].update(
                (transport(it.protocol), it.target, it.target_name) for it in call.ports
            )
    peers: defaultdict[tuple[_Port, ...], list[_Peer]] = defaultdict(list)
    for peer in sorted(ports):
        peers[tuple(sorted(ports[peer]))].append(peer)
    return [
        rule("to", [_said(it) for it in peers[reached]], [port(*it) for it in reached])
        for reached in sorted(peers)
    ]


def _peers(call: DeclaredCall) -> list[_Peer]:
    if call.namespace:
        return [(call.namespace, _sorted(call.pod_labels), "")]
    return [("", (), it) for it in call.networks]


def _said(peer: _Peer) -> Json:
    namespace, labels, cidr = peer
    return pods(namespace, dict(labels)) if namespace else network(cidr)


def _sorted(labels: Mapping[str, str]) -> _Labels:
    return tuple(sorted(labels.items()))
