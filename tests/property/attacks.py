"""Calls under circumstances that nobody wished for: what is rendered must hold then, too.

- An impostor answers in place of the server: callers over clusters must notice.
- Somebody's policy admits everything in a governed namespace: plaintext must stay out all the same
  where mutual TLS is wanted.
- Somebody in the mesh dials an east-west gateway by a server name of his own choice: he must get no
  further than to what is called over clusters, and there he is who he is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from trafficctl_sdk.explain import ExplainRequest, Inventory, PlacedObject
from trafficctl_sdk.model.cluster import Gateway
from trafficctl_sdk.model.workload import Workload, WorkloadPort

from tests.property import inventory
from tests.property.oracle import Oracle, Word
from tests.property.requests import HTTP_FAMILY
from tests.property.worlds import Stage

_EACH: Final = 12
"""Calls of one attack in one world, at most."""

Asked = Sequence[tuple[ExplainRequest, Word]]


@dataclass(frozen=True, kw_only=True)
class Attack:
    """Circumstances, and calls with what must become of them.

    :ivar objects: what is there besides what is rendered.
    """

    what: str
    inventory: Inventory
    asked: Asked
    objects: tuple[PlacedObject, ...] = ()


def attacks(stage: Stage, oracle: Oracle, asked: Asked) -> Iterator[Attack]:
    """Give every attack for which there is something in a world to attack."""
    for it in (_impostor(stage, oracle, asked), _open_door(stage, oracle, asked)):
        if it.asked:
            yield it
    burglary = _burglary(stage, oracle)
    if burglary.asked:
        yield burglary


def _impostor(stage: Stage, oracle: Oracle, asked: Asked) -> Attack:
    pods = tuple(replace(it, service_account="impostor") for it in stage.inventory.pods)
    over = [
        (call, Word(dict.fromkeys(word.places, False)))
        for call, word in asked
        if word.allowed and oracle.goes_over_clusters(call)
    ]
    return Attack(
        what="an impostor answers",
        inventory=replace(stage.inventory, pods=pods),
        asked=over[:_EACH],
    )


def _open_door(stage: Stage, oracle: Oracle, asked: Asked) -> Attack:
    plain = [
        (call, Word(dict.fromkeys(word.places, False)))
        for call, word in asked
        if not call.in_mesh and oracle.wants_mutual_tls(call)
    ]
    return Attack(
        what="a policy admits everything",
        inventory=stage.inventory,
        asked=plain[:_EACH],
        objects=tuple(
            PlacedObject(
                cluster=inventory.last(cluster.name),
                body=_object(
                    "security.istio.io/v1",
                    "AuthorizationPolicy",
                    it.namespace,
                    "open-door",
                    {"rules": [{}]},
                ),
            )
            for cluster in stage.wishes.clusters
            for it in cluster.governed_namespaces
        ),
    )


def _burglary(stage: Stage, oracle: Oracle) -> Attack:
    meshed = [it for it in stage.wishes.clusters if it.service_mesh == "istio"]
    names = [inventory.last(it.name) for it in meshed]
    objects: list[PlacedObject] = []
    asked: list[tuple[ExplainRequest, Word]] = []
    for workload in stage.wishes.workloads:
        for cluster in inventory.placed(workload):
            if cluster not in names or len(asked) == _EACH:
                continue
            at = names.index(cluster)
            gateway = inventory.gateway(meshed[at], Gateway.Role.EAST_WEST)
            if gateway is None:
                continue
            port = workload.ports[len(asked) % len(workload.ports)]
            home = names[(at + 1) % len(names)]
            call = _breaking_in(home, f"b{len(asked)}.burglar.test", port)
            objects += _crowbar(call, workload, port, gateway)
            asked.append((call, oracle.says_at(workload, cluster, port.port, call)))
    return Attack(
        what="a burglar dials a gateway",
        inventory=stage.inventory,
        asked=asked,
        objects=tuple(objects),
    )


def _breaking_in(home: str, host: str, port: WorkloadPort) -> ExplainRequest:
    http = port.protocol in HTTP_FAMILY
    return ExplainRequest(
        cluster=home,
        namespace="far",
        service_account="guest",
        in_mesh=True,
        host=host,
        port=port.port,
        method="GET" if http else "",
        path="/a" if http else "",
    )


def _crowbar(
    call: ExplainRequest, workload: Workload, port: WorkloadPort, gateway: Gateway
) -> Iterator[PlacedObject]:
    server = f"{inventory.service(workload)}.{workload.namespace}.svc.cluster.local"
    tls = {"mode": "ISTIO_MUTUAL", "sni": f"outbound_.{port.port}_._.{server}"}
    outer = [it.external_port or it.port for it in gateway.ports]
    entry = {
        "hosts": [call.host],
        "addresses": [f"240.200.0.{call.host.partition('.')[0].removeprefix('b')}"],
        "location": "MESH_INTERNAL",
        "resolution": "STATIC",
        "ports": [{"number": port.port, "name": "p", "protocol": "HTTP" if call.method else "TCP"}],
        "endpoints": [
            {"address": gateway.addresses[0], "ports": {"p": outer[0] if outer else 15443}}
        ],
    }
    rule = {"host": call.host, "trafficPolicy": {"tls": tls}}
    for kind, spec in (("ServiceEntry", entry), ("DestinationRule", rule)):
        body = _object("networking.istio.io/v1", kind, "far", call.host, spec)
        yield PlacedObject(cluster=call.cluster, body=body)


def _object(
    api: str, kind: str, namespace: str, name: str, spec: dict[str, Any]
) -> dict[str, object]:
    metadata = {"name": name, "namespace": namespace}
    return {"apiVersion": api, "kind": kind, "metadata": metadata, "spec": spec}
