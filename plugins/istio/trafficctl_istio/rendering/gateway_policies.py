"""What a dedicated egress gateway lets through, and deny-all for the rest of its namespace."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from trafficctl_sdk.manifests import Effect, Manifest
from trafficctl_sdk.model.access import AccessRule
from trafficctl_sdk.slices import GatewaySlice

from trafficctl_istio.conditions import Condition, condition_json, conditions_of
from trafficctl_istio.objects.security import allow, deny, deny_all, operation, source
from trafficctl_istio.objects.shapes import Json, present
from trafficctl_istio.operations import Operation, operation_of
from trafficctl_istio.protocols import HTTP_FAMILY
from trafficctl_istio.refusals import refuse
from trafficctl_istio.rendering.egress_hop import (
    HTTP_PORT,
    TLS_PORT,
    authority,
    mesh_server_name,
    parts_passed,
    server_name,
)
from trafficctl_istio.rendering.waves import Wave


def policies(body: GatewaySlice, labels: Mapping[str, str]) -> Iterable[Manifest]:
    """Give the gateway's ALLOW, its DENY where a rule asks for one, and deny-all.

    :raises Refused: an access rule cannot be said on its port.
    """
    namespace = body.gateway.namespace
    denied = _outside_rules(body, AccessRule.Action.DENY)
    if denied:
        policy = deny(namespace, "deny", rules=denied, pod_labels=labels)
        yield Manifest(body=policy, wave=Wave.DENY, effect=Effect.CLOSES)
    allowed = [*_passed_on(body), *_outside_rules(body, AccessRule.Action.ALLOW)]
    if allowed:
        policy = allow(namespace, "allow", rules=allowed, pod_labels=labels)
        yield Manifest(body=policy, wave=Wave.ALLOW, effect=Effect.OPENS)
    yield Manifest(body=deny_all(namespace, "deny-all"), wave=Wave.DENY_ALL, effect=Effect.CLOSES)


def _passed_on(body: GatewaySlice) -> Iterable[Json]:
    """Give the rule for the mesh: no principal, as the gateway does not end this TLS."""
    names = sorted(
        mesh_server_name(passed.server_host, port.port, part)
        for passed in body.destinations
        for port in passed.ports
        for part in parts_passed(passed, port.port)
    )
    if names:
        yield {"to": [operation(ports=[TLS_PORT])], "when": [_server_names(names)]}


def _outside_rules(body: GatewaySlice, action: AccessRule.Action) -> list[Json]:
    asked = {
        (external.host, port.port, port.protocol, operation_of(rule, port.protocol), _asked(rule))
        for external in body.externals
        for port in external.ports
        for rule in external.access
        if rule.action is action
    }
    hosts: dict[tuple[Condition, ...], dict[Operation, set[str]]] = defaultdict(
        lambda: defaultdict(set)
    )
    names: set[str] = set()
    for host, port, protocol, what, conditions in asked:
        if protocol in HTTP_FAMILY:
            hosts[conditions][what].add(authority(host, port))
        else:
            names.add(server_name(host, port, protocol))
    rules = [
        present(
            **{"from": _caller(body)},
            to=[_requests(what, found) for what, found in sorted(hosts[conditions].items())],
            when=[condition_json(one) for one in conditions],
        )
        for conditions in sorted(hosts)
    ]
    if names:
        rules.append(
            {
                "from": _caller(body),
                "to": [operation(ports=[TLS_PORT])],
                "when": [_server_names(sorted(names))],
            }
        )
    return rules


def _asked(rule: AccessRule) -> tuple[Condition, ...]:
    if rule.claims:
        raise refuse(
            "callers.access.claims",
            "FIELD_NOT_SUPPORTED",
            "leave it out: an egress gateway checks no tokens",
        )
    return conditions_of(rule)


def _caller(body: GatewaySlice) -> list[Json]:
    return [source(principals=[body.caller_principal])]


def _requests(what: Operation, hosts: set[str]) -> Json:
    return operation(ports=[HTTP_PORT], hosts=sorted(hosts), methods=what.methods, paths=what.paths)


def _server_names(names: list[str]) -> Json:
    return {"key": "connection.sni", "values": names}
