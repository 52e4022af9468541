"""The serving cluster's part: the workload's policies, and the way in for other clusters."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from trafficctl_sdk.codec import canonical
from trafficctl_sdk.conformance.world import places
from trafficctl_sdk.conformance.world.callers import ANYWHERE, callers_of
from trafficctl_sdk.conformance.world.making import from_intent, made, service_scope
from trafficctl_sdk.conformance.world.parts import subsets_named
from trafficctl_sdk.intent_kinds import ConnectivityIntent
from trafficctl_sdk.model.access import AccessRule, ExternalCaller
from trafficctl_sdk.model.common import Addressing, Protocol
from trafficctl_sdk.model.inbound_intent import InboundIntent, InboundListener
from trafficctl_sdk.model.intercluster_intent import InterclusterIntent
from trafficctl_sdk.model.intracluster_intent import IntraclusterIntent
from trafficctl_sdk.model.tls import MutualTls
from trafficctl_sdk.model.traffic_policy import TrafficPolicy
from trafficctl_sdk.slices import (
    DestinationSlice,
    Grant,
    PodSubset,
    PortMutualTls,
    Role,
    ScopeKind,
    Serving,
    TrafficSlice,
    WorkloadSlice,
)

_POD_NAME = "statefulset.kubernetes.io/pod-name"
ServedIntent = InterclusterIntent | IntraclusterIntent | InboundIntent


def service_ports(intent: ServedIntent) -> dict[int, Protocol.Value]:
    """Give the Service ports that an intent speaks of, with what they speak."""
    if isinstance(intent, InboundIntent):
        return {it.service_port: _behind(it) for it in intent.listeners}
    return {it.port: it.protocol or Protocol.Value.HTTP for it in intent.ports}


def _behind(listener: InboundListener) -> Protocol.Value:
    """Give what the Service speaks behind a listener of the gateway."""
    if listener.protocol is Protocol.Value.HTTPS and listener.passthrough is None:
        return Protocol.Value.HTTP
    return listener.protocol or Protocol.Value.HTTP


def workload_slice(intent: ServedIntent, version: str) -> TrafficSlice:
    """Give the policies of the service's workload."""
    ports = service_ports(intent)
    grants = tuple(_grants(intent, ports))
    fields = {
        "destination",
        "mutual_tls",
        *(f"callers[{it}]" for it, _ in enumerate(intent.callers)),
    }
    if intent.jwt_providers:
        fields.add("jwt_providers")
    return made(
        service_scope(ScopeKind.WORKLOAD),
        places.SERVED,
        [Role.SERVING],
        version,
        from_intent(intent, fields),
        workload=WorkloadSlice(
            namespace=places.NAMESPACE,
            service=places.SERVICE,
            pod_labels={"app": places.SERVICE},
            grants=grants,
            mutual_tls=tuple(
                PortMutualTls(port=places.workload_port(it), mode=_mode(intent))
                for it in sorted(ports)
            ),
            jwt_providers=tuple(sorted(intent.jwt_providers, key=lambda it: it.id)),
            entrances=_entrances(grants),
        ),
    )


def _mode(intent: ServedIntent) -> MutualTls.Mode:
    stated = [
        it.mutual_tls for it in intent.overrides if f"clusters/{places.SERVED}" in it.clusters
    ]
    for it in (*stated, intent.mutual_tls):
        if it is not None and it.mode is not None:
            return it.mode
    return MutualTls.Mode.STRICT


def _entrances(grants: Iterable[Grant]) -> tuple[str, ...]:
    if not any(ANYWHERE in it.principals for it in grants):
        return ()
    return tuple(sorted(places.ingress(it).principal for it in places.INGRESSES))


def _grants(intent: ServedIntent, ports: dict[int, Protocol.Value]) -> Iterator[Grant]:
    principals: defaultdict[tuple[int, bytes, tuple[str, ...], str], set[str]] = defaultdict(set)
    rules: dict[bytes, tuple[AccessRule, ...]] = {}
    for here, stated in zip(callers_of(intent), intent.callers, strict=True):
        shown = stated.external or ExternalCaller()
        ordered = tuple(sorted(here.access, key=canonical))
        form = b"".join(map(canonical, ordered))
        rules[form] = ordered
        principal = here.principal
        if isinstance(intent, InboundIntent):
            principal = places.ingress(intent.gateway).principal
        for port in ports:
            key = (port, form, tuple(sorted(shown.source_ranges)), shown.jwt_provider)
            principals[key].add(principal)
    for key in sorted(principals):
        port, form, ranges, provider = key
        yield Grant(
            port=places.workload_port(port),
            protocol=ports[port],
            access=rules[form],
            principals=() if "" in principals[key] else tuple(sorted(principals[key])),
            source_ranges=ranges,
            jwt_provider=provider,
        )


def serving_slice(
    intent: InterclusterIntent, policy: TrafficPolicy | None, version: str
) -> TrafficSlice:
    """Give what lets callers of other clusters in.

    :param policy: of the calling cluster, whose callers may name parts of the service.
    """
    pods = places.PODS if is_headless(intent) else ()
    return made(
        service_scope(ScopeKind.DESTINATION),
        places.SERVED,
        [Role.SERVING],
        version,
        from_intent(intent, ["destination", "ports"]),
        destination=DestinationSlice(
            namespace=places.NAMESPACE,
            service=places.SERVICE,
            home_namespace=places.HOME_NAMESPACE,
            serving=Serving(
                gateway=places.east_west(),
                host=places.service_host(places.SERVICE),
                subsets=(
                    *subsets_named(policy),
                    *(PodSubset(name=pod, labels={_POD_NAME: pod}) for pod in pods),
                ),
            ),
        ),
    )


def is_headless(intent: ConnectivityIntent) -> bool:
    """Say whether the pods of the service have names of their own."""
    destination = getattr(intent, "destination", None)
    return destination is not None and destination.addressing is Addressing.Mode.HEADLESS
