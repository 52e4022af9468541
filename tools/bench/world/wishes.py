"""The intents of the world: all kinds, two clients each, one in ten through an egress gateway."""

from collections.abc import Iterator

from trafficctl_sdk.intent_kinds import ConnectivityIntent
from trafficctl_sdk.model.access import (
    AccessRule,
    Caller,
    EgressPath,
    ExternalCaller,
    GrpcOperation,
    HttpOperation,
    PathMatch,
    ServiceDestination,
    WorkloadRef,
)
from trafficctl_sdk.model.common import IntentPort, Protocol
from trafficctl_sdk.model.inbound_intent import ExposedHost, InboundIntent, InboundListener
from trafficctl_sdk.model.intercluster_intent import InterclusterIntent
from trafficctl_sdk.model.intracluster_intent import IntraclusterIntent
from trafficctl_sdk.model.outbound_intent import ExternalHost, ExternalPort, OutboundIntent

from tools.bench.world.inventory import GRPC_PORT, HTTP_PORT, group_of
from tools.bench.world.size import EGRESS_CALLERS, PER_HOST, WorldSize

_ALLOW = AccessRule.Action.ALLOW
_READ = AccessRule(
    action=_ALLOW, http=HttpOperation(methods=("GET", "HEAD"), paths=(PathMatch(prefix="/api"),))
)
_CALL = AccessRule(action=_ALLOW, grpc=GrpcOperation(methods=("shop.Orders/*",)))
_ALL = AccessRule(action=_ALLOW, all_requests=AccessRule.AllRequests())
_DEDICATED = EgressPath(dedicated_gateway=EgressPath.DedicatedGateway())


def intents(size: WorldSize) -> Iterator[ConnectivityIntent]:
    """Give every intent, namespace by namespace."""
    for namespace in range(size.namespaces):
        for number in range(size.services):
            yield from _about_service(size, namespace, number)
        for host in range(size.hosts):
            for number in range(PER_HOST):
                yield _outbound(size, namespace, host, number)


def intercluster(
    group: str, name: str, served: int, callers: tuple[int, ...], *, egress: bool = False
) -> InterclusterIntent:
    """Give an intent by which workloads of another cluster read what a service says."""
    return InterclusterIntent(
        name=f"{group}/interclusterIntents/{name}",
        destination=ServiceDestination(workload=f"s{served}"),
        ports=(IntentPort(port=HTTP_PORT),),
        callers=_callers(callers, _READ, egress=egress),
    )


def _about_service(size: WorldSize, namespace: int, served: int) -> Iterator[ConnectivityIntent]:
    group = group_of(namespace)
    egress = EGRESS_CALLERS <= served < EGRESS_CALLERS + size.egress_services
    # Odd steps lead to workloads of the other cluster, even ones stay in this.
    across = (1 - served % 2, 3 - served % 2) if egress else _steps(size, served, 1, 3)
    yield intercluster(group, f"http-{served}", served, across, egress=egress)
    yield InterclusterIntent(
        name=f"{group}/interclusterIntents/grpc-{served}",
        destination=ServiceDestination(workload=f"s{served}"),
        ports=(IntentPort(port=GRPC_PORT),),
        callers=_callers(_steps(size, served, 5, 7), _CALL),
    )
    for word, port, steps, rule in (
        ("http", HTTP_PORT, (2, 4), _READ),
        ("grpc", GRPC_PORT, (6, 8), _CALL),
    ):
        yield IntraclusterIntent(
            name=f"{group}/intraclusterIntents/{word}-{served}",
            destination=ServiceDestination(workload=f"s{served}"),
            ports=(IntentPort(port=port),),
            callers=_callers(_steps(size, served, *steps), rule),
        )
    yield InboundIntent(
        name=f"{group}/inboundIntents/web-{served}",
        destination=ServiceDestination(workload=f"s{served}"),
        exposed_hosts=(ExposedHost(fqdn=f"s{served}.ns{namespace}.example.com"),),
        listeners=(
            InboundListener(
                port=80,
                service_port=HTTP_PORT,
                protocol=Protocol.Value.HTTP,
                plaintext=InboundListener.Plaintext(),
            ),
        ),
        callers=(
            Caller(external=ExternalCaller(source_ranges=("203.0.113.0/24",)), access=(_READ,)),
            Caller(external=ExternalCaller(source_ranges=("198.51.100.0/24",)), access=(_ALL,)),
        ),
    )


def _outbound(size: WorldSize, namespace: int, host: int, number: int) -> OutboundIntent:
    egress = number == 0
    first = EGRESS_CALLERS + (host * PER_HOST + number) * 2
    callers = (0, 1) if egress else (_caller(size, first), _caller(size, first + 1))
    return OutboundIntent(
        name=f"{group_of(namespace)}/outboundIntents/api{host}-{number}",
        hosts=(
            ExternalHost(
                host=f"api{host}.ns{namespace}.example.net",
                ports=(ExternalPort(port=443, protocol=Protocol.Value.TLS),),
            ),
        ),
        callers=_callers(callers, _ALL, egress=egress),
    )


def _caller(size: WorldSize, number: int) -> int:
    """Give one of the workloads that have no egress gateway."""
    return EGRESS_CALLERS + (number - EGRESS_CALLERS) % (size.services - EGRESS_CALLERS)


def _steps(size: WorldSize, served: int, *steps: int) -> tuple[int, ...]:
    return tuple((served + it) % size.services for it in steps)


def _callers(
    numbers: tuple[int, ...], rule: AccessRule, *, egress: bool = False
) -> tuple[Caller, ...]:
    return tuple(
        Caller(
            workload=WorkloadRef(workload=f"s{it}"),
            access=(rule,),
            egress=_DEDICATED if egress else None,
        )
        for it in numbers
    )
