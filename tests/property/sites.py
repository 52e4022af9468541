"""Random clusters and workloads: where anything may run, as whom, behind which ports."""

from dataclasses import replace
from typing import Final

from trafficctl_sdk.model.cluster import (
    Cluster,
    Gateway,
    GatewayPort,
    GovernedNamespace,
    MeshFacts,
    SparedCaller,
)
from trafficctl_sdk.model.common import Locality, Protocol
from trafficctl_sdk.model.workload import Placement, PortOverride, Workload, WorkloadPort

from tests.fakes import wishes
from tests.property.dice import Dice

NAMESPACES: Final = ("shop", "pay", "lab")
PROJECTS: Final = ("p1", "p1", "p1", "p2")
ACCOUNTS: Final = ("shared", "default")
METRICS: Final = 9091

_PORTS: Final = (
    WorkloadPort(port=80, protocol=Protocol.Value.HTTP, target_number=8080),
    WorkloadPort(port=9000, protocol=Protocol.Value.TCP, target_number=9090),
    WorkloadPort(port=7000, protocol=Protocol.Value.GRPC),
    WorkloadPort(port=81, protocol=Protocol.Value.HTTP2, target_number=8081),
    WorkloadPort(port=8080, protocol=Protocol.Value.HTTP, target_number=80),
    WorkloadPort(port=8443, protocol=Protocol.Value.TLS, target_number=443),
    WorkloadPort(port=3306, protocol=Protocol.Value.MYSQL),
    WorkloadPort(port=METRICS, protocol=Protocol.Value.HTTP),
)


def clusters(dice: Dice) -> tuple[Cluster, ...]:
    """Give one to four clusters of one mesh."""
    count = dice.count(1, 4)
    shared = MeshFacts(
        trust_domain=dice.one(("", "", "mesh.example")), suffix=dice.one(("", "", "mesh.test"))
    )
    mixed = dice.once_in(4)
    return tuple(_cluster(dice, number, shared, mixed=mixed) for number in range(count))


def _cluster(dice: Dice, number: int, shared: MeshFacts, *, mixed: bool) -> Cluster:
    mesh = shared
    if mixed:
        mesh = replace(
            shared,
            trust_domain=dice.one(("", "mesh.example", f"c{number}.example")),
            root_digest=dice.one(("", "", "", "aa", "bb")),
        )
    gateways = [_east_west(dice, number)] if not dice.once_in(12) else []
    if not dice.once_in(4):
        gateways.append(wishes.ingress())
    if dice.once_in(6):
        gateways.append(wishes.ingress("second"))
    return wishes.cluster(
        f"c{number}",
        mesh=mesh,
        service_mesh="none" if dice.once_in(25) else "istio",
        locality=Locality(region=dice.one(("east", "west")), zone=dice.one(("", f"z{number}"))),
        external_domain=f"c{number}.example.org" if dice.once_in(2) else "",
        labels={"tier": dice.one(("gold", "lead"))},
        gateways=tuple(gateways),
        governed_namespaces=tuple(_governed(dice, it) for it in NAMESPACES if not dice.once_in(12)),
    )


def _east_west(dice: Dice, number: int) -> Gateway:
    ports: tuple[GatewayPort, ...] = dice.one(
        (
            (),
            (),
            (GatewayPort(port=15443, target_port=15443, external_port=32443),),
            (GatewayPort(port=443, target_port=8443),),
        )
    )
    addresses = [f"192.0.2.{10 * number + 1}"]
    if dice.once_in(6):
        addresses.append(f"192.0.2.{10 * number + 2}")
    return wishes.east_west(*addresses, ports=ports)


def _governed(dice: Dice, namespace: str) -> GovernedNamespace:
    projects = dice.one((("p1", "p2"), ("p1", "p2"), ("p1",)))
    entry = wishes.governed(namespace, projects=projects, deny=not dice.once_in(6))
    if not dice.once_in(4):
        return entry
    spared = dice.one(
        (
            SparedCaller(workload_ports=(METRICS,), paths=("/metrics",)),
            SparedCaller(namespace="monitor", service_account="prom", workload_ports=(METRICS,)),
            SparedCaller(namespace="monitor", workload_ports=(METRICS, 8080), paths=("/metrics",)),
            SparedCaller(workload_ports=(9090,)),
        )
    )
    return replace(entry, spared_callers=(spared,))


def workloads(dice: Dice, clusters: tuple[Cluster, ...]) -> tuple[Workload, ...]:
    """Give two to five workloads placed in some of the clusters."""
    ids = [it.name.removeprefix("clusters/") for it in clusters]
    return tuple(_workload(dice, number, ids) for number in range(dice.count(2, 5)))


def _workload(dice: Dice, number: int, clusters: list[str]) -> Workload:
    name = f"w{number}"
    account = dice.one((name, name, name, *ACCOUNTS))
    return wishes.workload(
        name,
        namespace=dice.one((NAMESPACES[0], *NAMESPACES)),
        project=dice.one(PROJECTS),
        service=dice.one((name, name, f"svc-{number}")),
        service_account="" if account == "default" else account,
        ports=dice.some(_PORTS, 1, 4),
        placements=tuple(
            _placement(dice, name, it)
            for it in dice.some(clusters, 0 if dice.once_in(12) else 1, len(clusters))
        ),
    )


def _placement(dice: Dice, workload: str, cluster: str) -> Placement:
    if not dice.once_in(5):
        return Placement(cluster=f"clusters/{cluster}")
    return dice.one(
        (
            Placement(cluster=f"clusters/{cluster}", service_account="here"),
            Placement(
                cluster=f"clusters/{cluster}", pod_labels={"app": workload, "place": cluster}
            ),
            Placement(
                cluster=f"clusters/{cluster}",
                port_overrides=(PortOverride(port=80, target_number=8088),),
            ),
        )
    )
