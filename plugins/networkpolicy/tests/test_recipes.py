"""What Kubernetes' documentation and its well-known recipes say, the evaluation says too."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from trafficctl_networkpolicy.plugin import trafficctl_explain
from trafficctl_sdk.explain import (
    Decision,
    ExplainRequest,
    HopKind,
    Inventory,
    InventoryCluster,
    InventoryHost,
    InventoryPods,
    InventoryService,
    PlacedObject,
    ServicePort,
    VerdictKind,
)
from trafficctl_sdk.model.common import Protocol
from trafficctl_sdk.slices import MeshFacts

HERE: Final = Path(__file__).parent
CLUSTER: Final = "edge"


_FILE: Final = yaml.safe_load((HERE / "recipes.yaml").read_text())


def placed(told: Mapping[str, Any]) -> PlacedObject:
    """Give a NetworkPolicy of which ``at`` is namespace and name, and the rest its spec."""
    namespace, name = told["at"].split("/")
    body = {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "NetworkPolicy",
        "metadata": {"namespace": namespace, "name": name},
        "spec": {key: value for key, value in told.items() if key != "at"},
    }
    return PlacedObject(cluster=CLUSTER, body=body, origins=(told["at"],))


def world() -> Inventory:
    """Give the pods and Services that all tables speak of."""
    facts = MeshFacts(
        mesh_id="",
        trust_domain="cluster.local",
        root_namespace="istio-system",
        cluster_domain="cluster.local",
        suffix="global",
        version="",
        revision="",
    )
    groups, services = [], []
    for place, told in _FILE["pods"].items():
        namespace, name = place.split("/")
        groups.append(
            InventoryPods(
                cluster=CLUSTER,
                namespace=namespace,
                labels=told["labels"],
                service_account=name,
                in_mesh=False,
            )
        )
        if "ports" in told:
            services.append(_service(namespace, name, told))
    return Inventory(
        clusters=(InventoryCluster(id=CLUSTER, mesh=facts),),
        services=tuple(services),
        pods=tuple(groups),
        hosts=tuple(
            InventoryHost(
                cluster=CLUSTER,
                namespace=place.partition("/")[0],
                host=place.partition("/")[2],
                addresses=tuple(told["addresses"]),
                ports=tuple(_port(it, f"{it} {spoken}") for it, spoken in told["ports"].items()),
            )
            for place, told in _FILE["hosts"].items()
        ),
    )


def request_of(call: str) -> ExplainRequest:
    """Make the question of ``<caller> <host>:<port>``; a caller in brackets has unknown labels."""
    caller, _, called = call.partition(" ")
    host, _, port = called.rpartition(":")
    namespace, _, name = caller.strip("[]").partition("/")
    labels = {} if caller.startswith("[") else _FILE["pods"][f"{namespace}/{name}"]["labels"]
    return ExplainRequest(
        cluster=CLUSTER,
        namespace=namespace,
        service_account=name,
        in_mesh=False,
        host=host,
        port=int(port),
        pod_labels=labels,
    )


def _service(namespace: str, name: str, told: Mapping[str, Any]) -> InventoryService:
    return InventoryService(
        cluster=CLUSTER,
        namespace=namespace,
        name=name,
        selector=told["labels"],
        ports=tuple(_port(number, target) for number, target in told["ports"].items()),
        headless=told.get("headless", False),
    )


def _port(number: int, told: str) -> ServicePort:
    target, protocol = told.split()
    known = target.isdigit()
    return ServicePort(
        port=number,
        target=int(target) if known else 0,
        target_name="" if known else target,
        protocol=Protocol.Value(protocol),
    )


INVENTORY: Final = world()
CALLS: Final = pytest.mark.parametrize(
    ("recipe", "call", "answer"),
    [
        pytest.param(recipe, call, answer, id=f"{recipe['name']}: {call}")
        for recipe in _FILE["recipes"]
        for call, answer in recipe["calls"].items()
    ],
)


@CALLS
def test_a_call_ends_as_the_recipe_says(recipe: Any, call: str, answer: str) -> None:
    objects = [placed(it) for it in recipe["policies"]]
    verdict = trafficctl_explain(request_of(call), objects, INVENTORY)
    told = " ".join((verdict.kind.value, *sorted({it.kind for it in verdict.missing})))
    assert told == answer, verdict.text


@CALLS
def test_order_changes_nothing(recipe: Any, call: str, answer: str) -> None:
    objects = [placed(it) for it in recipe["policies"]]
    turned = replace(INVENTORY, pods=INVENTORY.pods[::-1], services=INVENTORY.services[::-1])
    verdict = trafficctl_explain(request_of(call), objects, INVENTORY)
    assert trafficctl_explain(request_of(call), objects[::-1], turned) == verdict, answer
    assert sum(it.weight for it in verdict.landings) in {0, 100}


def test_an_answer_names_who_decides_at_each_end() -> None:
    web, api = {"matchLabels": {"app": "web"}}, {"matchLabels": {"app": "api"}}
    objects = [
        placed({"at": "shop/out", "podSelector": web, "egress": [{}], "policyTypes": ["Egress"]}),
        placed(
            {"at": "shop/in", "podSelector": api, "ingress": [{"from": [{"podSelector": web}]}]}
        ),
        placed({"at": "shop/closed", "podSelector": {}, "policyTypes": ["Ingress"]}),
    ]
    allowed = trafficctl_explain(request_of("shop/web api:80"), objects, INVENTORY)
    denied = trafficctl_explain(request_of("shop/idle api:80"), objects, INVENTORY)
    assert [(it.kind, it.objects, it.intents) for it in allowed.hops] == [
        (HopKind.WORKLOAD, ("edge/NetworkPolicy/shop/out",), ("shop/out",)),
        (HopKind.WORKLOAD, ("edge/NetworkPolicy/shop/in",), ("shop/in",)),
    ]
    (hop,) = denied.hops
    assert hop.decision is Decision.REFUSES
    assert hop.objects == ("edge/NetworkPolicy/shop/closed", "edge/NetworkPolicy/shop/in")
    (landing,) = denied.landings
    assert (landing.host, landing.port) == ("api.shop.svc.cluster.local", 8080)


def test_a_service_over_different_pods_is_open_only_if_all_of_them_are() -> None:
    one = next(it for it in INVENTORY.pods if it.labels.get("app") == "api")
    other = replace(one, labels={**one.labels, "version": "v2"})
    both = replace(INVENTORY, pods=(*INVENTORY.pods, other))
    closed = placed(
        {"at": "shop/v2", "podSelector": {"matchLabels": {"version": "v2"}}, "ingress": []}
    )
    verdict = trafficctl_explain(request_of("shop/web api:80"), [closed], both)
    assert verdict.kind is VerdictKind.DENIED
    assert {(it.decision, it.weight) for it in verdict.landings} == {
        (Decision.PASSES, 50),
        (Decision.REFUSES, 50),
    }


def test_nothing_is_said_of_callers_and_servers_that_nobody_knows() -> None:
    asked = request_of("shop/web api:80")
    nobody = replace(INVENTORY, pods=())
    for request, known, missing in (
        (replace(asked, cluster=""), INVENTORY, "entrance"),
        (replace(asked, cluster="far"), INVENTORY, "cluster"),
        (asked, nobody, "pods"),
    ):
        verdict = trafficctl_explain(request, [], known)
        assert verdict.kind is VerdictKind.UNKNOWN
        assert [it.kind for it in verdict.missing] == [missing]
