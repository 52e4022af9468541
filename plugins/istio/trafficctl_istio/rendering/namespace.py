"""What holds for a whole namespace."""

from collections.abc import Iterable

from trafficctl_sdk.manifests import Effect, Manifest, Rendering
from trafficctl_sdk.slices import CallableHost, NamespaceSlice, TrafficSlice

from trafficctl_istio.objects.networking import sidecar
from trafficctl_istio.objects.security import allow, deny_all
from trafficctl_istio.objects.workloads import own_namespace
from trafficctl_istio.rendering.naming import name_in_scope
from trafficctl_istio.rendering.policy_rules import rules_of, spared_permissions
from trafficctl_istio.rendering.waves import Wave


def render(slice_: TrafficSlice, body: NamespaceSlice) -> Rendering:
    """Give a namespace of ours itself, the deny-all of a governed one, and what it may call."""
    manifests: list[Manifest] = []
    if body.ours:
        manifests.append(
            Manifest(body=own_namespace(body.namespace), wave=Wave.NAMESPACE, origins=())
        )
    if body.deny_all:
        manifests += _closed(slice_, body)
    if body.callable_hosts is not None:
        manifests.append(_outbound_scope(slice_, body, body.callable_hosts))
    return Rendering(manifests=tuple(manifests))


def _closed(slice_: TrafficSlice, body: NamespaceSlice) -> Iterable[Manifest]:
    """Give deny-all; spared callers get their ALLOW with it only: alone it refuses all others."""
    spared = spared_permissions(body.spared)
    if spared:
        name = name_in_scope(slice_.scope, "allow-spared")
        policy = allow(body.namespace, name, rules=rules_of(spared))
        yield Manifest(body=policy, wave=Wave.SPARED, effect=Effect.CLOSES, origins=())
    name = name_in_scope(slice_.scope, "deny-all")
    policy = deny_all(body.namespace, name)
    yield Manifest(body=policy, wave=Wave.DENY_ALL, effect=Effect.CLOSES, origins=())


def _outbound_scope(
    slice_: TrafficSlice, body: NamespaceSlice, hosts: Iterable[CallableHost]
) -> Manifest:
    """Give the one Sidecar of the namespace: proxies know these hosts and the mesh's own."""
    known = {f"{it.namespace}/{it.host}" for it in hosts}
    known.add(f"{slice_.mesh.root_namespace}/*")
    name = name_in_scope(slice_.scope, "declared-only")
    policy = sidecar(body.namespace, name, egress_hosts=sorted(known))
    return Manifest(body=policy, wave=Wave.OUTBOUND_SCOPE, effect=Effect.CLOSES)
