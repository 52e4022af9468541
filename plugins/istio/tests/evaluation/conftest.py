"""Reads the tables of ``cases/``: a world, objects in it, calls, and what becomes of them.

A call is written ``<caller>[@<cluster>] [<METHOD>] <host>:<port>[<path>] [<header>=<value> ...]``;
the callers are those of the world, and ``outside``. An answer is a verdict, then where the call
lands as ``at <cluster>:<port>[/<subset>] [<percent>], ...``; or a mapping with more to check.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from trafficctl_istio import evaluation
from trafficctl_istio.evaluation import Mesh
from trafficctl_istio.plugin import trafficctl_explain
from trafficctl_sdk.explain import (
    Claim,
    ExplainRequest,
    Inventory,
    InventoryCluster,
    InventoryPods,
    InventoryService,
    PlacedObject,
    ServicePort,
    Verdict,
)
from trafficctl_sdk.model.common import Locality, Protocol
from trafficctl_sdk.slices.cluster_facts import GatewayFacts, GatewayPort, MeshFacts

CASES: Final = Path(__file__).parent / "cases"
_CALL: Final = re.compile(
    r"(?P<who>[\w-]+)(@(?P<cluster>\w+))? ((?P<method>[A-Z]+) )?"
    r"(?P<host>[^:/ ]+):(?P<port>\d+)(?P<path>/\S*)?(?P<rest>( \S+=\S+)*)"
)


@dataclass(frozen=True, kw_only=True)
class Table:
    """Calls over one set of objects."""

    name: str
    world: Mapping[str, Any]
    objects: tuple[PlacedObject, ...]
    calls: Mapping[str, Any]


def tables() -> Iterator[Table]:
    """Give every table of every case."""
    for path in sorted(CASES.glob("*.yaml")):
        case = yaml.safe_load(path.read_text())
        for table in case["tables"]:
            world = {**case["world"], **table.get("world", {})}
            yield Table(
                name=f"{path.stem}: {table['name']}",
                world=world,
                objects=tuple(_objects(case.get("objects", {}), table)),
                calls=table["calls"],
            )


def _objects(base: Mapping[str, Any], table: Mapping[str, Any]) -> Iterator[PlacedObject]:
    """Put a table's objects over those of the case; ``without`` takes some away."""
    found: dict[tuple[str, str], Any] = {}
    for objects in (base, table.get("objects", {})):
        for cluster, bodies in objects.items():
            for body in bodies:
                found[cluster, _key(body)] = body
    for cluster, key in (it.split(" ", 1) for it in table.get("without", [])):
        del found[cluster, key]
    for (cluster, key), body in found.items():
        yield PlacedObject(cluster=cluster, body=_whole(body), origins=(f"intents/{key}",))


_GROUPS: Final = {
    "AuthorizationPolicy": "security.istio.io/v1",
    "PeerAuthentication": "security.istio.io/v1",
    "RequestAuthentication": "security.istio.io/v1",
    "Service": "v1",
    "Deployment": "apps/v1",
}


def _key(body: Mapping[str, Any]) -> str:
    return f"{body['kind']} {body['name']}"


def _whole(body: Mapping[str, Any]) -> dict[str, Any]:
    """Write out an object: ``name`` stands for ``<namespace>/<name>``."""
    namespace, name = body["name"].split("/")
    return {
        "apiVersion": _GROUPS.get(body["kind"], "networking.istio.io/v1"),
        "kind": body["kind"],
        "metadata": {"namespace": namespace, "name": name, **body.get("metadata", {})},
        "spec": body.get("spec", {}),
    }


def inventory(world: Mapping[str, Any]) -> Inventory:
    """Give the inventory of a world."""
    return Inventory(
        clusters=tuple(_cluster(name, it) for name, it in world["clusters"].items()),
        services=tuple(
            _service(cluster, name, it)
            for cluster, services in world.get("services", {}).items()
            for name, it in services.items()
        ),
        pods=tuple(
            _pods(cluster, name, it)
            for cluster, pods in world.get("pods", {}).items()
            for name, it in pods.items()
        ),
    )


def _cluster(name: str, stated: Mapping[str, Any]) -> InventoryCluster:
    region, _, zone = stated.get("locality", "").partition("/")
    return InventoryCluster(
        id=name,
        mesh=MeshFacts(
            mesh_id="mesh",
            trust_domain=stated.get("trust_domain", "cluster.local"),
            root_namespace="istio-system",
            cluster_domain="cluster.local",
            suffix="global",
            version="1.31",
            revision="",
        ),
        gateways=tuple(_gateway(key, it) for key, it in stated.get("gateways", {}).items()),
        locality=Locality(region=region, zone=zone) if region else None,
    )


def _gateway(name: str, stated: Mapping[str, Any]) -> GatewayFacts:
    return GatewayFacts(
        id=name,
        namespace=stated["namespace"],
        selector=stated["selector"],
        service=stated["service"],
        principal=stated["principal"],
        addresses=tuple(stated["addresses"]),
        ports=tuple(
            GatewayPort(port=port, target_port=target, external_port=external)
            for port, target, external in stated["ports"]
        ),
    )


def _service(cluster: str, name: str, stated: Mapping[str, Any]) -> InventoryService:
    """Read ``<name>.<namespace>: {selector, ports: {<port>: "<target> <protocol>"}}``."""
    service, namespace = name.split(".")
    ports = [(port, str(it).split()) for port, it in stated["ports"].items()]
    return InventoryService(
        cluster=cluster,
        namespace=namespace,
        name=service,
        selector=stated.get("selector", {"app": service}),
        ports=tuple(
            ServicePort(port=port, target=int(target), protocol=Protocol.Value(protocol))
            for port, (target, protocol) in ports
        ),
        headless=stated.get("headless", False),
    )


def _pods(cluster: str, name: str, stated: Mapping[str, Any] | None) -> InventoryPods:
    """Read ``<account>.<namespace>: {labels, in_mesh, names}``, also as ``... 2`` for others."""
    account, namespace = name.partition(" ")[0].split(".")
    stated = stated or {}
    return InventoryPods(
        cluster=cluster,
        namespace=namespace,
        labels={"app": account, **stated.get("labels", {})},
        service_account=account,
        in_mesh=stated.get("in_mesh", True),
        names=tuple(stated.get("names", ())),
    )


def request(world: Mapping[str, Any], call: str) -> ExplainRequest:
    """Read a call."""
    found = _CALL.fullmatch(call)
    assert found is not None, f"not a call: {call}"
    options = dict(it.split("=", 1) for it in found["rest"].split())
    claims = tuple(
        Claim(issuer=options["issuer"], path=tuple(key[6:].split(".")), values=tuple(it.split("|")))
        for key, it in options.items()
        if key.startswith("claim.")
    )
    asked = ExplainRequest(
        cluster="",
        namespace="",
        service_account="",
        in_mesh=False,
        host=found["host"],
        port=int(found["port"]),
        method=found["method"] or "",
        path=found["path"] or "",
        headers={key[7:]: it for key, it in options.items() if key.startswith("header.")},
        claims=claims,
        entrance=options.get("entrance", ""),
        source_address=options.get("from", ""),
        certificate_name=options.get("certificate", ""),
    )
    if found["who"] == "outside":
        return asked
    caller = world["callers"][found["who"]]
    return replace(
        asked,
        cluster=found["cluster"] or next(iter(world["clusters"])),
        namespace=caller["namespace"],
        service_account=caller.get("account", found["who"]),
        in_mesh=caller.get("in_mesh", True),
        pod_labels=caller.get("labels", {"app": found["who"]}),
    )


@cache
def _known() -> tuple[Table, ...]:
    return tuple(tables())


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Make one test of each call in a table, or of each table."""
    if "asked" not in metafunc.fixturenames:
        if "table" in metafunc.fixturenames:
            metafunc.parametrize("table", _known(), ids=[it.name for it in _known()])
        return
    found = [(it, call, answer) for it in _known() for call, answer in it.calls.items()]
    metafunc.parametrize(
        ("table", "asked", "answer"), found, ids=[f"{it.name}: {call}" for it, call, _ in found]
    )


@pytest.fixture
def mesh(table: Table) -> Mesh:
    """Give the objects of a table as they are read."""
    return evaluation.index(table.objects, inventory(table.world))


@pytest.fixture
def crossed(table: Table) -> list[ExplainRequest]:
    """Give each call of a table with all that any of its calls says in its request."""
    asked = [request(table.world, it) for it in table.calls]
    said = {(it.method, it.path, str(it.headers), it.claims): it for it in asked}.values()
    return [
        replace(it, method=one.method, path=one.path, headers=one.headers, claims=one.claims)
        for one in said
        for it in asked
    ]


@pytest.fixture
def verdict(table: Table, asked: str, mesh: Mesh) -> Verdict:
    """Give what the evaluator says of one call of a table."""
    return evaluation.explain(mesh, request(table.world, asked))


@pytest.fixture
def turned(table: Table, asked: str) -> Verdict:
    """Give what the driver's hook says if everything is told in the opposite order."""
    stated = inventory(table.world)
    opposite = Inventory(
        clusters=stated.clusters[::-1], services=stated.services[::-1], pods=stated.pods[::-1]
    )
    return trafficctl_explain(request(table.world, asked), table.objects[::-1], opposite)
