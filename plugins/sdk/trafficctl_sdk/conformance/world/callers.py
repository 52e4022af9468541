"""Who calls in an intent: pods, principals and ways."""

from collections.abc import Mapping
from dataclasses import dataclass

from trafficctl_sdk.conformance.world import places
from trafficctl_sdk.intent_kinds import ConnectivityIntent
from trafficctl_sdk.model.access import AccessRule, AnyClient, Caller, EgressPath
from trafficctl_sdk.model.traffic_policy import TrafficPolicy
from trafficctl_sdk.slices import CallingWorkload, EgressGateway

ANYWHERE = "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class CallerHere:
    """One caller of one intent.

    :ivar namespace: ``*``: any.
    :ivar principal: as in a :class:`Grant`; empty: without an identity too.
    :ivar egress: its dedicated gateway, where it leaves by one.
    :ivar sizes: least and most replicas of that gateway.
    """

    index: int
    namespace: str
    pod_labels: Mapping[str, str]
    principal: str
    access: tuple[AccessRule, ...]
    workload: str = ""
    egress: EgressGateway | None = None
    sizes: tuple[int, int] = (0, 0)

    @property
    def allowed(self) -> bool:
        """Whether any rule admits it."""
        return any(it.action is AccessRule.Action.ALLOW for it in self.access)

    @property
    def calling(self) -> CallingWorkload:
        """Its pods, and the way that they take."""
        return CallingWorkload(
            namespace=self.namespace, pod_labels=self.pod_labels, egress=self.egress
        )


def callers_of(intent: ConnectivityIntent) -> tuple[CallerHere, ...]:
    """Give the callers in the intent's order."""
    return tuple(_caller(index, it) for index, it in enumerate(intent.callers))


def _caller(index: int, caller: Caller) -> CallerHere:
    if caller.workload is not None:
        return _workload(index, caller, caller.workload.workload)
    namespace, principal = _identity(caller)
    return CallerHere(
        index=index,
        namespace=namespace,
        pod_labels={},
        principal=principal,
        access=caller.access,
    )


def _workload(index: int, caller: Caller, workload: str) -> CallerHere:
    way = caller.egress.dedicated_gateway if caller.egress is not None else None
    return CallerHere(
        index=index,
        namespace=places.NAMESPACE,
        pod_labels={"app": workload},
        principal=places.spiffe(places.NAMESPACE, workload),
        access=caller.access,
        workload=workload,
        egress=places.egress(workload) if way is not None else None,
        sizes=_sizes(way) if way is not None else (0, 0),
    )


def _sizes(way: EgressPath.DedicatedGateway) -> tuple[int, int]:
    least = way.min_replicas or min(2, way.max_replicas or 2)
    return least, way.max_replicas or max(5, least)


def _identity(caller: Caller) -> tuple[str, str]:
    if caller.service_account is not None:
        it = caller.service_account
        return it.namespace, places.spiffe(it.namespace, it.service_account, it.trust_domain)
    if caller.namespace is not None:
        namespace = caller.namespace.namespace
        return namespace, places.spiffe(namespace, ANYWHERE)
    anyone = caller.any_client and caller.any_client.identity is AnyClient.Identity.ANYONE
    return ANYWHERE, "" if anyone or caller.external is not None else ANYWHERE


def calling_workloads(callers: tuple[CallerHere, ...]) -> tuple[CallingWorkload, ...]:
    """Give the pods that may call, each once, in a stable order."""
    found = {
        (it.namespace, tuple(it.pod_labels.items()), it.egress.name if it.egress else ""): it
        for it in callers
        if it.namespace != ANYWHERE
    }
    return tuple(it.calling for _, it in sorted(found.items(), key=lambda entry: entry[0]))


def policy_in(intent: ConnectivityIntent, cluster: str) -> tuple[str, TrafficPolicy | None]:
    """Give the traffic policy that holds in a cluster, and the field that states it."""
    for index, override in enumerate(intent.overrides):
        if f"clusters/{cluster}" in override.clusters and override.traffic_policy is not None:
            return f"overrides[{index}].traffic_policy", _said(override.traffic_policy)
    return "traffic_policy", _said(intent.traffic_policy)


def _said(policy: TrafficPolicy | None) -> TrafficPolicy | None:
    return None if policy == TrafficPolicy() else policy
