"""What holds for a whole namespace."""

from trafficctl_sdk.manifests import Effect, Manifest, Rendering
from trafficctl_sdk.slices import NamespaceSlice, TrafficSlice

from trafficctl_networkpolicy.objects import ingress_policy
from trafficctl_networkpolicy.rendering.ingress import ingress_rules
from trafficctl_networkpolicy.rendering.naming import name_in_scope
from trafficctl_networkpolicy.rendering.waves import Wave


def render(slice_: TrafficSlice, body: NamespaceSlice) -> Rendering:
    """Give the deny-all of a governed namespace, which lets spared callers in.

    :raises Refused: a spared caller cannot be told by its address.
    """
    if not body.deny_all:
        return Rendering()
    policy = ingress_policy(
        body.namespace,
        name_in_scope(slice_.scope, "deny-all"),
        pod_labels={},
        rules=ingress_rules((), body.spared),
    )
    closed = Manifest(body=policy, wave=Wave.DENY_ALL, effect=Effect.CLOSES, origins=())
    return Rendering(manifests=(closed,))
