"""What holds for a whole namespace."""

from trafficctl_sdk.manifests import Effect, Manifest, Rendering
from trafficctl_sdk.slices import NamespaceSlice, TrafficSlice

from trafficctl_networkpolicy.name_servers import NameServers
from trafficctl_networkpolicy.objects import ingress_policy
from trafficctl_networkpolicy.rendering.egress import calls
from trafficctl_networkpolicy.rendering.ingress import ingress_rules
from trafficctl_networkpolicy.rendering.naming import name_in_scope
from trafficctl_networkpolicy.rendering.waves import Wave


def render(slice_: TrafficSlice, body: NamespaceSlice, servers: NameServers) -> Rendering:
    """Give what the namespace may call, and the deny-all that lets spared callers in.

    :raises Refused: a spared caller cannot be told by its address.
    """
    manifests: list[Manifest] = []
    if body.declared_calls is not None:
        manifests += calls(slice_, body, body.declared_calls, servers)
    if body.deny_all:
        policy = ingress_policy(
            body.namespace,
            name_in_scope(slice_.scope, "deny-all"),
            pod_labels={},
            rules=ingress_rules((), body.spared),
        )
        manifests.append(
            Manifest(body=policy, wave=Wave.DENY_ALL, effect=Effect.CLOSES, origins=())
        )
    return Rendering(manifests=tuple(sorted(manifests, key=lambda it: it.wave)))
