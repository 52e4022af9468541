"""The policies and the mutual TLS of one workload, where it serves."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from trafficctl_sdk.manifests import Effect, Manifest, Notice, Rendering
from trafficctl_sdk.model.access import AccessRule
from trafficctl_sdk.model.convergence import Convergence
from trafficctl_sdk.model.tls import MutualTls
from trafficctl_sdk.slices import TrafficSlice, WorkloadSlice

from trafficctl_istio.conditions import providers_by_id
from trafficctl_istio.objects.security import (
    allow,
    deny,
    peer_authentication,
    request_authentication,
)
from trafficctl_istio.refusals import refuse
from trafficctl_istio.rendering.naming import name_in_scope
from trafficctl_istio.rendering.policy_rules import permissions, rules_of, spared_permissions
from trafficctl_istio.rendering.request_authentication import jwt_rules
from trafficctl_istio.rendering.waves import Wave

_MODES: Final[Mapping[MutualTls.Mode, str]] = MappingProxyType(
    {
        MutualTls.Mode.DISABLED: "DISABLE",
        MutualTls.Mode.PERMISSIVE: "PERMISSIVE",
        MutualTls.Mode.STRICT: "STRICT",
    }
)


def render(slice_: TrafficSlice, body: WorkloadSlice) -> Rendering:
    """Give one policy for each action, and how the pods check tokens and mutual TLS.

    :raises Refused: the pods have no labels, so that a selector would mean the whole namespace,
        or an access rule cannot be said on its port.
    """
    if not body.pod_labels:
        raise refuse(
            "destination.workload",
            "istio.pod_labels",
            "give the workload pod labels: without them its policies would hold everywhere",
        )
    providers = providers_by_id(body.jwt_providers)
    allowed = permissions(body.grants, AccessRule.Action.ALLOW, providers)
    allowed += spared_permissions(body.spared)
    denied = permissions(body.grants, AccessRule.Action.DENY, providers)
    manifests: list[Manifest] = []
    if body.jwt_providers:
        checks = request_authentication(
            body.namespace,
            name_in_scope(slice_.scope, body.service),
            pod_labels=body.pod_labels,
            rules=jwt_rules(body.jwt_providers),
        )
        manifests.append(
            Manifest(body=checks, wave=Wave.REQUEST_AUTHENTICATION, effect=Effect.CLOSES)
        )
    if denied:
        policy = deny(
            body.namespace,
            name_in_scope(slice_.scope, f"deny-{body.service}"),
            rules=rules_of(denied, body.entrances),
            pod_labels=body.pod_labels,
        )
        manifests.append(Manifest(body=policy, wave=Wave.DENY, effect=Effect.CLOSES))
    if allowed:
        policy = allow(
            body.namespace,
            name_in_scope(slice_.scope, f"allow-{body.service}"),
            rules=rules_of(allowed, body.entrances),
            pod_labels=body.pod_labels,
        )
        manifests.append(Manifest(body=policy, wave=Wave.ALLOW, effect=Effect.OPENS))
    modes = _port_modes(body)
    mode = "STRICT" if body.governed else ""
    manifests.append(
        Manifest(
            body=peer_authentication(
                body.namespace,
                name_in_scope(slice_.scope, body.service),
                pod_labels=body.pod_labels,
                mode=mode,
                port_modes={port: stated for port, stated in modes.items() if stated != mode},
            ),
            wave=Wave.PEER_AUTHENTICATION,
            effect=Effect.CLOSES,
        )
    )
    return Rendering(manifests=tuple(manifests), notices=tuple(_notices(slice_, body)))


def _port_modes(body: WorkloadSlice) -> dict[int, str]:
    modes = {stated.port: _MODES[stated.mode] for stated in body.mutual_tls}
    for port in _plaintext_ports(body):
        if modes.get(port, "STRICT") == "STRICT":
            modes[port] = "PERMISSIVE"
    return modes


def _plaintext_ports(body: WorkloadSlice) -> set[int]:
    return {port for caller in body.spared if not caller.principal for port in caller.ports}


def _notices(slice_: TrafficSlice, body: WorkloadSlice) -> Iterable[Notice]:
    plaintext = _plaintext_ports(body)
    if not plaintext:
        return
    strict = {stated.port for stated in body.mutual_tls if stated.mode is MutualTls.Mode.STRICT}
    shared = sorted(plaintext & strict)
    for origin in slice_.origins if shared else ():
        listed = ", ".join(map(str, shared))
        yield Notice(
            intent=origin.intent,
            reason=Convergence.Reason.PLAINTEXT_ADMITTED.value,
            field="mutual_tls.mode",
            text=f"the cluster spares a plaintext caller on workload port {listed}",
        )
