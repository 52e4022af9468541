"""The kinds of ``security.istio.io/v1``."""

from collections.abc import Mapping, Sequence
from typing import Final

from trafficctl_istio.objects.shapes import Json, namespaced, present

_API: Final = "security.istio.io/v1"
_POLICY: Final = "AuthorizationPolicy"


def allow(
    namespace: str, name: str, *, rules: Sequence[Json], pod_labels: Mapping[str, str] | None = None
) -> Json:
    """Give an AuthorizationPolicy that lets in what matches any rule.

    :param pod_labels: none: all pods of the namespace.
    """
    return _with_rules(namespace, name, "ALLOW", rules, pod_labels)


def deny(
    namespace: str, name: str, *, rules: Sequence[Json], pod_labels: Mapping[str, str] | None = None
) -> Json:
    """Give an AuthorizationPolicy that refuses what matches any rule, whatever allows it."""
    return _with_rules(namespace, name, "DENY", rules, pod_labels)


def deny_all(namespace: str, name: str) -> Json:
    """Give the AuthorizationPolicy that allows nothing: whatever no other allows is refused."""
    return namespaced(_API, _POLICY, namespace, name, spec={})


def peer_authentication(
    namespace: str,
    name: str,
    *,
    pod_labels: Mapping[str, str],
    mode: str,
    port_modes: Mapping[int, str],
) -> Json:
    """Give a PeerAuthentication of some pods.

    :param mode: of all ports that ``port_modes``, by the pods' ports, does not name; empty: as the
        namespace or the mesh has it.
    """
    spec = present(
        selector=_selector(pod_labels),
        mtls={"mode": mode} if mode else None,
        portLevelMtls={str(port): {"mode": port_modes[port]} for port in sorted(port_modes)},
    )
    return namespaced(_API, "PeerAuthentication", namespace, name, spec=spec)


def request_authentication(
    namespace: str, name: str, *, pod_labels: Mapping[str, str], rules: Sequence[Json]
) -> Json:
    """Give a RequestAuthentication of some pods."""
    spec: Json = {"selector": _selector(pod_labels), "jwtRules": list(rules)}
    return namespaced(_API, "RequestAuthentication", namespace, name, spec=spec)


def source(
    *,
    principals: Sequence[str],
    not_principals: Sequence[str] = (),
    ranges: Sequence[str] = (),
    tokens: Sequence[str] = (),
) -> Json:
    """Give one source of a rule; what is given must hold together.

    :param ranges: CIDRs of the client, as the last gateway saw it.
    :param tokens: request principals.
    """
    return {
        "source": present(
            principals=list(principals),
            notPrincipals=list(not_principals),
            remoteIpBlocks=list(ranges),
            requestPrincipals=list(tokens),
        )
    }


def operation(
    *,
    ports: Sequence[int],
    methods: Sequence[str] = (),
    paths: Sequence[str] = (),
    hosts: Sequence[str] = (),
) -> Json:
    """Give one operation of a rule; always bound to ports of the pods."""
    return {
        "operation": present(
            ports=[str(port) for port in ports],
            hosts=list(hosts),
            methods=list(methods),
            paths=list(paths),
        )
    }


def _with_rules(
    namespace: str,
    name: str,
    action: str,
    rules: Sequence[Json],
    pod_labels: Mapping[str, str] | None,
) -> Json:
    spec = present(
        selector=None if pod_labels is None else _selector(pod_labels),
        action=action,
        rules=list(rules),
    )
    return namespaced(_API, _POLICY, namespace, name, spec=spec)


def _selector(pod_labels: Mapping[str, str]) -> Json:
    return {"matchLabels": dict(sorted(pod_labels.items()))}
