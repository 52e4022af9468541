"""The one kind that is written: ``networking.k8s.io/v1`` NetworkPolicy."""

from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

Json: TypeAlias = dict[str, object]
"""A JSON object."""

NAMESPACE_LABEL: Final = "kubernetes.io/metadata.name"
"""The label that every namespace carries, put there by Kubernetes itself."""


def ingress_policy(
    namespace: str, name: str, *, pod_labels: Mapping[str, str], rules: Sequence[Json]
) -> Json:
    """Give a policy by which some pods take what a rule lets in, and nothing else.

    :param pod_labels: empty: all pods of the namespace.
    """
    return _policy(namespace, name, pod_labels, "Ingress", rules)


def egress_policy(
    namespace: str, name: str, *, pod_labels: Mapping[str, str], rules: Sequence[Json]
) -> Json:
    """Give a policy by which some pods send what a rule lets out, and nothing else.

    :param pod_labels: empty: all pods of the namespace.
    """
    return _policy(namespace, name, pod_labels, "Egress", rules)


def _policy(
    namespace: str, name: str, pod_labels: Mapping[str, str], direction: str, rules: Sequence[Json]
) -> Json:
    return {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "NetworkPolicy",
        "metadata": {"name": name, "namespace": namespace},
        "spec": {
            "podSelector": _selector(pod_labels),
            "policyTypes": [direction],
            **({direction.lower(): list(rules)} if rules else {}),
        },
    }


def rule(peers_key: str, peers: Sequence[Json], ports: Sequence[Json]) -> Json:
    """Give one rule: any of the peers, on any of the ports.

    :param peers_key: ``from`` or ``to``.
    :param peers: empty: anybody.
    """
    return {**({peers_key: list(peers)} if peers else {}), "ports": list(ports)}


def pods(namespace: str, pod_labels: Mapping[str, str]) -> Json:
    """Give the peer that is some pods of a namespace; without labels all of them."""
    return {
        "namespaceSelector": _selector({NAMESPACE_LABEL: namespace}),
        **({"podSelector": _selector(pod_labels)} if pod_labels else {}),
    }


def network(cidr: str) -> Json:
    """Give the peer that is whoever has an address in a network."""
    return {"ipBlock": {"cidr": cidr}}


def port(transport: str, number: int, name: str = "") -> Json:
    """Give one port of pods, by its number, or by its name where the number is 0."""
    return {"protocol": transport, "port": number or name}


def _selector(labels: Mapping[str, str]) -> Json:
    return {"matchLabels": dict(sorted(labels.items()))} if labels else {}
