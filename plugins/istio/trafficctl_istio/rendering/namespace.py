"""What holds for a whole namespace."""

from trafficctl_sdk.manifests import Effect, Manifest, Rendering
from trafficctl_sdk.slices import NamespaceSlice, TrafficSlice

from trafficctl_istio.objects.security import allow, deny_all
from trafficctl_istio.objects.workloads import own_namespace
from trafficctl_istio.rendering.naming import name_in_scope
from trafficctl_istio.rendering.policy_rules import rules_of, spared_permissions
from trafficctl_istio.rendering.waves import Wave


def render(slice_: TrafficSlice, body: NamespaceSlice) -> Rendering:
    """Give a namespace of ours itself, and the deny-all of a governed one.

    Spared callers get their ALLOW with the deny-all only: alone it would refuse all others.
    """
    manifests: list[Manifest] = []
    if body.ours:
        manifests.append(Manifest(body=own_namespace(body.namespace), wave=Wave.NAMESPACE))
    if body.deny_all:
        spared = spared_permissions(body.spared)
        if spared:
            policy = allow(
                body.namespace,
                name_in_scope(slice_.scope, "allow-spared"),
                rules=rules_of(spared),
            )
            manifests.append(Manifest(body=policy, wave=Wave.SPARED, effect=Effect.CLOSES))
        manifests.append(
            Manifest(
                body=deny_all(body.namespace, name_in_scope(slice_.scope, "deny-all")),
                wave=Wave.DENY_ALL,
                effect=Effect.CLOSES,
            )
        )
    return Rendering(manifests=tuple(manifests))
