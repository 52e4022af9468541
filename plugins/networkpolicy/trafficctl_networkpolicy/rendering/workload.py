"""Who may call one workload, where it serves."""

from trafficctl_sdk.manifests import Effect, Manifest, Rendering
from trafficctl_sdk.slices import TrafficSlice, WorkloadSlice

from trafficctl_networkpolicy.objects import ingress_policy
from trafficctl_networkpolicy.refusals import refuse
from trafficctl_networkpolicy.rendering.ingress import ingress_rules
from trafficctl_networkpolicy.rendering.naming import name_in_scope
from trafficctl_networkpolicy.rendering.waves import Wave


def render(slice_: TrafficSlice, body: WorkloadSlice) -> Rendering:
    """Give one policy that lets the callers in.

    Nothing where nobody may call (the namespace's own policy refuses everybody), and nothing where
    our word is not the law: any policy would refuse whoever it does not name. Spared callers are
    let in here too: this policy may arrive before the namespace's own.

    :raises Refused: the pods have no labels, so that a selector would mean the whole namespace,
        or a grant cannot be said.
    """
    if not body.governed or not body.grants:
        return Rendering()
    if not body.pod_labels:
        raise refuse(
            "destination.workload",
            "pod_labels",
            "give the workload pod labels: without them its policy would hold everywhere",
        )
    policy = ingress_policy(
        body.namespace,
        name_in_scope(slice_.scope, f"allow-{body.service}"),
        pod_labels=body.pod_labels,
        rules=ingress_rules(body.grants, body.spared),
    )
    return Rendering(manifests=(Manifest(body=policy, wave=Wave.ALLOW, effect=Effect.OPENS),))
