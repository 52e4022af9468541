"""The calling cluster's part: the service's one name, its own name, and egress gateways."""

from collections.abc import Iterator

from trafficctl_sdk.conformance.world import places
from trafficctl_sdk.conformance.world.callers import (
    ANYWHERE,
    callers_of,
    calling_workloads,
    policy_in,
)
from trafficctl_sdk.conformance.world.making import from_intent, made, service_scope
from trafficctl_sdk.conformance.world.parts import compared_labels, mirror_hosts, subsets_named
from trafficctl_sdk.conformance.world.serving import is_headless, service_ports
from trafficctl_sdk.model.common import Protocol
from trafficctl_sdk.model.intercluster_intent import InterclusterIntent
from trafficctl_sdk.model.intracluster_intent import IntraclusterIntent
from trafficctl_sdk.model.traffic_policy import TrafficPolicy
from trafficctl_sdk.slices import (
    Calling,
    DestinationSlice,
    Endpoint,
    Local,
    PodHost,
    PortTreatment,
    Role,
    ScopeKind,
    TrafficSlice,
)


def calling_slice(intent: InterclusterIntent, version: str) -> TrafficSlice:
    """Give what callers of another cluster need of the service."""
    field, policy = policy_in(intent, places.CALLING)
    callers = tuple(it for it in callers_of(intent) if it.allowed)
    fields = {"destination", "ports", *(f"callers[{it.index}]" for it in callers)}
    host = global_host(intent)
    return made(
        service_scope(ScopeKind.DESTINATION),
        places.CALLING,
        [Role.CALLING],
        version,
        from_intent(intent, fields | ({field} if policy else set())),
        destination=DestinationSlice(
            namespace=places.NAMESPACE,
            service=places.SERVICE,
            home_namespace=places.HOME_NAMESPACE,
            calling=Calling(
                host=host,
                address=places.virtual_address(places.SERVICE),
                endpoints=tuple(_endpoints(policy)),
                identities=identities(intent),
                ports=_treated(service_ports(intent), policy),
                callers=calling_workloads(callers),
                open_to_all=any(it.namespace == ANYWHERE for it in callers),
                pods=tuple(
                    PodHost(
                        pod=pod,
                        host=f"{pod}.{host}",
                        address=places.virtual_address(pod),
                        clusters=places.SERVING,
                    )
                    for pod in (places.PODS if is_headless(intent) else ())
                ),
            ),
        ),
    )


def global_host(intent: InterclusterIntent) -> str:
    """Give the one name by which the service is called from everywhere."""
    return f"{intent.external_prefix or places.SERVICE}.{places.NAMESPACE}.global"


def identities(intent: InterclusterIntent) -> tuple[str, ...]:
    """Give the SPIFFE ids that the servers may have, with scheme."""
    destination = intent.destination
    accounts = destination.service_accounts if destination is not None else ()
    named = accounts or places.ACCOUNTS.values()
    return tuple(sorted(f"spiffe://{places.spiffe(places.NAMESPACE, it)}" for it in named))


def _treated(
    ports: dict[int, Protocol.Value], policy: TrafficPolicy | None
) -> tuple[PortTreatment, ...]:
    return tuple(
        PortTreatment(
            port=port,
            protocol=ports[port],
            traffic_policy=policy,
            mirror_hosts=mirror_hosts(policy),
        )
        for port in sorted(ports)
    )


def _endpoints(policy: TrafficPolicy | None) -> Iterator[Endpoint]:
    compared = compared_labels(policy)
    for cluster in places.SERVING:
        labels = places.LABELS[cluster]
        yield Endpoint(
            cluster=cluster,
            address=places.ADDRESSES[cluster],
            port=15443,
            host=places.service_host(places.SERVICE),
            locality=places.LOCALITIES[cluster],
            labels={key: labels[key] for key in sorted(labels) if key in compared},
            subsets=tuple(it.name for it in subsets_named(policy)),
        )


def local_slice(intent: IntraclusterIntent, version: str) -> TrafficSlice | None:
    """Give what callers of the same cluster need of the service; none: nothing."""
    field, policy = policy_in(intent, places.SERVED)
    callers = tuple(it for it in callers_of(intent) if it.allowed)
    if policy is None or not callers:
        return None
    fields = {"destination", "ports", field, *(f"callers[{it.index}]" for it in callers)}
    return made(
        service_scope(ScopeKind.DESTINATION),
        places.SERVED,
        [Role.CALLING, Role.SERVING],
        version,
        from_intent(intent, fields),
        destination=DestinationSlice(
            namespace=places.NAMESPACE,
            service=places.SERVICE,
            home_namespace=places.HOME_NAMESPACE,
            local=Local(
                host=places.service_host(places.SERVICE),
                ports=_treated(service_ports(intent), policy),
                namespaces=tuple(sorted({it.namespace for it in callers} - {ANYWHERE})),
                subsets=subsets_named(policy),
                open_to_all=any(it.namespace == ANYWHERE for it in callers),
            ),
        ),
    )
